import type { RunState } from '@beatloom/core'
import type { RunQuery } from '../../api/types.ts'

export type Span = 'any' | 'today' | 'week' | 'month' | 'days'
export type Outcome = 'all' | 'done' | 'failed'

export interface HistoryFilter {
  text: string
  outcome: Outcome
  span: Span
  /** For `days`: `2026-05-01`, as a date field gives it; empty for an open end. */
  first: string
  last: string
}

export const EVERYTHING: HistoryFilter = { text: '', outcome: 'all', span: 'any', first: '', last: '' }

const STATES: Record<Outcome, RunState[]> = {
  all: ['done', 'failed', 'cancelled', 'interrupted'],
  done: ['done'],
  failed: ['failed', 'interrupted', 'cancelled'],
}

const DAYS_BACK: Partial<Record<Span, number>> = { today: 0, week: 6, month: 29 }

/** The filter as the server takes it; days are those of this machine's clock. */
export function queryOf({ text, outcome, span, first, last }: HistoryFilter, now = new Date()): RunQuery {
  const query: RunQuery = { state: STATES[outcome] }
  if (text.trim() !== '') query.text = text.trim()
  const back = DAYS_BACK[span]
  if (back !== undefined) query.from = startOfDay(now, -back)
  if (span === 'days') {
    if (first !== '') query.from = startOfDay(new Date(`${first}T00:00`))
    if (last !== '') query.until = startOfDay(new Date(`${last}T00:00`), 1)
  }
  return query
}

function startOfDay(date: Date, addDays = 0): string {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + addDays).toISOString()
}
