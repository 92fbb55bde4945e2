import { localeOf } from '../../i18n/format.ts'
import type { Language } from '../../view/view-store.ts'

/** `14:05` today, `3 May 2026, 14:05` before. */
export function startTime(time: string, language: Language): string {
  const date = new Date(time)
  const today = date.toDateString() === new Date().toDateString()
  const options: Intl.DateTimeFormatOptions = today
    ? { timeStyle: 'short' }
    : { dateStyle: 'medium', timeStyle: 'short' }
  return new Intl.DateTimeFormat(localeOf(language), options).format(date)
}
