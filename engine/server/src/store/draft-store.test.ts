import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, it, onTestFinished } from 'vitest'
import { temporaryFolder } from '../testing/test-engine.ts'
import { openDatabase } from './database.ts'
import { DraftStore } from './draft-store.ts'

function openDrafts(path = ':memory:'): DraftStore {
  const database = openDatabase(path)
  onTestFinished(() => database.close())
  return new DraftStore(database)
}

it('D4: refuses a write that grew from an older revision, names who wrote, and keeps what is there', () => {
  const drafts = openDrafts()
  expect(drafts.save('d', { title: 'One', workflow: { n: 1 }, base: 0, writer: 'phone' }).revision).toBe(1)
  expect(drafts.save('d', { title: 'Two', workflow: { n: 2 }, base: 1, writer: 'phone' }).revision).toBe(2)
  for (const base of [0, 1, 3]) {
    expect(() => drafts.save('d', { title: 'Mine', workflow: { n: 3 }, base, writer: 'desk' })).toThrow(
      expect.objectContaining({
        code: 'draft_conflict',
        details: { draft: expect.objectContaining({ revision: 2, writer: 'phone', title: 'Two' }) },
      }),
    )
  }
  expect(drafts.find('d')).toMatchObject({ revision: 2, title: 'Two', workflow: { n: 2 } })
})

it('replaces whatever is there when no revision is named', () => {
  const drafts = openDrafts()
  drafts.save('d', { title: 'One', workflow: 1 })
  expect(drafts.save('d', { title: 'Two', workflow: 2 })).toMatchObject({ revision: 2, writer: '' })
  expect(drafts.list().map(({ title }) => title)).toEqual(['Two'])
})

it('keeps the drafts of a data folder from before revisions', () => {
  const path = join(temporaryFolder(), 'db.sqlite')
  const old = new DatabaseSync(path)
  // The tables as version 2 left them.
  old.exec(`
    CREATE TABLE runs (
      id TEXT PRIMARY KEY, title TEXT NOT NULL, state TEXT NOT NULL, origin TEXT NOT NULL,
      created_at TEXT NOT NULL, started_at TEXT, finished_at TEXT, seconds REAL,
      attempt INTEGER NOT NULL DEFAULT 1, rank REAL NOT NULL, last_seq INTEGER NOT NULL DEFAULT 0,
      request TEXT NOT NULL, outputs TEXT NOT NULL DEFAULT '[]', error TEXT
    );
    CREATE TABLE workflows (run TEXT PRIMARY KEY, text TEXT NOT NULL);
    CREATE TABLE events (
      last_id INTEGER PRIMARY KEY AUTOINCREMENT, run TEXT NOT NULL, last_seq INTEGER NOT NULL, count INTEGER NOT NULL,
      lines TEXT NOT NULL
    );
    CREATE TABLE drafts (id TEXT PRIMARY KEY, title TEXT NOT NULL, text TEXT NOT NULL, updated_at TEXT NOT NULL);
    CREATE TABLE facts (reference TEXT PRIMARY KEY, json TEXT NOT NULL);
    CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
    INSERT INTO drafts VALUES ('old', 'Half done', '{"beatloom":1}', '2026-01-01T00:00:00Z');
    PRAGMA user_version = 2;
  `)
  old.close()
  const drafts = openDrafts(path)
  expect(drafts.find('old')).toMatchObject({ title: 'Half done', workflow: { beatloom: 1 }, revision: 1, writer: '' })
  expect(drafts.save('old', { title: 'Done', workflow: {}, base: 1 }).revision).toBe(2)
})
