import { useConnection } from '@xyflow/react'
import { documentStore } from '../document/document-store.ts'
import { checkLink } from '../document/link-rules.ts'
import { useText } from '../i18n/index.ts'
import { catalogStore } from '../view/catalog-store.ts'
import { useCanvas } from './canvas-store.ts'
import { refusalText } from './refusal-text.ts'

/** While a cable hovers over a port it may not end at: why not. */
export function RefusalHint() {
  const t = useText()
  const pulling = useCanvas((state) => state.pulling)
  const over = useConnection((state) =>
    state.inProgress && state.isValid === false && state.toHandle
      ? `${state.toHandle.nodeId}\n${state.toHandle.id}\n${state.toHandle.type}`
      : null,
  )
  if (!pulling || over === null) return null
  const [node = '', port = '', type] = over.split('\n')
  const to = { node, port, side: type === 'target' ? ('input' as const) : ('output' as const) }
  const check = checkLink(documentStore.getState().workflow, catalogStore.getState().descriptors, pulling, to)
  if (check.ok) return null
  return (
    <div className="refusal-hint" role="status">
      {refusalText(check.refusal, t)}
    </div>
  )
}
