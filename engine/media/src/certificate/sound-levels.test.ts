import { expect, it } from 'vitest'
import { LevelMeter } from './sound-levels.ts'

const RATE = 8_000

/** Stereo: `left` for each stretch of seconds, the right channel silent. */
function levelsOf(...stretches: [value: number, seconds: number][]) {
  const meter = new LevelMeter(RATE, 2)
  for (const [value, seconds] of stretches) {
    const samples = new Float32Array(2 * Math.round(seconds * RATE))
    // A sign that alternates keeps a steady value from being direct current.
    for (let i = 0; i < samples.length; i += 2) samples[i] = i % 4 === 0 ? value : -value
    meter.push(samples)
  }
  return meter.finish()
}

it('tells peak and silences at both ends and inside, longer than half a second', () => {
  const { peakDb, silences, sampleCount } = levelsOf(
    [0, 1],
    [0.5, 2],
    [0, 0.4],
    [0.1, 1],
    [0.0009, 0.75],
    [0.5, 1],
    [0, 2],
  )
  expect(peakDb).toBeCloseTo(-6.02, 2)
  expect(sampleCount).toBe(8.15 * RATE)
  expect(silences.map(({ startSeconds, endSeconds }) => [startSeconds, endSeconds])).toEqual([
    [0, 1],
    [4.4, 5.15],
    [6.15, 8.15],
  ])
})

it('counts runs of three and more samples at full scale, each once', () => {
  const meter = new LevelMeter(RATE, 1)
  meter.push(Float32Array.of(1, 1, 0, 1, 1, 1, 1.2, 0, -1, -1))
  meter.push(Float32Array.of(-1, 0.5, 0.9999, 0.9999, 0.9999, 0))
  expect(meter.finish().clippedRuns).toBe(2)
})

it('has no peak and no loudness in digital silence, which is one silence from end to end', () => {
  expect(levelsOf([0, 3])).toEqual({
    sampleCount: 3 * RATE,
    peakDb: null,
    loudnessLufs: null,
    clippedRuns: 0,
    silences: [{ startSeconds: 0, endSeconds: 3 }],
  })
})
