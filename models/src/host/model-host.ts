import { createHash } from 'node:crypto'
import { availableParallelism, totalmem } from 'node:os'
import { basename } from 'node:path'
import {
  AppError,
  CancelledError,
  type ComponentRef,
  type InstalledModel,
  type ModelHost,
  type TensorData,
} from '@beatloom/core'
import { createModelLibrary } from '../library/model-library.ts'
import { runtimeVersion } from '../providers/machine.ts'
import { createProviderChoice, type ProviderReport, type ProviderWish } from '../providers/provider-choice.ts'
import { createInferenceClient } from './inference-client.ts'
import type { GraphFacts, ProviderName, SessionSpec, ThreadRequest } from './protocol.ts'

export interface ModelHostOptions {
  /** Folders whose sub-folders are models; the bundled one is always among them. */
  folders: string[]
  /** Where graphs run; `auto` measures. Without it, BEATLOOM_PROVIDER, else `auto`. */
  provider?: ProviderWish
  /** Threads of one graph; without it, one per core. */
  threads?: number
  /** File sizes of the graphs that may be loaded at once; without it, a quarter of the machine's memory. */
  memoryBudgetBytes?: number
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
  const client = createInferenceClient({
    threads,
    memoryBudgetBytes: options.memoryBudgetBytes ?? Math.round(totalmem() / 4),
  })
  const choice = createProviderChoice({
    wish: options.provider ?? wishFrom(process.env['BEATLOOM_PROVIDER']),
    dataFolder: options.dataFolder,
    threads,
    graphOf: async (component) => (await library.graphOf(component)).path,
    notice,
  })

  const models = new Map<string, Promise<InstalledModel>>()
  const idleReleaseMs = options.idleReleaseMs ?? 120_000
  let idle: NodeJS.Timeout | undefined
  let underWay = 0
  const releaseAll = () => void client.ask({ kind: 'release-all' }).catch(() => {})

  async function sessionFor(component: ComponentRef, provider: ProviderName): Promise<SessionSpec> {
    const graph = await library.graphOf(component)
    const label = `${basename(component.folder)}/${component.component}`
    return { path: graph.path, label, provider, sizeBytes: graph.sizeBytes }
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

  async function ask(
    component: ComponentRef,
    request: (session: SessionSpec) => ThreadRequest,
    signal?: AbortSignal,
  ): Promise<unknown> {
    const wish = component.provider ?? 'auto'
    const model = await modelOf(component)
    const provider = await choice.providerFor(model, wish)
    clearTimeout(idle)
    underWay++
    try {
      return await client.ask(request(await sessionFor(component, provider)), signal)
    } catch (error) {
      const mayFallBack = error instanceof AppError && error.code === 'provider_failed' && choice.isFree(wish)
      if (!mayFallBack) throw error
      const result = await client.ask(request(await sessionFor(component, 'cpu')), signal)
      await choice.reportFailure(model, provider, error.message)
      return result
    } finally {
      if (--underWay === 0) idle = setTimeout(releaseAll, idleReleaseMs).unref()
    }
  }

  return {
    async run(component, inputs, signal) {
      if (signal.aborted) throw new CancelledError()
      const own = ownBuffers(inputs)
      const outputs = await ask(component, (session) => ({ kind: 'run', session, inputs: own }), signal)
      return outputs as Record<string, TensorData>
    },
    async describe(component) {
      return (await ask(component, (session) => ({ kind: 'describe', session }))) as GraphFacts
    },
    async release(component) {
      const { path } = await library.graphOf(component)
      await client.ask({ kind: 'release', path })
    },
    open: (name) => library.open(name),
    list: () => library.list(),
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
  if (text === 'auto' || text === 'cpu' || text === 'cuda' || text === 'webgpu') return text
  throw new AppError('usage', `BEATLOOM_PROVIDER is "${text}"; it can be auto, cpu, cuda or webgpu.`)
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
