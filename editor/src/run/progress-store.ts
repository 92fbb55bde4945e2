import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { documentStore } from '../document/document-store.ts'
import { catalogStore } from '../view/catalog-store.ts'
import { overallShare, type PhaseProgress, phaseLookup, phaseProgress, usualTotal } from './progress.ts'
import { quotedSeconds } from './quoted-seconds.ts'
import { runStore } from './run-store.ts'

export interface Progress {
  /** 0 … 1 of the whole run. */
  share: number
  phases: PhaseProgress[]
  /** What all its nodes together usually take. */
  usualSeconds: number
}

/** The shown run's overall progress: reckoned once for all who show it, however many events come in between. */
export const progressStore = createStore<{ progress: Progress | null }>(() => ({ progress: null }))

export const useProgress = (): Progress | null => useStore(progressStore, (state) => state.progress)

/** Faster than this no eye follows. */
const PAUSE_MS = 100

let timer: ReturnType<typeof setTimeout> | undefined

function reckon(): void {
  timer = undefined
  const { run, workflow: ran } = runStore.getState()
  const workflow = ran ?? documentStore.getState().workflow
  const secondsOf = run && quotedSeconds(run, workflow, reckon)
  // A bar that began by a guess would jump back when the answer comes.
  if (!secondsOf) {
    progressStore.setState({ progress: null })
    return
  }
  const phaseOf = phaseLookup(workflow, catalogStore.getState().descriptors)
  progressStore.setState({
    progress: {
      share: overallShare(run, secondsOf),
      phases: phaseProgress(run, phaseOf),
      usualSeconds: usualTotal(run, secondsOf),
    },
  })
}

runStore.subscribe((state, before) => {
  if (state.run === before.run && state.workflow === before.workflow) return
  if (state.run?.id !== before.run?.id || state.run?.state !== before.run?.state) {
    clearTimeout(timer)
    reckon()
  } else timer ??= setTimeout(reckon, PAUSE_MS)
})
