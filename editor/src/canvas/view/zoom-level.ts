import { useStoreApi } from '@xyflow/react'
import { useEffect, useMemo } from 'react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { canvasStore, type FlowEdge, type FlowNode } from '../canvas-store.ts'
import { NODE_WIDTH_PX } from '../nodes/node-size.ts'

/** Below this zoom fields cannot be read, so nodes are drawn as their title alone. */
export const FAR_ZOOM = 0.4
/** Graphs up to this size are drawn whole, on screen or not. */
export const SMALL_GRAPH = 60
/** Of the size of the canvas: how far beyond it nodes are drawn with their fields. */
const MARGIN = 0.25
const USUAL_HEIGHT_PX = 400

interface ZoomState {
  far: boolean
  moving: boolean
  /** Nodes on the screen or near it; null where all are to be drawn. */
  onScreen: ReadonlySet<string> | null
}

/**
 * Facts of the viewport that many nodes ask for, told only when they change: a store of its own, since the viewport
 * itself changes with every frame of a drag.
 */
export const zoomStore = createStore<ZoomState>(() => ({ far: false, moving: false, onScreen: null }))

export const useFar = (): boolean => useStore(zoomStore, (state) => state.far)
/** Whether a node is to be drawn with its fields. */
export const useNear = (id: string): boolean =>
  useStore(zoomStore, (state) => !state.far && (state.onScreen === null || state.onScreen.has(id)))
const NONE: FlowEdge[] = []

/** Links with an end on or near the screen; from afar none, since `FarPicture` draws them. */
export function useNearEdges(edges: FlowEdge[]): FlowEdge[] {
  const far = useFar()
  const onScreen = useStore(zoomStore, (state) => state.onScreen)
  return useMemo(() => {
    if (far) return NONE
    if (!onScreen) return edges
    return edges.filter((edge) => edge.selected || onScreen.has(edge.source) || onScreen.has(edge.target))
  }, [edges, far, onScreen])
}

export const isMoving = (): boolean => zoomStore.getState().moving

export function setMoving(moving: boolean): void {
  if (moving !== zoomStore.getState().moving) zoomStore.setState({ moving })
}

/** Keeps `far` true to the zoom, and `onScreen` to the view whenever it rests. */
export function useZoomLevel(): void {
  const store = useStoreApi()
  useEffect(() => {
    let seen: readonly FlowNode[] | null = null
    const lookAround = () => {
      const { nodes } = canvasStore.getState()
      seen = nodes
      const { transform, width, height } = store.getState()
      const onScreen = nodes.length <= SMALL_GRAPH ? null : nodesAround(nodes, transform, width, height)
      // A node that is dragged about changes its place with every move, and seldom what is on the screen.
      if (!sameIds(onScreen, zoomStore.getState().onScreen)) zoomStore.setState({ onScreen })
    }
    const follow = () => {
      const far = store.getState().transform[2] < FAR_ZOOM
      if (far !== zoomStore.getState().far) zoomStore.setState({ far })
    }
    follow()
    lookAround()
    const stops = [
      store.subscribe(follow),
      zoomStore.subscribe((state, before) => {
        if (before.moving && !state.moving) lookAround()
      }),
      canvasStore.subscribe((state) => {
        if (state.nodes !== seen && !isMoving()) lookAround()
      }),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [store])
}

function nodesAround(
  nodes: readonly FlowNode[],
  [x, y, zoom]: readonly [number, number, number],
  width: number,
  height: number,
): ReadonlySet<string> {
  const left = (-x - width * MARGIN) / zoom
  const top = (-y - height * MARGIN) / zoom
  const right = (-x + width * (1 + MARGIN)) / zoom
  const bottom = (-y + height * (1 + MARGIN)) / zoom
  const around = new Set<string>()
  for (const { id, position, measured, selected } of nodes) {
    const nodeRight = position.x + (measured?.width ?? NODE_WIDTH_PX)
    const nodeBottom = position.y + (measured?.height ?? USUAL_HEIGHT_PX)
    const outside = nodeRight < left || nodeBottom < top || position.x > right || position.y > bottom
    if (!outside || selected) around.add(id)
  }
  return around
}

function sameIds(a: ReadonlySet<string> | null, b: ReadonlySet<string> | null): boolean {
  return a === b || (a !== null && b !== null && a.size === b.size && [...a].every((id) => b.has(id)))
}
