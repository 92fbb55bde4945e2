import { percent, workTime } from '../i18n/format.ts'
import { textNow } from '../i18n/index.ts'
import { secondsLeft } from './progress.ts'
import { progressStore } from './progress-store.ts'
import { runStore } from './run-store.ts'

const PLAIN = 'Beatloom'
/** Put before the title by what ended while nobody looked; gone once somebody does. */
let mark = ''

/** `42 % · about 20 s left · Beatloom` while a run goes on. */
export function titleNow(): string {
  const { run } = runStore.getState()
  const { progress } = progressStore.getState()
  if (run?.state === 'queued') return `${textNow()('runState.queued')} · ${PLAIN}`
  if (run?.state !== 'running' || !progress || !run.startedAt) return PLAIN
  const elapsed = Math.max(0, (Date.now() - Date.parse(run.startedAt)) / 1000)
  const left = workTime(secondsLeft(progress.share, elapsed, progress.usualSeconds))
  return `${percent(progress.share)} · ${textNow()('run.left', { time: left })} · ${PLAIN}`
}

function write(): void {
  const title = `${mark}${titleNow()}`
  if (document.title !== title) document.title = title
}

export function markTitle(sign: string): void {
  mark = sign
  write()
}

const TICK_MS = 1000

/** Keeps the page's title true: percent and time left while running, a mark for what ended unseen. */
export function startPageTitle(): void {
  progressStore.subscribe(write)
  setInterval(write, TICK_MS)
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) markTitle('')
  })
  write()
}
