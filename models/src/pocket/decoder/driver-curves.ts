import type { Beats, Curve } from '@beatloom/core'

/** What light may follow; the same envelopes that the model was taught with (models/training/drivers.py). */
export type Driver = 'beat' | 'downbeat' | 'bass' | 'mid' | 'high' | 'onset'

/** Seconds in which a pulse falls to 1/e. */
const FALL_SECONDS = 0.16

/** What the sound does, at the envelopes' rate. Beat curves are left out where there is no beat. */
export function driverCurves(
  light: Beats['envelopes'],
  marks: Pick<Beats, 'beats' | 'downbeats'> | null | undefined,
): Map<Driver, Curve> {
  const { rate, bass, mid, high, onset } = light
  const curves = new Map<Driver, Curve>([
    ['bass', { rate, values: bass }],
    ['mid', { rate, values: mid }],
    ['high', { rate, values: high }],
    ['onset', { rate, values: falling(onset, rate) }],
  ])
  if (marks && marks.beats.length > 1) {
    curves.set('beat', { rate, values: pulses(marks.beats, rate, onset.length) })
    if (marks.downbeats.length > 1)
      curves.set('downbeat', { rate, values: pulses(marks.downbeats, rate, onset.length) })
  }
  return curves
}

/** Each strength rings on, falling exponentially, until a stronger one comes. */
function falling(strengths: Float32Array, rate: number): Float32Array {
  const keep = Math.exp(-1 / (FALL_SECONDS * rate))
  let level = 0
  return strengths.map((strength) => {
    level = Math.max(strength, level * keep)
    return level
  })
}

/** 1 at each time, falling exponentially after it. */
function pulses(times: readonly number[], rate: number, length: number): Float32Array {
  const struck = new Float32Array(length)
  for (const time of times) {
    const at = Math.round(time * rate)
    if (at >= 0 && at < length) struck[at] = 1
  }
  return falling(struck, rate)
}
