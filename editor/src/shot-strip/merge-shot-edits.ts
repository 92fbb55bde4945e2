import type { Shot, ShotEdit } from '@beatloom/core'

const SAME_SECONDS = 5e-3
const same = (a: number, b: number): boolean => Math.abs(a - b) < SAME_SECONDS

/**
 * The edits with one more. Where the last ones and it say together what fewer edits say (an edge moved twice, a cut made
 * and taken away, words typed letter by letter), they become those; never where the plan would come out otherwise.
 * @param shotsOf the plan after edits.
 */
export function withShotEdit(
  edits: readonly ShotEdit[],
  edit: ShotEdit,
  shotsOf: (edits: readonly ShotEdit[]) => readonly Shot[],
): ShotEdit[] {
  const appended = [...edits, edit]
  const merged = mergedEdits(edits, edit, shotsOf)
  return merged && contentOf(shotsOf(merged)) === contentOf(shotsOf(appended)) ? merged : appended
}

/** All that shots are made of. Why there is a cut is no part of it: one that is back where it was is as it was. */
const contentOf = (shots: readonly Shot[]): string =>
  JSON.stringify(shots.map(({ reason: _, markSeconds: __, section: ___, energy: ____, ...content }) => content))

function mergedEdits(
  edits: readonly ShotEdit[],
  edit: ShotEdit,
  shotsOf: (edits: readonly ShotEdit[]) => readonly Shot[],
): ShotEdit[] | null {
  for (let i = edits.length - 1; i >= 0; i--) {
    const both = together(edits[i] as ShotEdit, edit, () => shotsOf(edits))
    if (both) return edits.toSpliced(i, 1, ...both)
  }
  return null
}

function together(before: ShotEdit, edit: ShotEdit, shots: () => readonly Shot[]): ShotEdit[] | null {
  switch (edit.do) {
    case 'set': {
      if (before.do !== 'set') return null
      const isSame = shots().some((shot) => isIn(shot, before.at) && isIn(shot, edit.at))
      return isSame ? [{ ...before, ...edit, at: before.at }] : null
    }
    case 'move':
      if (before.do !== 'move' || !same(before.to, edit.at)) return null
      return same(before.at, edit.to) ? [] : [{ ...before, to: edit.to }]
    case 'join':
      if (before.do === 'cut' && same(before.at, edit.at)) return []
      return before.do === 'move' && same(before.to, edit.at) ? [{ do: 'join', at: before.at }] : null
    case 'cut':
      return before.do === 'join' && same(before.at, edit.at) ? [] : null
    case 'lock':
      return null
  }
}

const isIn = ({ startSeconds, endSeconds }: Shot, at: number): boolean => at >= startSeconds && at < endSeconds
