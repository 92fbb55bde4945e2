import { useDocument } from '../../document/document-store.ts'
import { renameNode } from '../../document/edits.ts'
import { useText } from '../../i18n/index.ts'
import { shownText } from '../../ui/shown-text.ts'
import { canvasStore, useCanvas } from '../canvas-store.ts'
import { RenameField } from './RenameField.tsx'

interface NodeTitleProps {
  id: string
  name: string
  hint: string
}

/** Double-click or F2 renames; an empty name brings the default back. */
export function NodeTitle({ id, name, hint }: NodeTitleProps) {
  const renaming = useCanvas((state) => state.renaming === id)
  return renaming ? (
    <TitleField id={id} name={name} />
  ) : (
    <h3 className="node-title" title={hint} onDoubleClick={() => canvasStore.setState({ renaming: id })}>
      {shownText(name)}
    </h3>
  )
}

function TitleField({ id, name }: { id: string; name: string }) {
  const t = useText()
  const edit = useDocument((state) => state.edit)
  return <RenameField label={t('node.rename')} value={name} onRename={(text) => edit(renameNode(id, text))} />
}
