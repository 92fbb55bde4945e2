import { useDocument } from '../../document/document-store.ts'
import type { Side } from '../../document/link-rules.ts'
import { labelPort } from '../../document/marks.ts'
import { useText } from '../../i18n/index.ts'
import { canvasStore, useCanvas } from '../canvas-store.ts'
import { RenameField } from '../nodes/RenameField.tsx'
import { labelKey } from './port-names.ts'

interface PortLabelProps {
  node: string
  side: Side
  port: string
  /** What the type calls it. */
  name: string
}

/** A port's name; double-click or F2 on the port changes it, an empty one brings the type's back. */
export function PortLabel({ node, side, port, name }: PortLabelProps) {
  const t = useText()
  const key = labelKey(node, side, port)
  const edit = useDocument((state) => state.edit)
  const label = useDocument((state) => state.workflow.layout.marks?.[node]?.labels?.[`${side}.${port}`])
  const renaming = useCanvas((state) => state.renaming === key)
  const shown = label ?? name
  if (renaming) {
    return (
      <RenameField
        className="port-name-field"
        label={t('port.rename')}
        value={shown}
        onRename={(text) => edit(labelPort(node, side, port, text === name ? '' : text))}
      />
    )
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: F2 on the port does the same.
    <span
      className="port-name"
      data-label={key}
      title={label === undefined ? undefined : name}
      onDoubleClick={(event) => {
        event.stopPropagation()
        canvasStore.setState({ renaming: key })
      }}
    >
      {shown}
    </span>
  )
}
