import type { NodeDescriptor } from '@beatloom/core'
import { useReactFlow } from '@xyflow/react'
import { Command } from 'cmdk'
import { useDeferredValue, useMemo, useState } from 'react'
import { documentStore } from '../../document/document-store.ts'
import { type Descriptors, fittingPorts, portOf } from '../../document/link-rules.ts'
import { useText } from '../../i18n/index.ts'
import { nodeText } from '../../i18n/node-text.ts'
import { usePinyin } from '../../i18n/pinyin.ts'
import { useDescriptors } from '../../view/catalog-store.ts'
import { useView } from '../../view/view-store.ts'
import { placeNode } from '../actions.ts'
import {
  canvasStore,
  type FlowEdge,
  type FlowNode,
  type PaletteState,
  selectedItems,
  useCanvas,
} from '../canvas-store.ts'
import { useReturnFocus } from '../keys/use-return-focus.ts'
import { NodeHelp } from '../nodes/NodeHelp.tsx'
import { PortMark } from '../ports/PortMark.tsx'
import { arrivedByPointer, focusItem } from '../view/canvas-focus.ts'
import { nodeEntry } from './node-entry.ts'
import { type Entry, rankNodes } from './rank-nodes.ts'

const WIDTH_PX = 380
const HEIGHT_PX = 420
/** So many are drawn with the palette itself; the rest follows when the field is there to be typed in. */
const AT_ONCE = 24

/** Search for a node and put it where the pointer was. */
export function Palette() {
  const palette = useCanvas((state) => state.palette)
  return palette ? <OpenPalette key={`${palette.screen.x}:${palette.screen.y}`} palette={palette} /> : null
}

function OpenPalette({ palette }: { palette: PaletteState }) {
  const t = useText()
  const flow = useReactFlow<FlowNode, FlowEdge>()
  const language = useView((state) => state.language)
  const descriptors = useDescriptors()
  const spell = usePinyin()
  useReturnFocus()
  const [query, setQuery] = useState('')
  const offered = useMemo(() => offeredNodes(descriptors, palette), [descriptors, palette])
  const entries = useMemo(() => offered.map((descriptor) => nodeEntry(descriptor, spell)), [offered, spell])
  const most = useDeferredValue(entries.length, AT_ONCE)
  const isBrowsing = query.trim() === '' && palette.port === null
  const ranked = useMemo(() => rankNodes(query, entries), [query, entries])
  const found = isBrowsing ? byCategory(ranked, descriptors).slice(0, most) : ranked.slice(0, most)
  const [chosen, setChosen] = useState('')
  const current = found.some((entry) => entry.type === chosen) ? chosen : (found[0]?.type ?? '')
  const shown = descriptors.get(current)
  const close = () => canvasStore.setState({ palette: null })
  const left = Math.max(8, Math.min(palette.screen.x, innerWidth - WIDTH_PX - 8))
  const top = Math.max(8, Math.min(palette.screen.y, innerHeight - HEIGHT_PX - 8))
  const groups = Map.groupBy(found, (entry) => nodeText(descriptors.get(entry.type)!, language).category)
  function choose(type: string): void {
    placeNode(type, palette, !arrivedByPointer())
    const [item] = selectedItems()
    // The field that has the focus now closes first.
    if (item !== undefined) requestAnimationFrame(() => focusItem(flow, item))
  }
  const item = ({ type }: Entry) => (
    <NodeItem key={type} descriptor={descriptors.get(type)!} onChoose={() => choose(type)} />
  )
  return (
    <>
      <div className="overlay-catch" onPointerDown={close} />
      <Command
        className="palette"
        style={{ left, top, width: WIDTH_PX }}
        label={t('palette.title')}
        shouldFilter={false}
        value={current}
        onValueChange={setChosen}
        onKeyDown={(event) => {
          event.stopPropagation()
          if (event.key !== 'Escape' && event.key !== 'Tab') return
          event.preventDefault()
          if (event.key === 'Escape') close()
        }}
      >
        <Command.Input
          autoFocus
          value={query}
          onValueChange={(text) => {
            setQuery(text)
            setChosen('')
          }}
          placeholder={t('palette.search')}
        />
        <Command.List label={t('palette.title')}>
          <Command.Empty>{t('palette.nothing')}</Command.Empty>
          {isBrowsing
            ? [...groups].map(([category, members]) => (
                <Command.Group key={category} heading={category}>
                  {members.map(item)}
                </Command.Group>
              ))
            : found.map(item)}
        </Command.List>
        {shown && <NodeHelp descriptor={shown} />}
      </Command>
    </>
  )
}

function NodeItem({ descriptor, onChoose }: { descriptor: NodeDescriptor; onChoose(): void }) {
  const language = useView((state) => state.language)
  return (
    <Command.Item value={descriptor.type} onSelect={onChoose}>
      <span>{nodeText(descriptor, language).title}</span>
      <span className="palette-ports">
        {descriptor.outputs.slice(0, 4).map((port) => (
          <PortMark key={port.name} type={port.type} />
        ))}
      </span>
    </Command.Item>
  )
}

function byCategory(entries: readonly Entry[], descriptors: Descriptors): Entry[] {
  return [...Map.groupBy(entries, (entry) => descriptors.get(entry.type)?.category ?? '').values()].flat()
}

function offeredNodes(descriptors: Descriptors, { port }: PaletteState): NodeDescriptor[] {
  const all = [...descriptors.values()]
  if (!port) return all
  const known = portOf(documentStore.getState().workflow, descriptors, port)
  return known ? all.filter((descriptor) => fittingPorts(descriptor, known, port.side, true).length > 0) : []
}
