import { createHash, type Hash } from 'node:crypto'

/**
 * Says which value it is: equal values have equal keys, however they came about. Files count by their hash and name,
 * never by where they lie.
 */
export function contentKey(value: unknown): string {
  if (typeof value !== 'object' || value === null) return keyOf(value)
  // A picture of many megabytes is asked about once for every shot that shows it.
  const known = remembered.get(value)
  if (known !== undefined) return known
  const key = keyOf(value)
  remembered.set(value, key)
  return key
}

const remembered = new WeakMap<object, string>()

function keyOf(value: unknown): string {
  const hash = createHash('sha256')
  take(hash, value)
  return hash.digest('hex')
}

function take(hash: Hash, value: unknown): void {
  if (ArrayBuffer.isView(value)) {
    hash.update(`${value.constructor.name} ${value.byteLength}\n`)
    hash.update(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))
    return
  }
  if (Array.isArray(value)) {
    hash.update(`[${value.length}\n`)
    for (const item of value) take(hash, item)
    return
  }
  if (typeof value === 'object' && value !== null) {
    const isFile = 'sha256' in value && 'path' in value
    // A key that is absent and one that is undefined say the same.
    const entries = Object.entries(value).filter(([name, item]) => item !== undefined && !(isFile && name === 'path'))
    hash.update(`{${entries.length}\n`)
    for (const [name, item] of entries.sort(([a], [b]) => (a < b ? -1 : 1))) {
      hash.update(`${JSON.stringify(name)}\n`)
      take(hash, item)
    }
    return
  }
  hash.update(typeof value === 'bigint' ? `${value}n\n` : `${JSON.stringify(value)}\n`)
}
