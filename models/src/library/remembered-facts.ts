import { join } from 'node:path'
import type { ModelHost } from '@beatloom/core'
import { readRemembered, writeRemembered } from './json-file.ts'

/** @param dataFolder where facts are remembered; without it they last as long as the process. */
export function createRememberedFacts(dataFolder: string | undefined): ModelHost['remember'] {
  const store = dataFolder === undefined ? null : join(dataFolder, 'model-facts.json')
  const facts = new Map<string, Promise<object>>()
  let writing = Promise.resolve()

  async function found(key: string, make: () => Promise<object>): Promise<object> {
    const known = store ? (await readRemembered<Record<string, object>>(store, {}))[key] : undefined
    if (known) return known
    const made = await make()
    if (store) {
      // One write after the other, each with what the one before has added.
      writing = writing.then(async () => {
        const all = await readRemembered<Record<string, object>>(store, {})
        // A fact that cannot be kept is worked out again the next time.
        await writeRemembered(store, { ...all, [key]: made }).catch(() => {})
      })
      await writing
    }
    return made
  }

  return <T extends object>(key: string, make: () => Promise<T>): Promise<T> => {
    let fact = facts.get(key)
    if (!fact) {
      fact = found(key, make)
      facts.set(key, fact)
      fact.catch(() => facts.delete(key))
    }
    return fact as Promise<T>
  }
}
