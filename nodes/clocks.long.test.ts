/** Every ordered pair of ports, run: no accepted graph makes a video whose picture and sound differ by more than a frame. */
import { type ScratchFolder, scratchFolder } from '@beatloom/media/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { allPairs, type Material } from './testing/clock-graphs.ts'
import { ClockBench, expectRefusal, makeMaterial } from './testing/clock-runs.ts'
import { pairGraph } from './testing/pair-graph.ts'

let folder: ScratchFolder
let materials: Material[]
let bench: ClockBench
beforeAll(async () => {
  folder = await scratchFolder()
  materials = await makeMaterial(folder)
  bench = new ClockBench(folder)
})
afterAll(() => folder.remove())

it(
  'keeps every pair of ports in time, whatever feeds them',
  async () => {
    const count = { refused: 0, failed: 0, finished: 0 }
    const wrong: string[] = []
    for (const pair of allPairs()) {
      for (const [a, b] of [
        [0, 0],
        [0, 1],
        [1, 2],
        [2, 1],
      ] as const) {
        for (const optional of [false, true]) {
          const { nodes, ends } = pairGraph(pair, materials[a] as Material, materials[b] as Material, optional)
          const name = `${pair.source.type}.${pair.output} → ${pair.target.type}.${pair.input} ${a}${b}${optional ? ' all' : ''}`
          try {
            const outcome = await bench.run(nodes, ends)
            count[outcome.kind]++
            expectRefusal(outcome)
          } catch (error) {
            wrong.push(`${name}: ${error instanceof Error ? error.message : error}`)
          }
        }
      }
    }
    console.info(`${allPairs().length} pairs:`, count, `${bench.checked} videos looked at`)
    expect(wrong).toEqual([])
  },
  30 * 60_000,
)
