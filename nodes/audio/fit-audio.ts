import {
  AppError,
  type AudioClip,
  defineNode,
  known,
  type NodeContext,
  type ParamMeta,
  type ValueFacts,
} from '@beatloom/core'
import { fadeOutSound } from '@beatloom/media'
import { z } from 'zod'
import { partOfAudio } from './part-of-audio.ts'

/** A sound that is off by less than this, seconds, already fits: half a sample at 48 kHz. */
const SAME_SECONDS = 1e-5

export const fitAudio = defineNode({
  type: 'audio.fit',
  version: 1,
  title: 'Fit sound',
  description:
    'Gives a sound the length of frames, of a video, of a plan of shots, or of the seconds that are set: what is too long is cut off, and silence follows what is too short.',
  category: 'Audio',
  aliases: [
    'trim',
    'pad',
    'length',
    'silence',
    'fade out',
    'cut',
    'kürzen',
    'couper',
    '裁剪',
    '补静音',
    '淡出',
    '对齐',
  ],
  phase: 'audio',
  fitsSound: true,
  inputs: {
    audio: { type: 'AUDIO', title: 'Audio' },
    frames: { type: 'FRAMES', title: 'Frames', optional: true, description: 'The sound becomes as long as these.' },
    video: { type: 'VIDEO', title: 'Video', optional: true, description: 'The sound becomes as long as this.' },
    shots: { type: 'SHOTS', title: 'Shots', optional: true, description: 'The sound becomes as long as this plan.' },
  },
  outputs: { audio: { type: 'AUDIO', title: 'Audio' } },
  passThrough: { audio: 'audio' },
  params: z.object({
    seconds: z
      .number()
      .min(0.02)
      .max(36_000)
      .default(8)
      .describe('How long the sound becomes where no frames, video or plan is linked.')
      .meta({ title: 'Length', unit: 's' } satisfies ParamMeta),
    fadeOutSeconds: z
      .number()
      .min(0)
      .max(60)
      .default(0)
      .describe('How long what sounds takes to fade away at its end; 0: it ends at once.')
      .meta({ title: 'Fade out', unit: 's' } satisfies ParamMeta),
  }),
  facts({ audio, frames, video, shots }, { seconds }) {
    const { sampleRate, channels } = audio ?? {}
    const [like, another] = [frames, video, shots].filter((facts) => facts !== undefined)
    if (another) return {}
    const durationSeconds = like ? pictureSeconds(like) : seconds
    const durationErrorSeconds = like?.durationErrorSeconds ?? 0
    return {
      audio: known(
        durationSeconds === undefined
          ? { sampleRate, channels }
          : { durationSeconds, durationErrorSeconds, sampleRate, channels },
      ),
    }
  },
  cost({ fadeOutSeconds }, _inputs, { audio }) {
    const seconds = audio?.durationSeconds
    if (fadeOutSeconds === 0) return { work: 0.01, memoryBytes: 1e6, diskBytes: 1e3 }
    // A fade writes the sound anew, in FLAC: at most 3 bytes a sample and channel.
    return seconds === undefined ? null : { work: 0.3 + 0.01 * seconds, memoryBytes: 40e6, diskBytes: 3e5 * seconds }
  },
  async run({ audio, frames, video, shots }, { seconds, fadeOutSeconds }, context) {
    context.signal.throwIfAborted()
    const [like, another] = [frames, video, shots].filter((value) => value !== undefined)
    if (another) {
      throw new AppError(
        'input_invalid',
        'The sound can be as long as one thing only: link frames, a video or a plan, not several of them.',
      )
    }
    const wanted = like ? like.frameCount / like.frameRate : seconds
    const before = audio.durationSeconds
    const fitted = Math.abs(before - wanted) < SAME_SECONDS ? audio : partOfAudio(audio, 0, wanted)
    if (fitted !== audio) {
      const text = `The sound lasts ${wanted.toFixed(2)} s now; it was ${before.toFixed(2)} s long.`
      context.display({ kind: 'text', text, spoken: true })
    }
    const isFaded = fadeOutSeconds > 0 && fitted.soundSeconds > 0
    return { audio: isFaded ? await faded(fitted, fadeOutSeconds, context) : fitted }
  },
})

/** Whole frames count, not the sound that a plan was made of. */
const pictureSeconds = ({ frameCount, frameRate, durationSeconds }: ValueFacts): number | undefined =>
  frameCount === undefined || frameRate === undefined ? durationSeconds : frameCount / frameRate

async function faded(audio: AudioClip, seconds: number, { artifacts, signal }: NodeContext): Promise<AudioClip> {
  const path = await artifacts.scratch('.flac')
  await fadeOutSound(audio, seconds, path, signal)
  const file = await artifacts.adopt(path, 'faded.flac', 'audio/flac')
  return { ...audio, file, startSeconds: 0 }
}
