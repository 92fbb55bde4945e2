import { useConnection, useStoreApi } from '@xyflow/react'
import { useText } from '../../i18n/index.ts'
import { endOfHandle, handlePoint } from './handle-end.ts'
import { refusalAt, usePull } from './pull-store.ts'
import { refusalText } from './refusal-text.ts'

/** While a cable hovers over a port it may not end at: why not, beside that port. After a tap: what to do next. */
export function RefusalHint() {
  const t = useText()
  const pull = usePull()
  const store = useStoreApi()
  // A string, so the hint is worked out anew only when the cable comes to another port.
  const over = useConnection(({ inProgress, toHandle, fromHandle }) =>
    inProgress &&
    toHandle &&
    !(toHandle.nodeId === fromHandle.nodeId && toHandle.id === fromHandle.id && toHandle.type === fromHandle.type)
      ? JSON.stringify([toHandle.nodeId, toHandle.id, toHandle.type])
      : null,
  )
  if (pull?.tapped)
    return (
      <div className="pick-hint" role="status">
        {t('link.pick')}
      </div>
    )
  if (!pull || over === null) return null
  const [nodeId, id, type] = JSON.parse(over)
  const end = endOfHandle({ nodeId, id, type })
  const refusal = refusalAt(pull, end)
  if (!refusal) return null
  const { nodeLookup, transform } = store.getState()
  const at = handlePoint(nodeLookup, end)
  const place = at && { left: at.x * transform[2] + transform[0], top: at.y * transform[2] + transform[1] }
  return (
    <div className="refusal-hint" role="status" style={place ?? undefined}>
      {refusalText(refusal, t)}
    </div>
  )
}
