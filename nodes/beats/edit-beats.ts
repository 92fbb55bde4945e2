import {
  type AudioClip,
  applyBeatEdits,
  type BeatEdit,
  type Beats,
  beatEditsSchema,
  defineNode,
  known,
  type ParamMeta,
} from '@beatloom/core'
import { audioPeaks } from '@beatloom/media'
import { z } from 'zod'
import { requireBeatsOfSound } from '../one-clock.ts'
import { SHOWN_PEAKS, showBeats } from './show-beats.ts'

/** Times that a remark names; the rest are counted. */
const MOST_NAMED = 5

export const editBeats = defineNode({
  type: 'beats.edit',
  version: 1,
  title: 'Edit beats',
  description:
    'Carries out what you change about the beats found: beats and bar lines added, removed, moved or tapped, half and double time. The changes stay when the analysis is made anew.',
  category: 'Audio',
  aliases: [
    ...['tap', 'correct beats', 'half time', 'double time', 'bar lines', 'downbeat', 'beat grid'],
    ...['节拍', '修正', '编辑节拍'],
  ],
  phase: 'audio',
  inputs: {
    beats: { type: 'BEATS', title: 'Beats' },
    audio: {
      type: 'AUDIO',
      title: 'Audio',
      optional: true,
      description: 'The sound the beats were found in, to show its waveform and to listen to.',
    },
  },
  outputs: { beats: { type: 'BEATS', title: 'Beats' } },
  passThrough: { beats: 'beats' },
  params: z.object({
    edits: beatEditsSchema
      .default([])
      .describe('The changes, carried out in their order. Each means the beat at its time, in seconds.')
      .meta({ title: 'Changes', widget: 'beats' } satisfies ParamMeta),
  }),
  facts: ({ beats }) => ({ beats: known({ durationSeconds: beats?.durationSeconds }) }),
  cost: (_params, { audio }) => ({
    work: 0.01 + 0.003 * (audio?.durationSeconds ?? 0),
    memoryBytes: 2e7,
    diskBytes: 2e3 * (audio?.durationSeconds ?? 0),
  }),
  async run({ beats, audio }, { edits }, { signal, display }) {
    signal.throwIfAborted()
    if (audio) requireBeatsOfSound(beats, audio)
    const { beats: edited, unmatched } = applyBeatEdits(beats, edits)
    display(showBeats(edited, await waveform(beats, audio, signal)))
    if (unmatched.length > 0) display({ kind: 'note', code: 'edits_unmatched', text: unmatchedNote(unmatched) })
    return { beats: edited }
  },
})

/** The sound's peaks; without the sound, its loudness in their place. */
async function waveform(beats: Beats, audio: AudioClip | undefined, signal: AbortSignal): Promise<Float32Array> {
  if (!audio) return beats.envelopes.loudness
  return Float32Array.from(await audioPeaks(audio, SHOWN_PEAKS, signal))
}

/** Which changes wait for a beat, by their time in the sound. */
function unmatchedNote(unmatched: readonly BeatEdit[]): string {
  const times = unmatched.map((edit) => `${secondsOf(edit).toFixed(2)} s`)
  const named = times.slice(0, MOST_NAMED).join(', ')
  const rest = times.length - MOST_NAMED
  const at = rest > 0 ? `${named} and ${rest} more` : named
  return `Changes that found no beat within 70 ms of their time, and are kept without effect: ${at}.`
}

function secondsOf(edit: BeatEdit): number {
  if ('at' in edit) return edit.at
  return edit.do === 'tap' ? (edit.times[0] as number) : 0
}
