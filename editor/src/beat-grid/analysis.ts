import { type BeatEdit, type Beats, beatEditSchema, type Display, meterOfBeats } from '@beatloom/core'

export type BeatsDisplay = Extract<Display, { kind: 'beats' }>

const NOTHING = new Float32Array(0)

/** What a node showed of its analysis, as beats to carry edits out on: all but the envelopes, which no edit reads. */
export function beatsOfDisplay(shown: BeatsDisplay): Beats {
  const { durationSeconds, beats, downbeats, tempoBpm, confidence, sections = [] } = shown
  return {
    ...{ durationSeconds, beats, downbeats, tempoBpm, confidence },
    meter: meterOfBeats(beats, downbeats),
    tempoCandidates: [],
    sections: sections.map(({ start, end, label }) => ({ startSeconds: start, endSeconds: end, label, energy: 0 })),
    envelopes: { rate: 100, onset: NOTHING, bass: NOTHING, mid: NOTHING, high: NOTHING, loudness: NOTHING },
  }
}

/** A saved value as edits; what is none is left out. */
export const readBeatEdits = (value: unknown): BeatEdit[] =>
  (Array.isArray(value) ? value : []).filter((edit): edit is BeatEdit => beatEditSchema.safeParse(edit).success)
