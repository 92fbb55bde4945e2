import type { Edge, Node } from '@xyflow/react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { LinkEnds, Point } from '../document/edits.ts'
import type { PortEnd, Refusal } from '../document/link-rules.ts'

export type FlowNode = Node<Record<string, never>, 'workflow'>
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
}

export interface Chooser {
  screen: Point
  from: PortEnd
  /** The ports of the node that was dropped on. */
  ports: PortEnd[]
}

export type Dialog = 'open' | 'shortcuts' | null

/** What is seen and selected; never saved, never undone. */
export interface CanvasState {
  nodes: FlowNode[]
  edges: FlowEdge[]
  /** The port a cable is being pulled from. */
  pulling: PortEnd | null
  palette: PaletteState | null
  bubble: Bubble | null
  chooser: Chooser | null
  dialog: Dialog
  renaming: string | null
  /** The pointer's last place over the canvas, in its own coordinates. */
  pointer: Point
}

export const canvasStore = createStore<CanvasState>(() => ({
  nodes: [],
  edges: [],
  pulling: null,
  palette: null,
  bubble: null,
  chooser: null,
  dialog: null,
  renaming: null,
  pointer: { x: 0, y: 0 },
}))

export function useCanvas<T>(selector: (state: CanvasState) => T): T {
  return useStore(canvasStore, selector)
}

export const selectedIds = (): string[] =>
  canvasStore
    .getState()
    .nodes.filter((n) => n.selected)
    .map((n) => n.id)

export const positionsNow = (): Record<string, Point> =>
  Object.fromEntries(canvasStore.getState().nodes.map((node) => [node.id, node.position]))

export function selectOnly(ids: readonly string[]): void {
  const wanted = new Set(ids)
  canvasStore.setState((state) => ({
    nodes: state.nodes.map((node) =>
      Boolean(node.selected) === wanted.has(node.id) ? node : { ...node, selected: wanted.has(node.id) },
    ),
    edges: state.edges.map((edge) => (edge.selected ? { ...edge, selected: false } : edge)),
  }))
}

export function closeOverlays(): void {
  canvasStore.setState({ palette: null, bubble: null, chooser: null })
}
