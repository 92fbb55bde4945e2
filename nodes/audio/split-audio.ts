import { AppError, type Beats, defineNode, known, type ParamMeta, type ValueFacts } from '@beatloom/core'
import { z } from 'zod'
import { requireBeatsOfSound } from '../one-clock.ts'
import { partOfAudio } from './part-of-audio.ts'

/** A bar line counts when it lies no further from the wanted cut than this share of the sound. */
const REACH = 0.25

export const splitAudio = defineNode({
  type: 'audio.split',
  version: 1,
  title: 'Split sound',
  description:
    'Cuts a sound in two, for one shot after the other. With beats linked, the cut falls on the bar line nearest to where it was wanted.',
  category: 'Audio',
  aliases: ['cut', 'slice', 'trim', 'two shots', 'bar line', 'teilen', 'couper', '分割', '切分', '剪切', '两个镜头'],
  phase: 'audio',
  inputs: {
    audio: { type: 'AUDIO', title: 'Audio' },
    beats: {
      type: 'BEATS',
      title: 'Beats',
      optional: true,
      description: 'Of this very sound: its bar lines draw the cut. Without it the cut stays where it was wanted.',
    },
  },
  outputs: {
    first: { type: 'AUDIO', title: 'First', description: 'From the start to the cut.' },
    second: { type: 'AUDIO', title: 'Second', description: 'From the cut to the end.' },
  },
  passThrough: { first: 'audio', second: 'audio' },
  params: z.object({
    at: z
      .number()
      .min(0.1)
      .max(0.9)
      .default(0.5)
      .describe('Where to cut: 0.5 is half way.')
      .meta({ title: 'Cut at', widget: 'slider' } satisfies ParamMeta),
    frameRate: z
      .literal([24, 30])
      .default(30)
      .describe('Of the video: the cut falls between two frames, so that no shot gets a part of one.')
      .meta({ title: 'Frame rate', widget: 'choice', unit: 'fps', advanced: true } satisfies ParamMeta),
  }),
  // Bar lines move the cut by less than a bar as a rule: near enough for what the shots will take, and the sum is exact.
  facts: ({ audio, beats }, { at, frameRate }) => partsKnown(audio, { at, frameRate, hasBeats: beats !== undefined }),
  cost: () => ({ work: 0.01, memoryBytes: 1e6, diskBytes: 1e3 }),
  run({ audio, beats }, { at, frameRate }, { display }) {
    if (beats) requireBeatsOfSound(beats, audio, frameRate)
    const cut = cutSeconds(audio.durationSeconds, at, frameRate, beats)
    display({ kind: 'text', text: `Cut at ${cut.toFixed(2)} s.`, spoken: true })
    return { first: partOfAudio(audio, 0, cut), second: partOfAudio(audio, cut, audio.durationSeconds) }
  },
})

/**
 * On a whole frame, seconds from the start.
 * @throws {AppError} `input_invalid` when the sound is too short for a frame on each side.
 */
function cutSeconds(duration: number, at: number, frameRate: number, beats?: Beats): number {
  const wanted = at * duration
  const far = (bar: number) => Math.abs(bar - wanted)
  const bar = (beats?.downbeats ?? [])
    .filter((time) => far(time) <= REACH * duration)
    .reduce<number | null>((best, time) => (best === null || far(time) < far(best) ? time : best), null)
  const frames = Math.round(duration * frameRate)
  if (frames < 2) throw new AppError('input_invalid', 'The sound is too short to be cut in two: take more of the song.')
  return Math.min(frames - 1, Math.max(1, Math.round((bar ?? wanted) * frameRate))) / frameRate
}

function partsKnown(
  audio: ValueFacts | undefined,
  { at, frameRate, hasBeats }: { at: number; frameRate: number; hasBeats: boolean },
) {
  const { durationSeconds, durationErrorSeconds = 0, sampleRate, channels } = audio ?? {}
  if (durationSeconds === undefined || durationSeconds * frameRate < 1.5) return {}
  const cut = cutSeconds(durationSeconds, at, frameRate)
  const error = durationErrorSeconds + (hasBeats ? REACH * durationSeconds : 0)
  const about = { durationErrorSeconds: error, ...known({ sampleRate, channels }) }
  return {
    first: { durationSeconds: cut, ...about },
    second: { durationSeconds: durationSeconds - cut, ...about },
  }
}
