/**
 * The two small storages a page has. They are written before a call returns, so what is put there is kept even where
 * the page goes in the same moment. One that is full or closed keeps nothing and breaks nothing.
 */

function storages(): Storage[] {
  return (['localStorage', 'sessionStorage'] as const).flatMap((name) => {
    try {
      return globalThis[name] ? [globalThis[name]] : []
    } catch {
      return []
    }
  })
}

/** What had no room in the lasting storage is newer than what lies there. */
export function readSmall(key: string): string | null {
  for (const storage of storages().reverse()) {
    const text = storage.getItem(key)
    if (text !== null) return text
  }
  return null
}

/** @returns false where neither has room. */
export function writeSmall(key: string, text: string): boolean {
  const [first, ...rest] = storages()
  for (const storage of [first, ...rest]) {
    try {
      storage?.setItem(key, text)
    } catch {
      // The next one may have room.
      continue
    }
    if (storage === first) for (const other of rest) other.removeItem(key)
    return storage !== undefined
  }
  return false
}

export function removeSmall(key: string): void {
  for (const storage of storages()) storage.removeItem(key)
}

export const smallKeys = (prefix: string): string[] => [
  ...new Set(storages().flatMap((storage) => Object.keys(storage).filter((key) => key.startsWith(prefix)))),
]
