import { type Shot, timesWithin } from '@beatloom/core'

interface Plan {
  /** Of the sound. */
  durationSeconds: number
  shots: readonly Shot[]
  frameRate: number
  beats: readonly number[]
  downbeats: readonly number[]
}

const SAME_SECONDS = 5e-4
const has = (times: readonly number[], time: number): boolean =>
  times.some((other) => Math.abs(other - time) < SAME_SECONDS)
/** A cut lies on the frame that is nearest to its beat. */
const cutsAt = (beat: number, { startFrame }: Shot, { frameRate }: Plan): boolean =>
  Math.round(beat * frameRate) === startFrame

/**
 * Numbers of the shots, from 0, that are not as they were: other content, another stretch of the sound or of its beats,
 * a cut whose beat has gone to another frame, or a shot before, from which they go on, that is not as it was.
 */
export function remadeShots(before: Plan, now: Plan): ReadonlySet<number> {
  const made = new Set(before.shots.map((_, index) => keyOf(before, index)))
  const remade = new Set<number>()
  for (const [index, shot] of now.shots.entries()) {
    const mark = shot.markSeconds
    const hasLost = mark !== null && has(before.beats, mark) && !now.beats.some((beat) => cutsAt(beat, shot, now))
    if (hasLost && index > 0) remade.add(index - 1)
    if (hasLost || !made.has(keyOf(now, index))) remade.add(index)
  }
  for (const [index, shot] of now.shots.entries()) if (shot.continues && remade.has(index - 1)) remade.add(index)
  return remade
}

/** All that a shot is made of but how the one before ended. The fade of the next one is drawn over its end. */
function keyOf({ shots, frameRate, durationSeconds, beats, downbeats }: Plan, index: number): string {
  const { startFrame, endFrame, prompt, picture, framing, seed, continues } = shots[index] as Shot
  const lastFrame = endFrame + (shots[index + 1]?.fadeFrames ?? 0)
  const to = index === shots.length - 1 ? durationSeconds : Math.min(durationSeconds, lastFrame / frameRate)
  const inside = (times: readonly number[]) =>
    timesWithin(times, startFrame / frameRate, to, durationSeconds).map((time) => Math.round(time * 1e4))
  return JSON.stringify([
    ...[startFrame, lastFrame, prompt, picture, framing, seed, continues],
    inside(beats),
    inside(downbeats),
  ])
}
