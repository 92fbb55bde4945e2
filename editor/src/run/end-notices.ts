import { isTerminalEvent } from '@beatloom/core'
import type { LiveEvent } from '../api/types.ts'
import { textNow } from '../i18n/index.ts'
import { type Notices, viewStore } from '../view/view-store.ts'
import { playChime } from './chime.ts'
import { markTitle } from './page-title.ts'

export type Ending = 'success' | 'failure'

const SIGN: Record<Ending, string> = { success: '✓ ', failure: '✕ ' }

/** How a run ended; null for events that end nothing, and for a run that a person cancelled. */
export function endingOf(event: LiveEvent): Ending | null {
  if (!isTerminalEvent(event) || event.type === 'run.cancelled') return null
  return event.type === 'run.finished' ? 'success' : 'failure'
}

export interface NoticeWays {
  hidden(): boolean
  mark(sign: string): void
  sound(ending: Ending): void
  notify(ending: Ending, run: string): void
}

/** Tells of a job that ended while the page was out of sight, in the ways a person chose for such an end. */
export function noticeEnd(event: LiveEvent, notices: Notices, ways: NoticeWays): void {
  const ending = endingOf(event)
  if (!ending || !ways.hidden()) return
  ways.mark(SIGN[ending])
  if (notices[ending].sound) ways.sound(ending)
  if (notices[ending].notification) ways.notify(ending, event.run)
}

const WAYS: NoticeWays = {
  hidden: () => document.hidden,
  mark: markTitle,
  sound: playChime,
  notify(ending, run) {
    if (!('Notification' in globalThis) || Notification.permission !== 'granted') return
    const t = textNow()
    const notice = new Notification(t(`notices.${ending}Title`), { body: t(`notices.${ending}Body`), tag: run })
    notice.onclick = () => {
      focus()
      notice.close()
    }
  },
}

export const onRunEnd = (event: LiveEvent): void => noticeEnd(event, viewStore.getState().notices, WAYS)
