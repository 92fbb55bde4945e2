import type { ArtifactStore, Display, FileResolver, ModelHost } from './services.ts'

/** What a node gave, as the cache keeps it: outputs by port name, and what it showed. Plain data only. */
export interface CachedResult {
  outputs: Record<string, unknown>
  display: Display[]
  /** Outputs that are lists though their ports are none, of a node that ran once for each item of a list. */
  lists: readonly string[]
}

/** Results by content key. `has` answers at once, for planning. */
export interface ResultCache {
  has(key: string): boolean
  /** What a result that it has shows, without reading the result; undefined where there is nothing to look at. */
  displayOf(key: string): Promise<Display[] | undefined> | Display[] | undefined
  /** Undefined when the entry is gone or damaged after all; the node then runs. */
  get(key: string): Promise<CachedResult | undefined> | CachedResult | undefined
  put(key: string, result: CachedResult, cost: { seconds: number }): void
}

/** Everything a run needs from the machine it runs on. */
export interface RunHost {
  /** SHA-256 of UTF-8 text, lower-case hex. */
  hash(text: string): string
  files: FileResolver
  artifacts: ArtifactStore
  models: ModelHost
  cache: ResultCache
  /** Peak memory so far of everything the run uses, bytes. */
  peakRssBytes?(): number
  /** False: nobody wants to see what forms, so no node draws it. */
  previews?: boolean
  /** Nodes that may run side by side; default 8. */
  concurrency?: number
  /** Other worker processes that can do a part of this run. */
  otherWorkers?: {
    readonly count: number
    /** @returns whether it came to its end; then what it left in the cache is known here. */
    run(worker: number, change: NodeChange, signal: AbortSignal): Promise<boolean>
  }
}

/** The run at hand up to one of its nodes, which has other params there and lacks some links. */
export interface NodeChange {
  node: string
  params: Record<string, unknown>
  /** Inputs that are not linked there. */
  unlinked: readonly string[]
}

/** A cache in memory alone, oldest out first. */
export function createMemoryCache(maxEntries = 10_000): ResultCache {
  const entries = new Map<string, CachedResult>()
  return {
    has: (key) => entries.has(key),
    displayOf(key) {
      const display = entries.get(key)?.display
      return display && display.length > 0 ? display : undefined
    },
    get: (key) => entries.get(key),
    put(key, result) {
      entries.set(key, result)
      if (entries.size <= maxEntries) return
      const oldest = entries.keys().next()
      if (!oldest.done) entries.delete(oldest.value)
    },
  }
}
