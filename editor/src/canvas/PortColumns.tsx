import type { Issue, NodeDescriptor, PortDescriptor } from '@beatloom/core'
import { Handle, Position } from '@xyflow/react'
import { memo } from 'react'
import { useDocument } from '../document/document-store.ts'
import { linksOf } from '../document/edits.ts'
import type { Side } from '../document/link-rules.ts'
import { useText } from '../i18n/index.ts'
import type { NodeText } from '../i18n/node-text.ts'
import { PortMark } from './PortMark.tsx'
import { lookOf } from './port-look.ts'
import { usePortFit } from './use-port-fit.ts'

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
  const type = port.list ? t('port.listOf', { type: port.type }) : port.type
  const facts = [type, port.optional ? t('port.optional') : '', source && t('port.from', { source })].filter(Boolean)
  const tip = [words.port(port), facts.join(' · '), words.portHelp(port)].filter(Boolean).join('\n')
  return (
    <div className="port" data-side={side} data-fit={fit} data-problem={problem} title={tip}>
      <Handle
        id={port.name}
        type={side === 'input' ? 'target' : 'source'}
        position={side === 'input' ? Position.Left : Position.Right}
        className="port-handle"
        aria-label={`${words.port(port)} (${facts.join(', ')})`}
      >
        <PortMark type={port.type} optional={side === 'input' && port.optional === true} list={port.list === true} />
      </Handle>
      <span className="port-name">{words.port(port)}</span>
      <span className="port-tag" style={{ '--port': lookOf(port.type).colour } as React.CSSProperties}>
        {lookOf(port.type).tag}
      </span>
    </div>
  )
})
