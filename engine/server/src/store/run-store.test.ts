import { join } from 'node:path'
import type { RunEventBody } from '@beatloom/core'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../testing/test-engine.ts'
import { openDatabase } from './database.ts'
import { RunStore } from './run-store.ts'

const started = (node: string): RunEventBody => ({ type: 'node.started', node })

function createRun(store: RunStore, id: string, next = false): void {
  store.create({ id, title: id, origin: 'server', workflow: '{"beatloom":1}', request: { inputs: {} }, next })
}

function openStore(path = join(temporaryFolder(), 'db.sqlite')) {
  const database = openDatabase(path)
  return { path, database, store: new RunStore(database) }
}

it('numbers events without gaps, within the run and over all runs, and reads them from any number on', () => {
  const { store } = openStore()
  createRun(store, 'a')
  createRun(store, 'b')
  store.append('a', [started('x'), started('y'), started('z')])
  store.append('b', [started('x')])
  store.append('a', [started('w')])
  const numbers = store.eventsAfter(0, 100).map(({ id, run, seq, json }) => {
    expect(JSON.parse(json)).toMatchObject({ id, run, seq })
    return `${id} ${run}${seq}`
  })
  expect(numbers).toEqual(['1 a1', '2 b1', '3 a2', '4 a3', '5 a4', '6 b2', '7 a5'])
  expect(store.eventsAfter(3, 100).map((event) => event.id)).toEqual([4, 5, 6, 7])
  expect(store.eventsAfter(3, 100, 'b').map((event) => event.id)).toEqual([6])
  expect(store.eventsOfRun('a', 3).map((json) => JSON.parse(json).node)).toEqual(['z', 'w'])
})

it('gives no number out twice, even when the last run was deleted and the store opened again', () => {
  const { path, database, store } = openStore()
  createRun(store, 'a')
  store.append('a', [started('x'), started('y')])
  store.delete('a')
  database.close()
  const reopened = openStore(path).store
  createRun(reopened, 'b')
  expect(reopened.eventsAfter(0, 10).map((event) => event.id)).toEqual([4])
})

it('stores nothing of a burst that fails half way', () => {
  const { store } = openStore()
  createRun(store, 'a')
  const circular: Record<string, unknown> = { type: 'node.started', node: 'x' }
  circular.self = circular
  expect(() => store.append('a', [started('y'), circular as unknown as RunEventBody])).toThrow()
  expect(store.eventsOfRun('a')).toHaveLength(1)
  store.append('a', [started('z')])
  expect(store.eventsAfter(0, 10).map((event) => event.id)).toEqual([1, 2])
})

it('moves a run through its states by its events', () => {
  const { store } = openStore()
  createRun(store, 'a')
  expect(store.summary('a')).toMatchObject({ state: 'queued', startedAt: null })
  store.append('a', [{ type: 'run.started', nodes: [] }])
  expect(store.summary('a').state).toBe('running')
  store.append('a', [{ type: 'run.resumed', attempt: 2 }])
  expect(store.record('a')).toMatchObject({ state: 'queued', attempt: 2 })
  store.append('a', [{ type: 'run.finished', outputs: [], seconds: 1.5, peakRssBytes: 1 }])
  expect(store.summary('a')).toMatchObject({ state: 'done', seconds: 1.5 })
})

it('keeps the order of the queue', () => {
  const { store } = openStore()
  for (const id of ['a', 'b', 'c']) createRun(store, id)
  createRun(store, 'first', true)
  const order = () => store.queued().map((run) => run.id)
  expect(order()).toEqual(['first', 'a', 'b', 'c'])
  store.reorder(['c', 'a'])
  expect(order()).toEqual(['c', 'a', 'first', 'b'])
  store.moveToFront('b')
  expect(order()).toEqual(['b', 'c', 'a', 'first'])
})

it('refuses a store that a newer version wrote', () => {
  const { path, database } = openStore()
  database.exec('PRAGMA user_version = 99')
  database.close()
  expect(() => openDatabase(path)).toThrow(/newer Beatloom/)
})

it('brings a store of version 1, whose runs held their workflows, up to date', () => {
  const { path, database, store } = openStore()
  createRun(store, 'old')
  database.exec(`
    ALTER TABLE runs ADD COLUMN workflow TEXT NOT NULL DEFAULT '';
    UPDATE runs SET workflow = '{"beatloom":1,"title":"kept"}';
    DROP TABLE workflows;
    ALTER TABLE drafts DROP COLUMN revision;
    ALTER TABLE drafts DROP COLUMN writer;
    PRAGMA user_version = 1;
  `)
  database.close()
  const { store: renewed } = openStore(path)
  expect(renewed.record('old').workflow).toEqual({ beatloom: 1, title: 'kept' })
  expect(renewed.jobOf('old').workflow).toBe('{"beatloom":1,"title":"kept"}')
})
