import type { Curve, Latent } from '@beatloom/core'
import { type Driver, driverCurves } from './driver-curves.ts'
import { type Fields, GAIN, latentPosition, PLANES, sharedFloats } from './fields.ts'
import type { VideoFacts } from './fit-path.ts'

/** Light that the sound adds between latent frames. */
export interface FrameLight {
  /** `[2, cells]`: log-gain, then glow, per unit of pulse in each grid cell. */
  pulseMap: Float32Array
  /** Per output frame; 0 at frame 0. */
  pulse: Float64Array
  /** What the latent's light was found to follow, if anything, and how closely. */
  driver: Driver | null
  correlation: number
}

/** Below the first correlation nothing is added, above the second everything, in between a part. */
const CORRELATION_FROM = 0.5
const CORRELATION_FULL = 0.8
/** Light that varies less than this (standard deviation of gain and glow) follows nothing. */
const MIN_DEVIATION = 0.008
/** Slower changes than this, in seconds, are no rhythm: they are taken out before comparing. */
const TREND_SECONDS = 2

/**
 * What ten latents a second cannot hold of a rhythm. The latent's mean light (gain and glow) is compared with beats, bands and onsets as
 * a latent would see them (averaged over a latent frame), both freed of slow trends. Where one of them explains it
 * (|correlation| above .5), every grid cell's own regression on that envelope says how strongly the cell follows it,
 * and the frame gets that much of what the latent's rate missed: (envelope at the frame − envelope as the latent has
 * it at that moment). The map keeps the light where the model put it; a latent that ignores the sound gets nothing.
 */
export function frameLight(
  fields: Fields,
  { light, beats }: Pick<Latent, 'light' | 'beats'>,
  video: VideoFacts,
): FrameLight {
  const cells = fields.rows * fields.columns
  const pulseMap = sharedFloats(2 * cells)
  const pulse = new Float64Array(video.frameCount)
  const none: FrameLight = { pulseMap, pulse, driver: null, correlation: 0 }
  const seconds = video.frameCount / video.frameRate
  const used = Math.min(fields.latentFrames, Math.floor(seconds * fields.latentRate) + 1)
  if (!light || used < 8) return none

  const steady = (series: Float64Array) => withoutTrend(series, Math.round((TREND_SECONDS * fields.latentRate) / 2))
  const changes = steady(Float64Array.from({ length: used }, (_, t) => meanLight(fields, t)))
  if (deviation(changes) < MIN_DEVIATION) return none
  let best: { driver: Driver; curve: Curve; correlation: number; seen: Float64Array; steadySeen: Float64Array } | null =
    null
  for (const [driver, curve] of driverCurves(light, beats)) {
    const seen = Float64Array.from({ length: fields.latentFrames }, (_, t) =>
      mean(curve, (t - 0.5) / fields.latentRate, (t + 0.5) / fields.latentRate),
    )
    const steadySeen = steady(seen.slice(0, used))
    const correlation = correlate(changes, steadySeen)
    if (!best || Math.abs(correlation) > Math.abs(best.correlation)) {
      best = { driver, curve, correlation, seen, steadySeen }
    }
  }
  if (!best || Math.abs(best.correlation) <= CORRELATION_FROM) return none
  const { driver, curve, correlation, seen, steadySeen } = best
  const trust = smoothStep((Math.abs(correlation) - CORRELATION_FROM) / (CORRELATION_FULL - CORRELATION_FROM))
  const power = dot(steadySeen, steadySeen)
  // Gain and glow planes lie side by side, so one index runs over the cells of both.
  for (let i = 0; i < 2 * cells; i++) {
    const series = Float64Array.from({ length: used }, (_, t) => fields.values[(t * PLANES + GAIN) * cells + i]!)
    pulseMap[i] = (trust * dot(steady(series), steadySeen)) / power
  }
  for (let frame = 0; frame < video.frameCount; frame++) {
    const time = frame / video.frameRate
    const half = 0.5 / video.frameRate
    const position = latentPosition(fields, time)
    const before = Math.floor(position)
    const after = Math.min(before + 1, seen.length - 1)
    const coarse = seen[before]! + (seen[after]! - seen[before]!) * (position - before)
    pulse[frame] = mean(curve, time - half, time + half) - coarse
  }
  const start = pulse[0] ?? 0
  for (let frame = 0; frame < pulse.length; frame++) pulse[frame]! -= start
  return { pulseMap, pulse, driver, correlation }
}

/** Mean log-gain and glow together. */
function meanLight(fields: Fields, t: number): number {
  const cells = fields.rows * fields.columns
  const from = (t * PLANES + GAIN) * cells
  let sum = 0
  for (let i = from; i < from + 2 * cells; i++) sum += fields.values[i]!
  return sum / cells
}

/** Mean of the curve over a stretch of time, linear between its values. */
function mean({ rate, values }: Curve, fromSeconds: number, toSeconds: number): number {
  const STEPS = 8
  let sum = 0
  for (let k = 0; k < STEPS; k++) {
    const at = (fromSeconds + ((toSeconds - fromSeconds) * (k + 0.5)) / STEPS) * rate
    const position = Math.min(Math.max(0, values.length - 1), Math.max(0, at))
    const i = Math.floor(position)
    const value = values[i] ?? 0
    sum += value + ((values[i + 1] ?? value) - value) * (position - i)
  }
  return sum / STEPS
}

/** The series minus its mean over `reach` values on both sides. */
function withoutTrend(series: Float64Array, reach: number): Float64Array {
  return series.map((value, i) => {
    const around = series.subarray(Math.max(0, i - reach), i + reach + 1)
    return value - around.reduce((sum, v) => sum + v, 0) / around.length
  })
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}

const deviation = (series: Float64Array): number => Math.sqrt(dot(series, series) / series.length)

function correlate(a: Float64Array, b: Float64Array): number {
  const power = dot(a, a) * dot(b, b)
  return power < 1e-12 ? 0 : dot(a, b) / Math.sqrt(power)
}

function smoothStep(t: number): number {
  const x = Math.min(1, Math.max(0, t))
  return x * x * (3 - 2 * x)
}
