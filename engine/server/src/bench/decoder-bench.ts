import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Measure } from './measure.ts'

const CHILD = fileURLToPath(new URL('./decoder-child.ts', import.meta.url))
const run = promisify(execFile)

/** The warp decoder alone, eight seconds each, preparing the picture included; and the small moving previews. */
export async function* decoderBench(): AsyncGenerator<Measure> {
  const shapes: [name: string, width: number, height: number, aim: number | null][] = [
    ['720p', 1280, 720, 60],
    ['1080p', 1920, 1080, 30],
    ['720 × 1280', 720, 1280, 60],
    ['960 × 960', 960, 960, null],
  ]
  for (const [name, width, height, aim] of shapes) {
    yield perSecond(`decode ${name}, frames per second`, await rateOf(String(width), String(height)), aim)
  }
  yield perSecond('preview, frames per second', await rateOf('preview'), 20)
  yield perSecond('preview beside two busy threads, frames per second', await rateOf('preview', 'busy'), 20)
}

const perSecond = (name: string, value: number, aim: number | null): Measure => ({
  name,
  value,
  unit: '1/s',
  aim,
  atLeast: true,
})

async function rateOf(...args: string[]): Promise<number> {
  return Number((await run(process.execPath, [CHILD, ...args])).stdout)
}
