import { applyPatches, enablePatches, type Patch } from 'immer'

enablePatches()

/** One undoable step: what it did and what takes it back. */
export interface Step {
  forward: Patch[]
  backward: Patch[]
  /** Steps with the same key that follow within the pause merge into one. */
  mergeKey: string | null
  /** Milliseconds since 1970 of the last edit in it. */
  time: number
}

export interface History {
  past: Step[]
  future: Step[]
}

export const EMPTY_HISTORY: History = { past: [], future: [] }
/** Typing merges until a pause this long. */
export const MERGE_PAUSE_MS = 800
export const MAX_STEPS = 500

/** @param held a pointer is down: what it changes is one step, however long it rests. */
export function record(history: History, step: Step, held = false): History {
  const last = history.past.at(-1)
  if (last?.mergeKey && last.mergeKey === step.mergeKey && (held || step.time - last.time < MERGE_PAUSE_MS)) {
    const merged = joinSteps(last, step)
    return { past: [...history.past.slice(0, -1), merged], future: [] }
  }
  return { past: [...history.past.slice(-(MAX_STEPS - 1)), step], future: [] }
}

/** Ends merging: the next edit starts a step of its own. */
export function seal(history: History): History {
  const last = history.past.at(-1)
  if (!last?.mergeKey) return history
  return { ...history, past: [...history.past.slice(0, -1), { ...last, mergeKey: null }] }
}

/** Puts every step after `from` into one, for gestures made of several edits. */
export function squash(history: History, from: number): History {
  const parts = history.past.slice(from)
  if (parts.length < 2) return history
  const one = parts.reduce(joinSteps)
  return { past: [...history.past.slice(0, from), { ...one, mergeKey: null }], future: [] }
}

export function undo<T extends object>(state: T, history: History): { state: T; history: History } | null {
  const step = history.past.at(-1)
  if (!step) return null
  return {
    state: applyPatches(state, step.backward) as T,
    history: { past: history.past.slice(0, -1), future: [...history.future, step] },
  }
}

export function redo<T extends object>(state: T, history: History): { state: T; history: History } | null {
  const step = history.future.at(-1)
  if (!step) return null
  return {
    state: applyPatches(state, step.forward) as T,
    history: { past: [...history.past, { ...step, mergeKey: null }], future: history.future.slice(0, -1) },
  }
}

function joinSteps(first: Step, second: Step): Step {
  return {
    forward: [...first.forward, ...second.forward],
    backward: [...second.backward, ...first.backward],
    mergeKey: second.mergeKey,
    time: second.time,
  }
}
