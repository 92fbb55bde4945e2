import { applyBeatEdits, type BeatEdit, type Beats } from '@beatloom/core'

const SAME_SECONDS = 1e-6
const same = (a: number, b: number): boolean => Math.abs(a - b) < SAME_SECONDS
const tidy = (seconds: number): number => Math.round(seconds * 1e4) / 1e4

/**
 * The edits with one more. Where the last ones and it say together what fewer edits say (a beat moved twice, added and
 * removed, a shift there and back), they become those; never where the beats would come out otherwise.
 */
export function withBeatEdit(base: Beats, edits: readonly BeatEdit[], edit: BeatEdit): BeatEdit[] {
  const appended = [...edits, edit]
  const merged = mergedEdits(edits, edit)
  return merged && sameBeats(base, merged, appended) ? merged : appended
}

function sameBeats(base: Beats, a: readonly BeatEdit[], b: readonly BeatEdit[]): boolean {
  const [left, right] = [applyBeatEdits(base, a), applyBeatEdits(base, b)]
  const equal = (x: readonly number[], y: readonly number[]) =>
    x.length === y.length && x.every((time, i) => same(time, y[i] as number))
  return (
    left.unmatched.length <= right.unmatched.length &&
    equal(left.beats.beats, right.beats.beats) &&
    equal(left.beats.downbeats, right.beats.downbeats)
  )
}

/** Null where nothing comes together. */
function mergedEdits(edits: readonly BeatEdit[], edit: BeatEdit): BeatEdit[] | null {
  switch (edit.do) {
    case 'move':
    case 'remove':
    case 'downbeat':
      return withLocal(edits, edit)
    case 'shift':
    case 'delay':
    case 'halve':
      return withWhole(edits, edit)
    case 'add':
    case 'double':
    case 'tap':
      return null
  }
}

/** The edit that put the beat where the new one finds it, as far back as nothing moved all beats in between. */
function withLocal(
  edits: readonly BeatEdit[],
  edit: Extract<BeatEdit, { do: 'move' | 'remove' | 'downbeat' }>,
): BeatEdit[] | null {
  for (let i = edits.length - 1; i >= 0; i--) {
    const before = edits[i] as BeatEdit
    const place = placeOf(before)
    if (place === null) return null
    if (!same(place, edit.at)) continue
    const both = together(before, edit)
    if (both) return edits.toSpliced(i, 1, ...both)
  }
  return null
}

/** Where a beat is after an edit of it; null for an edit of all beats. */
function placeOf(edit: BeatEdit): number | null {
  if (edit.do === 'move') return edit.to
  return 'at' in edit ? edit.at : null
}

function together(
  before: BeatEdit,
  edit: Extract<BeatEdit, { do: 'move' | 'remove' | 'downbeat' }>,
): BeatEdit[] | null {
  switch (edit.do) {
    case 'move':
      if (before.do === 'add') return [{ ...before, at: edit.to }]
      if (before.do !== 'move') return null
      return same(before.at, edit.to) ? [] : [{ ...before, to: edit.to }]
    case 'remove':
      if (before.do === 'add') return []
      if (before.do === 'downbeat') return [edit]
      return before.do === 'move' ? [{ do: 'remove', at: before.at }] : null
    case 'downbeat':
      if (before.do === 'add') return [{ ...before, downbeat: edit.downbeat }]
      if (before.do !== 'downbeat') return null
      return before.downbeat === edit.downbeat ? [before] : []
  }
}

/** Edits of all beats come together with one of the same kind just before. */
function withWhole(
  edits: readonly BeatEdit[],
  edit: Extract<BeatEdit, { do: 'shift' | 'delay' | 'halve' }>,
): BeatEdit[] | null {
  const before = edits.at(-1)
  const rest = edits.slice(0, -1)
  if (edit.do === 'shift' && before?.do === 'shift') {
    const beats = before.beats + edit.beats
    if (Math.abs(beats) > 12) return null
    return beats === 0 ? rest : [...rest, { do: 'shift', beats }]
  }
  if (edit.do === 'delay' && before?.do === 'delay') {
    const seconds = tidy(before.seconds + edit.seconds)
    if (Math.abs(seconds) > 2) return null
    return seconds === 0 ? rest : [...rest, { do: 'delay', seconds }]
  }
  return edit.do === 'halve' && before?.do === 'double' ? rest : null
}
