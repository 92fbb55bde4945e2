import type { Beats } from '@beatloom/core'
import type { Tick } from '../previews/Waveform.tsx'

/** Index of the beat nearest to a moment and within reach; -1 where none is. */
export function beatAt(beats: readonly number[], seconds: number, reachSeconds: number): number {
  let best = -1
  let distance = reachSeconds
  for (const [index, time] of beats.entries()) {
    if (Math.abs(time - seconds) > distance) continue
    best = index
    distance = Math.abs(time - seconds)
  }
  return best
}

/** The beat after (by 1) or before (by −1) a moment; without one, the first or the last. */
export function nextBeat(beats: readonly number[], from: number | null, by: 1 | -1): number | null {
  if (from === null) return beats.at(by === 1 ? 0 : -1) ?? null
  const found = by === 1 ? beats.find((time) => time > from + 1e-4) : beats.findLast((time) => time < from - 1e-4)
  return found ?? from
}

/** All beats as ticks; bar lines are strong. */
export function ticksOf({ beats, downbeats }: Pick<Beats, 'beats' | 'downbeats'>): Tick[] {
  const down = new Set(downbeats)
  return beats.map((time) => ({ time, strong: down.has(time) }))
}

/** A rise of this share of the loudest peak is a note that begins. */
const LEAST_RISE = 0.06
/** No two are nearer, seconds. */
const LEAST_GAP = 0.05

/**
 * Moments at which something begins to sound, from a waveform's peaks: where they rise most.
 * @param peaks 0 … 1, evenly over `seconds`; `start` is where in them the shown stretch begins.
 * @returns seconds from the start of the shown stretch, ascending.
 */
export function onsetsOf(peaks: readonly number[], seconds: number, start = 0, span = seconds): number[] {
  const rate = peaks.length / seconds
  const top = Math.max(0.01, ...peaks)
  const found: { time: number; rise: number }[] = []
  const first = Math.max(1, Math.floor(start * rate))
  const last = Math.min(peaks.length, Math.ceil((start + span) * rate))
  for (let i = first; i < last; i++) {
    const rise = ((peaks[i] as number) - (peaks[i - 1] as number)) / top
    if (rise < LEAST_RISE) continue
    const time = Math.round((i / rate - start) * 1e4) / 1e4
    const before = found.at(-1)
    if (!before || time - before.time >= LEAST_GAP) found.push({ time, rise })
    else if (rise > before.rise) found[found.length - 1] = { time, rise }
  }
  return found.map(({ time }) => time)
}

/** Every second beat, so that most bar lines stay. */
export function halfThatKeepsBars({ beats, downbeats }: Pick<Beats, 'beats' | 'downbeats'>): 'first' | 'second' {
  const down = new Set(downbeats)
  const even = beats.filter((time, i) => i % 2 === 0 && down.has(time)).length
  const odd = beats.filter((time, i) => i % 2 === 1 && down.has(time)).length
  return odd > even ? 'second' : 'first'
}
