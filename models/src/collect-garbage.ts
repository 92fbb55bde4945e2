import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

let collector: (() => void) | undefined

/**
 * Frees what this thread no longer reaches, at once: some milliseconds on a small heap. V8 does not count shared memory
 * as weight on the heap of a thread that uses it, so a thread that makes little else may hold scenes of minutes ago.
 */
export function collectGarbage(): void {
  if (!collector) {
    // The collector is part of contexts that are made while the flag is set.
    setFlagsFromString('--expose-gc')
    collector = runInNewContext('gc') as () => void
  }
  collector()
}
