import { useReactFlow } from '@xyflow/react'
import { ChevronDown, ChevronUp, X } from 'lucide-react'
import { useEffect, useId, useMemo, useState } from 'react'
import { useDocument } from '../../document/document-store.ts'
import { useText } from '../../i18n/index.ts'
import { usePinyin } from '../../i18n/pinyin.ts'
import { nodeKey } from '../../outline/outline-rows.ts'
import { announce } from '../../shell/announce-store.ts'
import { IconButton } from '../../ui/Button.tsx'
import { useDescriptors } from '../../view/catalog-store.ts'
import { useView } from '../../view/view-store.ts'
import { type FlowEdge, type FlowNode, itemOfNode } from '../canvas-store.ts'
import { useReturnFocus } from '../keys/use-return-focus.ts'
import { panelsStore, usePanels } from '../panels-store.ts'
import { arriveBy, focusItem } from '../view/canvas-focus.ts'
import { revealNode } from '../view/reveal.ts'
import { findInGraph, type Hit } from './find-in-graph.ts'

const MOST_SHOWN = 50

/** Find in the graph: titles, values, types. Each hit is shown and selected as one comes to it. */
export function FindBar() {
  const open = usePanels((state) => state.find)
  return open ? <OpenFind /> : null
}

function OpenFind() {
  const t = useText()
  const id = useId()
  const flow = useReactFlow<FlowNode, FlowEdge>()
  const workflow = useDocument((state) => state.workflow)
  const descriptors = useDescriptors()
  const language = useView((state) => state.language)
  const spell = usePinyin()
  useReturnFocus()
  const [query, setQuery] = useState('')
  const [place, setPlace] = useState(0)
  const hits = useMemo(
    () => findInGraph(workflow, descriptors, query, { language, spell }),
    [workflow, descriptors, query, language, spell],
  )
  const at = hits.length === 0 ? -1 : Math.min(place, hits.length - 1)
  const current = hits[at]
  const counted = query.trim() === '' ? '' : t('find.count', { n: at + 1, count: hits.length })
  const found = current?.node
  useEffect(() => {
    if (found !== undefined) revealNode(found)
  }, [found])
  useEffect(() => announce(counted), [counted])
  function go(by: number): void {
    if (hits.length === 0) return
    const next = (at + by + hits.length) % hits.length
    setPlace(next)
    revealNode(hits[next]!.node)
  }
  const close = () => panelsStore.setState({ find: false })
  /** The focus goes on to what was found, not back to where it was. */
  function closeOn(hit: Hit | undefined): void {
    if (hit) {
      arriveBy('keyboard')
      const row = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(nodeKey(hit.node))}"]`)
      if (row) row.focus()
      else focusItem(flow, itemOfNode(hit.node))
    }
    close()
  }
  return (
    <search className="find-bar" aria-label={t('command.find')}>
      <div className="find-line">
        <input
          className="field"
          type="search"
          role="combobox"
          aria-expanded={hits.length > 0}
          aria-controls={`${id}-hits`}
          aria-activedescendant={current ? `${id}-${at}` : undefined}
          aria-label={t('command.find')}
          placeholder={t('find.placeholder')}
          // biome-ignore lint/a11y/noAutofocus: the bar opens because a person wants to type here.
          autoFocus
          value={query}
          onChange={(event) => {
            setQuery(event.target.value)
            setPlace(0)
          }}
          onKeyDown={(event) => {
            const by = { ArrowDown: 1, ArrowUp: -1, Enter: event.shiftKey ? -1 : 1 }[event.key]
            if (by === undefined && event.key !== 'Escape') return
            event.preventDefault()
            event.stopPropagation()
            if (event.key === 'Escape') closeOn(current)
            else go(by ?? 1)
          }}
        />
        <span className="find-count">{counted}</span>
        <IconButton label={t('find.previous')} disabled={hits.length === 0} onClick={() => go(-1)}>
          <ChevronUp size={16} />
        </IconButton>
        <IconButton label={t('find.next')} disabled={hits.length === 0} onClick={() => go(1)}>
          <ChevronDown size={16} />
        </IconButton>
        <IconButton label={t('app.close')} onClick={close}>
          <X size={16} />
        </IconButton>
      </div>
      <div
        id={`${id}-hits`}
        className="find-hits"
        role="listbox"
        aria-label={t('find.hits')}
        hidden={hits.length === 0}
      >
        {hits.slice(0, MOST_SHOWN).map((hit, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the current option.
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field's arrow keys do the same.
          <div
            key={`${hit.node}:${hit.param}`}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            ref={(element) => {
              if (index === at) element?.scrollIntoView({ block: 'nearest' })
            }}
            onClick={() => {
              setPlace(index)
              revealNode(hit.node)
            }}
          >
            <strong>{hit.title}</strong>
            <span>{hit.detail}</span>
          </div>
        ))}
      </div>
    </search>
  )
}
