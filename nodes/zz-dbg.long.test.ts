/** Every ordered pair of ports, run: no accepted graph makes a video whose picture and sound differ by more than a frame. */
import { appendFileSync } from 'node:fs'
import { type ScratchFolder, scratchFolder } from '@beatloom/media/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { allPairs, type Material } from './clock-graphs.ts'
import { ClockBench, expectRefusal, makeMaterial } from './clock-runs.ts'
import { pairGraph } from './pair-graph.ts'

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
    for (const pair of allPairs().toSorted((p, q) => (p.target.type + p.source.type < q.target.type + q.source.type ? 1 : -1)).filter((_, i) => i % 2 === Number(process.env.HALF))) {
      for (const [a, b] of JSON.parse(process.env.CLK ?? '[]')) {
        for (const optional of [process.env.OPT === '1']) {
        const t0 = performance.now()
          const { nodes, ends } = pairGraph(pair, materials[a] as Material, materials[b] as Material, optional)
          const name = `${pair.source.type}.${pair.output} → ${pair.target.type}.${pair.input} ${a}${b}${optional ? ' all' : ''}`
          try {
            const outcome = await bench.run(nodes, ends)
            count[outcome.kind]++
            expectRefusal(outcome)
          appendFileSync('/tmp/clk-' + process.env.TAG, `ok ${outcome.kind} ${Math.round(performance.now()-t0)} ${name} ${outcome.kind === 'finished' ? '' : outcome.kind === 'failed' ? outcome.message : outcome.issues.map((i) => i.message).join(' ')}\n`)
          } catch (error) {
          appendFileSync('/tmp/clk-' + process.env.TAG, `WRONG ${Math.round(performance.now()-t0)} ${name} ${error instanceof Error ? error.message : error}\n`)
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
