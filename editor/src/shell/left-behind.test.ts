import { afterEach, expect, it, vi } from 'vitest'
import { EMPTY_HISTORY } from '../document/history.ts'
import { testWorkflow } from '../document/test-graph.ts'
import type { DraftRecord } from './draft-storage.ts'
import { asLeft, forgetLeft, leaveBehind, leftBehind } from './left-behind.ts'

const at = (minute: number): string => `2026-01-01T00:0${minute}:00.000Z`
const placeAt = (x: number) => ({ viewport: { x, y: 0, zoom: 2 }, selection: ['song'], path: ['inner'] })

function draft(title: string, change: Partial<DraftRecord> = {}): DraftRecord {
  const workflow = { ...testWorkflow(), title }
  const facts = { id: 'd', title, savedAt: at(2), edited: true, run: null, view: placeAt(1) }
  return {
    ...facts,
    workflow,
    savedWorkflow: workflow,
    history: EMPTY_HISTORY,
    sync: { revision: 3, of: '' },
    ...change,
  }
}

/** A storage that takes texts up to some length. */
function storage(most = Number.POSITIVE_INFINITY): Storage {
  const texts = new Map<string, string>()
  const setItem = (key: string, text: string) => {
    if (text.length > most) throw new Error('full')
    texts.set(key, text)
  }
  const getItem = (key: string) => texts.get(key) ?? null
  return { setItem, getItem, removeItem: (key: string) => texts.delete(key) } as unknown as Storage
}

const withStorages = (local: Storage, session: Storage): void => {
  vi.stubGlobal('localStorage', local)
  vi.stubGlobal('sessionStorage', session)
}
afterEach(() => vi.unstubAllGlobals())

it('C3: where somebody was looking counts over what the draft says; its document stays the one that was kept', () => {
  withStorages(storage(), storage())
  leaveBehind(draft('Kept', { view: placeAt(7), run: 'r' }), true)
  const kept = draft('Kept')
  expect(asLeft('d', kept, leftBehind('d'))).toEqual({ ...kept, view: placeAt(7), run: 'r' })
  forgetLeft('d')
  expect(asLeft('d', kept, leftBehind('d'))).toBe(kept)
})

it('D3: a document that was not kept in time comes back whole, also where there is no draft of it at all', () => {
  withStorages(storage(), storage())
  const step = { forward: [], backward: [], mergeKey: null, time: 1 }
  const late = draft('Late', { savedAt: at(3), savedWorkflow: testWorkflow(), history: { past: [step], future: [] } })
  leaveBehind(late, false)
  expect(asLeft('d', draft('Kept'), leftBehind('d'))).toEqual(late)
  expect(asLeft('d', null, leftBehind('d'))).toEqual({ ...late, sync: { revision: 0, of: '' } })
})

it('a document that equals its file is that file again, the same object', () => {
  withStorages(storage(), storage())
  leaveBehind(draft('Late'), false)
  const back = asLeft('d', null, leftBehind('d'))
  expect(back?.savedWorkflow).toBe(back?.workflow)
})

it('what another window has written since counts', () => {
  withStorages(storage(), storage())
  leaveBehind(draft('Late'), false)
  const kept = draft('Kept', { savedAt: at(3) })
  expect(asLeft('d', kept, leftBehind('d'))).toBe(kept)
})

it('with little room the history stays behind first, then the document, never the place', () => {
  const past = Array.from({ length: 50 }, (_, time) => ({ forward: [], backward: [], mergeKey: null, time }))
  const long = draft('Long', { history: { past, future: [] } })
  const size = JSON.stringify(long.workflow).length
  withStorages(storage(size + 400), storage(0))
  leaveBehind(long, false)
  expect(asLeft('d', null, leftBehind('d'))).toMatchObject({ title: 'Long', history: EMPTY_HISTORY })
  withStorages(storage(size), storage(0))
  leaveBehind(long, false)
  expect(leftBehind('d')).toEqual({ savedAt: at(2), run: null, view: placeAt(1) })
})

it('what had no room in the lasting storage is read before the older text that lies there', () => {
  withStorages(storage(2000), storage())
  leaveBehind(draft('Short'), true)
  leaveBehind(draft('x'.repeat(2000)), false)
  expect(leftBehind('d')?.document?.title).toBe('x'.repeat(2000))
  leaveBehind(draft('Short', { view: placeAt(9) }), true)
  expect(leftBehind('d')).toMatchObject({ view: placeAt(9) })
  expect(sessionStorage.getItem('beatloom.left.d')).toBeNull()
})

it('a page without storages leaves nothing and goes all the same', () => {
  leaveBehind(draft('Late'), false)
  expect(leftBehind('d')).toBeNull()
})
