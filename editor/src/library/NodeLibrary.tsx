import type { NodeDescriptor } from '@beatloom/core'
import { useReactFlow } from '@xyflow/react'
import { X } from 'lucide-react'
import { useMemo, useState } from 'react'
import { placeNode } from '../canvas/actions.ts'
import { type FlowEdge, type FlowNode, selectOnly } from '../canvas/canvas-store.ts'
import { NodeHelp } from '../canvas/nodes/NodeHelp.tsx'
import { nodeEntry } from '../canvas/palette/node-entry.ts'
import { rankNodes } from '../canvas/palette/rank-nodes.ts'
import { togglePart } from '../canvas/panels-store.ts'
import { useText } from '../i18n/index.ts'
import { nodeText } from '../i18n/node-text.ts'
import { usePinyin } from '../i18n/pinyin.ts'
import { announce } from '../shell/announce-store.ts'
import { IconButton } from '../ui/Button.tsx'
import { useDescriptors } from '../view/catalog-store.ts'
import { useView } from '../view/view-store.ts'
import { NODE_DRAG, useNodeDrop } from './use-node-drop.ts'

/** All nodes by category: search, drag one to the canvas, or press it to add it. */
export function NodeLibrary() {
  const t = useText()
  const flow = useReactFlow<FlowNode, FlowEdge>()
  const language = useView((state) => state.language)
  const descriptors = useDescriptors()
  const spell = usePinyin()
  const [query, setQuery] = useState('')
  const [shown, setShown] = useState<NodeDescriptor | null>(null)
  useNodeDrop()
  const entries = useMemo(() => [...descriptors.values()].map((one) => nodeEntry(one, spell)), [descriptors, spell])
  const found = rankNodes(query, entries).map((entry) => descriptors.get(entry.type)!)
  const groups = Map.groupBy(found, (descriptor) => nodeText(descriptor, language).category)
  function add(descriptor: NodeDescriptor): void {
    const canvas = document.querySelector('.canvas')?.getBoundingClientRect()
    const screen = canvas
      ? { x: canvas.left + canvas.width / 2 - 140, y: canvas.top + canvas.height / 3 }
      : { x: 0, y: 0 }
    placeNode(descriptor.type, { screen, at: flow.screenToFlowPosition(screen), port: null })
    announce(t('news.added', { name: nodeText(descriptor, language).title }))
  }
  return (
    <aside className="panel library" data-side="left" aria-label={t('command.library')}>
      <header className="panel-head">
        <h2>{t('command.library')}</h2>
        <IconButton label={t('app.close')} onClick={() => togglePart('library')}>
          <X size={16} />
        </IconButton>
      </header>
      <div className="library-search">
        <input
          className="field"
          type="search"
          aria-label={t('palette.search')}
          placeholder={t('palette.search')}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={(event) => {
            const [first] = found
            if (event.key === 'Enter' && first) add(first)
          }}
        />
      </div>
      <div className="panel-body library-list">
        {found.length === 0 && <p className="panel-empty">{t('palette.nothing')}</p>}
        {[...groups].map(([category, members]) => (
          <section key={category} aria-label={category}>
            <h3>{category}</h3>
            <ul>
              {members.map((descriptor) => (
                <li key={descriptor.type}>
                  <button
                    type="button"
                    className="library-item"
                    draggable
                    onDragStart={(event) => {
                      event.dataTransfer.setData(NODE_DRAG, descriptor.type)
                      event.dataTransfer.effectAllowed = 'copy'
                    }}
                    onPointerEnter={() => setShown(descriptor)}
                    onFocus={() => setShown(descriptor)}
                    onClick={() => {
                      // Adding from the list makes one node after another, not a chain of links.
                      selectOnly([])
                      add(descriptor)
                    }}
                  >
                    {nodeText(descriptor, language).title}
                  </button>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      {shown && <NodeHelp descriptor={shown} />}
    </aside>
  )
}
