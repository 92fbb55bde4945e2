import type { DatabaseSync } from 'node:sqlite'
import { AppError } from '@beatloom/core'

export interface DraftFacts {
  id: string
  title: string
  /** ISO 8601. */
  savedAt: string
}

/** Unsaved work of the editor. */
export class DraftStore {
  readonly #database: DatabaseSync
  constructor(database: DatabaseSync) {
    this.#database = database
  }

  /** @param workflow as the editor holds it, finished or not. */
  save(id: string, title: string, workflow: unknown): DraftFacts {
    const savedAt = new Date().toISOString()
    this.#database
      .prepare('INSERT OR REPLACE INTO drafts (id, title, text, updated_at) VALUES (?, ?, ?, ?)')
      .run(id, title, JSON.stringify(workflow ?? null), savedAt)
    return { id, title, savedAt }
  }

  /** @throws {AppError} `not_found` */
  find(id: string): DraftFacts & { workflow: unknown } {
    const row = this.#database.prepare('SELECT title, text, updated_at FROM drafts WHERE id = ?').get(id)
    if (!row) throw new AppError('not_found', `There is no draft "${id}".`)
    const { title, text, updated_at: savedAt } = row as Record<string, string>
    return { id, title: title ?? '', savedAt: savedAt ?? '', workflow: JSON.parse(text ?? 'null') }
  }

  /** Newest first. */
  list(): DraftFacts[] {
    return this.#database
      .prepare('SELECT id, title, updated_at AS savedAt FROM drafts ORDER BY updated_at DESC')
      .all() as unknown as DraftFacts[]
  }

  delete(id: string): void {
    this.#database.prepare('DELETE FROM drafts WHERE id = ?').run(id)
  }
}

/** JSON that is slow to make and small to keep: facts of files, settings of the queue. */
export class JsonTable<T> {
  readonly #database: DatabaseSync
  readonly #table: 'facts' | 'settings'
  constructor(database: DatabaseSync, table: 'facts' | 'settings') {
    this.#database = database
    this.#table = table
  }

  get(name: string): T | null {
    const [key, value] = this.#table === 'facts' ? ['reference', 'json'] : ['name', 'value']
    const row = this.#database.prepare(`SELECT ${value} AS json FROM ${this.#table} WHERE ${key} = ?`).get(name) as
      | { json: string }
      | undefined
    return row ? (JSON.parse(row.json) as T) : null
  }

  set(name: string, value: T): void {
    this.#database.prepare(`INSERT OR REPLACE INTO ${this.#table} VALUES (?, ?)`).run(name, JSON.stringify(value))
  }
}
