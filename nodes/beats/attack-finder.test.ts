import { describe, expect, it } from 'vitest'
import { AttackFinder } from './attack-finder.ts'
import type { Attacks } from './attacks.ts'
import { median } from './f-measure.ts'
import { type Hit, randomFrom, render, SAMPLE_RATE } from './synthetic-sounds.ts'

const HOP = 441

/** @param samples a whole number of hops. */
function attacksOf(samples: Float32Array): Attacks {
  const finder = new AttackFinder(SAMPLE_RATE, HOP)
  for (let at = 0; at < samples.length; at += HOP) finder.push(samples.subarray(at, at + HOP))
  return finder.finish()
}

/** The sharpest beginning in the hop of a moment and its neighbours, seconds. */
function foundAt(time: number, { offsets, rises }: Attacks): { seconds: number; rise: number } {
  const hop = Math.floor((time * SAMPLE_RATE) / HOP)
  const near = [hop - 1, hop, hop + 1].filter((each) => each >= 0 && each < rises.length)
  const best = near.reduce((a, b) => ((rises[b] as number) > (rises[a] as number) ? b : a))
  return { seconds: (best * HOP) / SAMPLE_RATE + (offsets[best] as number), rise: rises[best] as number }
}

const steady = (sampleAt: (i: number) => number): Float32Array =>
  Float32Array.from({ length: 300 * HOP }, (_, i) => sampleAt(i))

/** Without the first and last hops, where the sound itself begins and ends. */
const inside = ({ rises }: Attacks): number[] => [...rises.subarray(5, -5)]

describe('the moment of a sharp beginning', () => {
  const sounds: Hit['sound'][] = ['click', 'kick', 'snare', 'hat', 'pluck']
  // A moment is tried every 0.18 ms. Noise makes a few be found early: of 4,800 the worst was 1 and 1.6 ms off.
  const noises = [
    [0, 0.25],
    [0.003, 1.5],
    [0.03, 2.5],
  ] as const
  const cases = sounds.flatMap((sound) => noises.map(([noise, toleranceMs]) => [sound, noise, toleranceMs] as const))
  it.each(cases)('of a %s in noise at %d of full scale is found within %d ms', (sound, noise, toleranceMs) => {
    const seed = Math.floor(Math.random() * 1e6)
    const random = randomFrom(seed)
    const times = Array.from({ length: 40 }, (_, i) => 0.3 + 0.8 * i + 0.1 * random())
    const hits = render(
      times.map((time) => ({ time, sound })),
      34,
    )
    const attacks = attacksOf(hits.map((sample) => sample + noise * (2 * random() - 1)))
    const found = times.map((time) => foundAt(time, attacks))
    const errorsMs = found.map(({ seconds }, i) => 1000 * Math.abs(seconds - (times[i] as number)))
    expect(Math.max(...errorsMs), `seed ${seed}`).toBeLessThan(toleranceMs)
    expect(median(errorsMs), `seed ${seed}`).toBeLessThan(0.2)
    expect(Math.min(...found.map(({ rise }) => rise)), `seed ${seed}`).toBeGreaterThan(12)
  })

  it('at the very first sample is found', () => {
    const attacks = attacksOf(render([{ time: 0, sound: 'click' }], 1))
    // In the first cell of 0.18 ms.
    expect(foundAt(0, attacks).seconds).toBeGreaterThanOrEqual(0)
    expect(foundAt(0, attacks).seconds).toBeLessThan(0.0001)
    expect(foundAt(0, attacks).rise).toBeGreaterThan(60)
  })

  it('is the same however loud the sound, down to 60 dB below full scale', () => {
    const loud = render([{ time: 0.4321, sound: 'snare' }], 1)
    const quiet = attacksOf(loud.map((sample) => 0.002 * sample))
    expect(foundAt(0.4321, quiet).seconds).toBeCloseTo(foundAt(0.4321, attacksOf(loud)).seconds, 3)
    expect(foundAt(0.4321, quiet).rise).toBeGreaterThan(30)
  })
})

describe('sounds that go on', () => {
  it('noise rises by less than 6 dB', () => {
    const seed = Math.floor(Math.random() * 1e6)
    const random = randomFrom(seed)
    expect(Math.max(...inside(attacksOf(steady(() => 0.4 * (2 * random() - 1))))), `seed ${seed}`).toBeLessThan(6)
  })

  it.each([30, 55, 110, 440])('a tone of %i Hz by less than 1 dB', (hz) => {
    const tone = steady((i) => 0.5 * Math.sin((2 * Math.PI * hz * i) / SAMPLE_RATE))
    expect(Math.max(...inside(attacksOf(tone)))).toBeLessThan(1)
  })

  it.each([55, 80, 147])('a saw of %i Hz, whose every swing is a pulse, by less than 6 dB', (hz) => {
    const saw = steady((i) => 0.8 * (((i * hz) / SAMPLE_RATE) % 1) - 0.4)
    expect(Math.max(...inside(attacksOf(saw)))).toBeLessThan(6)
  })

  it('silence does not rise at all', () => {
    expect(attacksOf(new Float32Array(20 * HOP)).rises.every((rise) => rise === 0)).toBe(true)
  })
})

it.each([0, 1, 2, 3, 7])('%i hops have as many attacks', (hops) => {
  const { offsets, rises } = attacksOf(new Float32Array(hops * HOP).fill(0.1))
  expect([offsets.length, rises.length]).toEqual([hops, hops])
})
