import { type FactsByPort, factsOfValue, type PortType } from '@beatloom/core'
import type { DiskCache } from '../cache/disk-cache.ts'

/** Larger results are not read back for a glance. */
const MOST_BYTES = 2 ** 20
const MOST_REMEMBERED = 2_000

export interface ResultQuestion {
  key: string
  /** Types of the outputs to tell of. */
  outputs: Record<string, PortType>
}

/** Tells what cached results are: size, rate, tempo. Results never change, so what was told once is remembered. */
export class ResultFacts {
  readonly #cache: DiskCache
  readonly #told = new Map<string, FactsByPort>()

  constructor(cache: DiskCache) {
    this.#cache = cache
  }

  async of(questions: readonly ResultQuestion[]): Promise<Record<string, FactsByPort>> {
    const answers: Record<string, FactsByPort> = {}
    for (const { key, outputs } of questions) {
      const facts = this.#told.get(key) ?? (await this.#read(key, outputs))
      if (facts) answers[key] = facts
    }
    return answers
  }

  async #read(key: string, outputs: Record<string, PortType>): Promise<FactsByPort | null> {
    const bytes = this.#cache.sizeOf(key)
    if (bytes === null || bytes > MOST_BYTES) return null
    const result = await this.#cache.get(key)
    if (!result) return null
    const facts: FactsByPort = {}
    for (const [name, type] of Object.entries(outputs)) {
      const value = result.outputs[name]
      if (value === undefined || value === null) continue
      const items = Array.isArray(value)
        ? value.map((item) => ((item ?? null) === null ? {} : factsOfValue(type, item)))
        : null
      facts[name] = items ? { ...items[0], items } : factsOfValue(type, value)
    }
    this.#told.set(key, facts)
    const oldest = this.#told.keys().next()
    if (this.#told.size > MOST_REMEMBERED && !oldest.done) this.#told.delete(oldest.value)
    return facts
  }
}
