import { type Display, type NodeDescriptor, referencesIn, type Workflow } from '@beatloom/core'
import { useStoreApi, ViewportPortal } from '@xyflow/react'
import { useMemo } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { thumbnailUrl } from '../../api/client.ts'
import type { PublicFile } from '../../api/types.ts'
import { documentStore, useDocument } from '../../document/document-store.ts'
import { nodeText } from '../../i18n/node-text.ts'
import { nodeStates, useRun } from '../../run/run-store.ts'
import { catalogStore } from '../../view/catalog-store.ts'
import { useView } from '../../view/view-store.ts'
import { type FlowNode, useCanvas } from '../canvas-store.ts'
import { estimatedSize, NODE_WIDTH_PX, portOffsetPx } from './node-size.ts'

const ROUND_PX = 14
const TITLE_PX = 30
/** Wider than most letters, so that a title ends inside its node. */
const LETTER_PX = 17
const PADDING_PX = 16
const HEAD_PX = 56
/** Of one path: where a part of the graph is painted, paths beyond it cost nothing. */
const CELL_PX = 2_000

/**
 * Every node and link as one drawing, in the layer of the nodes: what is seen from afar, and of nodes that are not
 * drawn with their fields yet. It is drawn anew when nodes or links change, not when the view moves.
 */
export function FarPicture({ far }: { far: boolean }) {
  const nodes = useCanvas((state) => state.nodes)
  const language = useView((state) => state.language)
  const states = useRun(useShallow(nodeStates))
  const saved = useDocument((state) => state.workflow.nodes)
  const displays = useRun((state) => state.displays)
  const { shapes, titles, pictures } = useMemo(() => {
    const { descriptors } = catalogStore.getState()
    const shapes = new Map<string, { kind: string; path: string[] }>()
    const titles: { id: string; x: number; y: number; text: string }[] = []
    const pictures: { id: string; x: number; y: number; width: number; height: number; address: string }[] = []
    for (const node of nodes) {
      if (node.type !== 'workflow') continue
      const file = saved[node.id]
      const descriptor = descriptors.get(file?.type ?? '')
      const estimate = estimatedSize(descriptor)
      const width = node.measured?.width ?? estimate.width
      const height = node.measured?.height ?? estimate.height
      const kind = node.selected ? 'selected' : (file?.mode ?? states[node.id] ?? 'idle')
      const { x, y } = node.position
      const cell = `${kind} ${Math.floor(x / CELL_PX)} ${Math.floor(y / CELL_PX)}`
      const list = shapes.get(cell)
      const shape = rounded(x, y, width, height)
      if (list) list.path.push(shape)
      else shapes.set(cell, { kind, path: [shape] })
      const name = file?.title || (descriptor ? nodeText(descriptor, language).title : (file?.type ?? ''))
      const room = Math.floor((width - 2 * PADDING_PX) / LETTER_PX)
      const text = name.length > room ? `${name.slice(0, Math.max(1, room - 1))}…` : name
      titles.push({ id: node.id, x: x + PADDING_PX, y: y + TITLE_PX + PADDING_PX / 2, text })
      const address = pictureOf(file, descriptor, displays[node.id])
      const free = height - HEAD_PX - PADDING_PX
      if (address && free > HEAD_PX) {
        pictures.push({
          id: node.id,
          x: x + PADDING_PX,
          y: y + HEAD_PX,
          width: width - 2 * PADDING_PX,
          height: free,
          address,
        })
      }
    }
    return {
      shapes: [...shapes].map(([cell, { kind, path }]) => ({ cell, kind, path: path.join('') })),
      titles,
      pictures,
    }
  }, [nodes, saved, states, displays, language])
  return (
    <ViewportPortal>
      <svg className="far-picture" aria-hidden="true">
        {far && <FarLinks nodes={nodes} />}
        {shapes.map(({ cell, kind, path }) => (
          <path key={cell} className="far-shape" data-kind={kind} d={path} />
        ))}
        {pictures.map(({ id, address, ...place }) => (
          <image key={id} href={address} {...place} preserveAspectRatio="xMidYMid slice" />
        ))}
        {titles.map(({ id, x, y, text }) => (
          <text key={id} x={x} y={y}>
            {text}
          </text>
        ))}
      </svg>
    </ViewportPortal>
  )
}

/** A small picture of what the node made, or of the picture it loads. */
function pictureOf(
  node: Workflow['nodes'][string] | undefined,
  descriptor: NodeDescriptor | undefined,
  shown: readonly Display[] | undefined,
): string | null {
  for (const item of shown ?? []) {
    if (item.kind === 'image' || item.kind === 'video') return thumbnailUrl((item.file as unknown as PublicFile).url)
  }
  const param = descriptor?.params.find((candidate) => candidate.widget === 'file' && candidate.accept !== 'audio')
  const [file] = param ? referencesIn(node?.params[param.name] ?? param.default) : []
  return file === undefined ? null : thumbnailUrl(file)
}

/** One path a colour. */
function FarLinks({ nodes }: { nodes: readonly FlowNode[] }) {
  const edges = useCanvas((state) => state.edges)
  const store = useStoreApi()
  const paths = useMemo(() => {
    const places = new Map(nodes.map((node) => [node.id, node]))
    const { nodeLookup } = store.getState()
    const { descriptors } = catalogStore.getState()
    const { workflow } = documentStore.getState()
    const lines = new Map<string, string[]>()
    for (const edge of edges) {
      const from = places.get(edge.source)
      const to = places.get(edge.target)
      if (!from || !to || edge.hidden) continue
      const x1 = from.position.x + (from.measured?.width ?? NODE_WIDTH_PX)
      const y1 = from.position.y + offsetOf(edge.source, edge.sourceHandle, 'source')
      const x2 = to.position.x
      const y2 = to.position.y + offsetOf(edge.target, edge.targetHandle, 'target')
      const bend = Math.max(40, Math.abs(x2 - x1) / 2)
      const colour = String(edge.style?.stroke ?? 'var(--line-strong)')
      const path = `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`
      const list = lines.get(colour)
      if (list) list.push(path)
      else lines.set(colour, [path])
    }
    return [...lines].map(([colour, list]) => ({ colour, path: list.join('') }))

    /** Where a port is: as measured, or by its place in the list. */
    function offsetOf(id: string, handle: string | null | undefined, side: 'source' | 'target'): number {
      const found = nodeLookup.get(id)?.internals.handleBounds?.[side]?.find((item) => item.id === handle)
      if (found) return found.y + found.height / 2
      const descriptor = descriptors.get(workflow.nodes[id]?.type ?? '')
      const ports = side === 'source' ? descriptor?.outputs : descriptor?.inputs
      return portOffsetPx(Math.max(0, ports?.findIndex((port) => port.name === handle) ?? 0))
    }
  }, [nodes, edges, store])
  return paths.map(({ colour, path }) => <path key={colour} className="far-link" d={path} stroke={colour} />)
}

const rounded = (x: number, y: number, width: number, height: number): string =>
  `M${x + ROUND_PX} ${y}h${width - 2 * ROUND_PX}a${ROUND_PX} ${ROUND_PX} 0 0 1 ${ROUND_PX} ${ROUND_PX}v${height - 2 * ROUND_PX}a${ROUND_PX} ${ROUND_PX} 0 0 1 ${-ROUND_PX} ${ROUND_PX}h${2 * ROUND_PX - width}a${ROUND_PX} ${ROUND_PX} 0 0 1 ${-ROUND_PX} ${-ROUND_PX}v${2 * ROUND_PX - height}a${ROUND_PX} ${ROUND_PX} 0 0 1 ${ROUND_PX} ${-ROUND_PX}z`
