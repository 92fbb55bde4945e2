import { applyBeatEdits, type BeatEdit, type Beats } from '@beatloom/core'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { beatsOfDisplay } from './analysis.ts'
import { withBeatEdit } from './merge-edits.ts'

/** Sixteen beats half a second apart, a bar line at every fourth. */
const base: Beats = beatsOfDisplay({
  kind: 'beats',
  durationSeconds: 8,
  beats: Array.from({ length: 16 }, (_, i) => i / 2),
  downbeats: [0, 2, 4, 6],
  tempoBpm: 120,
  confidence: 1,
  peaks: [],
})

const all = (...edits: BeatEdit[]): BeatEdit[] =>
  edits.reduce<BeatEdit[]>((list, edit) => withBeatEdit(base, list, edit), [])

it('C3: a beat moved twice is one change, and none when it is back where it was', () => {
  expect(all({ do: 'move', at: 1, to: 1.1 }, { do: 'move', at: 1.1, to: 1.2 })).toEqual([
    { do: 'move', at: 1, to: 1.2 },
  ])
  expect(all({ do: 'move', at: 1, to: 1.1 }, { do: 'move', at: 1.1, to: 1 })).toEqual([])
})

it('a beat added is moved, made a bar line and removed without leaving a trace', () => {
  const added: BeatEdit = { do: 'add', at: 1.25 }
  expect(all(added, { do: 'move', at: 1.25, to: 1.3 })).toEqual([{ do: 'add', at: 1.3 }])
  expect(all(added, { do: 'downbeat', at: 1.25, downbeat: true })).toEqual([{ do: 'add', at: 1.25, downbeat: true }])
  expect(all(added, { do: 'remove', at: 1.25 })).toEqual([])
})

it('a beat moved and then removed is removed where it was found', () => {
  expect(all({ do: 'move', at: 1, to: 1.2 }, { do: 'remove', at: 1.2 })).toEqual([{ do: 'remove', at: 1 }])
})

it('a bar line there and back, a shift there and back, and a delay there and back are no change', () => {
  expect(all({ do: 'downbeat', at: 1, downbeat: true }, { do: 'downbeat', at: 1, downbeat: false })).toEqual([])
  expect(all({ do: 'shift', beats: 1 }, { do: 'shift', beats: -1 })).toEqual([])
  expect(all({ do: 'delay', seconds: 0.02 }, { do: 'delay', seconds: 0.03 })).toEqual([{ do: 'delay', seconds: 0.05 }])
})

it('edits stay apart where together they would make other beats', () => {
  // The first delay drops the beat at 0 s, which the second cannot bring back.
  const dropped = all({ do: 'delay', seconds: -0.1 }, { do: 'delay', seconds: 0.1 })
  expect(dropped).toHaveLength(2)
  // After half time the beat at 0.5 s is gone, and moving the one at 1 s is another thing than before it.
  expect(
    all({ do: 'move', at: 1, to: 1.1 }, { do: 'halve', from: 'first' }, { do: 'move', at: 1.1, to: 1 }),
  ).toHaveLength(3)
})

it('the merged edits always make the beats that the single ones made (random, seed printed by fast-check)', () => {
  const place = fc.integer({ min: 0, max: 160 }).map((n) => n / 20)
  const edit: fc.Arbitrary<BeatEdit> = fc.oneof(
    fc.record({ do: fc.constant('add' as const), at: place }),
    fc.record({ do: fc.constant('remove' as const), at: place }),
    fc.record({ do: fc.constant('move' as const), at: place, to: place }),
    fc.record({ do: fc.constant('downbeat' as const), at: place, downbeat: fc.boolean() }),
    fc.record({ do: fc.constant('double' as const) }),
    fc.record({ do: fc.constant('halve' as const), from: fc.constantFrom('first' as const, 'second' as const) }),
    fc.record({ do: fc.constant('shift' as const), beats: fc.integer({ min: -4, max: 4 }) }),
  )
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 12 }), (edits) => {
      const [merged, single] = [applyBeatEdits(base, all(...edits)).beats, applyBeatEdits(base, edits).beats]
      expect(merged.beats).toEqual(single.beats)
      expect(merged.downbeats).toEqual(single.downbeats)
    }),
  )
})
