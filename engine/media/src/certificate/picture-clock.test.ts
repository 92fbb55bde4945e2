import { expect, it } from 'vitest'
import { pictureClock } from './picture-clock.ts'

const steady = (count: number, rate: number, start = 0): number[] =>
  Array.from({ length: count }, (_, n) => start + n / rate)

it('tells rate, start and length of a steady clock', () => {
  const clock = pictureClock(steady(300, 30, 0.1), 30)
  expect(clock).toMatchObject({ frameRate: 30, isSteady: true, missingFrames: 0 })
  expect(clock.startSeconds).toBeCloseTo(0.1, 9)
  expect(clock.lengthSeconds).toBeCloseTo(10, 9)
})

it('finds 23.976 a second in times rounded to milliseconds', () => {
  const times = steady(1000, 24_000 / 1001).map((time) => Math.round(time * 1e3) / 1e3)
  expect(pictureClock(times, 24)).toMatchObject({ frameRate: 23.976, isSteady: true, missingFrames: 0 })
})

it('counts the pictures left out of a steady clock, wherever they are', () => {
  const times = steady(300, 25).filter((_, n) => ![7, 100, 101, 102].includes(n))
  expect(pictureClock(times, 25)).toMatchObject({ frameRate: 25, isSteady: true, missingFrames: 4 })
})

it('sees a wandering clock, where nothing is missing', () => {
  const times = steady(300, 30).map((time, n) => time + 0.004 * Math.sin(n))
  expect(pictureClock(times, 30)).toMatchObject({ isSteady: false, missingFrames: 0 })
  const halved = steady(300, 30).filter((_, n) => n % 3 !== 1)
  expect(pictureClock(halved, 30)).toMatchObject({ isSteady: false, missingFrames: 0 })
})

it('does not depend on the order in which pictures are decoded', () => {
  const times = steady(50, 30)
  expect(pictureClock([...times].reverse(), 30)).toEqual(pictureClock(times, 30))
})

it('lasts one frame for one picture, and nothing for none', () => {
  expect(pictureClock([0], 25).lengthSeconds).toBeCloseTo(0.04, 9)
  expect(pictureClock([], 25).lengthSeconds).toBe(0)
})
