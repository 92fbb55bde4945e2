import { randomBytes } from 'node:crypto'

/** Sorts by time of creation. */
export function newRunId(): string {
  return `${Date.now().toString(36)}-${randomBytes(4).toString('hex')}`
}
