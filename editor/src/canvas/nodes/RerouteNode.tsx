import type { NodeDescriptor } from '@beatloom/core'
import { Handle, Position } from '@xyflow/react'
import { useDocument } from '../../document/document-store.ts'
import { portOf } from '../../document/link-rules.ts'
import { useText } from '../../i18n/index.ts'
import { useNodeText } from '../../i18n/node-text.ts'
import { catalogStore } from '../../view/catalog-store.ts'
import { usePortFit } from '../links/use-port-fit.ts'
import { PortMark } from '../ports/PortMark.tsx'
import { lookOf } from '../ports/port-look.ts'

interface RerouteNodeProps {
  id: string
  descriptor: NodeDescriptor
  selected: boolean
}

/** A bend in a cable: a dot in the colour of what passes through, with a port at either side. */
export function RerouteNode({ id, descriptor, selected }: RerouteNodeProps) {
  const t = useText()
  const words = useNodeText(descriptor)
  const title = useDocument((state) => state.workflow.nodes[id]?.title)
  const type = useDocument(
    ({ workflow }) =>
      portOf(workflow, catalogStore.getState().descriptors, {
        node: id,
        port: descriptor.outputs[0]?.name ?? '',
        side: 'output',
      })?.type ?? 'ANY',
  )
  const missing = useDocument((state) => Object.keys(state.workflow.nodes[id]?.links ?? {}).length === 0)
  const name = title ?? words.title
  return (
    <section
      className="reroute"
      data-selected={selected}
      data-missing={missing}
      aria-label={name}
      style={{ '--port': lookOf(type).colour } as React.CSSProperties}
    >
      {descriptor.inputs.map((port) => (
        <RerouteEnd key={port.name} node={id} port={port.name} side="input" label={`${words.port(port)} (${type})`} />
      ))}
      <PortMark type={type} optional={missing} />
      {title && <span className="reroute-title">{title}</span>}
      {descriptor.outputs.map((port) => (
        <RerouteEnd key={port.name} node={id} port={port.name} side="output" label={`${words.port(port)} (${type})`} />
      ))}
      {missing && <span className="visually-hidden">{t('port.missing')}</span>}
    </section>
  )
}

interface RerouteEndProps {
  node: string
  port: string
  side: 'input' | 'output'
  label: string
}

function RerouteEnd({ node, port, side, label }: RerouteEndProps) {
  const fit = usePortFit(node, port, side)
  const isInput = side === 'input'
  return (
    <div className="port reroute-end" data-side={side} data-fit={fit}>
      <Handle
        id={port}
        type={isInput ? 'target' : 'source'}
        position={isInput ? Position.Left : Position.Right}
        className="port-handle nokey"
        aria-label={label}
      />
    </div>
  )
}
