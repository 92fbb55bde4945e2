import { defineNode, known, type ParamMeta, type ValueFacts } from '@beatloom/core'
import { openAudio } from '@beatloom/media'
import { z } from 'zod'

/** Below this no beat can be told; shorter songs are padded with silence. */
const MINIMUM_SECONDS = 3
const PEAK_COUNT = 400
/** Headers say hundredths of a second, and those of MP3 count up to 0.1 s of padding. */
const HEADER_ERROR_SECONDS = 0.15

export const loadAudio = defineNode({
  type: 'audio.load',
  version: 1,
  title: 'LoadAudio',
  description:
    'Opens a stretch of a WAV, MP3, FLAC, OGG or M4A song, or all of it; shorter songs give their own length, at least 3 s.',
  category: 'Audio',
  aliases: ['load audio', 'song', 'music', 'sound', 'Musik laden', 'charger un son', '音声を読み込む', '加载音频'],
  inputs: {},
  outputs: { audio: { type: 'AUDIO' } },
  params: z.object({
    file: z
      .string()
      .default('')
      .describe('The song')
      .meta({ widget: 'file', accept: 'audio', title: 'Song' } satisfies ParamMeta),
    startSeconds: z
      .number()
      .min(0)
      .max(36_000)
      .default(0)
      .describe('Where in the song to begin')
      .meta({ title: 'Start', unit: 's' } satisfies ParamMeta),
    durationSeconds: z
      .number()
      .min(0)
      .max(36_000)
      .default(8)
      .describe('How much of the song to take; 0: all of it, to its end.')
      .meta({ title: 'Duration', unit: 's' } satisfies ParamMeta),
  }),
  phase: 'audio',
  facts: (_inputs, { startSeconds, durationSeconds }, { file }) => ({
    audio: stretchFacts(file, startSeconds, durationSeconds),
  }),
  cost({ startSeconds }, _inputs, { audio }) {
    const end = startSeconds + (audio?.durationSeconds ?? 0)
    // MP3 has no index, so what lies before the stretch is decoded too.
    return audio?.durationSeconds === undefined ? null : { work: 0.3 + 0.004 * end, memoryBytes: 40e6, diskBytes: 1e4 }
  },
  async run(_inputs, { file: reference, startSeconds, durationSeconds }, context) {
    const file = await context.files.resolve(reference)
    const wanted = durationSeconds === 0 ? {} : { durationSeconds, minimumSeconds: MINIMUM_SECONDS }
    const options = { startSeconds, ...wanted, peakCount: PEAK_COUNT }
    const { clip, notes, peaks } = await openAudio(file, options, context.signal)
    context.display({ kind: 'audio', file, startSeconds, durationSeconds: clip.durationSeconds, peaks })
    for (const note of notes) context.display({ kind: 'note', ...note })
    return { audio: clip }
  },
})

/** What will be heard of the file, by its header; nothing is said of a start beyond its end. */
function stretchFacts(file: ValueFacts | undefined, start: number, wanted: number): ValueFacts | undefined {
  const { durationSeconds, sampleRate, channels } = file ?? {}
  if (durationSeconds === undefined || start >= durationSeconds) return undefined
  const rest = durationSeconds - start
  const taken = wanted === 0 ? rest : Math.max(Math.min(wanted, rest), Math.min(MINIMUM_SECONDS, wanted))
  const atLeast = Math.min(MINIMUM_SECONDS, wanted)
  // What is there for certain, or padded for certain, is as long as it was asked for.
  const isExact =
    wanted > 0 && (wanted <= Math.max(atLeast, rest - HEADER_ERROR_SECONDS) || rest + HEADER_ERROR_SECONDS <= atLeast)
  const durationErrorSeconds = isExact ? 0 : HEADER_ERROR_SECONDS
  return known({ durationSeconds: taken, durationErrorSeconds, sampleRate, channels })
}
