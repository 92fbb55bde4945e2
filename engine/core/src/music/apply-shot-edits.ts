import type { Beats, Shot, Shots } from '../values.ts'
import { lockShot } from './lock-shot.ts'
import { contentAfterCut, otherFraming } from './shot-content.ts'
import type { ShotEdit } from './shot-edits.ts'
import { ShotList } from './shot-list.ts'

/** A cut that is taken away or moved lies no further than this from where the edit saw it. */
const REACH_SECONDS = 0.5
/**
 * A planned cut this near to one made by hand is the same cut: another analysis has put it there. Twice what two
 * analyses of one sound usually differ by would reach into the next sixteenth of fast music.
 */
export const SAME_CUT_SECONDS = 0.06

export interface EditedShots {
  shots: Shots
  /** Edits that have nothing to act on in this plan, as they were. */
  unmatched: ShotEdit[]
}

/**
 * What a person changed about a plan, carried out in order.
 * @param beats of the same sound: cuts by hand that lie on a beat are marked with it.
 * @param framing of the plan: whether the shots that a cut makes should be seen differently.
 */
export function applyShotEdits(
  shots: Shots,
  edits: readonly ShotEdit[],
  beats?: Beats,
  framing: 'varied' | 'wide' = 'varied',
): EditedShots {
  if (edits.length === 0) return { shots, unmatched: [] }
  const list = new ShotList(shots, beats)
  const unmatched = edits.filter((edit) => !carriedOut(list, edit, framing))
  return { shots: { ...shots, shots: withWholeFades(list.shots) }, unmatched }
}

function carriedOut(list: ShotList, edit: ShotEdit, framing: 'varied' | 'wide'): boolean {
  switch (edit.do) {
    case 'cut':
      return cutShot(list, edit.at, framing)
    case 'join':
      return joinShots(list, edit.at, framing)
    case 'move':
      return moveCut(list, edit.at, edit.to)
    case 'set':
      return setShot(list, edit)
    case 'lock':
      return lockShot(list, edit, framing)
  }
}

function cutShot(list: ShotList, seconds: number, framing: 'varied' | 'wide'): boolean {
  const frame = list.frameOf(seconds)
  const index = list.indexAt(frame)
  const shot = list.shots[index]
  if (!shot || frame === 0) return false
  if (shot.startFrame === frame) {
    if (!list.isHeld(index)) list.markByHand(index)
    return true
  }
  const near = list.nearestCut(seconds, SAME_CUT_SECONDS)
  if (near > 0 && list.shots[near]?.reason !== 'hand' && !list.isHeld(near) && fits(list, near, frame)) {
    list.moveCut(near, frame)
    return true
  }
  if (shot.locked) return false
  const next = list.shots[index + 1] ?? null
  const right: Shot = {
    ...shot,
    ...contentAfterCut(shot, next, seconds, framing),
    continues: false,
    starred: false,
  }
  list.shots.splice(index + 1, 0, right)
  list.stretch(index + 1, frame, shot.endFrame)
  list.stretch(index, shot.startFrame, frame)
  list.markByHand(index + 1)
  return true
}

/** The cut could come to this frame and leave both shots a frame. */
function fits(list: ShotList, index: number, frame: number): boolean {
  return frame > (list.shots[index - 1] as Shot).startFrame && frame < (list.shots[index] as Shot).endFrame
}

function joinShots(list: ShotList, seconds: number, framing: 'varied' | 'wide'): boolean {
  const index = list.nearestCut(seconds, REACH_SECONDS)
  if (index === 0 || list.isHeld(index)) return false
  const left = list.shots[index - 1] as Shot
  const right = list.shots[index] as Shot
  const next = list.shots[index + 1]
  const [leftFrames, rightFrames] = [left.endFrame - left.startFrame, right.endFrame - right.startFrame]
  left.energy =
    Math.round((1000 * (left.energy * leftFrames + right.energy * rightFrames)) / (leftFrames + rightFrames)) / 1000
  left.starred ||= right.starred
  list.shots.splice(index, 1)
  list.stretch(index - 1, left.startFrame, right.endFrame)
  const looksLikeNext = next && !next.continues && next.picture === left.picture && next.framing === left.framing
  if (framing === 'varied' && looksLikeNext && !left.continues) {
    left.framing = otherFraming(next.framing, list.shots[index - 2]?.framing ?? null)
  }
  return true
}

function moveCut(list: ShotList, from: number, to: number): boolean {
  const index = list.nearestCut(from, REACH_SECONDS)
  const frame = list.frameOf(to)
  if (index === 0 || list.isHeld(index) || !fits(list, index, frame)) return false
  list.moveCut(index, frame)
  return true
}

function setShot(list: ShotList, edit: Extract<ShotEdit, { do: 'set' }>): boolean {
  const shot = list.shots[list.indexAt(Math.floor(edit.at * list.frameRate + 1e-6))]
  if (!shot) return false
  const { do: _, at: __, fadeSeconds, ...content } = edit
  Object.assign(shot, Object.fromEntries(Object.entries(content).filter(([, value]) => value !== undefined)))
  if (fadeSeconds !== undefined) shot.fadeFrames = list.frameOf(fadeSeconds)
  if (shot.startFrame === 0) Object.assign(shot, { continues: false, fadeFrames: 0 })
  return true
}

/** No fade is longer than the shots that it joins. */
function withWholeFades(shots: readonly Shot[]): Shot[] {
  return shots.map((shot, index) => {
    const before = shots[index - 1]
    const room = before ? Math.min(shot.endFrame - shot.startFrame, before.endFrame - before.startFrame) : 0
    return shot.fadeFrames > room ? { ...shot, fadeFrames: room } : shot
  })
}
