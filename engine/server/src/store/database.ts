import { DatabaseSync } from 'node:sqlite'

/** `MIGRATIONS[n]` brings a database of version n to version n + 1. */
const MIGRATIONS = [
  `
  CREATE TABLE runs (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, state TEXT NOT NULL, origin TEXT NOT NULL,
    created_at TEXT NOT NULL, started_at TEXT, finished_at TEXT, seconds REAL,
    attempt INTEGER NOT NULL DEFAULT 1, rank REAL NOT NULL, last_seq INTEGER NOT NULL DEFAULT 0,
    workflow TEXT NOT NULL, request TEXT NOT NULL, outputs TEXT NOT NULL DEFAULT '[]', error TEXT
  );
  CREATE INDEX runs_by_state ON runs (state, rank);
  CREATE INDEX runs_by_age ON runs (created_at);
  -- One row for each burst of one run's events, their numbers without gaps; a line of text for each event.
  CREATE TABLE events (
    last_id INTEGER PRIMARY KEY AUTOINCREMENT, run TEXT NOT NULL, last_seq INTEGER NOT NULL, count INTEGER NOT NULL,
    lines TEXT NOT NULL
  );
  CREATE INDEX events_by_run ON events (run, last_seq);
  CREATE TABLE drafts (id TEXT PRIMARY KEY, title TEXT NOT NULL, text TEXT NOT NULL, updated_at TEXT NOT NULL);
  CREATE TABLE facts (reference TEXT PRIMARY KEY, json TEXT NOT NULL);
  CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
  `,
  // A changed row is written anew as a whole: a run's state moves often, its workflow of up to megabytes never does.
  `
  CREATE TABLE workflows (run TEXT PRIMARY KEY, text TEXT NOT NULL);
  INSERT INTO workflows SELECT id, workflow FROM runs;
  ALTER TABLE runs DROP COLUMN workflow;
  `,
  // Two windows on one draft: who writes says which revision the copy grew from.
  `
  ALTER TABLE drafts ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
  ALTER TABLE drafts ADD COLUMN writer TEXT NOT NULL DEFAULT '';
  `,
]

/**
 * Opens the store, bringing its tables up to date. In WAL mode with `synchronous = NORMAL` a commit survives the
 * death of this process; only a power cut can take the last ones.
 */
export function openDatabase(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: 5_000 })
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON')
  const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number }
  if (version > MIGRATIONS.length) {
    database.close()
    throw new Error(`The data folder was written by a newer Beatloom (store version ${version}).`)
  }
  for (const [index, statements] of MIGRATIONS.entries()) {
    if (index < version) continue
    inTransaction(database, () => database.exec(`${statements}; PRAGMA user_version = ${index + 1}`))
  }
  return database
}

export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    database.exec('COMMIT')
    return result
  } catch (error) {
    // On a full disk SQLite has rolled back by itself, and a second time would hide why.
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}
