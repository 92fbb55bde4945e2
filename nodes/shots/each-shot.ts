import {
  AppError,
  defineNode,
  known,
  type Latent,
  type Mask,
  type ParamMeta,
  type Shot,
  sliceBeats,
} from '@beatloom/core'
import { z } from 'zod'
import { partOfAudio } from '../audio/part-of-audio.ts'
import { requireBeatsOfSound, requirePlanOfSound } from '../one-clock.ts'
import { sceneView } from './scene-view.ts'

export const eachShot = defineNode({
  type: 'shots.each',
  version: 1,
  title: 'Each shot',
  description:
    'Begins what Render shots repeats: gives what follows the picture, the sound, the beats and the words of one shot after the other. By itself it gives the shot whose number is set.',
  category: 'shots',
  aliases: ['for each', 'loop', 'current shot', 'foreach', '循环', '逐个镜头', '每个镜头'],
  loop: 'start',
  roundParams: ['shot'],
  // What it gives is known by its content; its own result would hold the picture once for every shot.
  cache: 'recipe',
  inputs: {
    shots: { type: 'SHOTS', title: 'Shots' },
    audio: { type: 'AUDIO', title: 'Audio' },
    beats: { type: 'BEATS', title: 'Beats' },
    images: {
      type: 'IMAGE',
      title: 'Pictures',
      list: true,
      description: 'One or several; the plan says which shot takes which.',
    },
    masks: {
      type: 'MASK',
      title: 'Subjects',
      list: true,
      optional: true,
      description: 'Masks of the pictures, in their order: closer looks are taken of what is white in them.',
    },
  },
  outputs: {
    image: { type: 'IMAGE', title: 'Picture', description: 'As much of it as the shot shows.' },
    mask: { type: 'MASK', title: 'Subject', description: 'Of the picture; nothing where no masks are linked.' },
    audio: { type: 'AUDIO', title: 'Audio' },
    beats: { type: 'BEATS', title: 'Beats' },
    prompt: { type: 'TEXT', title: 'Prompt' },
    seed: { type: 'NUMBER', title: 'Seed' },
    previous: {
      type: 'LATENT',
      title: 'Shot before',
      description: 'How the shot before ended, where this one goes on from it; otherwise nothing.',
    },
  },
  params: z.object({
    shot: z
      .int()
      .min(1)
      .max(10_000)
      .default(1)
      .describe('The shot to try by itself; Render shots takes all of them.')
      .meta({ title: 'Shot' } satisfies ParamMeta),
  }),
  facts: ({ shots, audio, images, masks }) => {
    const count = shots?.shotCount ?? 1
    const seconds = (shots?.durationSeconds ?? audio?.durationSeconds) as number | undefined
    // A usual shot: this one may be anything, up to the whole sound.
    const one = seconds === undefined ? {} : { durationSeconds: seconds / count, durationErrorSeconds: seconds }
    const [picture, subject] = [images?.[0], masks?.[0]]
    return {
      image: known({ width: picture?.width, height: picture?.height }),
      mask: known({ width: subject?.width, height: subject?.height }),
      audio: { ...one, ...known({ sampleRate: audio?.sampleRate, channels: audio?.channels }) },
      beats: one,
    }
  },
  cost: () => ({ work: 0.02, memoryBytes: 20e6 }),
  async run({ shots, audio, beats, images, masks = [] }, { shot: number }) {
    const shot = shots.shots[number - 1]
    if (!shot) throw noSuchShot(number, shots.shots.length)
    requirePlanOfSound(shots, audio)
    requireBeatsOfSound(beats, audio, shots.frameRate)
    const { from, to } = stretchOf(shots.shots, number - 1, shots.frameRate)
    const seen = await sceneView(shots, number - 1, images, masks)
    return {
      image: seen.image,
      mask: seen.mask as Mask,
      audio: partOfAudio(audio, from, to),
      beats: sliceBeats(beats, from, to),
      prompt: shot.prompt,
      seed: Number(shot.seed),
      // Only Render shots knows how a shot ended; an optional input takes nothing for an answer.
      previous: undefined as unknown as Latent,
    }
  },
})

/** What a shot takes of the sound, seconds: with the frames over which the next one fades in. */
export function stretchOf(
  shots: readonly Shot[],
  index: number,
  frameRate: number,
): { from: number; to: number; frameCount: number } {
  const shot = shots[index] as Shot
  const frameCount = shot.endFrame - shot.startFrame + (shots[index + 1]?.fadeFrames ?? 0)
  return { from: shot.startSeconds, to: shot.startSeconds + frameCount / frameRate, frameCount }
}

function noSuchShot(number: number, count: number): AppError {
  return new AppError(
    'input_invalid',
    `There is no shot ${number}: the plan has ${count}. Set a number from 1 to ${count}.`,
  )
}
