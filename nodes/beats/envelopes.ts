import type { Beats } from '@beatloom/core'
import { SILENCE_DB, type SoundFeatures } from './sound-features.ts'

const ATTACK_SECONDS = 0.01
const RELEASE_SECONDS = 0.15
/** A band that hardly moves is not stretched beyond this range, so its ripple stays ripple. */
const LEAST_RANGE_DB = 6
const LOUDNESS_FLOOR_DB = -50
const LOUDNESS_TOP_DB = -5

/**
 * The envelopes that models/README.md "Audio features" defines, 0 … 1 at the features' frame rate. Scales come from
 * the whole analysed sound, the values from frames `from` up to `to`.
 */
export function soundEnvelopes(features: SoundFeatures, from: number, to: number): Beats['envelopes'] {
  const band = (levels: Float32Array) => scaledBand(levels, features).slice(from, to)
  return {
    rate: features.frameRate,
    onset: scaledOnsets(features).slice(from, to),
    bass: band(features.bassDb),
    mid: band(features.midDb),
    high: band(features.highDb),
    loudness: features.loudnessDb
      .slice(from, to)
      .map((db) => clip((db - LOUDNESS_FLOOR_DB) / (LOUDNESS_TOP_DB - LOUDNESS_FLOOR_DB))),
  }
}

/** Fast up, slow down, then 5th percentile → 0 and 95th → 1. */
function scaledBand(levels: Float32Array, { frameRate, loudnessDb }: SoundFeatures): Float32Array {
  const attack = 1 - Math.exp(-1 / (ATTACK_SECONDS * frameRate))
  const release = 1 - Math.exp(-1 / (RELEASE_SECONDS * frameRate))
  let level = levels[0] ?? SILENCE_DB
  const followed = levels.map((db) => {
    level += (db > level ? attack : release) * (db - level)
    return level
  })
  // Silence before, after and where the sound is padded says nothing about the music's range.
  const sounding = followed.filter((_, t) => (loudnessDb[t] as number) > SILENCE_DB)
  if (sounding.length === 0) return followed.fill(0)
  const low = percentile(sounding, 0.05)
  const range = Math.max(LEAST_RANGE_DB, percentile(sounding, 0.95) - low)
  return followed.map((db) => clip((db - low) / range))
}

/** Spectral flux over the 95th percentile of its local maxima. */
function scaledOnsets({ flux: [low, mid, high], frameCount }: SoundFeatures): Float32Array {
  const total = low.map((value, t) => value + (mid[t] as number) + (high[t] as number))
  const tops: number[] = []
  for (let t = 0; t < frameCount; t++) {
    const value = total[t] as number
    if (value > 1e-3 && value >= (total[t - 1] ?? 0) && value > (total[t + 1] ?? 0)) tops.push(value)
  }
  const top = percentile(Float32Array.from(tops), 0.95)
  return total.map((value) => (top > 0 ? clip(value / top) : 0))
}

function percentile(values: Float32Array, share: number): number {
  if (values.length === 0) return 0
  const sorted = values.slice().sort()
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] as number
}

const clip = (value: number): number => Math.min(1, Math.max(0, value))
