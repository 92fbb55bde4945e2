/**
 * Times a denoiser as the product runs it, and compares what it computes with what torch computed for the same inputs.
 *
 *   BEATLOOM_PROVIDER=cuda node models/src/bench/denoiser.ts MODEL_FOLDER [SIZE …] [--repeats N] [--data FOLDER]
 *
 * MODEL_FOLDER is one that `models/export/random_wan.py` wrote; SIZE one of its cases, all without any. Prints one line of
 * JSON per size: seconds of loading (the first size), of the first and the median of N more calls (three), the cosine
 * with torch's result, and the peak of the NVIDIA device's memory over everything that runs on it; or the seconds until
 * it failed, the error's code and sentence. --data is where hashes are remembered, so that a later loading is without
 * them.
 */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { AppError, type ComponentRef, type TensorData } from '@beatloom/core'
import { createModelHost } from '../host/model-host.ts'
import { cosine, readCase, sizesIn } from './cases.ts'
import { watchDeviceMemory } from './device-memory.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { repeats: { type: 'string', default: '3' }, data: { type: 'string' } },
})
const repeats = Number(values.repeats)
const [where, ...wanted] = positionals
if (!where) throw new Error('Name the folder that random_wan.py wrote.')
const folder = resolve(where)
const sizes = wanted.length > 0 ? wanted : await sizesIn(folder)
const host = createModelHost({
  folders: [resolve(folder, '..')],
  ...(values.data === undefined ? {} : { dataFolder: values.data }),
  notice: (text) => console.error(text),
})
const component: ComponentRef = { folder, component: 'transformer', sha256: '' }
const memory = watchDeviceMemory()
const never = new AbortController().signal
const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}

const loading = await seconds(() => host.describe(component)).catch((error) => {
  const code = error instanceof AppError ? error.code : null
  console.log(JSON.stringify({ code, notLoaded: String(error), peakGB: memory.peakGB }))
  process.exit(1)
})
for (const size of sizes) {
  const { inputs, expected } = await readCase(folder, size)
  let found: TensorData | undefined
  const call = async () => {
    found = (await host.run(component, inputs, never))['out_hidden_states']
  }
  memory.peakGB = 0
  const start = performance.now()
  try {
    const first = await seconds(call)
    const later: number[] = []
    for (let i = 0; i < repeats; i++) later.push(await seconds(call))
    later.sort((a, b) => a - b)
    const told = {
      size,
      loading,
      first,
      median: later[Math.floor(later.length / 2)],
      all: later,
      cosine: cosine(found!, expected),
      peakGB: memory.peakGB,
    }
    console.log(JSON.stringify(told))
  } catch (error) {
    const after = (performance.now() - start) / 1000
    const code = error instanceof AppError ? error.code : null
    console.log(JSON.stringify({ size, loading, after, code, failed: String(error), peakGB: memory.peakGB }))
  }
}
memory.end()
await host.close()
