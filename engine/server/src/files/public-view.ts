import { homedir } from 'node:os'
import type { ErrorReport, RunEventBody } from '@beatloom/core'
import { type DataFolder, REPOSITORY } from '../folder/data-folder.ts'
import { publicFile } from './reference.ts'

/** Turns what happens inside into what may leave: files become addresses, paths of this machine disappear. */
export class PublicView {
  readonly #folder: DataFolder
  readonly #roots: [root: string, name: string][]
  readonly #shortestRoot: number

  constructor(folder: DataFolder) {
    this.#folder = folder
    this.#roots = [
      [`${folder.root}/`, ''],
      [folder.root, 'the data folder'],
      [`${REPOSITORY}/`, ''],
      [REPOSITORY, 'Beatloom'],
      [homedir(), '~'],
    ]
    this.#shortestRoot = Math.min(...this.#roots.map(([root]) => root.length))
  }

  event(event: RunEventBody): RunEventBody {
    switch (event.type) {
      case 'node.display':
      case 'run.finished':
        return this.value(event) as RunEventBody
      case 'node.failed':
        return { ...event, error: this.error(event.error) }
      case 'run.failed':
        return {
          ...event,
          error: this.error(event.error),
          errors: event.errors.map((error) => this.error(error)),
          outputs: this.value(event.outputs) as typeof event.outputs,
        }
      case 'run.warning':
        return { ...event, message: this.text(event.message) }
      default:
        return event
    }
  }

  error(error: ErrorReport): ErrorReport {
    const report = { ...error, message: this.text(error.message) }
    return error.details ? { ...report, details: this.value(error.details) as Record<string, unknown> } : report
  }

  text(text: string): string {
    // Most texts are names and numbers, in results of thousands of nodes.
    if (text.length < this.#shortestRoot) return text
    let result = text
    for (const [root, name] of this.#roots) result = result.replaceAll(root, name)
    return result
  }

  /** A copy with every file handle inside replaced by its address, at any depth. */
  value(value: unknown): unknown {
    if (typeof value === 'string') return this.text(value)
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return typeof value[0] === 'number' ? value : value.map((item) => this.value(item))
    if (isFileHandle(value)) return publicFile(this.#folder, value)
    const copy: Record<string, unknown> = {}
    for (const [key, item] of Object.entries(value)) copy[key] = this.value(item)
    return copy
  }
}

function isFileHandle(value: object): value is { path: string; sha256: string; name: string } {
  return 'path' in value && 'sha256' in value && 'name' in value && typeof value.path === 'string'
}
