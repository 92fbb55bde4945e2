import type { NodeDescriptor } from '@beatloom/core'
import { Command } from 'cmdk'
import { useMemo, useState } from 'react'
import { documentStore } from '../document/document-store.ts'
import { type Descriptors, fittingPorts, portOf } from '../document/link-rules.ts'
import { useText } from '../i18n/index.ts'
import { nodeText } from '../i18n/node-text.ts'
import { zhCategories, zhNodes } from '../i18n/zh-nodes.ts'
import { useDescriptors } from '../view/catalog-store.ts'
import { type Language, useView } from '../view/view-store.ts'
import { placeNode } from './actions.ts'
import { canvasStore, type PaletteState, useCanvas } from './canvas-store.ts'
import { PortMark } from './PortMark.tsx'
import { type Entry, rankNodes } from './rank-nodes.ts'

const WIDTH_PX = 380
const HEIGHT_PX = 420

/** Search for a node and put it where the pointer was. */
export function Palette() {
  const palette = useCanvas((state) => state.palette)
  return palette ? <OpenPalette key={`${palette.screen.x}:${palette.screen.y}`} palette={palette} /> : null
}

function OpenPalette({ palette }: { palette: PaletteState }) {
  const t = useText()
  const language = useView((state) => state.language)
  const descriptors = useDescriptors()
  const [query, setQuery] = useState('')
  const offered = useMemo(() => offeredNodes(descriptors, palette), [descriptors, palette])
  const entries = useMemo(() => offered.map(entryOf), [offered])
  const found = rankNodes(query, entries)
  const [chosen, setChosen] = useState('')
  const current = found.some((entry) => entry.type === chosen) ? chosen : (found[0]?.type ?? '')
  const close = () => canvasStore.setState({ palette: null })
  const left = Math.max(8, Math.min(palette.screen.x, innerWidth - WIDTH_PX - 8))
  const top = Math.max(8, Math.min(palette.screen.y, innerHeight - HEIGHT_PX - 8))
  const groups = Map.groupBy(found, (entry) => nodeText(descriptors.get(entry.type)!, language).category)
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
          if (event.key === 'Escape') close()
        }}
      >
        <Command.Input autoFocus value={query} onValueChange={setQuery} placeholder={t('palette.search')} />
        <Command.List>
          <Command.Empty>{t('palette.nothing')}</Command.Empty>
          {query.trim() === '' && palette.port === null
            ? [...groups].map(([category, members]) => (
                <Command.Group key={category} heading={category}>
                  {members.map((entry) => (
                    <NodeItem
                      key={entry.type}
                      descriptor={descriptors.get(entry.type)!}
                      language={language}
                      palette={palette}
                    />
                  ))}
                </Command.Group>
              ))
            : found.map((entry) => (
                <NodeItem
                  key={entry.type}
                  descriptor={descriptors.get(entry.type)!}
                  language={language}
                  palette={palette}
                />
              ))}
        </Command.List>
        <NodeHelp descriptor={descriptors.get(current)} language={language} />
      </Command>
    </>
  )
}

interface NodeItemProps {
  descriptor: NodeDescriptor
  language: Language
  palette: PaletteState
}

function NodeItem({ descriptor, language, palette }: NodeItemProps) {
  const words = nodeText(descriptor, language)
  return (
    <Command.Item value={descriptor.type} onSelect={() => placeNode(descriptor.type, palette)}>
      <span>{words.title}</span>
      <span className="palette-ports">
        {descriptor.outputs.slice(0, 4).map((port) => (
          <PortMark key={port.name} type={port.type} />
        ))}
      </span>
    </Command.Item>
  )
}

function NodeHelp({ descriptor, language }: { descriptor: NodeDescriptor | undefined; language: Language }) {
  if (!descriptor) return null
  const words = nodeText(descriptor, language)
  const ports = [
    ...descriptor.inputs.map((port) => ({ port, arrow: '' })),
    ...descriptor.outputs.map((port) => ({ port, arrow: '→ ' })),
  ]
  return (
    <div className="palette-help">
      <p>{words.description}</p>
      <ul>
        {ports.map(({ port, arrow }) => (
          <li key={`${arrow}${port.name}`}>
            {arrow}
            <PortMark type={port.type} optional={port.optional === true} />
            {words.port(port)}
          </li>
        ))}
      </ul>
    </div>
  )
}

function offeredNodes(descriptors: Descriptors, { port }: PaletteState): NodeDescriptor[] {
  const all = [...descriptors.values()]
  if (!port) return all
  const known = portOf(documentStore.getState().workflow, descriptors, port)
  return known ? all.filter((descriptor) => fittingPorts(descriptor, known, port.side).length > 0) : []
}

/** Found by either language, whichever the interface speaks. */
function entryOf(descriptor: NodeDescriptor): Entry {
  const chinese = zhNodes[descriptor.type]
  return {
    type: descriptor.type,
    titles: [descriptor.title, ...(chinese ? [chinese.title] : [])],
    words: [
      ...descriptor.aliases,
      descriptor.category,
      ...(chinese ? [chinese.pinyin, zhCategories[descriptor.category.toLowerCase()] ?? ''] : []),
    ],
    description: `${descriptor.description} ${chinese?.description ?? ''}`,
  }
}
