import type { Beats } from '@beatloom/core'

/** One line of a schedule: from when on which words count. */
export interface ScheduledPrompt {
  at: { seconds: number } | { bar: number }
  words: string
}

export type ScheduleProblemCode =
  | 'no_lines'
  | 'no_time'
  | 'no_words'
  | 'late_start'
  | 'not_later'
  | 'too_many'
  | 'no_bar'

export interface ScheduleProblem {
  code: ScheduleProblemCode
  message: string
}

export interface ReadSchedule {
  prompts: ScheduledPrompt[]
  problems: ScheduleProblem[]
}

/** Every change of words is a clip of its own to sample, so there is a limit. */
export const MOST_LINES = 16

const CLOCK = /^(\d{1,3})[:：]([0-5]?\d(?:\.\d+)?)(?![\d.])/
const SECONDS = /^(\d+(?:\.\d+)?)\s*(?:seconds?\b|secs?\b|s\b|秒|(?=\s))/i
const BAR = /^(?:bar\s*(\d+)|第?\s*(\d+)\s*小节)/i
/** What may stand between a time and its words. */
const SEPARATOR = /^\s*(?:[-–—:：|,，]\s*)?/

/**
 * Reads lines such as `0:04 pan left`, `4.5 s pan left`, `bar 3 lights flash`, `第3小节 灯光闪烁`. Empty lines and lines
 * that begin with # are left out. The first line begins with the clip: at 0:00 or in bar 1.
 */
export function readSchedule(text: string): ReadSchedule {
  const problems: ScheduleProblem[] = []
  const prompts: ScheduledPrompt[] = []
  text.split('\n').forEach((whole, i) => {
    const line = whole.trim()
    if (line === '' || line.startsWith('#')) return
    const time = readTime(line)
    if (!time) {
      problems.push({
        code: 'no_time',
        message: `Line ${i + 1} does not begin with a time; write 0:04 or bar 3 and then the words.`,
      })
      return
    }
    const words = line.slice(time.length).replace(SEPARATOR, '')
    if (words === '') problems.push({ code: 'no_words', message: `Line ${i + 1} has a time and no words.` })
    prompts.push({ at: time.at, words })
  })
  return { prompts, problems: [...problems, ...orderProblems(prompts, problems.length > 0)] }
}

function orderProblems(prompts: readonly ScheduledPrompt[], isPartial: boolean): ScheduleProblem[] {
  const [first] = prompts
  if (!first) {
    return isPartial ? [] : [{ code: 'no_lines', message: 'The schedule is empty: write a line such as 0:00 zoom in.' }]
  }
  const problems: ScheduleProblem[] = []
  if (!isPartial && !('bar' in first.at ? first.at.bar === 1 : first.at.seconds === 0)) {
    problems.push({ code: 'late_start', message: 'The first line has to begin with the clip, at 0:00 or in bar 1.' })
  }
  if (prompts.length > MOST_LINES) {
    problems.push({
      code: 'too_many',
      message: `A schedule has at most ${MOST_LINES} lines; this one has ${prompts.length}.`,
    })
  }
  prompts.forEach(({ at, words }, i) => {
    const before = prompts[i - 1]?.at
    if (!before) return
    const isEarlier =
      ('bar' in at && 'bar' in before && at.bar <= before.bar) ||
      ('seconds' in at && 'seconds' in before && at.seconds <= before.seconds)
    if (isEarlier) problems.push(notLater(words))
  })
  return problems
}

const notLater = (words: string): ScheduleProblem => ({
  code: 'not_later',
  message: `"${words}" does not begin later than the line before it.`,
})

function readTime(line: string): { at: ScheduledPrompt['at']; length: number } | null {
  const clock = CLOCK.exec(line)
  if (clock) return { at: { seconds: 60 * Number(clock[1]) + Number(clock[2]) }, length: clock[0].length }
  const bar = BAR.exec(line)
  if (bar) return { at: { bar: Number(bar[1] ?? bar[2]) }, length: bar[0].length }
  const seconds = SECONDS.exec(line)
  return seconds ? { at: { seconds: Number(seconds[1]) }, length: seconds[0].length } : null
}

/**
 * The schedule in seconds. Bar 1 begins with the clip; the others with their downbeats.
 * @param beats null where none are linked.
 */
export function scheduleInSeconds(
  prompts: readonly ScheduledPrompt[],
  beats: Beats | null,
): { prompts: { startSeconds: number; words: string }[]; problems: ScheduleProblem[] } {
  const problems: ScheduleProblem[] = []
  const timed = prompts.flatMap(({ at, words }, i) => {
    if (i === 0) return [{ startSeconds: 0, words }]
    if ('seconds' in at) return [{ startSeconds: at.seconds, words }]
    const start = beats?.downbeats[at.bar - 1]
    if (start !== undefined) return [{ startSeconds: start, words }]
    problems.push({
      code: 'no_bar',
      message: beats
        ? `There is no bar ${at.bar} in this sound; it has ${beats.downbeats.length}.`
        : `The schedule names bar ${at.bar}: link the beats, which say when bars begin.`,
    })
    return []
  })
  timed.forEach(({ startSeconds, words }, i) => {
    if (i > 0 && startSeconds <= timed[i - 1]!.startSeconds) problems.push(notLater(words))
  })
  return { prompts: timed, problems }
}
