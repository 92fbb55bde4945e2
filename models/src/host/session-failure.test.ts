import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ComponentRef } from '@beatloom/core'
import { expect, it, vi } from 'vitest'
import { isOutOfMemory } from '../out-of-memory.ts'
import { machineKey } from '../providers/machine.ts'
import { createModelHost } from './model-host.ts'
import type { SessionSpec, ThreadRequest } from './protocol.ts'
import { failure, saysOutOfMemory } from './session-failure.ts'
import { sessionOptions } from './session-options.ts'

/** As ONNX Runtime 1.29 threw it for the 5B at 27,280 tokens, when `vkAllocateMemory` found no room. */
const MISSING_BUFFER = `WebGPU validation failed. [Invalid Buffer (unlabeled)] is invalid due to a previous error.
 - While validating entries[2] against { binding: 2, visibility: ShaderStage::Compute, buffer: {type: BufferBindingType::Storage, minBindingSize: 0, hasDynamicOffset: 0} }.
 - While validating [BindGroupDescriptor ""Add""] against [BindGroupLayout "Add"]
 - While calling [Device].CreateBindGroup([BindGroupDescriptor ""Add""]).
`
const asked: string[] = []
vi.mock('./inference-client.ts', () => ({
  // Every call of a graph ends as it did on the full device.
  createInferenceClient: () => ({
    ask: async (request: ThreadRequest) => {
      asked.push(request.kind === 'run' ? `run on ${request.session.provider}` : request.kind)
      if (request.kind === 'run') throw failure(request.session, MISSING_BUFFER, MISSING_BUFFER)
    },
    close: async () => {},
  }),
}))

const spec = (provider: SessionSpec['provider']): SessionSpec => ({
  ...{ path: '/wan/transformer/model.onnx', label: 'wan/transformer', provider },
  ...{ sizeBytes: 10e9, budgetBytes: 60e9 },
})

it('a buffer that WebGPU could not allocate is a lack of memory, for which smaller parts are tried', () => {
  const error = failure(spec('webgpu'), MISSING_BUFFER, 'unread')
  expect(error).toMatchObject({
    code: 'not_enough_memory',
    message: 'wan/transformer needs more memory than webgpu has free.',
  })
  expect(isOutOfMemory(error)).toBe(true)
  expect(saysOutOfMemory(MISSING_BUFFER)).toBe(true)
})

it('other errors are told apart by where they happened', () => {
  expect(failure(spec('cuda'), 'CUDA failure 2: out of memory', 'Full.')).toMatchObject({
    code: 'not_enough_memory',
    message: 'Full.',
  })
  const shader = 'WebGPU validation failed. Error while parsing WGSL: :3:1 error: unresolved type'
  const pipeline = '[Invalid ComputePipeline "Add"] is invalid due to a previous error.'
  for (const reason of [shader, pipeline]) {
    expect(saysOutOfMemory(reason)).toBe(false)
    expect(failure(spec('webgpu'), reason, 'Broken.')).toMatchObject({ code: 'provider_failed', message: 'Broken.' })
    expect(failure(spec('cpu'), reason, 'Broken.')).toMatchObject({ code: 'model_invalid' })
  }
})

it('where WebGPU’s memory is full the host tries again with nothing else in it, and keeps its choice', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'beatloom-full-'))
  const testing = join(import.meta.dirname, '../testing')
  const notices: string[] = []
  const host = createModelHost({
    ...{ folders: [testing], provider: 'auto', threads: 1, dataFolder },
    notice: (text) => notices.push(text),
  })
  const model = await host.open('graphs')
  const choice = JSON.stringify({
    [`${model.sha256.slice(0, 16)}@${machineKey()}`]: { chosen: 'webgpu', seconds: {}, reasons: {} },
  })
  await writeFile(join(dataFolder, 'providers.json'), choice)
  const half: ComponentRef = { folder: join(testing, 'graphs'), component: 'half', sha256: 'half' }
  const sample = { dims: [1], data: Float32Array.of(1) }
  asked.length = 0
  await expect(host.run(half, { sample }, new AbortController().signal)).rejects.toMatchObject({
    code: 'not_enough_memory',
    message: 'graphs/half needs more memory than webgpu has free.',
  })
  expect(asked).toEqual(['run on webgpu', 'release-all', 'run on webgpu'])
  expect(await readFile(join(dataFolder, 'providers.json'), 'utf8')).toBe(choice)
  expect(notices).toEqual([])
  await host.close()
  await rm(dataFolder, { recursive: true })
})

it('WebGPU uses large buffers again for large networks only', () => {
  const simple = { name: 'webgpu', storageBufferCacheMode: 'simple' }
  expect(sessionOptions('webgpu', 1, 10e9).executionProviders).toEqual([simple, 'cpu'])
  expect(sessionOptions('webgpu', 1, 30e6).executionProviders).toEqual(['webgpu', 'cpu'])
  expect(sessionOptions('webgpu', 1).executionProviders).toEqual(['webgpu', 'cpu'])
  expect(sessionOptions('cuda', 1, 10e9).executionProviders).toEqual(['cuda', 'cpu'])
})
