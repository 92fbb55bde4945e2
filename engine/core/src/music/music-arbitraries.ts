/** Random music for property tests. */
import fc from 'fast-check'
import type { Beats } from '../values.ts'
import type { BeatEdit } from './beat-edits.ts'
import { tempoCurveOf, tempoOfBeats } from './beat-tempo.ts'

const RATE = 100

/** Beats 60 ms to 1.5 s apart with some downbeats, some onsets and sections that cover the piece. */
export const anyBeats: fc.Arbitrary<Beats> = fc
  .record({
    start: fc.integer({ min: 0, max: 2000 }),
    gaps: fc.array(fc.integer({ min: 60, max: 1500 }), { maxLength: 40 }),
    downs: fc.array(fc.nat(40), { maxLength: 12 }),
    cuts: fc.array(fc.double({ min: 0.01, max: 0.99, noNaN: true }), { maxLength: 4 }),
    onsets: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 }),
    rest: fc.integer({ min: 1, max: 3000 }),
  })
  .map(({ start, gaps, downs, cuts, onsets, rest }) => {
    const beats: number[] = []
    let at = start
    for (const gap of gaps) {
      beats.push(at / 1000)
      at += gap
    }
    const durationSeconds = (at + rest) / 1000
    const bounds = [0, ...new Set(cuts.toSorted((a, b) => a - b).map((cut) => cut * durationSeconds)), durationSeconds]
    const level = Float32Array.from({ length: Math.ceil(durationSeconds * RATE - 1e-6) }, (_, t) => (t % 97) / 97)
    return {
      durationSeconds,
      beats,
      downbeats: beats.filter((_, i) => downs.includes(i)),
      tempoBpm: tempoOfBeats(beats),
      meter: null,
      confidence: 0.5,
      tempoCandidates: [],
      tempoCurve: tempoCurveOf(beats),
      onsets: [...new Set(onsets.map((share) => share * durationSeconds))].sort((a, b) => a - b),
      sections: bounds.slice(0, -1).map((startSeconds, i) => ({
        startSeconds,
        endSeconds: bounds[i + 1] as number,
        label: 'A',
        energy: 0.5,
      })),
      envelopes: { rate: RATE, onset: level, bass: level, mid: level, high: level, loudness: level },
    }
  })

const time = fc.double({ min: 0, max: 70, noNaN: true })

export const anyEdit: fc.Arbitrary<BeatEdit> = fc.oneof(
  fc.record({ do: fc.constant('add' as const), at: time }),
  fc.record({ do: fc.constant('add' as const), at: time, downbeat: fc.boolean() }),
  fc.record({ do: fc.constant('remove' as const), at: time }),
  fc.record({ do: fc.constant('move' as const), at: time, to: time }),
  fc.record({ do: fc.constant('downbeat' as const), at: time, downbeat: fc.boolean() }),
  fc.record({ do: fc.constant('double' as const) }),
  fc.record({ do: fc.constant('halve' as const), from: fc.constantFrom('first' as const, 'second' as const) }),
  fc.record({ do: fc.constant('shift' as const), beats: fc.integer({ min: -12, max: 12 }) }),
  fc.record({ do: fc.constant('delay' as const), seconds: fc.double({ min: -2, max: 2, noNaN: true }) }),
  fc.record({ do: fc.constant('tap' as const), times: fc.array(time, { minLength: 2, maxLength: 30 }) }),
)
