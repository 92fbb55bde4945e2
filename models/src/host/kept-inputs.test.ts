import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ComponentRef, FileHandle, LoraRef, TensorData } from '@beatloom/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { layerTensors, writeSafetensors } from '../lora/testing.ts'
import { createInferenceClient } from './inference-client.ts'
import { createModelHost } from './model-host.ts'

const testing = join(import.meta.dirname, '../testing')
const host = createModelHost({ folders: [testing], provider: 'cpu', threads: 1 })
const never = new AbortController().signal
const sample: TensorData = { dims: [1, 3], data: Float32Array.of(1, 2, 3) }

let folder: string
let one: FileHandle
let two: FileHandle
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'beatloom-kept-'))
  // (1, 2, 3)·(1, 1, 1) = 6 goes to the first value.
  one = await writeSafetensors(join(folder, 'one.safetensors'), layerTensors('net', [[1, 1, 1]], [[1], [0], [0]]))
  // The first value is added to the second, the last to itself.
  const [down, up] = [
    [
      [1, 0, 0],
      [0, 0, 1],
    ],
    [
      [0, 0],
      [1, 0],
      [0, 1],
    ],
  ]
  two = await writeSafetensors(join(folder, 'two.safetensors'), layerTensors('net', down, up))
})
afterAll(async () => {
  await host.close()
  await rm(folder, { recursive: true })
})

const component = (loras?: LoraRef[]): ComponentRef => ({
  folder: join(testing, 'graphs'),
  component: 'lora',
  sha256: 'lora',
  loras,
})
const sizeOf = async (name: string) => (await stat(join(testing, 'graphs', name, 'model.onnx'))).size
const outputWith = async (...loras: LoraRef[]) => [
  ...(await host.run(component(loras), { sample }, never))['out_sample']!.data,
]

describe('LoRAs of a component', () => {
  it('are fed at rank 0, 1, 2 and 3 in one session', async () => {
    expect([...(await host.run(component(), { sample }, never))['out_sample']!.data]).toEqual([1, 2, 3])
    expect(await outputWith({ file: one, strength: 0 })).toEqual([1, 2, 3])
    expect(await outputWith({ file: one, strength: 1 })).toEqual([7, 2, 3])
    expect(await outputWith({ file: one, strength: -0.5 })).toEqual([-2, 2, 3])
    expect(await outputWith({ file: two, strength: 1 })).toEqual([1, 3, 6])
    expect(await outputWith({ file: one, strength: 1 }, { file: two, strength: 2 })).toEqual([7, 4, 9])
    expect(await outputWith()).toEqual([1, 2, 3])
    expect(await host.resident()).toEqual(['graphs/lora'])
  })
  it('are read for the first call only, and again once the session was freed', async () => {
    const bytes = await readFile(one.path)
    const moved = { ...one, path: join(folder, 'moved.safetensors'), sha256: 'moved' }
    await writeFile(moved.path, bytes)
    expect(await outputWith({ file: moved, strength: 1 })).toEqual([7, 2, 3])
    await rm(moved.path)
    expect(await outputWith({ file: moved, strength: 1 })).toEqual([7, 2, 3])
    await host.release(component())
    await expect(outputWith({ file: moved, strength: 1 })).rejects.toMatchObject({ code: 'file_missing' })
    await writeFile(moved.path, bytes)
    expect(await outputWith({ file: moved, strength: 1 })).toEqual([7, 2, 3])
  })
  it('count in the memory budget: what no longer fits beside them leaves, and is back when they are off', async () => {
    // Four bytes for each of 3 · 2 and 2 · 3 values.
    const [graphBytes, besideBytes, loraBytes] = [await sizeOf('lora'), await sizeOf('half'), 48]
    const budget = (memoryBudgetBytes: number) =>
      createModelHost({ folders: [testing], provider: 'cpu', threads: 1, memoryBudgetBytes })
    const half = { ...component(), component: 'half' }
    const beside = { sample: { dims: [1], data: Float32Array.of(1) } }
    for (const spare of [0, -1]) {
      const tight = budget(graphBytes + besideBytes + loraBytes + spare)
      await tight.run(half, beside, never)
      await tight.run(component(), { sample }, never)
      expect(await tight.resident()).toEqual(['graphs/half', 'graphs/lora'])
      await tight.run(component([{ file: two, strength: 1 }]), { sample }, never)
      expect(await tight.resident()).toEqual(spare < 0 ? ['graphs/lora'] : ['graphs/half', 'graphs/lora'])
      await tight.run(component(), { sample }, never)
      await tight.run(half, beside, never)
      expect((await tight.resident()).toSorted()).toEqual(['graphs/half', 'graphs/lora'])
      await tight.close()
    }
  })
  it('with the weights larger than the memory are refused', async () => {
    const small = createModelHost({
      ...{ folders: [testing], provider: 'cpu', threads: 1 },
      machineMemoryBytes: (await sizeOf('lora')) + 47,
    })
    expect((await small.run(component(), { sample }, never))['out_sample']).toBeDefined()
    await expect(small.run(component([{ file: two, strength: 1 }]), { sample }, never)).rejects.toMatchObject({
      code: 'not_enough_memory',
      details: { component: 'graphs/lora' },
    })
    await small.close()
  })
  it('of two runs side by side do not mix', async () => {
    const runs = Array.from({ length: 6 }, (_, k) => outputWith({ file: k % 2 ? one : two, strength: 1 }))
    const odd = [7, 2, 3]
    const even = [1, 3, 6]
    expect(await Promise.all(runs)).toEqual([even, odd, even, odd, even, odd])
  })
  it('are refused by a model that was exported without inputs for them', async () => {
    const half: ComponentRef = { ...component([{ file: one, strength: 1 }]), component: 'half' }
    await expect(host.run(half, { sample: { dims: [1], data: Float32Array.of(1) } }, never)).rejects.toMatchObject({
      code: 'model_invalid',
      message: expect.stringContaining('The model "graphs" was exported without inputs for LoRAs'),
    })
  })
})

it('the thread answers null, and runs nothing, when it does not have the inputs it is to keep', async () => {
  const client = createInferenceClient({ threads: 1 })
  const session = {
    path: join(testing, 'graphs/lora/model.onnx'),
    label: 'lora',
    provider: 'cpu',
    sizeBytes: 1,
    budgetBytes: 10,
  } as const
  const call = { kind: 'run', session, inputs: { sample } } as const
  const factor = (dims: number[]): TensorData => ({ dims, data: Float32Array.of(1, 1, 1) })
  const inputs = { 'lora.net.a': factor([3, 1]), 'lora.net.b': factor([1, 3]) }
  expect(await client.ask({ ...call, kept: { key: 'first' } })).toBeNull()
  const brought = await client.ask({ ...call, kept: { key: 'first', inputs } })
  expect(brought).toEqual({ out_sample: { dims: [1, 3], data: Float32Array.of(7, 8, 9) } })
  // They were handed over: nothing of them is left here.
  expect(inputs['lora.net.a'].data.byteLength).toBe(0)
  expect(await client.ask({ ...call, kept: { key: 'first' } })).toEqual(brought)
  expect(await client.ask({ ...call, kept: { key: 'second' } })).toBeNull()
  expect(await client.ask({ ...call, kept: { key: 'first' } })).toBeNull()
  await client.close()
})
