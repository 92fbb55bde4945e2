import type { Issue, NodeDescriptor, PortDescriptor } from '@beatloom/core'
import { Handle, Position } from '@xyflow/react'
import { memo } from 'react'
import { useDocument } from '../../document/document-store.ts'
import { linksOf } from '../../document/edits.ts'
import type { Side } from '../../document/link-rules.ts'
import { useText } from '../../i18n/index.ts'
import type { NodeText } from '../../i18n/node-text.ts'
import { usePortFit } from '../links/use-port-fit.ts'
import { PortLabel } from './PortLabel.tsx'
import { PortMark } from './PortMark.tsx'
import { lookOf } from './port-look.ts'

interface PortColumnsProps {
  id: string
  descriptor: NodeDescriptor
  words: NodeText
  problems: readonly Issue[]
}

export function PortColumns({ id, descriptor, words, problems }: PortColumnsProps) {
  if (descriptor.inputs.length + descriptor.outputs.length === 0) return null
  const missing = (port: PortDescriptor) => problems.some((issue) => issue.port === port.name)
  return (
    <div className="ports">
      <div className="port-column" data-side="input">
        {descriptor.inputs.map((port) => (
          <Port key={port.name} node={id} port={port} side="input" words={words} problem={missing(port)} />
        ))}
      </div>
      <div className="port-column" data-side="output">
        {descriptor.outputs.map((port) => (
          <Port key={port.name} node={id} port={port} side="output" words={words} problem={false} />
        ))}
      </div>
    </div>
  )
}

interface PortProps {
  node: string
  port: PortDescriptor
  side: Side
  words: NodeText
  problem: boolean
}

const Port = memo(function Port({ node, port, side, words, problem }: PortProps) {
  const t = useText()
  const fit = usePortFit(node, port.name, side)
  const source = useDocument((state) => {
    if (side === 'output') return ''
    return linksOf(state.workflow.nodes[node]?.links[port.name])
      .map((link) => `${link.node}.${link.port}`)
      .join(', ')
  })
  const isInput = side === 'input'
  const missing = isInput && !port.optional && source === ''
  const type = port.list ? t('port.listOf', { type: port.type }) : port.type
  const need = missing ? t('port.missing') : port.optional ? t('port.optional') : ''
  const facts = [type, need, source && t('port.from', { source })].filter(Boolean)
  return (
    <div className="port" data-side={side} data-fit={fit} data-problem={problem} data-missing={missing}>
      <Handle
        id={port.name}
        type={isInput ? 'target' : 'source'}
        position={isInput ? Position.Left : Position.Right}
        // Without `nokey` a held Shift would draw a selection box instead of pulling cables.
        className="port-handle nokey"
        role="button"
        tabIndex={0}
        aria-label={`${words.port(port)} (${facts.join(', ')})`}
      >
        <PortMark type={port.type} optional={isInput && port.optional === true} list={port.list === true} />
      </Handle>
      <PortLabel node={node} side={side} port={port.name} name={words.port(port)} />
      {missing && <span className="port-missing" aria-hidden="true" />}
      <span className="port-tag" style={{ '--port': lookOf(port.type).colour } as React.CSSProperties}>
        {lookOf(port.type).tag}
      </span>
    </div>
  )
})
