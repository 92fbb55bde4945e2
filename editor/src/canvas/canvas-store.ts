import type { Link } from '@beatloom/core'
import type { Edge, Node } from '@xyflow/react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { placesOf } from '../document/auto-layout.ts'
import { documentStore } from '../document/document-store.ts'
import type { LinkEnds, Point } from '../document/edits.ts'
import { groupTree, levelOf, membersOf } from '../document/group-tree.ts'
import type { PortEnd, Refusal, Side } from '../document/link-rules.ts'
import { groupOfItem, itemOfGroup } from './groups/group-ids.ts'
import type { Pull } from './links/pull-store.ts'

/** A port of a node inside a box, or beyond the border of the level on screen. */
export interface OuterPort extends Link {
  side: Side
  linked: boolean
}
/** `ports`: those of a box, or the one of a stub. */
export type FlowNode = Node<{ ports?: readonly OuterPort[] }, 'workflow' | 'frame' | 'box' | 'stub'>
export type FlowEdge = Edge<{ ends: LinkEnds }>

export interface PaletteState {
  /** Where on the screen it opens. */
  screen: Point
  /** Where on the canvas the node goes. */
  at: Point
  /** Only nodes with a port that fits this one, which is then linked. */
  port: PortEnd | null
}

export interface Bubble {
  screen: Point
  refusal: Refusal
  a: PortEnd
  b: PortEnd
  /** The links whose ends were being moved. */
  moving: LinkEnds[]
}

export interface Chooser {
  screen: Point
  pull: Pull
  /** The ports of the node that was dropped on. */
  ports: PortEnd[]
}

export type Dialog = 'open' | 'saveAs' | 'shortcuts' | 'result' | null

/** What is seen and selected; never saved, never undone. */
export interface CanvasState {
  nodes: FlowNode[]
  edges: FlowEdge[]
  palette: PaletteState | null
  bubble: Bubble | null
  chooser: Chooser | null
  dialog: Dialog
  /** A node's id, a group's item, or a port's name as `labelKey` makes it. */
  renaming: string | null
  /** The run that is being compared with another. */
  comparing: string | null
  /** The boxes that were entered, outermost first; empty at the top. */
  path: string[]
  /** Boxes whose ports without a link are shown too. */
  fullBoxes: readonly string[]
  /** The frame that what is being dragged would join. */
  dropFrame: string | null
  /** The pointer's last place over the canvas, in its own coordinates. */
  pointer: Point
}

export const canvasStore = createStore<CanvasState>(() => ({
  nodes: [],
  edges: [],
  palette: null,
  bubble: null,
  chooser: null,
  dialog: null,
  renaming: null,
  comparing: null,
  path: [],
  fullBoxes: [],
  dropFrame: null,
  pointer: { x: 0, y: 0 },
}))

export function useCanvas<T>(selector: (state: CanvasState) => T): T {
  return useStore(canvasStore, selector)
}

/** Selected items: nodes, frames and boxes. */
export const selectedItems = (): string[] =>
  canvasStore
    .getState()
    .nodes.filter((n) => n.selected)
    .map((n) => n.id)

/** The nodes that are selected; a selected group stands for everything in it. */
export function selectedIds(): string[] {
  const { workflow } = documentStore.getState()
  const ids = selectedItems().flatMap((item) => {
    const group = groupOfItem(item)
    if (group !== null) return membersOf(workflow, group)
    return item in workflow.nodes ? [item] : []
  })
  return [...new Set(ids)]
}

/** Places of all nodes, on screen or inside a box, and of the frames and boxes on screen. */
export const positionsNow = (): Record<string, Point> => ({
  ...placesOf(documentStore.getState().workflow),
  ...Object.fromEntries(canvasStore.getState().nodes.map((node) => [node.id, node.position])),
})

/** The item that shows a node on this level: itself, or the box it is in. */
export function itemOfNode(id: string): string {
  const level = levelOf(groupTree(documentStore.getState().workflow), canvasStore.getState().path.at(-1) ?? null)
  const standing = level.standing(id)
  return standing.at === 'box' ? itemOfGroup(standing.box) : id
}

/** Selects nodes, and groups by their items. */
export function selectOnly(ids: readonly string[]): void {
  const wanted = new Set(ids.map((id) => (groupOfItem(id) === null ? itemOfNode(id) : id)))
  canvasStore.setState((state) => ({
    nodes: state.nodes.map((node) =>
      Boolean(node.selected) === wanted.has(node.id) ? node : { ...node, selected: wanted.has(node.id) },
    ),
    edges: state.edges.map((edge) => (edge.selected ? { ...edge, selected: false } : edge)),
  }))
}

export function addToSelection(id: string): void {
  canvasStore.setState((state) => ({
    nodes: state.nodes.map((node) => (node.id === id && !node.selected ? { ...node, selected: true } : node)),
  }))
}

export function closeOverlays(): void {
  canvasStore.setState({ palette: null, bubble: null, chooser: null })
}
