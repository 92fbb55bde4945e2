import type { DatabaseSync } from 'node:sqlite'

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
