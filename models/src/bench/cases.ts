import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { TensorData } from '@beatloom/core'

/** Inputs of a denoiser with what torch computed for them, as `models/export/random_wan.py` writes them. */
export interface Case {
  inputs: Record<string, TensorData>
  expected: TensorData
}

/** @param folder of the model, with `cases` in it. */
export async function sizesIn(folder: string): Promise<string[]> {
  const names = await readdir(join(folder, 'cases'))
  return names.filter((name) => name.endsWith('.json')).map((name) => basename(name, '.json'))
}

/** @param size width, height and frames, such as 1280x704x121. */
export async function readCase(folder: string, size: string): Promise<Case> {
  const at = join(folder, 'cases', size)
  const shapes: Record<string, number[]> = JSON.parse(await readFile(`${at}.json`, 'utf8'))
  const tensors = await Promise.all(
    Object.entries(shapes).map(async ([name, dims]): Promise<[string, TensorData]> => {
      const { buffer, byteOffset, byteLength } = await readFile(`${at}.${name}.f32`)
      return [name, { dims, data: new Float32Array(buffer.slice(byteOffset, byteOffset + byteLength)) }]
    }),
  )
  const { out_hidden_states: expected, ...inputs } = Object.fromEntries(tensors)
  return { inputs, expected: expected! }
}

export function cosine({ data: a }: TensorData, { data: b }: TensorData): number {
  let [ab, aa, bb] = [0, 0, 0]
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [Number(a[i]), Number(b[i])]
    ab += x * y
    aa += x * x
    bb += y * y
  }
  return ab / Math.sqrt(aa * bb)
}
