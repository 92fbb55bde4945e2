/**
 * Times the change from one expert of a model to the other as the product makes it, with hashes already remembered.
 *
 *   BEATLOOM_PROVIDER=cuda node models/src/bench/expert-swap.ts MODEL_FOLDER SIZE [--data FOLDER] [--budget GB]
 *
 * MODEL_FOLDER is one with two experts that `models/export/random_wan.py` wrote, SIZE one of its cases. --data is where
 * hashes are remembered from one start to the next; --budget is the memory for weights, in which only one expert may fit
 * (40). Prints one line of JSON per step: its seconds, the peak of the NVIDIA device's memory during it and its memory
 * after it. Last comes the change within a call, as the sampler has it: releasing, loading and computing in one.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { ComponentRef } from '@beatloom/core'
import { componentOf } from '../component-of.ts'
import { type BeatloomModelHost, createModelHost } from '../host/model-host.ts'
import { cosine, readCase } from './cases.ts'
import { watchDeviceMemory } from './device-memory.ts'

/** Until the device's memory has been read again, a fifth of a second apart. */
const READ_AGAIN_MS = 600
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { data: { type: 'string' }, budget: { type: 'string', default: '40' } },
})
const [where, size] = positionals
if (!where || !size) throw new Error('Name the folder that random_wan.py wrote, and one of its cases.')
const folder = resolve(where)
const dataFolder = values.data ?? (await mkdtemp(join(tmpdir(), 'expert-swap-')))
const { inputs, expected } = await readCase(folder, size)
const never = new AbortController().signal
const memory = watchDeviceMemory()

const start = (): BeatloomModelHost =>
  createModelHost({
    folders: [dirname(folder)],
    dataFolder,
    memoryBudgetBytes: Number(values.budget) * 1e9,
    notice: (text) => console.error(text),
  })

async function step(name: string, work: () => Promise<unknown>): Promise<void> {
  memory.peakGB = 0
  const began = performance.now()
  const told = await work()
  const seconds = (performance.now() - began) / 1000
  await new Promise((resolve) => setTimeout(resolve, READ_AGAIN_MS))
  console.log(JSON.stringify({ step: name, seconds, peakGB: memory.peakGB, afterGB: memory.nowGB, ...Object(told) }))
}

const before = start()
await step('reading the folder', async () => void (await before.open(basename(folder))))
await before.close()

const host = start()
const experts: ComponentRef[] = []
await step('reading it again', async () => {
  const model = await host.open(basename(folder))
  experts.push(...['transformer', 'transformer_2'].map((name) => componentOf(model, name, 'auto')))
})
const [high, low] = experts as [ComponentRef, ComponentRef]
const call = async (expert: ComponentRef) => {
  const { out_hidden_states: found } = await host.run(expert, inputs, never)
  return { cosine: cosine(found!, expected), loaded: await host.resident() }
}

await step('loading the first', async () => void (await host.describe(high)))
await step('first call of the first', () => call(high))
await step('second call of the first', () => call(high))
await step('releasing the first', () => host.release(high))
await step('loading the second', async () => void (await host.describe(low)))
await step('first call of the second', () => call(low))
await step('second call of the second', () => call(low))
await step('a call of the first, with the change', () => call(high))
await step('a call of the second, with the change', () => call(low))
await step('second call of the second', () => call(low))
console.log(JSON.stringify({ machineMemoryPeakGB: (process.resourceUsage().maxRSS * 1024) / 1e9 }))
memory.end()
await host.close()
if (values.data === undefined) await rm(dataFolder, { recursive: true })
