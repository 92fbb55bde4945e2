import { useReactFlow } from '@xyflow/react'
import { Command } from 'cmdk'
import { useMemo, useState } from 'react'
import { documentStore } from '../../document/document-store.ts'
import { type PortEnd, portOf } from '../../document/link-rules.ts'
import { useText } from '../../i18n/index.ts'
import { usePinyin } from '../../i18n/pinyin.ts'
import { announce } from '../../shell/announce-store.ts'
import { catalogStore } from '../../view/catalog-store.ts'
import { link } from '../actions.ts'
import type { FlowEdge, FlowNode } from '../canvas-store.ts'
import { canvasStore } from '../canvas-store.ts'
import { rankNodes } from '../palette/rank-nodes.ts'
import { SearchDialog } from '../palette/SearchDialog.tsx'
import { panelsStore, usePanels } from '../panels-store.ts'
import { PortMark } from '../ports/PortMark.tsx'
import { endsOfNode, fittingEnds, useEndText } from './link-ends.ts'

/** A link made by keyboard: from which port, then to which of those that fit; Enter links. */
export function LinkPicker() {
  const linking = usePanels((state) => state.linking)
  return linking ? <Open key={`${linking.node}.${linking.from?.port}`} node={linking.node} from={linking.from} /> : null
}

const NEW_NODE = 'new-node'

function Open({ node, from }: { node: string; from: PortEnd | null }) {
  const t = useText()
  const flow = useReactFlow<FlowNode, FlowEdge>()
  const spell = usePinyin()
  const text = useEndText()
  const [query, setQuery] = useState('')
  const [chosen, setChosen] = useState('')
  const ends = useMemo(() => (from ? fittingEnds(from) : endsOfNode(node)), [node, from])
  const entries = ends.map((end) => {
    const words = text(end)
    const title = from ? `${words.node} · ${words.port}` : words.port
    return {
      type: `${end.side}:${end.node}:${end.port}`,
      titles: [title, ...spell(title)],
      aliases: [words.port],
      words: [],
      description: '',
      end,
      title,
    }
  })
  const found = rankNodes(query, entries)
  const close = () => panelsStore.setState({ linking: null })
  function take(end: PortEnd): void {
    if (!from) {
      panelsStore.setState({ linking: { node, from: end } })
      return
    }
    close()
    if (link(from, end)) announce(t('access.linked', { from: nameOf(from), to: nameOf(end) }))
  }
  function nameOf(end: PortEnd): string {
    const words = text(end)
    return `${words.node} · ${words.port}`
  }
  function addNode(): void {
    close()
    const screen = { x: innerWidth / 2 - 190, y: innerHeight / 4 }
    const at = flow.screenToFlowPosition(screen)
    setTimeout(() => canvasStore.setState({ palette: { screen, at, port: from } }), 60)
  }
  const values = [...found.map(({ type }) => type), ...(from ? [NEW_NODE] : [])]
  const current = values.includes(chosen) ? chosen : (values[0] ?? '')
  return (
    <SearchDialog
      label={from ? t('linking.to', { port: nameOf(from) }) : t('linking.from')}
      placeholder={from ? t('linking.to', { port: nameOf(from) }) : t('linking.from')}
      query={query}
      onQuery={setQuery}
      current={current}
      onCurrent={setChosen}
      onClose={close}
    >
      {found.map(({ type, end, title }) => (
        <Command.Item key={type} value={type} onSelect={() => take(end)}>
          <span className="link-end">
            <PortMark type={portType(end)} />
            {title}
          </span>
          <span className="link-side">{t(end.side === 'input' ? 'linking.input' : 'linking.output')}</span>
        </Command.Item>
      ))}
      {from && (
        <Command.Item value={NEW_NODE} onSelect={addNode}>
          {t('linking.newNode')}
        </Command.Item>
      )}
    </SearchDialog>
  )
}

const portType = (end: PortEnd): string =>
  portOf(documentStore.getState().workflow, catalogStore.getState().descriptors, end)?.type ?? 'ANY'
