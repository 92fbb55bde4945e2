import type { Workflow } from '@beatloom/core'
import type { RunView } from './run-view.ts'

const KEY = 'beatloom.seconds'
/** Seconds a node of each type took for the song video on two CPU cores, until this browser has seen its own. */
const FIRST_GUESS: Record<string, number> = {
  'audio.load': 0.5,
  'beats.detect': 0.7,
  'latent.song-video': 0.3,
  'sampler.sample': 9,
  'vae.decode': 3,
  'frames.pulse': 4,
  'video.save-mp4': 5,
}
const OTHERS = 0.2
/** How much the latest run counts against those before. */
const NEWEST_SHARE = 0.5

let seen: Record<string, number> | null = null

function read(): Record<string, number> {
  if (seen) return seen
  try {
    seen = JSON.parse(globalThis.localStorage?.getItem(KEY) ?? '{}') as Record<string, number>
  } catch {
    seen = {}
  }
  return seen
}

/** How long a node of this type usually takes here, so that the bar of a whole run moves evenly. */
export const usualSeconds = (type: string): number => read()[type] ?? FIRST_GUESS[type] ?? OTHERS

/** Learns from a run that is done. Cached nodes tell nothing. */
export function learnSeconds(run: RunView, workflow: Workflow): void {
  const known = { ...read() }
  for (const [id, { state, seconds }] of Object.entries(run.nodes)) {
    const type = workflow.nodes[id]?.type
    if (state !== 'done' || seconds === undefined || !type) continue
    const before = known[type] ?? seconds
    known[type] = before + (seconds - before) * NEWEST_SHARE
  }
  seen = known
  try {
    globalThis.localStorage?.setItem(KEY, JSON.stringify(known))
  } catch {
    // Without storage the guess stands for this visit alone.
  }
}
