/**
 * Times a denoiser as the product runs it, and compares what it computes with what torch computed for the same inputs.
 *
 *   BEATLOOM_PROVIDER=cuda node models/src/bench/denoiser.ts MODEL_FOLDER [SIZE …]
 *
 * MODEL_FOLDER is one that `models/export/random_wan.py` wrote; SIZE one of its cases, all without any. Prints one line of
 * JSON per size: seconds of loading (the first size), of the first and the median of three more calls, the cosine with
 * torch's result, and the peak of the NVIDIA device's memory over everything that runs on it.
 */
import { readdir, readFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import type { ComponentRef, TensorData } from '@beatloom/core'
import { createModelHost } from '../host/model-host.ts'
import { watchDeviceMemory } from './device-memory.ts'

const REPEATS = 3
const [where, ...wanted] = process.argv.slice(2)
if (!where) throw new Error('Name the folder that random_wan.py wrote.')
const folder = resolve(where)
const cases = join(folder, 'cases')
const all = (await readdir(cases)).filter((name) => name.endsWith('.json')).map((name) => basename(name, '.json'))
const sizes = wanted.length > 0 ? wanted : all
const host = createModelHost({ folders: [join(folder, '..')], notice: (text) => console.error(text) })
const component: ComponentRef = { folder, component: 'transformer', sha256: '' }
const memory = watchDeviceMemory()
const never = new AbortController().signal
const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}

const loading = await seconds(() => host.describe(component))
for (const size of sizes) {
  const shapes: Record<string, number[]> = JSON.parse(await readFile(join(cases, `${size}.json`), 'utf8'))
  const tensors = await Promise.all(
    Object.entries(shapes).map(async ([name, dims]) => [name, await read(size, name, dims)]),
  )
  const { out_hidden_states: expected, ...inputs } = Object.fromEntries(tensors) as Record<string, TensorData>
  let found: TensorData | undefined
  const call = async () => {
    found = (await host.run(component, inputs, never))['out_hidden_states']
  }
  memory.peakGB = 0
  try {
    const first = await seconds(call)
    const later: number[] = []
    for (let i = 0; i < REPEATS; i++) later.push(await seconds(call))
    later.sort((a, b) => a - b)
    const told = {
      size,
      loading,
      first,
      median: later[1],
      all: later,
      cosine: cosine(found!, expected!),
      peakGB: memory.peakGB,
    }
    console.log(JSON.stringify(told))
  } catch (error) {
    console.log(JSON.stringify({ size, loading, failed: String(error) }))
  }
}
memory.end()
await host.close()

async function read(size: string, name: string, dims: number[]): Promise<TensorData> {
  const { buffer, byteOffset, byteLength } = await readFile(join(cases, `${size}.${name}.f32`))
  return { dims, data: new Float32Array(buffer.slice(byteOffset, byteOffset + byteLength)) }
}

function cosine({ data: a }: TensorData, { data: b }: TensorData): number {
  let [ab, aa, bb] = [0, 0, 0]
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [Number(a[i]), Number(b[i])]
    ab += x * y
    aa += x * x
    bb += y * y
  }
  return ab / Math.sqrt(aa * bb)
}
