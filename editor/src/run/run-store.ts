import type { Display, Workflow } from '@beatloom/core'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { StreamStatus } from '../api/event-stream.ts'
import type { LiveEvent } from '../api/types.ts'
import { applyEvent, emptyRun, type NodeRun, type Preview, type RunView } from './run-view.ts'

export interface RunStoreState {
  /** The run whose progress is on screen. */
  run: RunView | null
  /** The workflow it runs, as sent. */
  workflow: Workflow | null
  /** What nodes last showed; outlives the run, so a new one does not blank the canvas. */
  displays: Record<string, Display[]>
  /** Asked for, not yet confirmed. */
  cancelling: boolean
  connection: StreamStatus
}

export const runStore = createStore<RunStoreState>(() => ({
  run: null,
  workflow: null,
  displays: {},
  cancelling: false,
  connection: 'connecting',
}))

export function useRun<T>(selector: (state: RunStoreState) => T): T {
  return useStore(runStore, selector)
}

/** The state of every node, without its progress: a tick changes nothing here. */
export const nodeStates = (state: RunStoreState): Record<string, NodeRun['state']> =>
  Object.fromEntries(Object.entries(state.run?.nodes ?? {}).map(([id, node]) => [id, node.state]))

/** One node's slice alone, so one tick repaints one node. */
export const useNodeRun = (id: string): NodeRun | undefined => useRun((state) => state.run?.nodes[id])
export const useNodePreview = (id: string): Preview | undefined => useRun((state) => state.run?.previews[id])
export const useNodeDisplays = (id: string): Display[] | undefined => useRun((state) => state.displays[id])

/** What came over the stream lately: it fills the gap between reading a run back and showing it. */
let recent: LiveEvent[] = []
const MOST_RECENT = 2000

/** A run as it stands now; `events` are those read back, and newer ones from the stream follow them. */
export const runFrom = (id: string, events: readonly LiveEvent[]): RunView =>
  [...events, ...recent.filter((event) => event.run === id)].reduce<RunView>(applyEvent, emptyRun(id))

/** Shows a run from its start. */
export function showRun(id: string, workflow: Workflow, events: readonly LiveEvent[] = []): void {
  const run = runFrom(id, events)
  const sameGraph = Object.keys(runStore.getState().displays).some((node) => node in workflow.nodes)
  const displays = { ...(sameGraph ? runStore.getState().displays : {}), ...run.displays }
  runStore.setState({ run, workflow, displays, cancelling: false })
}

/** Told of every event as it comes, of whichever run; never of those read back. */
type EventListener = (event: LiveEvent) => void
const listeners = new Set<EventListener>()

export function onLiveEvent(listener: EventListener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function receiveEvent(event: LiveEvent): void {
  for (const listener of listeners) listener(event)
  if (event.seq > 0) recent.push(event)
  if (recent.length > MOST_RECENT * 2) recent = recent.slice(-MOST_RECENT)
  const { run, displays, cancelling } = runStore.getState()
  if (!run || event.run !== run.id) return
  const next = applyEvent(run, event)
  if (next === run) return
  runStore.setState({
    run: next,
    displays: event.type === 'node.display' ? { ...displays, [event.node]: event.items } : displays,
    cancelling: cancelling && (next.state === 'queued' || next.state === 'running'),
  })
}
