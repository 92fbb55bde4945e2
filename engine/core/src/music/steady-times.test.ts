import { expect, it } from 'vitest'
import { steadyPeriods, steadyTimes } from './steady-times.ts'

const even = (count: number, period: number): number[] => Array.from({ length: count }, (_, i) => i * period)
const nearly = (times: number[]): unknown[] => times.map((time) => expect.closeTo(time, 9))

it('leaves even ticks where they are, and a moved one where it should be', () => {
  const ticks = even(40, 0.5)
  expect(steadyTimes(ticks)).toEqual(nearly(ticks))
  for (const index of [0, 1, 20, 39]) {
    const moved = ticks.map((tick, i) => (i === index ? tick + 0.2 : tick))
    expect(steadyTimes(moved)).toEqual(nearly(ticks))
  }
})

it('follows a tempo that changes', () => {
  const ticks = even(60, 1).map((i) => 0.5 * i + 0.002 * i * i)
  steadyTimes(ticks).forEach((time, i) => {
    expect(Math.abs(time - (ticks[i] as number))).toBeLessThan(0.1)
  })
  expect(steadyPeriods(ticks)[5]).toBeLessThan(steadyPeriods(ticks)[50] as number)
})

it('looks across no gap', () => {
  const ticks = [...even(12, 0.5), ...even(12, 0.5).map((time) => time + 20.3)]
  expect(steadyTimes(ticks)).toEqual(nearly(ticks))
  expect(steadyTimes([3])).toEqual([3])
  expect(steadyTimes([])).toEqual([])
})
