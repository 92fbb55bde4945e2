import { expect, it } from 'vitest'
import { guide, needsUnconditional } from './guidance.ts'
import { weightPrompt } from './prompt-weight.ts'

it('moves the output away from the unconditional one', () => {
  expect([...guide(Float32Array.of(3, 1), Float32Array.of(1, 2), 1.5)]).toEqual([4, 0.5])
  expect([...guide(Float32Array.of(3, 1), Float32Array.of(1, 2), 1)]).toEqual([3, 1])
})

it('needs no unconditional pass at guidance 1 and below', () => {
  expect([0.5, 1, 1.01].map(needsUnconditional)).toEqual([false, false, true])
})

it('weights only the rows of real tokens', () => {
  const encoded = Float32Array.of(1, 2, 3, 4, 5, 6)
  const empty = Float32Array.of(0, 1, 1, 1, 9, 9)
  const mask = BigInt64Array.of(1n, 1n, 0n)
  expect([...weightPrompt(encoded, empty, mask, 1.5)]).toEqual([1.5, 2.5, 4, 5.5, 5, 6])
  expect([...weightPrompt(encoded, empty, mask, 0.5)]).toEqual([0.5, 1.5, 2, 2.5, 5, 6])
})

it('is the identity, bit for bit, at weight 1', () => {
  const encoded = Float32Array.of(0.1, 1e-38, -0, 1 / 3)
  const weighted = weightPrompt(encoded, Float32Array.of(1e20, 3, 5, 7), BigInt64Array.of(1n, 1n), 1)
  expect(new Uint32Array(weighted.buffer)).toEqual(new Uint32Array(encoded.buffer))
  expect(weighted).not.toBe(encoded)
})
