import { describe, expect, it } from 'vitest'
import golden from '../schedulers/golden/torch-cpu-randn.json' with { type: 'json' }
import { createGenerator, parseSeed, torchCpuRandn } from './torch-random.ts'

const lists = Object.entries(golden).filter(([key, value]) => Array.isArray(value) && /^\d+:\d+$/.test(key)) as [
  string,
  number[],
][]

/** PyTorch's vector logarithm and cosine differ from the scalar ones in the last bit. */
const TOLERANCE = 2.5e-7

function expectClose(actual: Float32Array, expected: number[]): void {
  expect(actual.length).toBe(expected.length)
  for (const [i, value] of expected.entries()) {
    expect(Math.abs(actual[i]! - value)).toBeLessThan(TOLERANCE * Math.max(1, Math.abs(value)))
  }
}

describe('torch-compatible noise', () => {
  it.each(lists)('matches PyTorch for seed:count %s', (key, expected) => {
    const [seed, count] = key.split(':')
    const actual = torchCpuRandn(seed!, Number(count))
    expectClose(actual, expected)
    // Short draws have no vector form, so they agree to the bit.
    if (Number(count) < 16) expect([...actual]).toEqual(expected.map(Math.fround))
  })
  it('covers all the seeds and lengths', () => expect(lists.length).toBe(24))
  it('keeps the second value of a pair for the next short draw', () => {
    const generator = createGenerator('42')
    expect([...generator.randn(3), ...generator.randn(3)]).toEqual(golden['42:3then3'].map(Math.fround))
  })
  it('goes on in the stream after a long draw', () => {
    const generator = createGenerator(42n)
    generator.randn(16)
    expectClose(generator.randn(16), golden['42:16then16'])
  })
  it.each(['42:1x4x64x64', '42:1x16x21x60x104'] as const)('matches PyTorch for a tensor of %s', (key) => {
    const expected = golden[key]
    const values = torchCpuRandn(
      '42',
      key
        .slice(3)
        .split('x')
        .map(Number)
        .reduce((a, b) => a * b, 1),
    )
    expectClose(values.slice(0, 8), expected.first)
    expectClose(values.slice(-4), expected.last)
    expect(values.reduce((a, b) => a + b, 0)).toBeCloseTo(expected.sum, 1)
  })
  it('takes only the low 32 bits of a seed, like PyTorch, and refuses what is not a seed', () => {
    expect(torchCpuRandn(2n ** 32n + 42n, 20)).toEqual(torchCpuRandn('42', 20))
    expect(parseSeed('18446744073709551615')).toBe(2n ** 64n - 1n)
    for (const bad of ['-1', '1.5', '', 'abc', '0x10', '18446744073709551616'])
      expect(() => parseSeed(bad)).toThrow(/seed/)
  })
})
