import { useText } from '../i18n/index.ts'
import { Segmented } from '../ui/Segmented.tsx'
import { SheetDialog } from '../ui/SheetDialog.tsx'
import '../styles/files.css'
import '../styles/models.css'
import { AddPart } from './AddPart.tsx'
import { InstalledModels } from './InstalledModels.tsx'
import { closeModels, type ModelsPart, modelsDialog, useModelsDialog } from './models-dialog.ts'

const PARTS: readonly ModelsPart[] = ['add', 'list']

/** Adding models, and looking after those that are here. */
export function ModelsDialog() {
  const t = useText()
  const part = useModelsDialog((state) => state.part)
  const wish = useModelsDialog((state) => state.wish)
  return (
    <SheetDialog open={part !== null} title={t('models.title')} className="models-dialog" onClose={closeModels}>
      {part && (
        <>
          <Segmented
            label={t('models.part')}
            value={part}
            options={PARTS.map((value) => ({ value, label: t(`models.part.${value}`) }))}
            onChange={(value) => modelsDialog.setState({ part: value as ModelsPart })}
          />
          {part === 'add' ? <AddPart key={`${wish.name} ${wish.source}`} wish={wish} /> : <InstalledModels />}
        </>
      )}
    </SheetDialog>
  )
}
