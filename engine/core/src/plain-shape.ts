import type { Workflow, WorkflowNode } from './workflow.ts'

// The schema says what is wrong with a file, but reads ten thousand nodes in a tenth of a second. Nearly every file has
// nothing wrong with it: these readers see that in a tenth of the time, and leave all others to the schema.

/** Nodes without a mistake, as the schema reads them; null where the schema has something to say. */
export function readPlainNodes(value: unknown): Workflow['nodes'] | null {
  return readRecord(value, readNode)
}

/** The same for declared outputs. */
export function readPlainOutputs(value: unknown): Workflow['outputs'] | null {
  return readRecord(value, (output) => {
    const { label, order, hidden } = output
    const isRight =
      isOptionalText(label) &&
      (order === undefined || Number.isFinite(order)) &&
      (hidden === undefined || typeof hidden === 'boolean')
    return isRight && isLink(output) ? { ...output } : null
  })
}

type Raw = Record<string, unknown>
type RawLink = Raw & { node: string; port: string }

function readRecord<T>(value: unknown, read: (item: Raw) => T | null): Record<string, T> | null {
  if (!isPlain(value)) return null
  const result: Record<string, T> = {}
  for (const key of Object.keys(value)) {
    const item = value[key]
    const known = isPlain(item) ? read(item) : null
    if (known === null) return null
    result[key] = known
  }
  return result
}

function readNode(raw: Raw): WorkflowNode | null {
  const { type, version = 1, title, mode, params = {}, links = {} } = raw
  if (typeof type !== 'string' || type === '' || !isOptionalText(title)) return null
  if (!Number.isSafeInteger(version) || (version as number) < 1) return null
  if (mode !== undefined && mode !== 'mute' && mode !== 'bypass') return null
  if (!isPlain(params) || !isPlain(links)) return null
  const ownLinks: WorkflowNode['links'] = {}
  for (const input of Object.keys(links)) {
    const value = links[input]
    if (Array.isArray(value)) {
      if (!value.every(isLink)) return null
      ownLinks[input] = value.map((link) => ({ ...link }))
    } else {
      if (!isLink(value)) return null
      ownLinks[input] = { ...value }
    }
  }
  return { ...raw, type, version: version as number, params: { ...params }, links: ownLinks } as WorkflowNode
}

const isLink = (value: unknown): value is RawLink =>
  isPlain(value) && typeof value.node === 'string' && typeof value.port === 'string'

const isOptionalText = (value: unknown): boolean => value === undefined || typeof value === 'string'

/** A record as JSON makes them. One with a key "__proto__", which the schema drops, is not plain. */
function isPlain(value: unknown): value is Raw {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.getPrototypeOf(value) === Object.prototype &&
    !Object.hasOwn(value, '__proto__')
  )
}
