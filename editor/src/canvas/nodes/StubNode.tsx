import { Handle, type NodeProps, Position } from '@xyflow/react'
import { memo } from 'react'
import { useDocument } from '../../document/document-store.ts'
import { portOf } from '../../document/link-rules.ts'
import { useText } from '../../i18n/index.ts'
import { useDescriptors } from '../../view/catalog-store.ts'
import type { FlowNode, OuterPort } from '../canvas-store.ts'
import { handleOf } from '../groups/group-ids.ts'
import { PortMark } from '../ports/PortMark.tsx'
import { lookOf } from '../ports/port-look.ts'
import { usePortNames } from '../ports/port-names.ts'
import { revealNode } from '../view/reveal.ts'

/** At the border of a sub-graph: the outside port that a link comes from or goes to. */
export const StubNode = memo(function StubNode({ data }: NodeProps<FlowNode>) {
  const port = data.ports?.[0]
  return port ? <Stub port={port} /> : null
})

function Stub({ port: { node, port, side } }: { port: OuterPort }) {
  const t = useText()
  const descriptors = useDescriptors()
  const type = useDocument((state) => portOf(state.workflow, descriptors, { node, port, side })?.type ?? 'ANY')
  const names = usePortNames(node, port, side)
  const isSource = side === 'output'
  return (
    <div className="stub" data-side={side} style={{ '--port': lookOf(type).colour } as React.CSSProperties}>
      <button
        type="button"
        className="stub-name"
        title={t('group.stub', names)}
        aria-label={t('group.stub', names)}
        onClick={() => revealNode(node)}
      >
        <b>{names.node}</b> {names.port}
      </button>
      <Handle
        id={handleOf({ node, port })}
        type={isSource ? 'source' : 'target'}
        position={isSource ? Position.Right : Position.Left}
        className="port-handle nokey"
        aria-label={`${names.node} · ${names.port} (${type})`}
      >
        <PortMark type={type} />
      </Handle>
    </div>
  )
}
