import type { Shot } from '../values.ts'
import { contentAfterCut } from './shot-content.ts'
import type { ShotEdit } from './shot-edits.ts'
import type { ShotList } from './shot-list.ts'

/** What a lock leaves of a shot beside it is a shot only if it lasts as long as this. */
const REMNANT_SECONDS = 0.5

/**
 * Puts a shot that stays as it is where the edit says, whatever was there. Shots it reaches into are trimmed; what
 * would be left of them for a moment goes to the shot behind.
 * @returns false where the range lies beyond the end, holds no frame, or reaches into another locked shot.
 */
export function lockShot(list: ShotList, edit: Extract<ShotEdit, { do: 'lock' }>, framing: 'varied' | 'wide'): boolean {
  const from = list.frameOf(edit.from)
  const to = Math.min(list.frameCount, list.frameOf(edit.to))
  if (from >= list.frameCount || to <= from) return false
  const { shots } = list
  const first = list.indexAt(from)
  const last = list.indexAt(to - 1)
  const held = shots.slice(first, last + 1).filter(({ locked }) => locked)
  if (held.some(({ startFrame, endFrame }) => startFrame !== from || endFrame !== to)) return false

  const under = shots[list.indexAt((from + to) >> 1)] as Shot
  const [begun, ended] = [shots[first] as Shot, shots[last] as Shot]
  const locked = lockedShot(list, edit, under, begun, from)
  const before = begun.startFrame < from ? [{ ...begun }] : []
  const after = ended.endFrame > to ? [remainder(begun, ended, to / list.frameRate, framing, before.length > 0)] : []
  const beforeFrame = begun.startFrame
  const afterFrame = ended.endFrame
  shots.splice(first, last - first + 1, ...before, locked, ...after)
  const index = first + before.length
  if (after.length > 0) {
    list.stretch(index + 1, to, afterFrame)
    list.markByHand(index + 1)
  }
  if (before.length > 0) list.stretch(first, beforeFrame, from)
  list.stretch(index, from, to)
  if (begun.startFrame < from) list.markByHand(index)
  if (after.length > 0) mergeForward(list, index + 1)
  if (before.length > 0) mergeBack(list, first)
  return true
}

function lockedShot(
  list: ShotList,
  { prompt, seed, picture, framing, continues, fadeSeconds, starred }: Extract<ShotEdit, { do: 'lock' }>,
  under: Shot,
  begun: Shot,
  from: number,
): Shot {
  const goesOn = continues ?? false
  return {
    ...under,
    reason: begun.reason,
    markSeconds: begun.markSeconds,
    prompt,
    seed,
    picture: picture ?? under.picture,
    framing: framing ?? under.framing,
    continues: from > 0 && goesOn,
    fadeFrames: from > 0 && fadeSeconds !== undefined ? list.frameOf(fadeSeconds) : 0,
    starred: starred ?? under.starred,
    locked: true,
  }
}

/** What is left of the last shot behind the lock; where the same shot is left before it, it is seen anew. */
function remainder(begun: Shot, ended: Shot, seconds: number, framing: 'varied' | 'wide', isLeftBefore: boolean): Shot {
  const fresh = begun === ended && isLeftBefore ? contentAfterCut(ended, null, seconds, framing) : {}
  return { ...ended, ...fresh, continues: false, fadeFrames: 0 }
}

function mergeForward(list: ShotList, index: number): void {
  const rest = list.shots[index] as Shot
  const next = list.shots[index + 1]
  if (!isRemnant(list, rest) || !next || next.locked) return
  list.shots.splice(index, 1)
  list.stretch(index, rest.startFrame, next.endFrame)
  Object.assign(next, { continues: false, fadeFrames: 0 })
  list.markByHand(index)
}

function mergeBack(list: ShotList, index: number): void {
  const rest = list.shots[index] as Shot
  const before = list.shots[index - 1]
  if (!isRemnant(list, rest) || !before || before.locked) return
  list.shots.splice(index, 1)
  list.stretch(index - 1, before.startFrame, rest.endFrame)
}

const isRemnant = (list: ShotList, { startFrame, endFrame }: Shot): boolean =>
  endFrame - startFrame < REMNANT_SECONDS * list.frameRate
