import type { Estimate } from '@beatloom/core'
import { expect, it } from 'vitest'
import { memoryBudget } from './limits.ts'
import { lowerNumbers } from './nearest-setting.ts'
import { quoteInWords, quoteOf } from './quote.ts'

const estimate: Estimate = {
  seconds: [2, 5],
  middleSeconds: 3,
  nodeSeconds: new Map(),
  memoryBytes: 600e6,
  diskBytes: 20e6,
  run: 4,
  cached: 2,
  refusal: null,
}
const plenty = { memoryBytes: 16e9, diskBytes: 100e9 }

it('R1: gives a range of time, and memory with what an idle Beatloom holds', () => {
  expect(quoteOf(estimate, plenty)).toEqual({
    seconds: [2.05, 5.05],
    memoryBytes: 880e6,
    diskBytes: 20e6,
    run: 4,
    cached: 2,
  })
})

it('R1: refuses what the machine has no memory or disk for, in numbers', () => {
  expect(quoteOf(estimate, { ...plenty, memoryBytes: 700e6 }).refusal).toEqual({
    code: 'not_enough_memory',
    message: 'This run needs about 880 MB of memory and this machine has 700 MB.',
  })
  expect(quoteOf(estimate, { ...plenty, diskBytes: 5e6 }).refusal).toEqual({
    code: 'not_enough_disk',
    message: 'This run needs about 20 MB on the disk and 5 MB are free.',
  })
})

it('R1: refuses what a node says it cannot do, before all else', () => {
  const refusal = { node: 'encode', message: 'The sound is too long.' }
  expect(quoteOf({ ...estimate, refusal }, { memoryBytes: 0, diskBytes: 0 }).refusal).toEqual({
    code: 'input_invalid',
    ...refusal,
  })
})

it('takes the memory that BEATLOOM_MEMORY_MB allows, and refuses nonsense', () => {
  expect(memoryBudget({ BEATLOOM_MEMORY_MB: '512' })).toBe(512e6)
  expect(memoryBudget({})).toBeGreaterThan(100e6)
  expect(() => memoryBudget({ BEATLOOM_MEMORY_MB: 'much' })).toThrow(/"much"; it must be a number of megabytes/)
})

it('tries round numbers from the next lower one down', () => {
  expect(lowerNumbers(20, 1, false)).toEqual([15, 10, 8, 5, 3, 2, 1])
  expect(lowerNumbers(210, 60, true)).toEqual([180, 150, 120, 90, 60])
})

it('R1: reads as one line on the terminal, with the refusal below', () => {
  const fits = quoteOf(estimate, plenty)
  expect(quoteInWords(fits)).toBe('Quote: 4 to run, 2 cached; 2.05 to 5.05 s, 880 MB of memory, 20 MB on the disk.')
  expect(quoteInWords({ ...fits, run: 0 })).toBe('Quote: 0 to run, 2 cached.')
  expect(quoteInWords(quoteOf(estimate, { ...plenty, diskBytes: 5e6 }))).toMatch(
    /\nerror: This run .*\[not_enough_disk\]$/,
  )
})

it('names the shots that would be made, where they are few enough to read', () => {
  const words = (count: number, missing: number[]): string | undefined =>
    quoteInWords({ ...quoteOf(estimate, plenty), shots: [{ count, missing }] }).split('\n')[1]
  expect(words(12, [3, 4])).toBe('Shots: 2 of 12 to make: 3, 4.')
  expect(words(12, [])).toBe('Shots: all 12 are there.')
  expect(words(3, [1, 2, 3])).toBe('Shots: 3 of 3 to make.')
  expect(
    words(
      90,
      Array.from({ length: 60 }, (_, i) => i + 1),
    ),
  ).toBe('Shots: 60 of 90 to make.')
})
