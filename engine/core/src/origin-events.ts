import type { RunEventBody } from './events.ts'

/** What the copies of one node of a loop have done together. */
interface Voice {
  running: number
  /** A copy failed: what the others do after that makes it no better. */
  hasFailed: boolean
  /** A copy had something to do. */
  hasWorked: boolean
  /** Copies that ran to their end, and how long they took together. */
  times: number
  seconds: number
}

/**
 * Lets the copies of a node, one for each round of a loop, speak as the node that they stand for: it starts with the
 * first that starts, finishes when none is running, and its seconds are those of all.
 */
export class OriginEvents {
  readonly #origins = new Map<string, string>()
  readonly #silent = new Set<string>()
  /** Copies that began and have not ended. */
  readonly #started = new Set<string>()
  readonly #voices = new Map<string, Voice>()

  /** @param isSilent of nodes that a loop adds to its rounds: what they do is the work of the node that runs it. */
  add(id: string, origin: string, isSilent: boolean): void {
    this.#origins.set(id, origin)
    if (isSilent) this.#silent.add(id)
  }

  remove(id: string): void {
    this.#origins.delete(id)
    this.#silent.delete(id)
  }

  /** The id under which a node is known outside. */
  nameOf(id: string): string {
    return this.#origins.get(id) ?? id
  }

  isSilentCopy(id: string): boolean {
    return this.#silent.has(id)
  }

  /** Whether no copy of a node had anything to do. */
  isSilent(origin: string): boolean {
    return this.#voices.get(origin)?.hasWorked !== true
  }

  /** @returns the event as others should hear it; null where it tells them nothing. */
  spoken(event: RunEventBody): RunEventBody | null {
    if (!('node' in event) || event.node === undefined) return event
    const origin = this.#origins.get(event.node)
    if (origin === undefined) return event
    if (this.#silent.has(event.node)) return null
    const voice = this.#voices.get(origin) ?? { running: 0, hasFailed: false, hasWorked: false, times: 0, seconds: 0 }
    this.#voices.set(origin, voice)
    if (voice.hasFailed) return null
    switch (event.type) {
      case 'node.started':
        this.#started.add(event.node)
        voice.hasWorked = true
        return voice.running++ === 0 ? { ...event, node: origin } : null
      case 'node.finished': {
        if (this.#started.delete(event.node)) voice.running--
        voice.times++
        voice.seconds += event.seconds
        if (voice.running > 0) return null
        return { type: 'node.finished', node: origin, seconds: voice.seconds, times: voice.times }
      }
      case 'node.cached':
      case 'node.expanded':
        return null
      case 'node.failed':
      case 'node.skipped':
        if (this.#started.delete(event.node)) voice.running--
        voice.hasFailed = true
        return { ...event, node: origin }
      default:
        return { ...event, node: origin }
    }
  }
}
