import { useText } from '../../i18n/index.ts'
import { Button } from '../../ui/Button.tsx'
import { SheetDialog } from '../../ui/SheetDialog.tsx'
import { shownText } from '../../ui/shown-text.ts'
import { fileDialogs, useFileDialogs } from './file-dialogs.ts'
import { openAsTab } from './open-file.ts'

const MOST_LISTED = 12
const close = () => fileDialogs.setState({ damaged: null })

/** A file from a newer Beatloom, or with damaged parts: what can be read may be opened as a copy. */
export function DamagedDialog() {
  const t = useText()
  const damaged = useFileDialogs((state) => state.damaged)
  if (!damaged) return null
  const { name, reason, read } = damaged
  const { leftOut, workflow } = read
  const count = Object.keys(workflow.nodes).length
  return (
    <SheetDialog
      open
      title={t(`open.${reason}Title`)}
      lead={t(`open.${reason}`, { name: shownText(name, 80) })}
      onClose={close}
    >
      <p>{leftOut.length > 0 ? t('open.leftOut', { n: leftOut.length, count }) : t('open.allRead', { count })}</p>
      {leftOut.length > 0 && (
        <ul className="left-out">
          {leftOut.slice(0, MOST_LISTED).map((part) => (
            <li key={part}>
              <code>{shownText(part, 80)}</code>
            </li>
          ))}
          {leftOut.length > MOST_LISTED && <li>{t('open.more', { n: leftOut.length - MOST_LISTED })}</li>}
        </ul>
      )}
      <p className="dialog-lead">{t('open.untouched')}</p>
      <div className="dialog-actions">
        <Button onClick={close}>{t('open.cancel')}</Button>
        <Button
          tone="primary"
          onClick={() => {
            openAsTab({ ...workflow, title: t('open.copyOf', { title: workflow.title || t('document.untitled') }) })
            close()
          }}
        >
          {t('open.asCopy')}
        </Button>
      </div>
    </SheetDialog>
  )
}
