import { expect, it } from 'vitest'
import type { ModelAddition } from '../api/types.ts'
import { shownAdditions, withAddition } from './addition-list.ts'

const addition = (id: string, state: ModelAddition['state'], name: string | null = null): ModelAddition => ({
  id,
  state,
  name,
  source: 'ada/tiny',
  dtype: null,
  model: null,
  error: null,
  progress: { phase: 'listing', file: '', doneBytes: 0, totalBytes: 0 },
})
const NONE = new Set<string>()

it('takes news of an addition, and never brings one back that has ended', () => {
  const running = addition('a', 'running')
  expect(withAddition([], running)).toEqual([running])
  expect(withAddition([running], addition('a', 'done'))).toEqual([addition('a', 'done')])
  expect(withAddition([addition('a', 'failed')], running)).toEqual([addition('a', 'failed')])
})

it('shows what runs, what failed last, and what was done here', () => {
  const ids = (list: ModelAddition[], mine = NONE, hidden = NONE) =>
    shownAdditions(list, mine, hidden).map(({ id }) => id)
  expect(ids([addition('a', 'failed'), addition('b', 'running')])).toEqual(['b'])
  expect(ids([addition('a', 'failed'), addition('b', 'cancelled', 'other')])).toEqual(['b', 'a'])
  expect(ids([addition('a', 'failed'), addition('b', 'done', 'tiny')])).toEqual([])
  expect(ids([addition('a', 'done'), addition('b', 'done', 'x')], new Set(['a']))).toEqual(['a'])
  expect(ids([addition('a', 'failed'), addition('b', 'running', 'x')], NONE, new Set(['a', 'b']))).toEqual(['b'])
})
