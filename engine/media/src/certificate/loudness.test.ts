import { describe, expect, it } from 'vitest'
import { LoudnessMeter } from './loudness.ts'

/** Both channels the same sine of 1 kHz, at these levels for these lengths. */
function loudnessOf(sampleRate: number, ...parts: [decibels: number, seconds: number][]): number | null {
  const meter = new LoudnessMeter(sampleRate, 2)
  let n = 0
  for (const [decibels, seconds] of parts) {
    const samples = new Float32Array(2 * Math.round(seconds * sampleRate))
    for (let i = 0; i < samples.length; i += 2, n++) {
      const value = 10 ** (decibels / 20) * Math.sin((2 * Math.PI * 1000 * n) / sampleRate)
      samples[i] = value
      samples[i + 1] = value
    }
    meter.push(samples)
  }
  return meter.finish()
}

// EBU Tech 3341 (2016), table 1: signals and the loudness a meter has to show, ±0.1 LU.
describe('integrated loudness of the EBU’s test signals', () => {
  it.each([32_000, 44_100, 48_000, 96_000])('case 1 and 2: steady sines, at %d samples a second', (rate) => {
    expect(Math.abs((loudnessOf(rate, [-23, 20]) ?? 0) + 23)).toBeLessThanOrEqual(0.1)
    expect(Math.abs((loudnessOf(rate, [-33, 20]) ?? 0) + 33)).toBeLessThanOrEqual(0.1)
  })

  it('case 3 and 4: what is far quieter does not count', () => {
    expect(Math.abs((loudnessOf(48_000, [-36, 10], [-23, 60], [-36, 10]) ?? 0) + 23)).toBeLessThanOrEqual(0.1)
    const inSilence = loudnessOf(48_000, [-72, 10], [-36, 10], [-23, 60], [-36, 10], [-72, 10])
    expect(Math.abs((inSilence ?? 0) + 23)).toBeLessThanOrEqual(0.1)
  })

  it('case 5: three levels', () => {
    const loudness = loudnessOf(48_000, [-26, 20], [-20, 20.1], [-26, 20])
    expect(Math.abs((loudness ?? 0) + 23)).toBeLessThanOrEqual(0.1)
  })

  it('has no value for silence', () => {
    expect(loudnessOf(48_000, [-100, 5])).toBeNull()
    expect(loudnessOf(48_000)).toBeNull()
  })
})
