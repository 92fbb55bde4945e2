import type { SessionSpec } from './protocol.ts'

export interface Releasable {
  release(): Promise<void>
}

interface Loaded<S> {
  spec: SessionSpec
  session: S
  /** Bytes of what is kept with it: LoRAs. */
  keptBytes: number
}

/**
 * Sessions by graph and provider, within a memory budget. Room is made before a session is created, never after, so
 * two experts of which only one fits are never both resident. A graph larger than the budget is kept alone.
 */
export class SessionPool<S extends Releasable> {
  /** In order of use, oldest first. */
  readonly #sessions = new Map<string, Loaded<S>>()
  readonly #create: (spec: SessionSpec) => Promise<S>

  constructor(create: (spec: SessionSpec) => Promise<S>) {
    this.#create = create
  }

  async get(spec: SessionSpec): Promise<S> {
    const key = keyOf(spec)
    const known = this.#sessions.get(key)
    if (known) {
      this.#sessions.delete(key)
      this.#sessions.set(key, known)
      return known.session
    }
    await this.#makeRoom(spec, spec.sizeBytes)
    const session = await this.#create(spec)
    this.#sessions.set(key, { spec, session, keptBytes: 0 })
    return session
  }

  /** Says what is kept with a session from now on. What is loaded beside it leaves first where both do not fit. */
  async keep(spec: SessionSpec, keptBytes: number): Promise<void> {
    const own = this.#sessions.get(keyOf(spec))
    if (!own) return
    if (keptBytes > own.keptBytes) await this.#makeRoom(spec, spec.sizeBytes + keptBytes)
    own.keptBytes = keptBytes
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

  /**
   * The machine's memory and a device's are apart: only what is beside the graph has to leave.
   * @param sizeBytes of the graph, with what is kept with it.
   */
  async #makeRoom(wanted: SessionSpec, sizeBytes: number): Promise<void> {
    const beside = [...this.#sessions].filter(
      ([key, { spec }]) => (spec.provider === 'cpu') === (wanted.provider === 'cpu') && key !== keyOf(wanted),
    )
    let used = beside.reduce((sum, [, { spec, keptBytes }]) => sum + spec.sizeBytes + keptBytes, 0)
    for (const [key, { spec, session, keptBytes }] of beside) {
      if (used + sizeBytes <= wanted.budgetBytes) return
      this.#sessions.delete(key)
      used -= spec.sizeBytes + keptBytes
      await session.release()
    }
  }
}

const keyOf = ({ provider, path }: SessionSpec): string => `${provider}:${path}`
