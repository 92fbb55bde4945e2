import { expect, it } from 'vitest'
import type { LiveEvent } from '../api/types.ts'
import type { Notices } from '../view/view-store.ts'
import { noticeEnd } from './end-notices.ts'

const base = { run: 'r1', seq: 9, id: 90, time: '2026-01-01T00:00:00Z', seconds: 1 }
const error = { code: 'node_failed' as const, message: 'x' }
const finished: LiveEvent = { ...base, type: 'run.finished', outputs: [], peakRssBytes: 1 }
const failed: LiveEvent = { ...base, type: 'run.failed', outputs: [], error, errors: [error] }
const cancelled: LiveEvent = { ...base, type: 'run.cancelled' }

function tell(event: LiveEvent, notices: Notices, hidden = true): string[] {
  const told: string[] = []
  noticeEnd(event, notices, {
    hidden: () => hidden,
    mark: (sign) => told.push(`mark ${sign.trim()}`),
    sound: (ending) => told.push(`sound ${ending}`),
    notify: (ending, run) => told.push(`notify ${ending} ${run}`),
  })
  return told
}

const quiet: Notices = {
  success: { sound: false, notification: false },
  failure: { sound: false, notification: false },
}

it('R7: marks the title of a hidden page, and does no more unless it was asked for', () => {
  expect(tell(finished, quiet)).toEqual(['mark ✓'])
  expect(tell(failed, quiet)).toEqual(['mark ✕'])
})

it('R7: sound and notification are chosen for success and for failure apart', () => {
  const notices: Notices = {
    success: { sound: true, notification: false },
    failure: { sound: false, notification: true },
  }
  expect(tell(finished, notices)).toEqual(['mark ✓', 'sound success'])
  expect(tell(failed, notices)).toEqual(['mark ✕', 'notify failure r1'])
})

it('R7: says nothing on a page in sight, nor of a run that somebody cancelled', () => {
  const loud: Notices = { success: { sound: true, notification: true }, failure: { sound: true, notification: true } }
  expect(tell(finished, loud, false)).toEqual([])
  expect(tell(cancelled, loud)).toEqual([])
})
