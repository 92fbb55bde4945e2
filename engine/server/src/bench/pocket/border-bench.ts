import type { Measure } from '../measure.ts'
import type { Stage } from './stage.ts'

const RUNS = 100

/** How far the decoder reads outside the picture, over random latents of every shape; it lies with the decoder. */
export async function* borderBench(_stage: Stage): AsyncGenerator<Measure> {
  const module = new URL('../../../../../models/src/pocket/decoder/testing/farthest-read.ts', import.meta.url).href
  const { farthestReadPx } = (await import(module)) as { farthestReadPx(seed: number): number }
  let farthest = 0
  for (let seed = 1; seed <= RUNS; seed++) farthest = Math.max(farthest, farthestReadPx(seed))
  yield { name: `farthest read outside the picture, ${RUNS} random runs`, value: farthest, unit: 'px', aim: 4 }
}
