import type { Beats } from '../values.ts'
import type { BeatEdit } from './beat-edits.ts'
import { meterOfBeats, tempoCurveOf, tempoOfBeats } from './beat-tempo.ts'

/** An edit means the beat nearest to its time, no further off than this: half of what the ear takes as together. */
export const EDIT_REACH_SECONDS = 0.07
/** No two beats are nearer; 1,200 a minute is no beat. Of two, the one that was put there stays. */
export const LEAST_GAP_SECONDS = 0.05

/** Ascending; changed in place by the edits. */
type Mark = { time: number; down: boolean }

/**
 * Carries out what a person changed about an analysis, edit by edit. Beats stay in order, 50 ms or more apart and
 * inside the sound, downbeats among them; tempo, tempo curve and meter follow. The rest stays as it was heard.
 * @returns `unmatched`: the edits that found no beat within 70 ms of their time, or would put one outside the sound;
 * they change nothing. Without any change `beats` is the very object given.
 */
export function applyBeatEdits(beats: Beats, edits: readonly BeatEdit[]): { beats: Beats; unmatched: BeatEdit[] } {
  const isDown = new Set(beats.downbeats)
  const before: Mark[] = beats.beats.map((time) => ({ time, down: isDown.has(time) }))
  let marks = before
  const unmatched: BeatEdit[] = []
  for (const edit of edits) {
    const next = applied(marks, edit, beats)
    if (next === null) unmatched.push(edit)
    else marks = next
  }
  return { beats: marks === before ? beats : withMarks(beats, marks), unmatched }
}

/** The beats after one edit; null where it finds no beat. */
function applied(marks: readonly Mark[], edit: BeatEdit, { durationSeconds, meter }: Beats): Mark[] | null {
  const inside = (time: number) => time >= 0 && time <= durationSeconds
  switch (edit.do) {
    case 'add':
      return inside(edit.at) ? withMark(marks, edit.at, edit.downbeat) : null
    case 'remove': {
      const at = nearest(marks, edit.at)
      return at < 0 ? null : marks.toSpliced(at, 1)
    }
    case 'move': {
      const at = nearest(marks, edit.at)
      return at < 0 || !inside(edit.to) ? null : withMark(marks.toSpliced(at, 1), edit.to, marks[at]?.down)
    }
    case 'downbeat': {
      const at = nearest(marks, edit.at)
      return at < 0 ? null : marks.with(at, { ...(marks[at] as Mark), down: edit.downbeat })
    }
    case 'double':
      return doubled(marks)
    case 'halve':
      return halved(marks, edit.from === 'first' ? 0 : 1)
    case 'shift':
      return shifted(marks, edit.beats, meterOf(marks) ?? meter)
    case 'delay':
      return marks
        .map(({ time, down }) => ({ time: tidy(time + edit.seconds), down }))
        .filter(({ time }) => inside(time))
    case 'tap':
      return tapped(marks, edit.times.filter(inside))
  }
}

/** Index of the beat that a time means; -1 where none is near. */
function nearest(marks: readonly Mark[], at: number): number {
  const far = (i: number) => Math.abs((marks[i] as Mark).time - at)
  const best = marks.reduce((least, _, i) => (least < 0 || far(i) < far(least) ? i : least), -1)
  // A hair more, so that 1.07 reaches 1.
  return best >= 0 && far(best) <= EDIT_REACH_SECONDS + 1e-9 ? best : -1
}

/** Puts a beat at a time, in place of those too near; `down` undefined: a downbeat if one of those was. */
function withMark(marks: readonly Mark[], time: number, down: boolean | undefined): Mark[] {
  const near = (mark: Mark) => Math.abs(mark.time - time) < LEAST_GAP_SECONDS
  const mark = { time, down: down ?? marks.some((other) => near(other) && other.down) }
  return inOrder([...marks.filter((other) => !near(other)), mark])
}

/** A beat between every two, where there is room for one. */
function doubled(marks: readonly Mark[]): Mark[] {
  return marks.flatMap((mark, i) => {
    const next = marks[i + 1]
    if (!next || next.time - mark.time < 2 * LEAST_GAP_SECONDS) return [mark]
    return [mark, { time: tidy((mark.time + next.time) / 2), down: false }]
  })
}

/**
 * Every second beat. A bar line that falls away with its beat goes to the next one, unless a bar line beside it stays:
 * bars of three become every second bar then.
 */
function halved(marks: readonly Mark[], first: number): Mark[] {
  const stays = (i: number) => i % 2 === first
  const downs = marks.flatMap(({ down }, i) => (down ? [i] : []))
  const bars = downs.flatMap((at, bar) => {
    if (stays(at)) return [at]
    const beside = [downs[bar - 1], downs[bar + 1]]
    return beside.some((other) => other !== undefined && stays(other)) ? [] : [at + 1]
  })
  return marks.map(({ time }, i) => ({ time, down: bars.includes(i) })).filter((_, i) => stays(i))
}

/** Bar lines so many beats later; whole bars that open up at the ends get theirs. */
function shifted(marks: readonly Mark[], by: number, meter: number | null): Mark[] {
  if (by === 0) return [...marks]
  const downs = marks.flatMap(({ down }, i) => (down ? [i + by] : []))
  if (meter !== null && downs.length > 0) {
    for (let at = (downs[0] as number) - meter; at >= 0; at -= meter) downs.push(at)
    for (let at = Math.max(...downs) + meter; at < marks.length; at += meter) downs.push(at)
  }
  const isDown = new Set(downs)
  return marks.map(({ time }, i) => ({ time, down: isDown.has(i) }))
}

/** Tapped beats in place of those between the first and the last; each bar line goes to the tap nearest to it. */
function tapped(marks: readonly Mark[], times: readonly number[]): Mark[] | null {
  const taps = inOrder(times.map((time) => ({ time, down: false })))
  const [first, last] = [taps[0], taps.at(-1)]
  if (!first || !last || first === last) return null
  const replaced = (time: number) => time > first.time - EDIT_REACH_SECONDS && time < last.time + EDIT_REACH_SECONDS
  for (const { time } of marks.filter((mark) => mark.down && replaced(mark.time))) {
    const tap = taps.reduce((best, each) => (Math.abs(each.time - time) < Math.abs(best.time - time) ? each : best))
    tap.down = true
  }
  return inOrder([...marks.filter((mark) => !replaced(mark.time)), ...taps])
}

/** By time, and of beats too near to each other the first. */
function inOrder(marks: readonly Mark[]): Mark[] {
  const kept: Mark[] = []
  for (const mark of marks.toSorted((a, b) => a.time - b.time)) {
    if (mark.time - (kept.at(-1)?.time ?? Number.NEGATIVE_INFINITY) >= LEAST_GAP_SECONDS) kept.push(mark)
  }
  return kept
}

function meterOf(marks: readonly Mark[]): number | null {
  const down = marks.filter((mark) => mark.down)
  return meterOfBeats(times(marks), times(down))
}

const times = (marks: readonly Mark[]): number[] => marks.map((mark) => mark.time)

/** Tenths of a millisecond, as the analysis gives them. */
const tidy = (seconds: number): number => Math.round(seconds * 1e4) / 1e4

function withMarks(beats: Beats, marks: readonly Mark[]): Beats {
  const downs = marks.filter((mark) => mark.down)
  const tempoBpm = tempoOfBeats(times(marks))
  return {
    ...beats,
    beats: times(marks),
    downbeats: times(downs),
    tempoBpm,
    tempoCurve: tempoCurveOf(times(marks)),
    // One bar line tells no length, so the length heard holds on; none, and there are no bars.
    meter: downs.length === 0 ? null : (meterOf(marks) ?? beats.meter),
    tempoCandidates: tempoBpm === null ? [] : chosenFirst(beats.tempoCandidates, tempoBpm),
  }
}

/** The tempo that a person made comes first; how well the sound speaks for it stays as it was heard. */
function chosenFirst(candidates: Beats['tempoCandidates'], bpm: number): Beats['tempoCandidates'] {
  const same = candidates.find((candidate) => Math.abs(Math.log2(candidate.bpm / bpm)) < 0.06)
  return [{ bpm, salience: same?.salience ?? 0 }, ...candidates.filter((candidate) => candidate !== same)]
}
