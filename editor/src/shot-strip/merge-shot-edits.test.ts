import { applyShotEdits, type Shot, type ShotEdit, type Shots } from '@beatloom/core'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { withShotEdit } from './merge-shot-edits.ts'
import { cutAt, lockOf, shotAt, withoutLock } from './shot-plan.ts'

const RATE = 30
const planned: Shots = {
  ...{ durationSeconds: 8, frameRate: RATE, frameCount: 240 },
  shots: Array.from(
    { length: 4 },
    (_, index): Shot => ({
      ...{ startFrame: index * 60, endFrame: index * 60 + 60, startSeconds: index * 2, endSeconds: index * 2 + 2 },
      ...{ markSeconds: index * 2, reason: 'downbeat', section: null, energy: 0, prompt: '', picture: 0 },
      ...{ framing: 'wide', seed: String(index), continues: false, fadeFrames: 0, locked: false, starred: false },
    }),
  ),
}
const planOf = (edits: readonly ShotEdit[]): Shots => applyShotEdits(planned, edits, undefined, 'wide').shots
const shotsOf = (edits: readonly ShotEdit[]): readonly Shot[] => planOf(edits).shots
/** Why there is a cut, and what the music is like there, make no shot other than it is. */
const UNSEEN = { reason: null, markSeconds: null, section: null, energy: 0 }

const all = (...edits: ShotEdit[]): ShotEdit[] =>
  edits.reduce<ShotEdit[]>((list, edit) => withShotEdit(list, edit, shotsOf), [])

it('C3: words typed letter by letter, and what else is set of the same shot, are one change', () => {
  expect(
    all({ do: 'set', at: 3, prompt: 'r' }, { do: 'set', at: 3.1, prompt: 'ra' }, { do: 'set', at: 3, seed: '5' }),
  ).toEqual([{ do: 'set', at: 3, prompt: 'ra', seed: '5' }])
  expect(all({ do: 'set', at: 3, prompt: 'r' }, { do: 'set', at: 5, prompt: 's' })).toHaveLength(2)
})

it('an edge moved twice is one change, none when it is back; a cut made and taken away leaves no trace', () => {
  expect(all({ do: 'move', at: 2, to: 2.5 }, { do: 'move', at: 2.5, to: 3 })).toEqual([{ do: 'move', at: 2, to: 3 }])
  expect(all({ do: 'move', at: 2, to: 2.5 }, { do: 'move', at: 2.5, to: 2 })).toEqual([])
  // The seed of a shot that a cut makes goes by the moment of the cut, so the cut stays where it was made.
  const moved = all({ do: 'cut', at: 3 }, { do: 'move', at: 3, to: 3.5 }, { do: 'move', at: 3.5, to: 3.6 })
  expect(moved).toEqual([
    { do: 'cut', at: 3 },
    { do: 'move', at: 3, to: 3.6 },
  ])
  expect(all({ do: 'cut', at: 3 }, { do: 'join', at: 3 })).toEqual([])
})

it('the merged edits always make the plan that the single ones made (random, seed printed by fast-check)', () => {
  const place = fc.integer({ min: 1, max: 79 }).map((n) => n / 10)
  const edit: fc.Arbitrary<ShotEdit> = fc.oneof(
    fc.record({ do: fc.constant('cut' as const), at: place }),
    fc.record({ do: fc.constant('join' as const), at: place }),
    fc.record({ do: fc.constant('move' as const), at: place, to: place }),
    fc.record({ do: fc.constant('set' as const), at: place, prompt: fc.constantFrom('rain', 'sun') }),
    fc.record({ do: fc.constant('set' as const), at: place, picture: fc.nat({ max: 3 }) }),
  )
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 12 }), (edits) => {
      const seen = (shots: readonly Shot[]) => shots.map((shot) => ({ ...shot, ...UNSEEN }))
      expect(seen(shotsOf(all(...edits)))).toEqual(seen(shotsOf(edits)))
    }),
  )
})

it('a shot is found by a moment in it, and an edge by a moment near it; the start of the song is no edge', () => {
  expect([0, 1.99, 2, 7.99, 9].map((time) => shotAt(planned, time))).toEqual([0, 0, 1, 3, 3])
  expect(cutAt(planned, 2.05, 0.1)).toBe(1)
  expect(cutAt(planned, 0.01, 0.1)).toBe(-1)
  expect(cutAt(planned, 3, 0.1)).toBe(-1)
})

it('a lock keeps what the shot is now, and goes without a trace', () => {
  const set: ShotEdit = { do: 'set', at: 3, prompt: 'rain' }
  const lock = lockOf(shotsOf([set])[1] as Shot, RATE)
  expect(lock).toMatchObject({ do: 'lock', from: 2, to: 4, prompt: 'rain', seed: '1' })
  const locked = shotsOf([set, lock])[1] as Shot
  expect(locked).toMatchObject({ locked: true, prompt: 'rain' })
  expect(withoutLock([set, lock], locked)).toEqual([set])
})
