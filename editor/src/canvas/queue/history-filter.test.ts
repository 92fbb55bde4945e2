import { expect, it } from 'vitest'
import { EVERYTHING, queryOf } from './history-filter.ts'

const now = new Date(2026, 4, 20, 15, 30)
const midnight = (month: number, day: number) => new Date(2026, month, day).toISOString()

it('R5: turns the spans people think in into times, whole days on this clock', () => {
  expect(queryOf(EVERYTHING, now)).toEqual({ state: ['done', 'failed', 'cancelled', 'interrupted'] })
  expect(queryOf({ ...EVERYTHING, span: 'today' }, now).from).toBe(midnight(4, 20))
  expect(queryOf({ ...EVERYTHING, span: 'week' }, now).from).toBe(midnight(4, 14))
  const days = queryOf({ ...EVERYTHING, span: 'days', first: '2026-05-01', last: '2026-05-01' }, now)
  expect([days.from, days.until]).toEqual([midnight(4, 1), midnight(4, 2)])
})

it('R5: asks for a text only where there is one, and for failed runs with those that were stopped', () => {
  const query = queryOf({ ...EVERYTHING, text: '  night ', outcome: 'failed' }, now)
  expect(query).toEqual({ text: 'night', state: ['failed', 'interrupted', 'cancelled'] })
})
