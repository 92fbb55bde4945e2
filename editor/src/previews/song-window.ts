/** The stretch of a sound that is in sight, seconds. */
export interface SongWindow {
  from: number
  span: number
}

/** The closest look: a beat of a fast song still has room. */
export const SHORTEST_SPAN = 0.5

export const whole = (seconds: number): SongWindow => ({ from: 0, span: seconds })

function within({ from, span }: SongWindow, seconds: number): SongWindow {
  const shown = Math.min(seconds, Math.max(Math.min(SHORTEST_SPAN, seconds), span))
  return { from: Math.min(seconds - shown, Math.max(0, from)), span: shown }
}

/** Closer (factor above 1) or farther, with the moment `around` staying where it is. */
export function zoomed(now: SongWindow, factor: number, around: number, seconds: number): SongWindow {
  const span = Math.min(seconds, Math.max(Math.min(SHORTEST_SPAN, seconds), now.span / factor))
  const share = (around - now.from) / now.span
  return within({ from: around - share * span, span }, seconds)
}

export const panned = (now: SongWindow, by: number, seconds: number): SongWindow =>
  within({ from: now.from + by, span: now.span }, seconds)

/** The window in which two moments lie at two places of its width, 0 … 1: what two fingers do to it. */
export function pinched(
  times: readonly [number, number],
  shares: readonly [number, number],
  seconds: number,
): SongWindow {
  const width = shares[1] - shares[0]
  // Fingers on one spot, or that changed sides, say nothing about how far apart the moments shall be.
  const span = width * (times[1] - times[0]) <= 0 ? seconds : (times[1] - times[0]) / width
  return within({ from: times[0] - shares[0] * span, span }, seconds)
}

/** The window moved just so far that a moment lies in it. */
export function showing(now: SongWindow, time: number, seconds: number): SongWindow {
  if (time >= now.from && time <= now.from + now.span) return now
  return within({ from: time - now.span / 2, span: now.span }, seconds)
}

/** A few beats around a moment; half a minute of nothing known shows four seconds. */
export function onBeats(around: number, beats: readonly number[], seconds: number, count = 4): SongWindow {
  const next = beats.findIndex((time) => time >= around)
  const at = Math.max(0, next === -1 ? beats.length - 1 : next)
  const first = beats[Math.max(0, Math.min(at, beats.length - 1 - count))]
  const last = beats[Math.max(0, Math.min(at, beats.length - 1 - count)) + count]
  if (first === undefined || last === undefined) return within({ from: around - 2, span: 4 }, seconds)
  const margin = (last - first) * 0.08
  return within({ from: first - margin, span: last - first + 2 * margin }, seconds)
}

/** The beat nearest to a moment, where one lies within reach; else the moment itself. */
export function snapped(time: number, beats: readonly number[], reachSeconds: number): number {
  let best = time
  let distance = reachSeconds
  for (const beat of beats) {
    if (Math.abs(beat - time) > distance) continue
    best = beat
    distance = Math.abs(beat - time)
  }
  return best
}

/** Loudest values of `bars` equal slices of the window, from peaks that cover `seconds` beginning at `start`. */
export function barsInWindow(
  peaks: readonly number[],
  seconds: number,
  { from, span }: SongWindow,
  bars: number,
  start = 0,
): number[] {
  const perSecond = peaks.length / seconds
  return Array.from({ length: bars }, (_, bar) => {
    const a = Math.floor((start + from + (bar * span) / bars) * perSecond)
    const b = Math.max(a + 1, Math.floor((start + from + ((bar + 1) * span) / bars) * perSecond))
    let loudest = 0
    for (let index = Math.max(0, a); index < b; index++) loudest = Math.max(loudest, peaks[index] ?? 0)
    return loudest
  })
}
