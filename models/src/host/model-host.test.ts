import { existsSync } from 'node:fs'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ComponentRef, TensorData } from '@beatloom/core'
import { afterAll, describe, expect, it } from 'vitest'
import { machineKey } from '../providers/machine.ts'
import { createInferenceClient } from './inference-client.ts'
import { createModelHost, type ModelHostOptions } from './model-host.ts'

const testing = join(import.meta.dirname, '../testing')
const hosts: ReturnType<typeof createModelHost>[] = []
function hostOf(options: Partial<ModelHostOptions> = {}) {
  const host = createModelHost({ folders: [testing], provider: 'cpu', threads: 2, ...options })
  hosts.push(host)
  return host
}
afterAll(() => Promise.all(hosts.map((host) => host.close())))

const never = new AbortController().signal
const graph = (component: string): ComponentRef => ({ folder: join(testing, 'graphs'), component, sha256: component })
const floats = (dims: number[], ...values: number[]): TensorData => ({ dims, data: Float32Array.from(values) })

describe('model host', () => {
  const host = hostOf()

  it.each(['scalar-int64', 'batch-int64', 'scalar-float'])(
    'feeds a %s timestep from a float [1] one',
    async (component) => {
      const { out_sample } = await host.run(
        graph(component),
        { sample: floats([1, 2], 1, 2), timestep: floats([1], 7) },
        never,
      )
      expect(out_sample).toEqual(floats([1, 2], 8, 9))
    },
  )
  it('feeds 64-bit ids to a graph that wants 32-bit ones', async () => {
    const { output } = await host.run(
      graph('ids-int32'),
      { input_ids: { dims: [1, 2], data: BigInt64Array.of(3n, 4n) } },
      never,
    )
    expect(output).toEqual({ dims: [1, 2], data: Int32Array.of(6, 8) })
  })
  it('feeds and reads half floats', async () => {
    const { sample_out } = await host.run(graph('half'), { sample: floats([2], 1.5, -3) }, never)
    expect(sample_out).toEqual(floats([2], 3, -6))
  })
  it('loads external data from beside the graph', async () => {
    const { sample_out } = await host.run(graph('external'), { sample: floats([3], 1, 1, 1) }, never)
    expect(sample_out).toEqual(floats([3], 2, 3, 4))
  })
  it('takes a view into a larger buffer', async () => {
    const view = new Float32Array([9, 9, 1, 1, 1]).subarray(2)
    const { sample_out } = await host.run(graph('external'), { sample: { dims: [3], data: view } }, never)
    expect(sample_out).toEqual(floats([3], 2, 3, 4))
    expect(view).toEqual(Float32Array.of(1, 1, 1))
  })
  it('describes a graph', async () => {
    const facts = await host.describe(graph('scalar-int64'))
    expect(facts.inputs).toEqual([
      { name: 'sample', type: 'float32', dims: ['batch', 'n'] },
      { name: 'timestep', type: 'int64', dims: [] },
    ])
    expect(facts.outputs.map((output) => output.name)).toEqual(['out_sample'])
  })
  it('says in a sentence what is wrong with a graph, and works on', async () => {
    await expect(host.run(graph('bfloat'), { sample: floats([1], 1) }, never)).rejects.toMatchObject({
      code: 'model_invalid',
      message: expect.stringContaining('bfloat16'),
    })
    await expect(host.run(graph('broken'), {}, never)).rejects.toMatchObject({
      code: 'model_invalid',
      message: expect.stringContaining('graphs/broken is not a model'),
    })
    await expect(host.run(graph('vae_encoder'), {}, never)).rejects.toMatchObject({
      code: 'model_missing',
      message: expect.stringContaining('no vae_encoder'),
    })
    await expect(host.run(graph('half'), { simple: floats([1], 1) }, never)).rejects.toMatchObject({
      code: 'model_invalid',
      details: { valid: ['sample'] },
    })
    // Shapes that only clash inside the graph are the runtime's own refusal.
    await expect(host.run(graph('slow'), { sample: floats([1, 2], 1, 2) }, never)).rejects.toMatchObject({
      code: 'model_invalid',
    })
    expect((await host.run(graph('half'), { sample: floats([1], 2) }, never))['sample_out']).toEqual(floats([1], 4))
  })
  it('refuses external data that is a link out of the folder', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'beatloom-linked-'))
    const { symlink } = await import('node:fs/promises')
    await cp(join(testing, 'graphs/external/model.onnx'), join(folder, 'linked/model.onnx'))
    await symlink(join(testing, 'graphs/external/model.onnx_data'), join(folder, 'linked/model.onnx_data'))
    const refused = host.run({ folder, component: 'linked', sha256: '' }, { sample: floats([3], 1, 1, 1) }, never)
    await expect(refused).rejects.toMatchObject({
      code: 'model_invalid',
      message: expect.stringMatching(/model_onnx_data|model\.onnx_data|escapes|outside/),
    })
    await rm(folder, { recursive: true })
  })
})

describe('model host under way', () => {
  const size = 700
  const matrix = { dims: [size, size], data: new Float32Array(size * size).fill(1 / size) }

  it('keeps the calling thread live while a graph runs', async () => {
    const host = hostOf()
    let ticks = 0
    const clock = setInterval(() => ticks++, 1)
    const { total } = await host.run(graph('slow'), { sample: matrix }, never)
    clearInterval(clock)
    expect(total!.data[0]).toBeCloseTo(size, -1)
    expect(ticks).toBeGreaterThan(3)
  })
  it('acknowledges an abort at once, drops what waits, and goes on afterwards', async () => {
    const host = hostOf()
    await host.run(graph('half'), { sample: floats([1], 2) }, never)
    const control = new AbortController()
    const running = host.run(graph('slow'), { sample: matrix }, control.signal)
    const waiting = host.run(graph('slow'), { sample: matrix }, control.signal)
    const kept = host.run(graph('half'), { sample: floats([1], 2) }, never)
    setTimeout(() => control.abort(), 20)
    await expect(running).rejects.toMatchObject({ code: 'run_cancelled' })
    await expect(waiting).rejects.toMatchObject({ code: 'run_cancelled' })
    expect((await kept)['sample_out']).toEqual(floats([1], 4))
    await expect(host.run(graph('half'), { sample: floats([1], 2) }, AbortSignal.abort())).rejects.toThrow()
  })
  it('runs beside another host, each with bytes that never change', async () => {
    const [one, two] = [hostOf(), hostOf()]
    const results = await Promise.all([one, two, one].map((host) => host.run(graph('slow'), { sample: matrix }, never)))
    expect(results[1]!['total']).toEqual(results[0]!['total'])
    expect(results[2]!['total']).toEqual(results[0]!['total'])
  })
  it('holds no more graphs than its budget allows, and frees them on request', async () => {
    // Each of the toy graphs is under 200 bytes; two of them are not under 250.
    const host = hostOf({ memoryBudgetBytes: 250 })
    await host.run(graph('half'), { sample: floats([1], 1) }, never)
    await host.run(graph('scalar-int64'), { sample: floats([1, 1], 1), timestep: floats([1], 1) }, never)
    expect(await host.resident()).toEqual(['graphs/scalar-int64'])
    await host.release(graph('scalar-int64'))
    expect(await host.resident()).toEqual([])
  })
  it('says at once when a graph is larger than the machine’s memory', async () => {
    const host = hostOf({ machineMemoryBytes: 100 })
    await expect(host.run(graph('half'), { sample: floats([1], 1) }, never)).rejects.toMatchObject({
      code: 'not_enough_memory',
      message: expect.stringContaining('0.00 GB of memory where it is to run (cpu)'),
    })
    expect(await host.resident()).toEqual([])
  })
  it('frees nothing for a graph that has no room even alone', async () => {
    // Files of 113 and 260 bytes.
    const host = hostOf({ machineMemoryBytes: 200 })
    await host.run(graph('half'), { sample: floats([1], 1) }, never)
    await expect(host.describe(graph('lora'))).rejects.toMatchObject({ code: 'not_enough_memory' })
    expect(await host.resident()).toEqual(['graphs/half'])
  })
  it('frees everything when nothing was asked of it for a while', async () => {
    const host = hostOf({ idleReleaseMs: 60 })
    await host.run(graph('half'), { sample: floats([1], 1) }, never)
    await expect.poll(() => host.resident(), { timeout: 3000 }).toEqual([])
    expect((await host.run(graph('half'), { sample: floats([1], 1) }, never))['sample_out']).toEqual(floats([1], 2))
  })
  it('closes when the graph at work is done, refuses what waits, and says so to later calls', async () => {
    const client = createInferenceClient({ threads: 1 })
    const session = {
      path: join(testing, 'graphs/slow/model.onnx'),
      label: 'slow',
      provider: 'cpu',
      sizeBytes: 1,
      budgetBytes: 10,
    } as const
    const request = { kind: 'run', session, inputs: { sample: matrix } } as const
    const results = Promise.allSettled([client.ask(request), client.ask(request)])
    await client.close()
    expect((await results).map((result) => result.status)).toEqual(['fulfilled', 'rejected'])
    await expect(client.ask(request)).rejects.toThrow('closed')
  })
})

describe('fingerprint', () => {
  it('joins the model’s hash with provider and runtime', async () => {
    const host = hostOf()
    const fingerprint = await host.fingerprint('tiny-pocket')
    expect(fingerprint).toMatch(/^[0-9a-f]{64}$/)
    expect(await hostOf().fingerprint('tiny-pocket')).toBe(fingerprint)
    expect(await hostOf({ provider: 'cuda' }).fingerprint('tiny-pocket')).not.toBe(fingerprint)
    expect(fingerprint).not.toBe((await host.open('tiny-pocket')).sha256)
  })
})

describe.skipIf(existsSync('/dev/nvidiactl'))('providers on a machine without CUDA', () => {
  it('that were asked for by name and do not start are an error, not a silent change', async () => {
    const host = hostOf({ provider: 'cuda' })
    await expect(host.run(graph('half'), { sample: floats([1], 1) }, never)).rejects.toMatchObject({
      code: 'provider_failed',
      message: expect.stringContaining('could not be loaded on cuda'),
    })
    // The component's own word counts before the host's.
    const pinned = { ...graph('half'), provider: 'cpu' as const }
    expect((await host.run(pinned, { sample: floats([1], 1) }, never))['sample_out']).toEqual(floats([1], 2))
  })
  it('that were measured to be best but fail to start are reported, and the CPU is used', async () => {
    const dataFolder = await mkdtemp(join(tmpdir(), 'beatloom-fallback-'))
    const notices: string[] = []
    const host = hostOf({ provider: 'auto', dataFolder, notice: (text) => notices.push(text) })
    const model = await host.open('graphs')
    const remembered = {
      [`${model.sha256.slice(0, 16)}@${machineKey()}`]: { chosen: 'cuda', seconds: {}, reasons: {} },
    }
    await writeFile(join(dataFolder, 'providers.json'), JSON.stringify(remembered))
    const before = await host.fingerprint('graphs')
    expect((await host.run(graph('half'), { sample: floats([1], 1) }, never))['sample_out']).toEqual(floats([1], 2))
    expect(notices[0]).toMatch(/^cuda failed and the CPU is used instead: /)
    expect(await host.fingerprint('graphs')).not.toBe(before)
    await rm(dataFolder, { recursive: true })
  })
})
