import { createHash } from 'node:crypto'
import { availableParallelism, totalmem } from 'node:os'
import { basename } from 'node:path'
import {
  AppError,
  CancelledError,
  type ComponentRef,
  type GraphPorts,
  type InstalledModel,
  type ModelHost,
  type TensorData,
} from '@beatloom/core'
import { createModelLibrary } from '../library/model-library.ts'
import { createRememberedFacts } from '../library/remembered-facts.ts'
import { keptLoras } from '../lora/kept-loras.ts'
import { runtimeVersion } from '../providers/machine.ts'
import { createProviderChoice, type ProviderReport, type ProviderWish } from '../providers/provider-choice.ts'
import { createInferenceClient } from './inference-client.ts'
import { deviceBudget, gigabytes, hostBudget, nvidiaMemory } from './memory-budget.ts'
import { bytesOf, PROVIDERS, type ProviderName, type SessionSpec } from './protocol.ts'

export interface ModelHostOptions {
  /** Folders whose sub-folders are models; the bundled one is always among them. */
  folders: string[]
  /** Where graphs run; `auto` measures. Without it, BEATLOOM_PROVIDER, else `auto`. */
  provider?: ProviderWish
  /** Threads of one graph; without it, one per core. */
  threads?: number
  /** File sizes of the graphs that may be loaded at once, wherever; without it, what `memory-budget.ts` finds. */
  memoryBudgetBytes?: number
  /** What the machine has; without it, what the system says. */
  machineMemoryBytes?: number
  /** After so long without a call all graphs are freed; without it, two minutes. */
  idleReleaseMs?: number
  /** Where hashes and measurements are remembered; without it they last as long as the host. */
  dataFolder?: string
  /** Told, in sentences, what a user should know: a provider that failed, a model that was left out. */
  notice?: (text: string) => void
}

export interface BeatloomModelHost extends ModelHost {
  list(): Promise<InstalledModel[]>
  /** Which providers there are, why not, and what was measured. */
  providers(): Promise<ProviderReport[]>
  /** Labels of the loaded graphs, least recently used first. */
  resident(): Promise<string[]>
  close(): Promise<void>
}

/** Runs models on a thread of its own; made once per process, closed at its end. */
export function createModelHost(options: ModelHostOptions): BeatloomModelHost {
  const notice = options.notice ?? (() => {})
  const threads = options.threads ?? availableParallelism()
  const library = createModelLibrary(options.folders, options.dataFolder, notice)
  const client = createInferenceClient({ threads })
  const choice = createProviderChoice({
    wish: options.provider ?? wishFrom(process.env['BEATLOOM_PROVIDER']),
    dataFolder: options.dataFolder,
    threads,
    graphOf: async (component) => (await library.graphOf(component)).path,
    standard: () => library.open('pocket').catch(() => null),
    notice,
  })

  const models = new Map<string, Promise<InstalledModel>>()
  const idleReleaseMs = options.idleReleaseMs ?? 120_000
  let idle: NodeJS.Timeout | undefined
  let underWay = 0
  const releaseAll = () => void client.ask({ kind: 'release-all' }).catch(() => {})

  let onDevice: Promise<number> | undefined
  let ofDevice: Promise<number | null> | undefined
  const deviceMemory = () => {
    ofDevice ??= nvidiaMemory()
    return ofDevice
  }
  async function budgetOf(provider: ProviderName): Promise<number> {
    if (options.memoryBudgetBytes !== undefined) return options.memoryBudgetBytes
    if (provider === 'cpu') return hostBudget()
    onDevice ??= deviceBudget(process.env, deviceMemory)
    return onDevice
  }

  async function requireMemory(label: string, sizeBytes: number, provider: ProviderName): Promise<void> {
    const has = provider === 'cpu' ? (options.machineMemoryBytes ?? totalmem()) : await deviceMemory()
    if (has === null || sizeBytes <= has) return
    throw new AppError(
      'not_enough_memory',
      `${label} has ${gigabytes(sizeBytes)} of weights, and there are ${gigabytes(has)} of memory where it is to run (${provider}); take a smaller model or precision, or run it elsewhere.`,
      { details: { component: label, sizeBytes, memoryBytes: has } },
    )
  }

  async function sessionFor(component: ComponentRef, provider: ProviderName): Promise<SessionSpec> {
    const graph = await library.graphOf(component)
    const label = `${basename(component.folder)}/${component.component}`
    await requireMemory(label, graph.sizeBytes, provider)
    return { path: graph.path, label, provider, sizeBytes: graph.sizeBytes, budgetBytes: await budgetOf(provider) }
  }

  /** Read once for each content of a component: a call of the network should not begin by looking at files. */
  function modelOf({ folder, component, sha256 }: ComponentRef): Promise<InstalledModel> {
    const key = `${folder}\0${component}\0${sha256}`
    let model = models.get(key)
    if (!model) {
      model = library.openFolder(folder)
      models.set(key, model)
      model.catch(() => models.delete(key))
    }
    return model
  }

  async function ask(component: ComponentRef, request: (session: SessionSpec) => Promise<unknown>): Promise<unknown> {
    const wish = component.provider ?? 'auto'
    const model = await modelOf(component)
    const provider = await choice.providerFor(model, wish)
    clearTimeout(idle)
    underWay++
    try {
      return await request(await sessionFor(component, provider)).catch(async (error) => {
        if (!(error instanceof AppError) || error.code !== 'not_enough_memory') throw error
        // Weights that no freeing makes room for.
        if (error.details?.['sizeBytes'] !== undefined) throw error
        // Once more with nothing else in memory; what was freed is loaded again when it is wanted.
        await client.ask({ kind: 'release-all' })
        return request(await sessionFor(component, provider))
      })
    } catch (error) {
      const mayFallBack = error instanceof AppError && error.code === 'provider_failed' && choice.isFree(wish)
      if (!mayFallBack) throw error
      const result = await request(await sessionFor(component, 'cpu'))
      await choice.reportFailure(model, provider, error.message)
      return result
    } finally {
      if (--underWay === 0) idle = setTimeout(releaseAll, idleReleaseMs).unref()
    }
  }

  return {
    async run(component, inputs, signal, options) {
      if (signal.aborted) throw new CancelledError()
      const own = ownBuffers(inputs)
      const kept = keptLoras(component)
      const outputs = await ask(component, async (session) => {
        const call = { kind: 'run', session, inputs: own, ...(options ? { options } : {}) } as const
        if (!kept) return client.ask(call, signal)
        const { key } = kept
        const known = await client.ask({ ...call, kept: { key } }, signal)
        if (known) return known
        const loras = await kept.load(signal)
        await requireMemory(session.label, session.sizeBytes + bytesOf(loras), session.provider)
        return client.ask({ ...call, kept: { key, inputs: loras } }, signal)
      })
      return outputs as Record<string, TensorData>
    },
    async forget(carryId) {
      await client.ask({ kind: 'forget', carryId })
    },
    async describe(component) {
      return (await ask(component, (session) => client.ask({ kind: 'describe', session }))) as GraphPorts
    },
    async release(component) {
      const { path } = await library.graphOf(component)
      await client.ask({ kind: 'release', path })
    },
    open: (name) => library.open(name),
    list: () => library.list(),
    remember: createRememberedFacts(options.dataFolder),
    async fingerprint(name) {
      const model = await library.open(name)
      const provider = await choice.providerFor(model, 'auto')
      // The folder is part of it because cached values name it: a model that moved has to be opened anew.
      const parts = [model.sha256, provider, runtimeVersion(), model.folder]
      return createHash('sha256').update(parts.join('\0')).digest('hex')
    },
    providers: async () => choice.report(await library.list()),
    async resident() {
      const sessions = (await client.ask({ kind: 'resident' })) as SessionSpec[]
      return sessions.map((session) => session.label)
    },
    close() {
      clearTimeout(idle)
      return client.close()
    },
  }
}

function wishFrom(text: string | undefined): ProviderWish {
  if (text === undefined || text === '') return 'auto'
  const wish = (['auto', ...PROVIDERS] as const).find((name) => name === text)
  if (wish) return wish
  throw new AppError('usage', `BEATLOOM_PROVIDER is "${text}"; it can be auto, ${PROVIDERS.join(', ')}.`)
}

/** Cloning a view would clone the whole buffer behind it, so views get a buffer of their own size first. */
function ownBuffers(inputs: Record<string, TensorData>): Record<string, TensorData> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, { dims, data }]) => [
      name,
      { dims, data: data.byteLength === data.buffer.byteLength ? data : data.slice() },
    ]),
  )
}
