import type { NodeDescriptor, PortDescriptor } from '@beatloom/core'
import { CornerDownRight, Plus, Unlink } from 'lucide-react'
import { useEndText } from '../canvas/links/link-ends.ts'
import { panelsStore } from '../canvas/panels-store.ts'
import { PortMark } from '../canvas/ports/PortMark.tsx'
import { documentStore, useDocument } from '../document/document-store.ts'
import { type LinkEnds, removeLink } from '../document/edits.ts'
import { linksAt } from '../document/link-edits.ts'
import type { Side } from '../document/link-rules.ts'
import { useText } from '../i18n/index.ts'
import type { NodeText } from '../i18n/node-text.ts'
import { IconButton } from '../ui/Button.tsx'

interface PortListProps {
  node: string
  descriptor: NodeDescriptor
  words: NodeText
  side: Side
  onGo(node: string): void
}

/** The inputs with where they come from, or the outputs with where they go; linked and unlinked here too. */
export function PortList({ node, descriptor, words, side, onGo }: PortListProps) {
  const t = useText()
  const ports = side === 'input' ? descriptor.inputs : descriptor.outputs
  if (ports.length === 0) return null
  return (
    <section className="inspector-ports" aria-label={t(side === 'input' ? 'outline.inputs' : 'outline.outputs')}>
      <h3>{t(side === 'input' ? 'outline.inputs' : 'outline.outputs')}</h3>
      <ul>
        {ports.map((port) => (
          <PortItem key={port.name} node={node} port={port} words={words} side={side} onGo={onGo} />
        ))}
      </ul>
    </section>
  )
}

interface PortItemProps extends Omit<PortListProps, 'descriptor'> {
  port: PortDescriptor
}

function PortItem({ node, port, words, side, onGo }: PortItemProps) {
  const t = useText()
  const text = useEndText()
  const workflow = useDocument((state) => state.workflow)
  const links = linksAt(workflow, { node, port: port.name }, side)
  const name = words.port(port)
  const type = port.list ? t('port.listOf', { type: port.type }) : port.type
  const isOpen = side === 'output' || links.length === 0 || port.list === true
  return (
    <li>
      <span className="inspector-port">
        <PortMark type={port.type} optional={side === 'input' && port.optional === true} list={port.list === true} />
        <span>{name}</span>
        <span className="inspector-type">
          {type}
          {side === 'input' && port.optional && `, ${t('port.optional')}`}
        </span>
        {isOpen && (
          <IconButton
            label={t('inspector.link', { port: name })}
            onClick={() => panelsStore.setState({ linking: { node, from: { node, port: port.name, side } } })}
          >
            <Plus size={14} />
          </IconButton>
        )}
      </span>
      {links.map((link) => (
        <LinkLine
          key={`${link.from.node}.${link.from.port}>${link.to.node}.${link.to.port}`}
          link={link}
          side={side}
          text={text}
          onGo={onGo}
        />
      ))}
    </li>
  )
}

interface LinkLineProps {
  link: LinkEnds
  side: Side
  text: ReturnType<typeof useEndText>
  onGo(node: string): void
}

function LinkLine({ link, side, text, onGo }: LinkLineProps) {
  const t = useText()
  const other = side === 'input' ? link.from : link.to
  const words = text({ ...other, side: side === 'input' ? 'output' : 'input' })
  const line = t(side === 'input' ? 'outline.from' : 'outline.to', words)
  return (
    <span className="inspector-link">
      <button type="button" onClick={() => onGo(other.node)}>
        <CornerDownRight size={13} aria-hidden="true" />
        {line}
      </button>
      <IconButton
        label={t('inspector.unlink', { link: line })}
        onClick={() => documentStore.getState().edit(removeLink(link))}
      >
        <Unlink size={14} />
      </IconButton>
    </span>
  )
}
