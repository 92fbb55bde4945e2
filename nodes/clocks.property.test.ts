/**
 * Design §3: no accepted graph yields picture and sound that differ by more than a frame. Every ordered pair of ports is
 * validated here and a random part of them run, with random larger graphs; `clocks.long.test.ts` runs every pair.
 */
import { type ScratchFolder, scratchFolder } from '@beatloom/media/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allPairs, type Material } from './testing/clock-graphs.ts'
import { ClockBench, expectRefusal, makeMaterial } from './testing/clock-runs.ts'
import { anyGraph, pairGraph } from './testing/pair-graph.ts'

const PAIR_RUNS = 40
const GRAPH_RUNS = 30
const seed = Number(process.env['CLOCK_SEED'] ?? Date.now() % 2 ** 31)
console.info(`clocks: CLOCK_SEED=${seed}`)

let folder: ScratchFolder
let materials: Material[]
let bench: ClockBench
beforeAll(async () => {
  folder = await scratchFolder()
  materials = await makeMaterial(folder)
  bench = new ClockBench(folder)
})
afterAll(() => folder.remove())

const material = (index: number): Material => materials[index % materials.length] as Material

describe('picture and sound', () => {
  it('every pair of ports is accepted, or refused with a sentence in both languages and a code', async () => {
    const pairs = allPairs()
    expect(pairs.length).toBeGreaterThan(250)
    let refused = 0
    for (const [index, pair] of pairs.entries()) {
      const { nodes, ends } = pairGraph(pair, material(index), material(index + (index % 4)), index % 2 === 1)
      const { issues, prepared } = await bench.prepare(nodes, ends)
      const errors = issues.filter(({ severity }) => severity === 'error')
      expect(prepared === null).toBe(errors.length > 0)
      if (!prepared) expectRefusal({ kind: 'refused', issues: errors })
      refused += prepared ? 0 : 1
    }
    expect(refused).toBeGreaterThan(20)
    expect(refused).toBeLessThan(pairs.length / 2)
  }, 60_000)

  it('never part in a video that any two nodes make', async () => {
    const anyPair = fc.record({
      pair: fc.constantFrom(...allPairs()),
      first: fc.nat(2),
      // Most often of the same material: that is what is accepted.
      second: fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat(2) }),
      optional: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(anyPair, async ({ pair, first, second, optional }) => {
        const { nodes, ends } = pairGraph(pair, material(first), material(second ?? first), optional)
        expectRefusal(await bench.run(nodes, ends))
      }),
      { seed, numRuns: PAIR_RUNS, endOnFailure: true },
    )
    expect(bench.checked).toBeGreaterThan(0)
  }, 240_000)

  it('never part in a video that three to five nodes make, wired in any way that fits', async () => {
    const before = bench.checked
    await fc.assert(
      fc.asyncProperty(anyGraph, async (plan) => {
        const { nodes, ends } = plan(material)
        expectRefusal(await bench.run(nodes, ends))
      }),
      { seed, numRuns: GRAPH_RUNS, endOnFailure: true },
    )
    expect(bench.checked).toBeGreaterThan(before)
  }, 240_000)
})
