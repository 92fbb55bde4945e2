import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { PROVIDERS } from '../host/protocol.ts'
import { fixtureHost, fixturesFolder } from '../testing/pocket-inputs.ts'
import type { ProbeRequest, ProbeResult } from './probe-protocol.ts'
import { createProviderChoice, type ProviderChoiceOptions } from './provider-choice.ts'
import { plainReason, runProbe } from './run-probe.ts'

const host = fixtureHost()
const folder = await mkdtemp(join(tmpdir(), 'beatloom-providers-'))
afterAll(async () => {
  await host.close()
  await rm(folder, { recursive: true })
})
afterEach(() => void vi.unstubAllEnvs())
const model = await host.open('tiny-pocket')
const works = (seconds: number, cpuSeconds: number, difference = 0): ProbeResult => ({
  ok: true,
  seconds,
  cpuSeconds,
  difference,
})
const fails = (reason: string): ProbeResult => ({ ok: false, reason })

function choiceWith(
  results: { cuda: ProbeResult; webgpu: ProbeResult },
  overrides: Partial<ProviderChoiceOptions> = {},
) {
  const asked: string[] = []
  const notices: string[] = []
  const choice = createProviderChoice({
    wish: 'auto',
    dataFolder: undefined,
    threads: 1,
    graphOf: async () => '/graph',
    standard: async () => null,
    notice: (text) => notices.push(text),
    probe: async ({ provider }: ProbeRequest) => {
      asked.push(provider)
      return results[provider as 'cuda' | 'webgpu']
    },
    ...overrides,
  })
  return { choice, asked, notices }
}

describe('choice of a provider', () => {
  it('is the fastest that works', async () => {
    expect(await choiceWith({ cuda: works(0.1, 1), webgpu: works(0.2, 1) }).choice.providerFor(model, 'auto')).toBe(
      'cuda',
    )
    expect(await choiceWith({ cuda: works(0.3, 1), webgpu: works(0.2, 1) }).choice.providerFor(model, 'auto')).toBe(
      'webgpu',
    )
    expect(await choiceWith({ cuda: fails('none'), webgpu: works(0.2, 1) }).choice.providerFor(model, 'auto')).toBe(
      'webgpu',
    )
  })
  it('of a network too large to be tried is the first device that works for the model in the box', async () => {
    const large = { ...model, family: 'wan-t2v', sha256: 'another', name: 'wan' }
    const standard = async () => model
    const both = choiceWith({ cuda: works(0.3, 1), webgpu: works(0.2, 1) }, { standard })
    expect(await both.choice.providerFor(large, 'auto')).toBe('cuda')
    expect(both.asked).toEqual(['cuda', 'webgpu'])
    const one = choiceWith({ cuda: fails('none'), webgpu: works(2, 1) }, { standard })
    expect(await one.choice.providerFor(large, 'auto')).toBe('webgpu')
    const none = choiceWith({ cuda: fails('none'), webgpu: fails('no graphics adapter found') }, { standard })
    expect(await none.choice.providerFor(large, 'auto')).toBe('cpu')
    // Without the model in the box nothing is known.
    const lost = choiceWith({ cuda: works(0.1, 1), webgpu: works(0.1, 1) })
    expect(await lost.choice.providerFor(large, 'auto')).toBe('cpu')
  })
  it('never takes TensorRT by itself, reports why it is missing, and takes it when asked', async () => {
    const { choice } = choiceWith({ cuda: works(0.1, 1), webgpu: works(0.2, 1) })
    const reports = await choice.report([model])
    expect(reports.find(({ provider }) => provider === 'tensorrt')).toMatchObject({
      available: false,
      reason: expect.stringContaining('onnxruntime_providers_tensorrt'),
      chosenFor: [],
    })
    expect(await choice.providerFor(model, 'tensorrt')).toBe('tensorrt')
    expect(reports.map(({ provider }) => provider).sort()).toEqual([...PROVIDERS].sort())
    const elsewhere = reports.find(({ provider }) => provider === (process.platform === 'darwin' ? 'dml' : 'coreml'))
    expect(elsewhere).toMatchObject({ available: false, reason: 'not part of the runtime on this system' })
  })
  it('is the CPU when nothing is clearly faster, or gives other results', async () => {
    expect(await choiceWith({ cuda: works(0.95, 1), webgpu: works(2, 1) }).choice.providerFor(model, 'auto')).toBe(
      'cpu',
    )
    const wrong = choiceWith({ cuda: works(0.1, 1, 0.5), webgpu: works(0.1, 1, Number.NaN) }).choice
    expect(await wrong.providerFor(model, 'auto')).toBe('cpu')
    const [, cuda] = await wrong.report([model])
    expect(cuda).toMatchObject({
      provider: 'cuda',
      available: false,
      reason: "its results differ from the CPU's by 50.0 %",
    })
  })
  it('is measured once and remembered across starts', async () => {
    const dataFolder = join(folder, 'remembered')
    const results = { cuda: fails('library not found'), webgpu: works(0.1, 1) }
    const first = choiceWith(results, { dataFolder })
    await Promise.all([first.choice.providerFor(model, 'auto'), first.choice.providerFor(model, 'auto')])
    expect(first.asked).toEqual(['cuda', 'webgpu'])
    const second = choiceWith(results, { dataFolder })
    expect(await second.choice.providerFor(model, 'auto')).toBe('webgpu')
    expect(second.asked).toEqual([])
    // Another model has to be measured by itself.
    await second.choice.providerFor({ ...model, sha256: 'f'.repeat(64) }, 'auto')
    expect(second.asked).toEqual(['cuda', 'webgpu'])
  })
  it('can be overridden, for a component or for all, without measuring', async () => {
    const { choice, asked } = choiceWith({ cuda: works(0.1, 1), webgpu: works(0.2, 1) })
    expect(await choice.providerFor(model, 'cpu')).toBe('cpu')
    const forced = choiceWith({ cuda: fails('none'), webgpu: fails('none') }, { wish: 'cuda' })
    expect(await forced.choice.providerFor(model, 'auto')).toBe('cuda')
    expect([...asked, ...forced.asked]).toEqual([])
    expect([choice.isFree('auto'), choice.isFree('cuda'), forced.choice.isFree('auto')]).toEqual([true, false, false])
  })
  it('falls to the CPU for good when a provider fails in use, and says so', async () => {
    const dataFolder = join(folder, 'failed')
    const results = { cuda: works(0.1, 1), webgpu: fails('no graphics adapter found') }
    const { choice, notices } = choiceWith(results, { dataFolder })
    await choice.reportFailure(model, 'cuda', 'out of memory')
    expect(await choice.providerFor(model, 'auto')).toBe('cpu')
    expect(notices).toEqual(['cuda failed and the CPU is used instead: out of memory'])
    expect(await choiceWith(results, { dataFolder }).choice.providerFor(model, 'auto')).toBe('cpu')
    const reports = await choice.report([model])
    expect(reports[0]).toMatchObject({ provider: 'cpu', available: true, chosenFor: ['tiny-pocket'] })
    expect(reports[2]).toMatchObject({ provider: 'webgpu', available: false, reason: 'no graphics adapter found' })
  })

  it('that fails on one card stays the choice of workers on others, which measure nothing anew', async () => {
    const dataFolder = join(folder, 'cards')
    const results = { cuda: works(0.1, 1), webgpu: fails('no graphics adapter found') }
    const on = (card: string | undefined) => {
      vi.stubEnv('CUDA_VISIBLE_DEVICES', card)
      return choiceWith(results, { dataFolder })
    }
    const main = on(undefined)
    expect(await main.choice.providerFor(model, 'auto')).toBe('cuda')
    const helper = on('1')
    await helper.choice.reportFailure(model, 'cuda', 'the card fell off the bus')
    expect(await helper.choice.providerFor(model, 'auto')).toBe('cpu')
    expect(await on('1').choice.providerFor(model, 'auto'), 'its successor').toBe('cpu')
    for (const card of [undefined, '0,1', '2']) {
      const other = on(card)
      expect(await other.choice.providerFor(model, 'auto'), `card ${card}`).toBe('cuda')
      expect(other.asked).toEqual([])
    }
  })

  it('that one card never did is tried on another', async () => {
    const dataFolder = join(folder, 'broken-card')
    const none = { cuda: fails('no CUDA-capable device'), webgpu: fails('no graphics adapter found') }
    vi.stubEnv('CUDA_VISIBLE_DEVICES', '1')
    expect(await choiceWith(none, { dataFolder }).choice.providerFor(model, 'auto')).toBe('cpu')
    vi.stubEnv('CUDA_VISIBLE_DEVICES', '0')
    const main = choiceWith({ ...none, cuda: works(0.1, 1) }, { dataFolder })
    expect(await main.choice.providerFor(model, 'auto')).toBe('cuda')
  })
})

describe('probe process', () => {
  const request: ProbeRequest = {
    provider: 'cpu',
    graphPath: join(fixturesFolder, 'graphs/external/model.onnx'),
    inputs: { sample: { dims: [3], data: Float32Array.of(1, 2, 3) } },
    threads: 1,
    runs: 1,
  }
  it('times a graph beside the CPU', async () => {
    const result = await runProbe(request, 20_000)
    expect(result).toMatchObject({ ok: true, difference: 0 })
  }, 25_000)
  it('turns a graph that does not load into a reason', async () => {
    const result = await runProbe({ ...request, graphPath: join(fixturesFolder, 'graphs/broken/model.onnx') }, 20_000)
    expect(result.ok).toBe(false)
  }, 25_000)
  it('is ended when it does not answer in time', async () => {
    expect(await runProbe(request, 1)).toEqual({ ok: false, reason: 'no answer within 0.001 s' })
  })
  it('gives reasons that a person can act on', () => {
    const text =
      'Failed to load library /a/libonnxruntime_providers_shared.so with error: /a/libonnxruntime_providers_shared.so: cannot open shared object file: No such file or directory'
    expect(plainReason('Append_Cuda: Failed to load shared library', text)).toBe(
      'library not found: libonnxruntime_providers_shared.so',
    )
    expect(
      plainReason('/src/webgpu_context.cc:100 Init was false. Failed to get a WebGPU adapter: No supported ad'),
    ).toBe('no graphics adapter found')
    expect(plainReason('its process ended with SIGSEGV')).toBe('its process ended with SIGSEGV')
  })
})
