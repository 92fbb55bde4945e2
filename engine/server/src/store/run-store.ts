import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { AppError, type ErrorReport, type RunEventBody, type RunState } from '@beatloom/core'
import { inTransaction } from './database.ts'
import type { PublicOutput, RunRecord, RunRequest, RunSummary } from './run-record.ts'
import { conditionOf, countRuns, type RunFilter } from './run-search.ts'

/** An event as it is kept and sent: `json` is the whole message. */
export interface StoredEvent {
  id: number
  run: string
  seq: number
  json: string
}

export interface NewRun {
  id: string
  title: string
  origin: 'server' | 'cli'
  /** JSON. */
  workflow: string
  request: RunRequest
  /** Ahead of all queued runs instead of behind them. */
  next: boolean
}

const SUMMARY_COLUMNS =
  'id, title, state, created_at, started_at, finished_at, seconds, last_seq, request, outputs, error, attempt, origin'

type Row = Record<string, string | number | null>

/** Runs and their events, durable. Everything is one process's: the folder lock sees to that. */
export class RunStore {
  readonly #database: DatabaseSync
  readonly #insertEvents: StatementSync
  #lastEventId: number

  constructor(database: DatabaseSync) {
    this.#database = database
    this.#insertEvents = database.prepare(
      'INSERT INTO events (last_id, run, last_seq, count, lines) VALUES (?, ?, ?, ?, ?)',
    )
    // Ids of deleted runs' events are never given out again, so a client's position stays true.
    const row = database.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'events'").get() as Row | undefined
    this.#lastEventId = Number(row?.seq ?? 0)
  }

  get lastEventId(): number {
    return this.#lastEventId
  }

  create(run: NewRun): StoredEvent[] {
    return inTransaction(this.#database, () => {
      const edge = run.next ? 'MIN(rank) - 1' : 'MAX(rank) + 1'
      const { rank } = this.#database
        .prepare(`SELECT COALESCE(${edge}, 0) AS rank FROM runs WHERE state = 'queued'`)
        .get() as Row
      this.#database
        .prepare('INSERT INTO runs (id, title, state, origin, created_at, rank, request) VALUES (?, ?, ?, ?, ?, ?, ?)')
        .run(
          run.id,
          run.title,
          'queued',
          run.origin,
          new Date().toISOString(),
          rank as number,
          JSON.stringify(run.request),
        )
      this.#database.prepare('INSERT INTO workflows (run, text) VALUES (?, ?)').run(run.id, run.workflow)
      return this.#insert(run.id, [{ type: 'run.queued' }])
    })
  }

  /** Adds events to a run and moves its state along, in one transaction: either all of it is kept or nothing. */
  append(run: string, events: readonly RunEventBody[]): StoredEvent[] {
    if (events.length === 0) return []
    return inTransaction(this.#database, () => {
      const stored = this.#insert(run, events)
      for (const event of events) this.#follow(run, event)
      return stored
    })
  }

  #insert(run: string, events: readonly RunEventBody[]): StoredEvent[] {
    const row = this.#database.prepare('SELECT last_seq FROM runs WHERE id = ?').get(run) as Row | undefined
    if (!row) throw noSuchRun(run)
    let seq = Number(row.last_seq)
    let id = this.#lastEventId
    const time = new Date().toISOString()
    const stored: StoredEvent[] = []
    const runText = JSON.stringify(run)
    for (const event of events) {
      id++
      seq++
      // The event's own text goes behind its numbers: copying thousands of small objects costs more than writing them.
      const json = `{"id":${id},"run":${runText},"seq":${seq},"time":"${time}",${JSON.stringify(event).slice(1)}`
      stored.push({ id, run, seq, json })
    }
    this.#insertEvents.run(id, run, seq, stored.length, stored.map((event) => event.json).join('\n'))
    this.#database.prepare('UPDATE runs SET last_seq = ? WHERE id = ?').run(seq, run)
    this.#lastEventId = id
    return stored
  }

  /** What an event means for the run's row. */
  #follow(run: string, event: RunEventBody): void {
    // Nearly all events are about nodes and leave the row as it is.
    if (!event.type.startsWith('run.')) return
    const now = new Date().toISOString()
    const end = (state: RunState, seconds: number | null, outputs: unknown, error: ErrorReport | null) =>
      this.#database
        .prepare('UPDATE runs SET state = ?, finished_at = ?, seconds = ?, outputs = ?, error = ? WHERE id = ?')
        .run(state, now, seconds, JSON.stringify(outputs), error ? JSON.stringify(error) : null, run)
    switch (event.type) {
      case 'run.started':
        this.#database
          .prepare("UPDATE runs SET state = 'running', started_at = COALESCE(started_at, ?) WHERE id = ?")
          .run(now, run)
        return
      case 'run.checkpoint':
        // Attempts are counted from the last thing that an attempt brought about: only those without one are in vain.
        this.#database.prepare('UPDATE runs SET attempt = 1 WHERE id = ?').run(run)
        return
      case 'run.resumed':
        this.#database.prepare("UPDATE runs SET state = 'queued', attempt = ? WHERE id = ?").run(event.attempt, run)
        return
      case 'run.finished':
        end('done', event.seconds, event.outputs, null)
        return
      case 'run.failed':
        end('failed', event.seconds, event.outputs, event.error)
        return
      case 'run.cancelled':
        end('cancelled', event.seconds, [], null)
        return
      case 'run.interrupted':
        end('interrupted', null, [], { code: 'run_interrupted', message: event.message })
    }
  }

  /** Marks a run as handed to the worker, before its first event. */
  markRunning(run: string): void {
    this.#database
      .prepare("UPDATE runs SET state = 'running', started_at = COALESCE(started_at, ?) WHERE id = ?")
      .run(new Date().toISOString(), run)
  }

  find(id: string): RunSummary | null {
    const row = this.#database.prepare(`SELECT ${SUMMARY_COLUMNS} FROM runs WHERE id = ?`).get(id) as Row | undefined
    return row ? summaryOf(row) : null
  }

  /** @throws {AppError} `not_found` */
  summary(id: string): RunSummary {
    const summary = this.find(id)
    if (!summary) throw noSuchRun(id)
    return summary
  }

  /** @throws {AppError} `not_found` */
  record(id: string): RunRecord {
    const row = this.#database.prepare('SELECT * FROM runs WHERE id = ?').get(id) as Row | undefined
    if (!row) throw noSuchRun(id)
    return {
      ...summaryOf(row),
      workflow: JSON.parse(this.#workflowOf(id)),
      request: JSON.parse(row.request as string) as RunRequest,
      attempt: Number(row.attempt),
      origin: row.origin as 'server' | 'cli',
    }
  }

  /** What a worker needs: the workflow as its JSON text, and what was asked of it. */
  jobOf(id: string): { workflow: string; request: RunRequest } {
    const row = this.#database.prepare('SELECT request FROM runs WHERE id = ?').get(id) as Row | undefined
    if (!row) throw noSuchRun(id)
    return { workflow: this.#workflowOf(id), request: JSON.parse(row.request as string) as RunRequest }
  }

  #workflowOf(id: string): string {
    const row = this.#database.prepare('SELECT text FROM workflows WHERE run = ?').get(id) as Row
    return row.text as string
  }

  /** Newest first. */
  list(limit: number, filter: RunFilter = {}): RunSummary[] {
    const { where, values } = conditionOf(filter)
    const rows = this.#database
      .prepare(`SELECT ${SUMMARY_COLUMNS} FROM runs WHERE ${where} ORDER BY created_at DESC, rowid DESC LIMIT ?`)
      .all(...values, limit) as Row[]
    return rows.map(summaryOf)
  }

  /** How many runs fit the filter in all, whatever page it asks for. */
  count(filter: RunFilter): number {
    return countRuns(this.#database, filter)
  }

  /** The run of the same title before this one; null for the first. */
  previousOf(id: string): string | null {
    const row = this.#database
      .prepare(
        `SELECT older.id FROM runs AS older JOIN runs AS this ON this.id = ? AND older.title = this.title
         WHERE (older.created_at, older.rowid) < (this.created_at, this.rowid)
         ORDER BY older.created_at DESC, older.rowid DESC LIMIT 1`,
      )
      .get(id) as Row | undefined
    return (row?.id as string | undefined) ?? null
  }

  /** In the order they will run. */
  queued(): RunSummary[] {
    const rows = this.#database
      .prepare(`SELECT ${SUMMARY_COLUMNS} FROM runs WHERE state = 'queued' ORDER BY rank, rowid`)
      .all() as Row[]
    return rows.map(summaryOf)
  }

  /** Runs that a dead process left behind. */
  leftBehind(): { id: string; state: RunState; attempt: number; origin: string }[] {
    return this.#database
      .prepare("SELECT id, state, attempt, origin FROM runs WHERE state IN ('running', 'queued') ORDER BY rank, rowid")
      .all() as unknown as { id: string; state: RunState; attempt: number; origin: string }[]
  }

  /** Ahead of everything that waits. */
  moveToFront(run: string): void {
    this.#database
      .prepare(
        "UPDATE runs SET rank = (SELECT COALESCE(MIN(rank), 0) - 1 FROM runs WHERE state = 'queued') WHERE id = ?",
      )
      .run(run)
  }

  /** Queued runs named come first, in this order; the others keep theirs behind them. */
  reorder(ids: readonly string[]): void {
    const rest = this.queued()
      .map((run) => run.id)
      .filter((id) => !ids.includes(id))
    inTransaction(this.#database, () => {
      const update = this.#database.prepare("UPDATE runs SET rank = ? WHERE id = ? AND state = 'queued'")
      for (const [rank, id] of [...ids, ...rest].entries()) update.run(rank, id)
    })
  }

  delete(run: string): void {
    inTransaction(this.#database, () => {
      this.#database.prepare('DELETE FROM events WHERE run = ?').run(run)
      this.#database.prepare('DELETE FROM workflows WHERE run = ?').run(run)
      this.#database.prepare('DELETE FROM runs WHERE id = ?').run(run)
    })
  }

  /** A run's messages with a larger number, oldest first. */
  eventsOfRun(run: string, afterSeq = 0): string[] {
    const rows = this.#database
      .prepare('SELECT * FROM events WHERE run = ? AND last_seq > ? ORDER BY last_seq')
      .all(run, afterSeq) as unknown as EventRow[]
    return rows.flatMap(eventsIn).flatMap((event) => (event.seq > afterSeq ? [event.json] : []))
  }

  /** Stored events with a larger id, oldest first: those of at most `bursts` rows. */
  eventsAfter(id: number, bursts: number, run?: string): StoredEvent[] {
    const where = run === undefined ? '' : 'AND run = ?'
    const rows = this.#database
      .prepare(`SELECT * FROM events WHERE last_id > ? ${where} ORDER BY last_id LIMIT ?`)
      .all(...(run === undefined ? [id, bursts] : [id, run, bursts])) as unknown as EventRow[]
    return rows.flatMap(eventsIn).filter((event) => event.id > id)
  }
}

interface EventRow {
  last_id: number
  run: string
  last_seq: number
  count: number
  lines: string
}

function eventsIn({ last_id, run, last_seq, count, lines }: EventRow): StoredEvent[] {
  return lines.split('\n').map((json, index) => {
    const back = count - 1 - index
    return { id: last_id - back, run, seq: last_seq - back, json }
  })
}

function noSuchRun(id: string): AppError {
  return new AppError('not_found', `There is no run "${id}".`)
}

function summaryOf(row: Row): RunSummary {
  return {
    id: row.id as string,
    title: row.title as string,
    state: row.state as RunState,
    createdAt: row.created_at as string,
    startedAt: row.started_at as string | null,
    finishedAt: row.finished_at as string | null,
    seconds: row.seconds as number | null,
    outputs: JSON.parse(row.outputs as string) as PublicOutput[],
    error: row.error === null ? null : (JSON.parse(row.error as string) as ErrorReport),
    lastSeq: Number(row.last_seq),
    inputs: (JSON.parse(row.request as string) as RunRequest).inputs,
  }
}
