import type { StoredEvent } from '../store/run-store.ts'

type Listener = (events: readonly StoredEvent[]) => void

/** Tells whoever listens what has just been stored. Previews pass through too, with id and seq 0. */
export class EventHub {
  readonly #listeners = new Set<Listener>()

  publish(events: readonly StoredEvent[]): void {
    if (events.length > 0) for (const listener of this.#listeners) listener(events)
  }

  /** @returns the function that ends it. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
