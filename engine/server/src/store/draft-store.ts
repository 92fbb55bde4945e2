import type { DatabaseSync } from 'node:sqlite'
import { AppError } from '@beatloom/core'
import { inTransaction } from './database.ts'

export interface DraftFacts {
  id: string
  title: string
  /** ISO 8601. */
  savedAt: string
  /** Grows by one with each write. */
  revision: number
  /** The window that wrote last, by the name it gave itself; empty where none was given. */
  writer: string
}

export interface DraftWrite {
  title: string
  /** As the editor holds it, finished or not. */
  workflow: unknown
  /** The revision this copy grew from, 0 for a new draft; left out, whatever is there is replaced. */
  base?: number
  writer?: string
}

const FACTS = 'id, title, updated_at AS savedAt, revision, writer'

/** Unsaved work of the editor. */
export class DraftStore {
  readonly #database: DatabaseSync
  constructor(database: DatabaseSync) {
    this.#database = database
  }

  /** @throws {AppError} `draft_conflict`, with the facts of what is there, when somebody else wrote since `base`. */
  save(id: string, { title, workflow, base, writer = '' }: DraftWrite): DraftFacts {
    return inTransaction(this.#database, () => {
      const before = this.#facts(id)
      if (base !== undefined && (before?.revision ?? 0) !== base) {
        throw new AppError('draft_conflict', `The draft "${id}" was changed elsewhere since this copy was read.`, {
          details: { draft: before },
        })
      }
      const revision = (before?.revision ?? 0) + 1
      const savedAt = new Date().toISOString()
      this.#database
        .prepare(
          'INSERT OR REPLACE INTO drafts (id, title, text, updated_at, revision, writer) VALUES (?, ?, ?, ?, ?, ?)',
        )
        .run(id, title, JSON.stringify(workflow ?? null), savedAt, revision, writer)
      return { id, title, savedAt, revision, writer }
    })
  }

  /** @throws {AppError} `not_found` */
  find(id: string): DraftFacts & { workflow: unknown } {
    const row = this.#database.prepare(`SELECT ${FACTS}, text FROM drafts WHERE id = ?`).get(id)
    if (!row) throw new AppError('not_found', `There is no draft "${id}".`)
    const { text, ...facts } = row as unknown as DraftFacts & { text: string }
    return { ...facts, workflow: JSON.parse(text) }
  }

  /** Newest first. */
  list(): DraftFacts[] {
    return this.#database
      .prepare(`SELECT ${FACTS} FROM drafts ORDER BY updated_at DESC`)
      .all() as unknown as DraftFacts[]
  }

  delete(id: string): void {
    this.#database.prepare('DELETE FROM drafts WHERE id = ?').run(id)
  }

  #facts(id: string): DraftFacts | null {
    const row = this.#database.prepare(`SELECT ${FACTS} FROM drafts WHERE id = ?`).get(id)
    return row ? ({ ...row } as unknown as DraftFacts) : null
  }
}
