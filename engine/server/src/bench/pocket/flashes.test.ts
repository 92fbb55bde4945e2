import type { Image } from '@beatloom/core'
import { describe, expect, it } from 'vitest'
import { flashCard } from './flash-card.ts'
import { flashesIn } from './flashes.ts'

const FRAME_RATE = 30
type Colour = [red: number, green: number, blue: number]

function flat(colour: Colour): Image {
  const data = new Uint8Array(32 * 16 * 3)
  for (let i = 0; i < data.length; i++) data[i] = colour[i % 3]!
  return { width: 32, height: 16, channels: 3, data }
}

/** Three seconds that change `perSecond` times from one colour to the other and back. */
function alternating(perSecond: number, first: Colour, second: Colour) {
  const frames = Array.from({ length: 3 * FRAME_RATE }, (_, frame) =>
    flat(Math.floor((frame / FRAME_RATE) * perSecond * 2) % 2 === 0 ? first : second),
  )
  return flashesIn({ frames, frameRate: FRAME_RATE })
}
const grey = (value: number): Colour => [value, value, value]

describe('flashes in a clip', () => {
  it('are counted by the second', () => {
    expect(alternating(2, grey(60), grey(200))).toMatchObject({ general: 2, red: 0 })
    expect(alternating(5, grey(60), grey(200))).toMatchObject({ general: 5, red: 0 })
  })

  it('do not count below a tenth of relative luminance, nor between two bright levels', () => {
    // sRGB 60 and 105: .045 and .141, .096 apart.
    expect(alternating(5, grey(60), grey(105)).general).toBe(0)
    // .807 and 1: the darker is not below .8.
    expect(alternating(5, grey(232), grey(255)).general).toBe(0)
  })

  it('do not count on less than a fortieth of the picture', () => {
    const frames = Array.from({ length: 90 }, (_, frame): Image => {
      const data = new Uint8Array(160 * 80 * 3).fill(40)
      for (let y = 0; y < 16; y++) data.fill(frame % 4 < 2 ? 40 : 220, y * 480, y * 480 + 24 * 3)
      return { width: 160, height: 80, channels: 3, data }
    })
    // Five squares of 200 may flash; these are six, then four.
    expect(flashesIn({ frames, frameRate: FRAME_RATE }).general).toBeGreaterThan(3)
    for (const { data } of frames) for (let y = 0; y < 16; y++) data.fill(40, y * 480 + 48, y * 480 + 72)
    const few = flashesIn({ frames, frameRate: FRAME_RATE })
    expect(few.general).toBe(0)
    expect(few.changes).toBeGreaterThan(0)
  })

  it('are red where saturated red comes and goes, however dark', () => {
    // Linear red .133 and .033: luminance changes by .02 only.
    expect(alternating(5, [102, 0, 0], [50, 0, 0])).toMatchObject({ general: 0, red: 5 })
    // As much, but red is less than .8 of the whole.
    expect(alternating(5, [102, 60, 60], [50, 30, 30])).toMatchObject({ general: 0, red: 0 })
    expect(alternating(5, grey(60), grey(200)).red).toBe(0)
  })
})

it('has a card on which every kind of flash would show', () => {
  const card = flashCard(208, 120)
  const dim = { ...card, data: card.data.map((value) => Math.round(value * 0.6)) }
  const frames = Array.from({ length: 60 }, (_, frame) => (frame % 6 < 3 ? card : dim))
  const { general, red } = flashesIn({ frames, frameRate: FRAME_RATE })
  expect([general, red]).toEqual([5, 5])
})
