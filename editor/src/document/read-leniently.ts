import { AppError, parseWorkflow, WORKFLOW_VERSION, type Workflow } from '@beatloom/core'

/** A file that cannot be opened as it is, and the part of it that can. */
export interface PartialRead {
  workflow: Workflow
  /** What was left out, as `nodes.NAME`, `inputs.NAME`, `layout` …; empty when only the version is too new. */
  leftOut: string[]
}

const RECORDS = ['nodes', 'inputs', 'outputs'] as const
const SECTIONS = ['title', 'description', 'needs', 'layout'] as const

/**
 * Reads what can be read of a workflow that was saved by a newer Beatloom or has damaged parts. Every part is tried by
 * itself; keys nobody knows are kept.
 * @throws {AppError} `workflow_unreadable` when it is no JSON object with a `beatloom` version and nodes.
 */
export function readLeniently(text: string): PartialRead {
  const file = jsonObject(text)
  if (typeof file?.beatloom !== 'number' || !isRecord(file.nodes)) {
    throw new AppError('workflow_unreadable', 'This file is no Beatloom workflow.')
  }
  const readable: Record<string, unknown> = { ...file, beatloom: WORKFLOW_VERSION }
  const leftOut: string[] = []
  const fits = (part: Record<string, unknown>): boolean => {
    try {
      parseWorkflow({ beatloom: WORKFLOW_VERSION, ...part })
      return true
    } catch {
      return false
    }
  }
  for (const key of SECTIONS) {
    if (readable[key] === undefined || fits({ [key]: readable[key] })) continue
    delete readable[key]
    leftOut.push(key)
  }
  for (const key of RECORDS) {
    if (readable[key] === undefined) continue
    const entries = isRecord(readable[key]) ? Object.entries(readable[key]) : []
    if (!isRecord(readable[key])) leftOut.push(key)
    const good = entries.filter(([name, value]) => fits({ [key]: { [name]: value } }))
    const kept = new Set(good.map(([name]) => name))
    leftOut.push(...entries.filter(([name]) => !kept.has(name)).map(([name]) => `${key}.${name}`))
    readable[key] = Object.fromEntries(good)
  }
  return { workflow: parseWorkflow(readable), leftOut }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function jsonObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? value : null
  } catch {
    return null
  }
}
