import type { Footage } from './footage.ts'
import { halved, lumaOf } from './planes.ts'

/** How closely what changes on the screen follows the beats of the song. */
export interface BeatScores {
  /** Share of beats with a peak of visual change within one frame. */
  hit: number
  /** The same for the same grid of beats at every other phase, on the mean: what chance gives. */
  nullHit: number
  /** Visual change within 60 ms of beats over visual change elsewhere. */
  contrast: number
  /**
   * Frames by which the picture comes after the beats, from the cross-correlation with them. (With the attacks of the
   * sound it would find eighth notes, which are no lag.)
   */
  lag: number
  /** Beat alignment (AIST++, ICCV 2021), from the picture's peaks to the nearest beat, σ 50 ms; and of random phases. */
  alignment: number
  nullAlignment: number
  /** AV-Align (TempoTokens, AAAI 2024): peaks of picture and sound that have a partner within one frame, over all. */
  avAlign: number
}

const WINDOW_SECONDS = 0.06
const SIGMA_SECONDS = 0.05
const MAX_LAG = 6
const PHASES = 40

/**
 * Mean absolute change of brightness from the frame before, 0 … 255; 0 for the first frame. Taken on an eighth of the
 * footage's size, where what the encoder changes from frame to frame averages out.
 */
export function visualChange({ frames }: Pick<Footage, 'frames'>): Float64Array {
  const change = new Float64Array(frames.length)
  const coarse = (frame: number) => halved(halved(halved(lumaOf(frames[frame]!))))
  let before = coarse(0)
  for (let frame = 1; frame < frames.length; frame++) {
    const now = coarse(frame)
    let sum = 0
    for (let i = 0; i < now.values.length; i++) sum += Math.abs(now.values[i]! - before.values[i]!)
    change[frame] = sum / now.values.length
    before = now
  }
  return change
}

/** Places higher than their two neighbours on both sides and than half of what the highest twentieth reaches. */
export function peaksOf(series: Float64Array): number[] {
  const threshold = quantile(series, 0.95) / 2
  const peaks: number[] = []
  for (let i = 0; i < series.length; i++) {
    const value = series[i]!
    if (value <= Math.max(threshold, 1e-9)) continue
    const around = [series[i - 2], series[i - 1], series[i + 1], series[i + 2]]
    const highest = around.every((other, k) => other === undefined || (k < 2 ? value > other : value >= other))
    if (highest) peaks.push(i)
  }
  return peaks
}

/**
 * @param change visual change per frame.
 * @param attacks strength of the sound's attacks per frame.
 * @param beats seconds.
 */
export function scoreBeats(
  change: Float64Array,
  attacks: Float64Array,
  beats: number[],
  frameRate: number,
): BeatScores {
  const peaks = peaksOf(change)
  const seconds = change.length / frameRate
  const inside = (times: number[]) => times.filter((time) => time > 1.5 / frameRate && time < seconds - 1.5 / frameRate)
  const shifted = phasesOf(beats).map(inside)
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
  const hits = (times: number[]) =>
    mean(times.map((time) => (peaks.some((peak) => Math.abs(peak - Math.round(time * frameRate)) <= 1) ? 1 : 0)))
  const aligned = (times: number[]) =>
    mean(
      peaks.map((peak) => {
        const nearest = Math.min(...times.map((time) => Math.abs(time - peak / frameRate)))
        return Math.exp(-(nearest ** 2) / (2 * SIGMA_SECONDS ** 2))
      }),
    )
  const counted = inside(beats)
  return {
    hit: hits(counted),
    nullHit: mean(shifted.map(hits)),
    contrast: contrastOf(change, counted, frameRate),
    lag: lagOf(change, trainOf(beats, change.length, frameRate)),
    alignment: aligned(beats),
    nullAlignment: mean(shifted.map(aligned)),
    avAlign: avAlignOf(peaks, peaksOf(attacks)),
  }
}

/** The beats moved by parts of their mean interval. */
function phasesOf(beats: number[]): number[][] {
  const interval = (beats.at(-1)! - beats[0]!) / Math.max(1, beats.length - 1)
  // A beat more at the front, so that moving them later leaves no gap.
  const grid = [beats[0]! - interval, ...beats]
  return Array.from({ length: PHASES }, (_, k) => grid.map((time) => time + (interval * (k + 0.5)) / PHASES))
}

function contrastOf(change: Float64Array, beats: number[], frameRate: number): number {
  let [near, nearCount, far, farCount] = [0, 0, 0, 0]
  for (let frame = 1; frame < change.length; frame++) {
    const isNear = beats.some((time) => Math.abs(time - frame / frameRate) <= WINDOW_SECONDS)
    if (isNear) {
      near += change[frame]!
      nearCount++
    } else {
      far += change[frame]!
      farCount++
    }
  }
  // A hundredth of a step of brightness: what the encoder alone changes.
  const FLOOR = 0.01
  return (near / Math.max(1, nearCount) + FLOOR) / (far / Math.max(1, farCount) + FLOOR)
}

/** A triangle of two frames on both sides of every beat, so that a beat between frames counts for both. */
function trainOf(beats: number[], length: number, frameRate: number): Float64Array {
  return Float64Array.from({ length }, (_, frame) => {
    const nearest = Math.min(...beats.map((time) => Math.abs(time * frameRate - frame)))
    return Math.max(0, 1 - nearest / 2)
  })
}

function lagOf(change: Float64Array, train: Float64Array): number {
  let best = { lag: 0, sum: Number.NEGATIVE_INFINITY }
  const centred = (series: Float64Array) => {
    const mean = series.reduce((a, b) => a + b, 0) / series.length
    return series.map((value) => value - mean)
  }
  const [picture, beats] = [centred(change), centred(train)]
  for (let lag = -MAX_LAG; lag <= MAX_LAG; lag++) {
    let sum = 0
    for (let frame = MAX_LAG; frame < picture.length - MAX_LAG; frame++)
      sum += picture[frame]! * (beats[frame - lag] ?? 0)
    if (sum > best.sum) best = { lag, sum }
  }
  return best.lag
}

function avAlignOf(picture: number[], sound: number[]): number {
  const paired = (from: number[], to: number[]) =>
    from.filter((peak) => to.some((other) => Math.abs(other - peak) <= 1)).length
  const both = paired(picture, sound) + paired(sound, picture)
  const union = picture.length + sound.length - both / 2
  return union === 0 ? 0 : both / 2 / union
}

function quantile(values: Float64Array | number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
}
