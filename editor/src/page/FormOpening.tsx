import { useDocument } from '../document/document-store.ts'
import { faceOfFile, setFaceOfFile } from '../document/form-edits.ts'
import { useText } from '../i18n/index.ts'
import { Segmented } from '../ui/Segmented.tsx'
import { changeSettings, type OpensAs, useView } from '../view/view-store.ts'

const FILE = ['any', 'form', 'graph'] as const
const MINE = ['file', 'form', 'graph'] as const

/** How this file asks to be opened, and what its reader prefers whatever files ask. */
export function FormOpening() {
  const t = useText()
  const face = useDocument((state) => faceOfFile(state.workflow))
  const edit = useDocument((state) => state.edit)
  const opensAs = useView((state) => state.opensAs)
  return (
    <div className="form-opening">
      <h2>{t('form.opening')}</h2>
      <div className="form-entry">
        <span>{t('form.thisFile')}</span>
        <Segmented
          label={t('form.thisFile')}
          value={face ?? 'any'}
          options={FILE.map((value) => ({ value, label: t(`form.opensAs.${value}`) }))}
          onChange={(value) => edit(setFaceOfFile(value === 'form' || value === 'graph' ? value : null))}
        />
      </div>
      <div className="form-entry">
        <span>{t('form.allFiles')}</span>
        <Segmented
          label={t('form.allFiles')}
          value={opensAs}
          options={MINE.map((value) => ({ value, label: t(`form.opensAs.${value}`) }))}
          onChange={(value) => changeSettings({ opensAs: value as OpensAs })}
        />
      </div>
    </div>
  )
}
