import { cpus } from 'node:os'
import { ancestorsOf, type PreparedNode, type PreparedRun, type Speed } from '@beatloom/core'
import type { JsonTable } from '../store/small-stores.ts'

/** Times that are kept of each kind of node; older ones leave. */
const KEPT = 20
/** A first time includes what only a cold start takes. From so many on, the middle four fifths of them are the range. */
const ENOUGH = 5
/** Before a machine has seen a node run: what was measured elsewhere may be so much off. */
const UNSEEN: Speed = { low: 0.4, middle: 1, high: 3 }

/**
 * How fast each kind of node runs on this machine: seconds for each unit of its own measure of work, learned from
 * nodes that finished. A new version of a node, another model or another processor starts afresh.
 */
export class SpeedBook {
  readonly #table: JsonTable<unknown>
  readonly #machine = machineName()

  constructor(table: JsonTable<unknown>) {
    this.#table = table
  }

  speedOf(key: string): Speed {
    const times = this.#times(key).toSorted((a, b) => a - b)
    if (times.length === 0) return UNSEEN
    const middle = quantile(times, 0.5)
    const low = Math.min(quantile(times, 0.1), 0.9 * middle)
    const high = Math.max(quantile(times, 0.9), 1.1 * middle)
    if (times.length >= ENOUGH) return { low, middle, high }
    return { low: Math.min(low, 0.5 * middle), middle, high: Math.max(high, 2 * middle) }
  }

  /** @param work as the node reckons it; nothing is learned from no work. */
  learn(key: string, seconds: number, work: number): void {
    if (!(work > 0) || !Number.isFinite(seconds) || seconds < 0) return
    const times = [...this.#times(key), Number((seconds / work).toPrecision(4))].slice(-KEPT)
    this.#table.set(this.#rowOf(key), times)
  }

  #times(key: string): number[] {
    const row = this.#table.get(this.#rowOf(key))
    return Array.isArray(row) ? row.filter((time) => typeof time === 'number') : []
  }

  #rowOf(key: string): string {
    return `speed/${this.#machine}/${key}`
  }
}

/** @param sorted ascending, not empty. */
function quantile(sorted: readonly number[], share: number): number {
  const position = share * (sorted.length - 1)
  const before = Math.floor(position)
  const start = sorted[before] as number
  return start + (position - before) * ((sorted[before + 1] ?? start) - start)
}

/**
 * What a node's speed depends on besides the machine: its type and version and, where it works on a device, the
 * models behind it, whose prints tell provider and runtime too.
 */
export function speedKeys(prepared: PreparedRun): (node: PreparedNode) => string {
  const linksOf = (id: string) => prepared.nodes.get(id)?.links
  return ({ id, definition: { type, version, usesDevice } }) => {
    if (!usesDevice) return `${type} ${version}`
    const prints = [...ancestorsOf([id], linksOf)].flatMap((source) => prepared.nodes.get(source)?.parts.models ?? [])
    return [`${type} ${version}`, ...new Set(prints)].sort().join(' ')
  }
}

function machineName(): string {
  const cores = cpus()
  return `${cores.length} ${cores[0]?.model.trim() ?? 'cores'}`
}
