import { useStore } from 'zustand'
import { useDocument } from '../../document/document-store.ts'
import { linksAt } from '../../document/link-edits.ts'
import { type PortEnd, portOf } from '../../document/link-rules.ts'
import { placeholderFor } from '../../document/placeholder.ts'
import { useText } from '../../i18n/index.ts'
import { nodeText } from '../../i18n/node-text.ts'
import { usePortFacts } from '../../run/quote-store.ts'
import { useNodeDisplays } from '../../run/run-store.ts'
import { useDescriptors } from '../../view/catalog-store.ts'
import { useView } from '../../view/view-store.ts'
import { PortMark } from './PortMark.tsx'
import { factsOfDisplays, factsText, shortValue } from './port-facts.ts'
import { portTipStore, usePortTips } from './port-tip-store.ts'
import { portTitle } from './port-title.ts'

const WIDTH_PX = 270
const GAP_PX = 12

/** What a port is: name, type, purpose, what is known of its value, and what it is linked to. */
export function PortTip() {
  usePortTips()
  const { end, rect } = useStore(portTipStore)
  return end && rect ? <Tip key={`${end.side}${end.node}.${end.port}`} end={end} rect={rect} /> : null
}

function Tip({ end, rect }: { end: PortEnd; rect: DOMRect }) {
  const t = useText()
  const language = useView((state) => state.language)
  const workflow = useDocument((state) => state.workflow)
  const descriptors = useDescriptors()
  const links = linksAt(workflow, end, end.side)
  const source = end.side === 'output' ? end : links[0]?.from
  const facts = usePortFacts(source?.node ?? '', source?.port ?? '')
  const shown = useNodeDisplays(source?.node ?? '')
  const node = workflow.nodes[end.node]
  const port = portOf(workflow, descriptors, end)
  if (!node || !port) return null
  const descriptor = descriptors.get(node.type) ?? placeholderFor(workflow, end.node)
  const words = nodeText(descriptor, language)
  const param = descriptor.params.find(
    ({ name }) => name === end.port && !descriptor.inputs.some((p) => p.name === name),
  )
  const isInput = end.side === 'input'
  const needed = isInput && !port.optional
  const typed = isInput && param && !source ? (node.params[param.name] ?? param.default) : undefined
  const found = factsOfDisplays(shown ?? [], port.type)
  // What was found out about another length is about another song.
  const isSame = facts?.durationSeconds === undefined || facts.durationSeconds === found.durationSeconds
  const all = isSame ? { ...facts, ...found } : facts
  const known =
    Object.keys(all).length > 0
      ? factsText(all, t)
      : typed === undefined
        ? ''
        : t('port.value', { value: shortValue(typed) })
  const others = links.map(({ from, to }) => titleOf(isInput ? { ...from, side: 'output' } : { ...to, side: 'input' }))
  const type = port.list ? t('port.listOf', { type: port.type }) : port.type
  const left = isInput ? rect.left - WIDTH_PX - GAP_PX : rect.right + GAP_PX
  const inside = left >= 8 && left + WIDTH_PX <= innerWidth - 8
  const place = inside
    ? { left, top: Math.max(8, Math.min(rect.top - 8, innerHeight - 170)) }
    : { left: Math.max(8, Math.min(rect.left, innerWidth - WIDTH_PX - 8)), top: rect.bottom + GAP_PX }

  function titleOf(other: PortEnd): string {
    const its = workflow.nodes[other.node]
    const itsDescriptor = its && (descriptors.get(its.type) ?? placeholderFor(workflow, other.node))
    const itsPort = portOf(workflow, descriptors, other)
    if (!its || !itsDescriptor || !itsPort) return `${other.node}.${other.port}`
    const itsWords = nodeText(itsDescriptor, language)
    return `${its.title ?? itsWords.title} · ${portTitle(itsWords, itsDescriptor, itsPort)}`
  }

  const help = (param ? words.help(param) : words.portHelp(port)) || t(`portType.${port.type}`)
  return (
    <div className="port-tip" role="tooltip" style={{ ...place, width: WIDTH_PX }}>
      <p className="port-tip-name">
        <PortMark type={port.type} optional={isInput && port.optional === true} list={port.list === true} />
        {portTitle(words, descriptor, port)}
        <span>{isInput ? `${type}, ${t(needed ? 'port.required' : 'port.optional')}` : type}</span>
      </p>
      {help && <p>{help}</p>}
      {known && <p className="port-tip-facts">{known}</p>}
      {others.length > 0 && (
        <p className="port-tip-links">{t(isInput ? 'port.from' : 'port.to', { source: others.join(', ') })}</p>
      )}
      {needed && links.length === 0 && <p className="port-tip-missing">{t('port.missing')}</p>}
    </div>
  )
}
