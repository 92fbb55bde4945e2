import { parseWorkflow, type RunState, type Workflow } from '@beatloom/core'
import { getRun, getRunEvents, searchRuns } from '../api/client.ts'
import type { LiveEvent } from '../api/types.ts'
import { runFrom, showRun } from '../run/run-store.ts'
import { applyEvent, isOver } from '../run/run-view.ts'
import { parked } from './parked.ts'
import { changeTab, tabsStore } from './tabs-store.ts'

/** Which run each tab shows, and how it goes, on screen or not. */

const onScreen = (tab: string): boolean => tabsStore.getState().active === tab

interface StoredRun {
  workflow: Workflow
  events: readonly LiveEvent[]
}

/** A run as the server has it: the workflow it was made with, and what happened so far. */
export async function readRun(id: string): Promise<StoredRun> {
  const [{ workflow, previews = [] }, events] = await Promise.all([getRun(id), getRunEvents(id)])
  return { workflow: parseWorkflow(workflow), events: [...events, ...previews] }
}

/** Shows a run's true state: what happened so far is read back, the rest comes over the live stream. */
export async function followRun(id: string, tab = tabsStore.getState().active): Promise<void> {
  const { workflow, events } = await readRun(id)
  showRunIn(tab, id, workflow, events)
}

/** Shows a run in the tab it belongs to; one that is not on screen reads it back when it is. */
export function showRunIn(tab: string, id: string, workflow: Workflow, events: readonly LiveEvent[]): void {
  // What the stream told before the tab had its run counts too, on screen or not.
  changeTab(tab, { run: id, runState: runFrom(id, events).state })
  if (onScreen(tab)) {
    showRun(id, workflow, events)
    return
  }
  const aside = parked.get(tab)
  if (aside) parked.set(tab, { ...aside, run: null })
}

/** Keeps the marks on all tabs, and the runs of those not on screen, up to date. */
export function followInTabs(event: LiveEvent): void {
  const state = stateAfter(event)
  for (const tab of tabsStore.getState().tabs) {
    if (tab.run !== event.run) continue
    if (state) changeTab(tab.id, { runState: state })
    const aside = onScreen(tab.id) ? undefined : parked.get(tab.id)
    const run = aside?.run?.run
    if (!aside?.run || !run) continue
    const next = applyEvent(run, event)
    const displays = event.type === 'node.display' ? { ...aside.run.displays, [event.node]: event.items } : {}
    const cancelling = aside.run.cancelling && !isOver(next.state)
    const slice = { ...aside.run, run: next, cancelling, displays: { ...aside.run.displays, ...displays } }
    parked.set(tab.id, { ...aside, run: slice })
  }
}

function stateAfter(event: LiveEvent): RunState | null {
  switch (event.type) {
    case 'run.queued':
    case 'run.resumed':
      return 'queued'
    case 'run.started':
      return 'running'
    case 'run.finished':
      return 'done'
    case 'run.failed':
      return 'failed'
    case 'run.cancelled':
      return 'cancelled'
    case 'run.interrupted':
      return 'interrupted'
    default:
      return null
  }
}

const MANY_RUNS = 200

/** Reads the marks of all tabs back, after a start or a lost connection. */
export async function refreshTabRuns(): Promise<void> {
  const { tabs, active } = tabsStore.getState()
  if (tabs.every((tab) => tab.run === null)) return
  const states = new Map((await searchRuns({ limit: MANY_RUNS })).runs.map((run) => [run.id, run.state]))
  for (const tab of tabs) {
    const state = tab.run === null ? undefined : states.get(tab.run)
    if (state === undefined || state === tab.runState) continue
    changeTab(tab.id, { runState: state })
    // What it missed is read back when somebody looks.
    const aside = tab.id === active ? undefined : parked.get(tab.id)
    if (aside) parked.set(tab.id, { ...aside, run: null })
  }
}
