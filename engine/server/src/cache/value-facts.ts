/** What the cache must know of a value: how much memory it takes, and which files it leans on. */
export interface ValueFacts {
  /** Estimated, bytes. */
  bytes: number
  /** Paths of file handles inside it. */
  paths: string[]
}

/** Walks plain data without recursion. */
export function valueFacts(value: unknown): ValueFacts {
  let bytes = 0
  const paths: string[] = []
  const stack: unknown[] = [value]
  while (stack.length > 0) {
    const item = stack.pop()
    if (typeof item === 'string') bytes += 2 * item.length
    else if (ArrayBuffer.isView(item)) bytes += item.byteLength
    else if (Array.isArray(item)) {
      bytes += 8 * item.length
      if (typeof item[0] !== 'number') for (const inner of item) stack.push(inner)
    } else if (typeof item === 'object' && item !== null) {
      const record = item as Record<string, unknown>
      if (typeof record.path === 'string' && typeof record.sha256 === 'string') paths.push(record.path)
      for (const key in record) {
        bytes += 32
        stack.push(record[key])
      }
    } else bytes += 8
  }
  return { bytes, paths }
}
