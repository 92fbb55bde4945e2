import type { SessionSpec } from './protocol.ts'

export interface Releasable {
  release(): Promise<void>
}

/**
 * Sessions by graph and provider, within a memory budget. Room is made before a session is created, never after, so
 * two experts of which only one fits are never both resident. A graph larger than the budget is kept alone.
 */
export class SessionPool<S extends Releasable> {
  /** In order of use, oldest first. */
  readonly #sessions = new Map<string, { spec: SessionSpec; session: S }>()
  readonly #create: (spec: SessionSpec) => Promise<S>

  constructor(create: (spec: SessionSpec) => Promise<S>) {
    this.#create = create
  }

  async get(spec: SessionSpec): Promise<S> {
    const key = `${spec.provider}:${spec.path}`
    const known = this.#sessions.get(key)
    if (known) {
      this.#sessions.delete(key)
      this.#sessions.set(key, known)
      return known.session
    }
    await this.#makeRoom(spec)
    const session = await this.#create(spec)
    this.#sessions.set(key, { spec, session })
    return session
  }

  /** Frees every session of a graph. */
  async release(path: string): Promise<void> {
    for (const [key, { spec, session }] of [...this.#sessions]) {
      if (spec.path !== path) continue
      this.#sessions.delete(key)
      await session.release()
    }
  }

  async releaseAll(): Promise<void> {
    for (const { spec } of [...this.#sessions.values()]) await this.release(spec.path)
  }

  /** What is loaded, least recently used first. */
  resident(): SessionSpec[] {
    return [...this.#sessions.values()].map(({ spec }) => spec)
  }

  /** The machine's memory and a device's are apart: only what is beside the new graph has to leave. */
  async #makeRoom({ provider, sizeBytes, budgetBytes }: SessionSpec): Promise<void> {
    const beside = [...this.#sessions].filter(([, { spec }]) => (spec.provider === 'cpu') === (provider === 'cpu'))
    let used = beside.reduce((sum, [, { spec }]) => sum + spec.sizeBytes, 0)
    for (const [key, { spec, session }] of beside) {
      if (used + sizeBytes <= budgetBytes) return
      this.#sessions.delete(key)
      used -= spec.sizeBytes
      await session.release()
    }
  }
}
