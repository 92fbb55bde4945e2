import type { Framing, Shot, Shots } from '../values.ts'
import { applyShotEdits, SAME_CUT_SECONDS } from './apply-shot-edits.ts'
import type { ShotEdit } from './shot-edits.ts'
import { readShotLine, type ShotLine } from './shot-line.ts'

/** What is wrong in a text, by line from 1. */
export interface ShotTextProblem {
  line: number
  message: string
}

const MOST_LINES = 2000

/** One line a shot: `0:12.400  2 wide  seed 81  fade 0.5  continues  lock star  | slow pan left`. Pictures count from 1. */
export function shotsToText({ shots, frameRate }: Shots): string {
  return shots
    .map((shot) => {
      const flags = [
        shot.fadeFrames > 0 ? `fade ${Number((shot.fadeFrames / frameRate).toFixed(3))}` : '',
        shot.continues ? 'continues' : '',
        [shot.locked ? 'lock' : '', shot.starred ? 'star' : ''].filter(Boolean).join(' '),
      ]
      const head = [clock(shot.startSeconds), `${shot.picture + 1} ${shot.framing}`, `seed ${shot.seed}`, ...flags]
      return `${head.filter(Boolean).join('  ')}  | ${oneLine(shot.prompt)}`.trimEnd()
    })
    .join('\n')
}

/**
 * The edits that make a plan what a text says.
 * @param planned the plan before any edit; what a line leaves out stays as planned.
 * @returns no edits where there are problems.
 */
export function textToShotEdits(
  text: string,
  planned: Shots,
  framing: 'varied' | 'wide' = 'varied',
): { edits: ShotEdit[]; problems: ShotTextProblem[] } {
  const { lines, problems } = readLines(text, planned)
  if (problems.length > 0) return { edits: [], problems }
  const cuts = cutEdits(lines, planned)
  const { shots } = applyShotEdits(planned, cuts, undefined, framing).shots
  const contents = lines.flatMap((line, i) => {
    const shot = shots[i]
    return shot ? contentEdit(line, shot, planned.frameRate) : []
  })
  return { edits: [...cuts, ...contents], problems: [] }
}

function readLines(text: string, planned: Shots): { lines: ShotLine[]; problems: ShotTextProblem[] } {
  const lines: ShotLine[] = []
  const problems: ShotTextProblem[] = []
  const refuse = (line: number, message: string): void => void problems.push({ line, message })
  let hasBegun = false
  text.split('\n').forEach((source, index) => {
    const number = index + 1
    if (source.trim() === '' || source.trim().startsWith('#')) return
    const isFirst = !hasBegun
    hasBegun = true
    const read = readShotLine(source.trim(), number)
    if (typeof read === 'string') {
      refuse(number, read)
      return
    }
    const frame = Math.round(read.seconds * planned.frameRate)
    const before = lines.at(-1)
    if (isFirst && frame !== 0) refuse(number, `Line ${number}: the first shot has to begin at 0:00.000.`)
    else if (frame >= planned.frameCount) {
      refuse(
        number,
        `Line ${number}: ${clock(read.seconds)} lies beyond the end of the sound, at ${clock(planned.durationSeconds)}.`,
      )
    } else if (before && frame <= Math.round(before.seconds * planned.frameRate)) {
      refuse(number, `Line ${number}: ${clock(read.seconds)} is not a frame later than the shot before it.`)
    }
    lines.push(read)
  })
  if (lines.length === 0 && problems.length === 0) {
    refuse(1, 'The text names no shot: write a line such as 0:00.000  1 wide  | zoom in.')
  }
  if (lines.length > MOST_LINES) {
    refuse(MOST_LINES + 1, `A text has at most ${MOST_LINES} shots; this one has ${lines.length}.`)
  }
  return { lines, problems }
}

/** Joins for cuts that the text has not, then cuts for those that the plan has not. */
function cutEdits(lines: readonly ShotLine[], planned: Shots): ShotEdit[] {
  const rate = planned.frameRate
  const frames = lines.map(({ seconds }) => Math.round(seconds * rate))
  const wanted = new Set(frames)
  const had = new Set(planned.shots.map(({ startFrame }) => startFrame))
  const joins = planned.shots.slice(1).filter(({ startFrame }) => !wanted.has(startFrame))
  const isFresh = (frame: number): boolean => frame > 0 && !had.has(frame)
  const near = Math.ceil(SAME_CUT_SECONDS * rate)
  // A planned cut beside a fresh one is claimed first, or the fresh one would be taken for it.
  const claimed = frames.filter(
    (frame, i) =>
      frame > 0 &&
      had.has(frame) &&
      [frames[i - 1], frames[i + 1]].some(
        (other) => other !== undefined && isFresh(other) && Math.abs(other - frame) <= near,
      ),
  )
  return [
    ...joins.map(({ startSeconds }): ShotEdit => ({ do: 'join', at: startSeconds })),
    ...[...claimed, ...frames.filter(isFresh)].map((frame): ShotEdit => ({ do: 'cut', at: frame / rate })),
  ]
}

/** What the line says otherwise than the shot that the cuts have left there. */
function contentEdit(line: ShotLine, shot: Shot, frameRate: number): ShotEdit[] {
  const content: {
    prompt?: string
    picture?: number
    framing?: Framing
    seed?: string
    continues?: boolean
    fadeSeconds?: number
    starred?: boolean
  } = {}
  if (line.prompt !== undefined && line.prompt !== oneLine(shot.prompt)) content.prompt = line.prompt
  if (line.picture !== undefined && line.picture !== shot.picture) content.picture = line.picture
  if (line.framing !== undefined && line.framing !== shot.framing) content.framing = line.framing
  if (line.seed !== undefined && line.seed !== shot.seed) content.seed = line.seed
  if (line.continues !== shot.continues) content.continues = line.continues
  if (Math.round(line.fadeSeconds * frameRate) !== shot.fadeFrames) content.fadeSeconds = line.fadeSeconds
  if (line.starred !== shot.starred) content.starred = line.starred
  if (!line.locked) {
    return Object.keys(content).length > 0
      ? [{ do: 'set', at: (shot.startSeconds + shot.endSeconds) / 2, ...content }]
      : []
  }
  return [
    {
      do: 'lock',
      from: shot.startSeconds,
      to: shot.endSeconds,
      prompt: content.prompt ?? shot.prompt,
      seed: content.seed ?? shot.seed,
      picture: content.picture ?? shot.picture,
      framing: content.framing ?? shot.framing,
      continues: line.continues,
      fadeSeconds: line.fadeSeconds,
      starred: line.starred,
    },
  ]
}

/** Prompts of several lines stand on one. */
const oneLine = (prompt: string): string => prompt.replaceAll(/\s*\n\s*/g, ' ').trim()

/** `1:02.400` */
export function clock(seconds: number): string {
  const thousandths = Math.round(1000 * seconds)
  const minutes = Math.floor(thousandths / 60_000)
  return `${minutes}:${((thousandths % 60_000) / 1000).toFixed(3).padStart(6, '0')}`
}
