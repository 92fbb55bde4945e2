import { expect, it } from 'vitest'
import { guide, needsUnconditional } from './guidance.ts'

it('moves the output away from the unconditional one', () => {
  expect([...guide(Float32Array.of(3, 1), Float32Array.of(1, 2), 1.5)]).toEqual([4, 0.5])
  expect([...guide(Float32Array.of(3, 1), Float32Array.of(1, 2), 1)]).toEqual([3, 1])
})

it('needs no unconditional pass at guidance 1 and below', () => {
  expect([0.5, 1, 1.01].map(needsUnconditional)).toEqual([false, false, true])
})
