import { join } from 'node:path'
import type { ComponentRef, InstalledModel, TensorData } from '@beatloom/core'
import { findFamily } from '../families.ts'
import { PROVIDERS, type ProviderName } from '../host/protocol.ts'
import { readRemembered, writeRemembered } from '../library/json-file.ts'
import { machineKey, missingLibrary, ownCard } from './machine.ts'
import type { ProbeResult } from './probe-protocol.ts'
import { runProbe } from './run-probe.ts'

export type ProviderWish = 'auto' | ProviderName

type Accelerator = Exclude<ProviderName, 'cpu'>

/** Tried in this order beside the CPU. TensorRT builds its plans for minutes, so that it has to be asked for. */
const ACCELERATORS: readonly Accelerator[] = {
  darwin: ['coreml', 'webgpu'] as const,
  win32: ['cuda', 'dml', 'webgpu'] as const,
}[process.platform as string] ?? ['cuda', 'webgpu']

/** A faster provider has to be this much faster, or its longer start is not worth it. */
const WORTHWHILE = 0.9
/** Reduced-precision matrix units differ from the CPU by less; a provider that computes nonsense differs by more. */
const MOST_DIFFERENCE = 0.03
const PROBE_TIMEOUT_MS = 30_000

export interface ProviderReport {
  provider: ProviderName
  available: boolean
  /** Why it is not available. */
  reason: string | null
  /** Seconds for one call of a model's main network, by model name. */
  measured: Record<string, number>
  /** Names of the models that run on it. */
  chosenFor: string[]
}

interface Measurement {
  chosen: ProviderName
  seconds: Partial<Record<ProviderName, number>>
  reasons: Partial<Record<Accelerator, string>>
}

export interface ProviderChoice {
  /** The provider that a model's components run on, measured if that has not been done yet. */
  providerFor(model: InstalledModel, wish: ProviderWish): Promise<ProviderName>
  /** Whether another provider may take over when the chosen one fails. */
  isFree(wish: ProviderWish): boolean
  /** Remembers that a provider failed in use, so the CPU is used from now on, by workers on this card. */
  reportFailure(model: InstalledModel, provider: ProviderName, reason: string): Promise<void>
  report(models: readonly InstalledModel[]): Promise<ProviderReport[]>
}

export interface ProviderChoiceOptions {
  /** The wish for every model that has none of its own. */
  wish: ProviderWish
  dataFolder: string | undefined
  threads: number
  graphOf(component: ComponentRef): Promise<string>
  /** The model in the box; null where it is not there. */
  standard(): Promise<InstalledModel | null>
  notice(text: string): void
  /** For tests: stands in for the forked process. */
  probe?: typeof runProbe
}

export function createProviderChoice(options: ProviderChoiceOptions): ProviderChoice {
  const store = options.dataFolder === undefined ? null : join(options.dataFolder, 'providers.json')
  const probe = options.probe ?? runProbe
  const measuring = new Map<string, Promise<Measurement>>()
  const keyOf = (model: InstalledModel) => `${model.sha256.slice(0, 16)}@${machineKey()}`
  /** What one card does not do, another may: workers of other cards keep theirs beside it. */
  const ownKey = (key: string) => `${key} card ${ownCard()}`

  function measurementOf(model: InstalledModel): Promise<Measurement> {
    const key = keyOf(model)
    let measurement = measuring.get(key)
    if (!measurement) {
      measurement = recallOrMeasure(model, key)
      measuring.set(key, measurement)
      measurement.catch(() => measuring.delete(key))
    }
    return measurement
  }

  async function recallOrMeasure(model: InstalledModel, key: string): Promise<Measurement> {
    const known = store ? await readRemembered<Record<string, Measurement>>(store, {}) : {}
    const recalled = known[ownKey(key)] ?? known[key]
    if (recalled) return recalled
    const measured = await measure(model)
    await remember(measured.reasons.cuda === undefined ? key : ownKey(key), measured)
    return measured
  }

  async function remember(key: string, measurement: Measurement): Promise<void> {
    if (!store) return
    const known = await readRemembered<Record<string, Measurement>>(store, {})
    await writeRemembered(store, { ...known, [key]: measurement })
  }

  async function measure(model: InstalledModel): Promise<Measurement> {
    const sample = findFamily(model.family)?.probe
    const component = sample && model.components[sample.component]
    if (!sample || !component) return asOfStandard(model)
    const graphPath = await options.graphOf(component)
    const result: Measurement = { chosen: 'cpu', seconds: {}, reasons: {} }
    // One after the other: side by side they would slow each other's CPU reference.
    for (const provider of ACCELERATORS) {
      const tried = await tryProvider(provider, graphPath, sample.inputs())
      if (!tried.ok) {
        result.reasons[provider] = tried.reason
        continue
      }
      result.seconds[provider] = tried.seconds
      result.seconds.cpu = Math.min(result.seconds.cpu ?? Infinity, tried.cpuSeconds)
      if (tried.seconds < (result.seconds[result.chosen] ?? Infinity) * WORTHWHILE) result.chosen = provider
    }
    return result
  }

  /** Networks of many gigabytes are not tried beside the CPU: they run on the first device that does for the model in the box. */
  async function asOfStandard(model: InstalledModel): Promise<Measurement> {
    const standard = findFamily(model.family) ? await options.standard() : null
    if (!standard || standard.sha256 === model.sha256) return { chosen: 'cpu', seconds: {}, reasons: {} }
    const { seconds, reasons } = await measurementOf(standard)
    return { chosen: ACCELERATORS.find((each) => seconds[each] !== undefined) ?? 'cpu', seconds: {}, reasons }
  }

  async function tryProvider(
    provider: Accelerator,
    graphPath: string,
    inputs: Record<string, TensorData>,
  ): Promise<ProbeResult> {
    const request = { provider, graphPath, inputs, threads: options.threads, runs: 2 }
    const result = await probe(request, PROBE_TIMEOUT_MS)
    if (result.ok && !(result.difference <= MOST_DIFFERENCE)) {
      return { ok: false, reason: `its results differ from the CPU's by ${(100 * result.difference).toFixed(1)} %` }
    }
    return result
  }

  return {
    async providerFor(model, wish) {
      if (wish !== 'auto') return wish
      if (options.wish !== 'auto') return options.wish
      return (await measurementOf(model)).chosen
    },
    isFree: (wish) => wish === 'auto' && options.wish === 'auto',
    async reportFailure(model, provider, reason) {
      if (provider === 'cpu') return
      options.notice(`${provider} failed and the CPU is used instead: ${reason}`)
      const before = await measurementOf(model)
      const after: Measurement = { ...before, chosen: 'cpu', reasons: { ...before.reasons, [provider]: reason } }
      measuring.set(keyOf(model), Promise.resolve(after))
      await remember(ownKey(keyOf(model)), after)
    },
    async report(models) {
      const reports = new Map<ProviderName, ProviderReport>(
        (['cpu', ...ACCELERATORS] as const).map((provider) => [provider, blank(provider, provider === 'cpu')]),
      )
      for (const model of models) {
        if (!findFamily(model.family)) continue
        const { chosen, seconds, reasons } = await measurementOf(model)
        const used = options.wish === 'auto' ? chosen : options.wish
        if (!reports.has(used)) reports.set(used, blank(used, missingLibrary(used) === null))
        reports.get(used)!.chosenFor.push(model.name)
        for (const [provider, report] of reports) {
          if (seconds[provider] !== undefined) {
            report.available = true
            report.measured[model.name] = seconds[provider]
          }
          const reason = provider === 'cpu' ? undefined : reasons[provider]
          if (reason !== undefined) report.reason = reason
        }
      }
      for (const report of reports.values()) {
        if (!report.available) report.reason ??= 'not tried: no installed model to measure it with'
      }
      for (const provider of PROVIDERS) if (!reports.has(provider)) reports.set(provider, untried(provider))
      return [...reports.values()]
    },
  }
}

const blank = (provider: ProviderName, available: boolean): ProviderReport => ({
  ...{ provider, available, reason: null, measured: {}, chosenFor: [] },
})

/** One that is only used when it is asked for, or that the runtime does not have on this system. */
function untried(provider: ProviderName): ProviderReport {
  const missing = missingLibrary(provider)
  if (missing) return { ...blank(provider, false), reason: `library not found: ${missing}` }
  if (provider === 'tensorrt' || provider === 'cuda') return blank(provider, true)
  return { ...blank(provider, false), reason: 'not part of the runtime on this system' }
}
