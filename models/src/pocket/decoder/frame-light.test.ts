import type { Beats, Latent } from '@beatloom/core'
import { describe, expect, it } from 'vitest'
import { decodePocket } from './decode-pocket.ts'
import { PLANES, WARMTH } from './fields.ts'
import { frameLight } from './frame-light.ts'
import { limitFlashes } from './limit-flashes.ts'
import { physicalFields } from './read-latent.ts'
import { paint, stillLatent } from './testing/sample-latents.ts'

const RATE = 100
const FRAME_RATE = 30

/** A beat every `interval` seconds, with the envelopes of a kick on each. */
function kicks(interval: number, seconds: number): Beats {
  const length = Math.ceil(seconds * RATE)
  const times = Array.from({ length: Math.ceil(seconds / interval) }, (_, i) => 0.13 + i * interval)
  const since = (t: number) => t - (times.findLast((time) => time <= t) ?? Number.NEGATIVE_INFINITY)
  const bass = Float32Array.from({ length }, (_, i) => Math.exp(-since(i / RATE) / 0.16))
  const onset = bass.map((_, i) => (since(i / RATE) < 1 / RATE ? 1 : 0))
  const flat = new Float32Array(length)
  return {
    durationSeconds: seconds,
    beats: times,
    downbeats: times.filter((_, i) => i % 4 === 0),
    tempoBpm: 60 / interval,
    meter: 4,
    confidence: 1,
    tempoCandidates: [],
    envelopes: { rate: RATE, onset, bass, mid: flat, high: flat, loudness: flat },
  }
}

/** A latent whose exposure follows the beats as the model was taught: the pulse's mean over each latent frame. */
function pulsing(beats: Beats, unitsOfGain: number, followed = true): Latent {
  const reference = paint(160, 90, () => [110, 110, 110])
  const latent = stillLatent({
    width: 160,
    height: 90,
    seconds: beats.durationSeconds,
    frameRate: FRAME_RATE,
    reference,
  })
  const { dims, data } = latent.tensors['hidden_states']!
  const [, frames = 0, , rows = 0, columns = 0] = dims
  const { bass } = beats.envelopes
  for (let t = 0; t < frames; t++) {
    const around = bass.subarray(Math.max(0, t * 10 - 5), t * 10 + 5)
    const level = followed ? around.reduce((a, b) => a + b, 0) / Math.max(1, around.length) : Math.sin(t * 0.9)
    const from = (t * 7 + 4) * rows * columns
    // The right half follows, the left half does not.
    for (let i = 0; i < rows * columns; i++) data[from + i] = i % columns < columns / 2 ? 0 : unitsOfGain * level
  }
  return { ...latent, light: beats.envelopes, beats }
}

describe('light at frame rate', () => {
  it('follows the beat more closely than the latent alone, and sharpens its attack', async () => {
    const beats = kicks(0.47, 4)
    const latent = pulsing(beats, 3)
    const wanted = Array.from({ length: 120 }, (_, f) => {
      const from = Math.max(0, Math.round((f / FRAME_RATE) * RATE - 1.7))
      const part = beats.envelopes.bass.subarray(from, from + 3)
      return part.reduce((a, b) => a + b, 0) / part.length
    })
    const withSound = correlation(await brightness(latent, 140), wanted)
    const without = correlation(await brightness({ ...latent, light: null }, 140), wanted)
    expect(without).toBeLessThan(0.93)
    expect(withSound).toBeGreaterThan(0.96)
  })

  it('adds nothing where the latent does not follow the sound, and nothing in places that stay calm', async () => {
    const beats = kicks(0.47, 4)
    const unrelated = pulsing(beats, 3, false)
    expect(frameLight(physicalFields(unrelated), unrelated, unrelated.video).pulse.every((value) => value === 0)).toBe(
      true,
    )
    const calm = await brightness(pulsing(beats, 3), 10)
    expect(Math.max(...calm) - Math.min(...calm)).toBeLessThanOrEqual(1)
  })

  it('starts at nothing, so that frame 0 stays the picture', () => {
    const latent = pulsing(kicks(0.47, 4), 3)
    const light = frameLight(physicalFields(latent), latent, latent.video)
    expect(light.pulse[0]).toBe(0)
    expect(light.driver).toMatch(/beat|bass|onset/)
    expect(light.correlation).toBeGreaterThan(0.8)
  })
})

describe('flashes', () => {
  const video = { width: 160, height: 90, frameRate: FRAME_RATE, frameCount: 120 }
  const GREY = [0.6, 0.6, 0.6] as const
  const scaleFor = (interval: number, units: number, colour: readonly [number, number, number] = GREY) => {
    const latent = pulsing(kicks(interval, 4), units)
    const fields = physicalFields(latent)
    const cells = fields.rows * fields.columns
    const tones = {
      colour: Float32Array.from({ length: cells * 3 }, (_, i) => colour[i % 3]!),
      glow: new Float32Array(cells * 3),
    }
    return limitFlashes(fields, frameLight(fields, latent, video), tones, video)
  }

  it('leaves two strong flashes a second alone', () => {
    expect(Math.min(...scaleFor(0.5, 8))).toBe(1)
  })

  it('leaves strong ones on every beat of 170 BPM alone, and tames those of 200 BPM', () => {
    expect(Math.min(...scaleFor(60 / 170, 14))).toBe(1)
    expect(Math.min(...scaleFor(60 / 200, 14))).toBeLessThan(0.9)
  })

  it('leaves five faint ones a second alone', () => {
    expect(Math.min(...scaleFor(0.2, 1))).toBe(1)
  })

  it('turns down what flashes in saturated red alone, whose luminance hardly changes', () => {
    const [grey, red] = [
      [0.3, 0.3, 0.3],
      [0.66, 0.1, 0.1],
    ] as const
    expect(Math.min(...scaleFor(0.2, 4, grey))).toBe(1)
    expect(Math.min(...scaleFor(0.2, 4, red))).toBeLessThan(0.8)
    expect(Math.min(...scaleFor(0.5, 4, red))).toBe(1)
  })

  it('turns down a tint that swings on its own', () => {
    const latent = pulsing(kicks(0.5, 4), 0)
    const fields = physicalFields(latent)
    const cells = fields.rows * fields.columns
    for (let t = 0; t < fields.latentFrames; t++) {
      fields.values.fill(t % 2 ? 0.9 : -0.9, (t * PLANES + WARMTH) * cells, (t * PLANES + WARMTH + 1) * cells)
    }
    const colour = Float32Array.from({ length: cells * 3 }, (_, i) => [0.9, 0.35, 0.3][i % 3]!)
    const tones = { colour, glow: new Float32Array(cells * 3) }
    expect(Math.min(...limitFlashes(fields, frameLight(fields, latent, video), tones, video))).toBeLessThan(0.7)
  })

  it('draws such a tint turned down, so that red does not flash', async () => {
    const latent = { ...pulsing(kicks(0.5, 4), 0), reference: paint(160, 90, () => [200, 45, 40]) }
    const { dims, data } = latent.tensors['hidden_states']!
    const [, frames = 0, , rows = 0, columns = 0] = dims
    // Warmth in units of .12: ±.9 in turn, from the second latent frame on.
    for (let t = 1; t < frames; t++) {
      ;(data as Float32Array).fill(t % 2 ? 7.5 : -7.5, (t * 7 + 6) * rows * columns, (t * 7 + 7) * rows * columns)
    }
    const reds: number[] = []
    for await (const image of decodePocket(latent).frames(new AbortController().signal)) {
      const [red, green, blue] = [0, 1, 2].map((c) => (image.data[(45 * 160 + 80) * 3 + c]! / 255) ** 2.2)
      reds.push(red! - green! - blue!)
    }
    expect(mostChangesPerSecond(reds, 20 / 320)).toBeLessThanOrEqual(6)
  })

  it('turns five strong ones a second down until no second has more than three', () => {
    const scale = scaleFor(0.2, 14)
    expect(Math.min(...scale)).toBeLessThan(0.8)
    // The factor itself must not flicker.
    for (let f = 1; f < scale.length; f++) expect(Math.abs(scale[f]! - scale[f - 1]!)).toBeLessThan(0.06)
  })

  it.each([200, 300])('shows at most three flashes in any second of the finished frames at %i BPM', async (bpm) => {
    const values = await brightness(pulsing(kicks(60 / bpm, 4), 14), 140)
    expect(mostChangesPerSecond(values.map((value) => (value / 255) ** 2.2))).toBeLessThanOrEqual(6)
    // Tamed, not switched off.
    expect(Math.max(...values) - Math.min(...values)).toBeGreaterThan(8)
  })
})

/** Green value in the middle row at column `x` of every frame. */
async function brightness(latent: Latent, x: number): Promise<number[]> {
  const values: number[] = []
  for await (const image of decodePocket(latent).frames(new AbortController().signal)) {
    values.push(image.data[(45 * 160 + x) * 3 + 1]!)
  }
  return values
}

function correlation(a: number[], b: number[]): number {
  const mean = (v: number[]) => v.reduce((x, y) => x + y, 0) / v.length
  const [ma, mb] = [mean(a), mean(b)]
  const sum = (f: (i: number) => number) => a.reduce((total, _, i) => total + f(i), 0)
  const cross = sum((i) => (a[i]! - ma) * (b[i]! - mb))
  return cross / Math.sqrt(sum((i) => (a[i]! - ma) ** 2) * sum((i) => (b[i]! - mb) ** 2))
}

/** Opposing changes of at least `swing`, the darker below .8, in the worst second; two make a flash. */
function mostChangesPerSecond(luminance: number[], swing = 0.1): number {
  const turns: number[] = []
  let extreme = luminance[0]!
  let direction = 0
  luminance.forEach((value, frame) => {
    const rising = value > extreme
    if (
      direction === 0
        ? Math.abs(value - extreme) >= swing
        : (rising ? 1 : -1) !== direction && Math.abs(value - extreme) >= swing
    ) {
      if (Math.min(value, extreme) < 0.8) turns.push(frame)
      direction = rising ? 1 : -1
      extreme = value
    } else if (direction !== 0 && direction > 0 === rising) extreme = value
  })
  const inSecond = turns.map((from) => turns.filter((turn) => turn >= from && turn < from + FRAME_RATE).length)
  return Math.max(0, ...inSecond)
}
