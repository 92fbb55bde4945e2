import {
  applyShotEdits,
  CAMERA_MOVES,
  defineNode,
  frameCountOf,
  known,
  type ParamMeta,
  PLAN_DEFAULTS,
  planOfShots,
  type ShotEdit,
  type Shots,
  shotEditsSchema,
  splitParts,
  USUAL_MOVES,
  usualShotSeconds,
} from '@beatloom/core'
import { audioPeaks } from '@beatloom/media'
import { z } from 'zod'
import { SHOWN_PEAKS } from '../beats/show-beats.ts'
import { frameRateParam } from '../frames/frame-rate-param.ts'
import { differentLengths, requireBeatsOfSound } from '../one-clock.ts'
import { planProblems } from './plan-problems.ts'

export const planShots = defineNode({
  type: 'shots.plan',
  version: 1,
  title: 'Plan shots',
  description:
    'Cuts a piece of music into shots the way an editor would: on bar lines, at every new section, faster where it is loud. Each shot gets its words, picture, framing, camera move and seed; all of it can be changed by hand.',
  category: 'shots',
  aliases: ['cut', 'edit', 'storyboard', 'montage', 'timeline', 'music video', '分镜', '剪辑', '镜头计划', '时间线'],
  phase: 'audio',
  inputs: {
    beats: { type: 'BEATS', title: 'Beats' },
    audio: { type: 'AUDIO', title: 'Audio', description: 'The sound that the beats were found in.' },
    images: {
      type: 'IMAGE',
      title: 'Pictures',
      list: true,
      optional: true,
      description: 'Only their number counts here: shots go round them.',
    },
  },
  outputs: { shots: { type: 'SHOTS', title: 'Shots' } },
  params: z.object({
    prompts: z
      .string()
      .max(20_000)
      .default('')
      .describe(
        'One prompt a line; shots take them in turn. "A: …" or "[chorus] …" is for that section alone: its letter, or intro, verse, chorus, outro.',
      )
      .meta({ widget: 'multiline', title: 'Prompts' } satisfies ParamMeta),
    pace: z
      .enum(['calm', 'medium', 'fast'])
      .default(PLAN_DEFAULTS.pace)
      .describe('How often it is cut: every few bars, every other bar, or nearly every bar where the music is loud.')
      .meta({ title: 'Pace' } satisfies ParamMeta),
    camera: z
      .array(z.enum(CAMERA_MOVES))
      .default([...USUAL_MOVES])
      .describe('Moves to choose from where a prompt says nothing of the camera; none: it does as the prompt says.')
      .meta({ widget: 'multichoice', title: 'Camera' } satisfies ParamMeta),
    framing: z
      .enum(['varied', 'wide'])
      .default(PLAN_DEFAULTS.framing)
      .describe('Varied: neighbours show more or less of the picture, so that every cut can be seen. Wide: all of it.')
      .meta({ title: 'Framing' } satisfies ParamMeta),
    pictures: z
      .enum(['by-shot', 'by-section'])
      .default(PLAN_DEFAULTS.pictures)
      .describe('Whether each shot takes the next picture, or each section does.')
      .meta({ title: 'Next picture' } satisfies ParamMeta),
    transition: z
      .enum(['cut', 'fade'])
      .default(PLAN_DEFAULTS.transition)
      .describe('How a new section begins; all other shots begin with a cut.')
      .meta({ title: 'New sections' } satisfies ParamMeta),
    fadeSeconds: z
      .number()
      .min(0.1)
      .max(2)
      .default(PLAN_DEFAULTS.fadeSeconds)
      .describe('How long the fade into a new section lasts.')
      .meta({ title: 'Fade', unit: 's' } satisfies ParamMeta),
    shortest: z
      .number()
      .min(0.2)
      .max(60)
      .default(PLAN_DEFAULTS.shortestSeconds)
      .describe('No planned shot is shorter.')
      .meta({ title: 'Shortest shot', unit: 's' } satisfies ParamMeta),
    longest: z
      .number()
      .min(0.4)
      .max(600)
      .default(PLAN_DEFAULTS.longestSeconds)
      .describe('No planned shot is longer; at least twice the shortest.')
      .meta({ title: 'Longest shot', unit: 's' } satisfies ParamMeta),
    partSeconds: z
      .number()
      .min(4)
      .max(120)
      .default(PLAN_DEFAULTS.partSeconds)
      .describe('What the model makes at once. Longer shots become parts that go on from each other, without a cut.')
      .meta({ title: 'Longest part', unit: 's', advanced: true } satisfies ParamMeta),
    frameRate: frameRateParam(),
    seed: z
      .string()
      .regex(/^\d{1,20}$/, 'A seed is a whole number in decimal.')
      .default(PLAN_DEFAULTS.seed)
      .describe('Chooses among cuts, moves and framings of equal worth, and gives every shot a seed of its own.')
      .meta({ widget: 'seed', title: 'Seed' } satisfies ParamMeta),
    edits: shotEditsSchema
      .default([])
      .describe('What was changed by hand, by its time in the sound.')
      .meta({ widget: 'shots', title: 'Changes by hand' } satisfies ParamMeta),
  }),
  check: planProblems,
  facts({ beats, audio }, { frameRate, pace, edits }) {
    const seconds = audio?.durationSeconds ?? beats?.durationSeconds
    if (seconds === undefined) return { shots: known({ frameRate }) }
    const byHand = edits.reduce((sum, edit) => sum + (edit.do === 'cut' ? 1 : edit.do === 'join' ? -1 : 0), 0)
    const shotCount = Math.max(1, Math.round(seconds / usualShotSeconds(pace)) + byHand)
    const frameCount = frameCountOf(seconds, frameRate)
    return { shots: { durationSeconds: seconds, frameRate, frameCount, shotCount } }
  },
  cost({ frameRate }, { beats, audio }) {
    const seconds = audio?.durationSeconds ?? beats?.durationSeconds
    if (seconds === undefined) return null
    const refusal = differentLengths(beats?.durationSeconds ?? seconds, seconds, frameRate)
    // Nearly all of it is reading the sound for its waveform: 1.5 to 2.3 s for ten minutes of MP3 (2026-11).
    const cost = { work: 0.1 + 0.003 * seconds, memoryBytes: 20e6, diskBytes: 20e3 + 150 * seconds }
    return refusal === null ? cost : { ...cost, refusal }
  },
  async run({ beats, audio, images }, params, { signal, display }) {
    signal.throwIfAborted()
    const { durationSeconds } = audio
    requireBeatsOfSound(beats, audio, params.frameRate)
    const music = { ...beats, durationSeconds }
    const {
      shots: planned,
      unusedPrompts,
      unknownLabels,
    } = planOfShots(music, {
      ...params,
      shortestSeconds: params.shortest,
      longestSeconds: params.longest,
      pictureCount: images && images.length > 0 ? images.length : null,
    })
    const edited = applyShotEdits(planned, params.edits, music, params.framing)
    const shots = params.edits.length > 0 ? splitParts(edited.shots, params.partSeconds) : edited.shots
    display({
      kind: 'shots',
      durationSeconds,
      frameRate: params.frameRate,
      shots: shots.shots,
      planned: planned.shots,
      beats: beats.beats,
      downbeats: beats.downbeats,
      sections: (beats.sections ?? []).map(({ startSeconds, endSeconds, label }) => ({
        start: startSeconds,
        end: endSeconds,
        label,
      })),
      peaks: await audioPeaks(audio, SHOWN_PEAKS, signal),
      sound: { file: audio.file, startSeconds: audio.startSeconds },
    })
    display({ kind: 'text', text: shotsInWords(shots), spoken: true })
    for (const note of remarks(unusedPrompts, unknownLabels, edited.unmatched)) display({ kind: 'note', ...note })
    return { shots }
  },
})

function shotsInWords({ shots }: Shots): string {
  const lengths = shots.map(({ startSeconds, endSeconds }) => endSeconds - startSeconds)
  const seconds = (value: number): string => value.toFixed(1)
  return `Shots: ${shots.length}, from ${seconds(Math.min(...lengths))} to ${seconds(Math.max(...lengths))} s long.`
}

function remarks(
  unusedPrompts: number,
  unknownLabels: readonly string[],
  unmatched: readonly ShotEdit[],
): { code: string; text: string }[] {
  const notes: { code: string; text: string }[] = []
  if (unusedPrompts > 0) {
    notes.push({ code: 'prompts_unused', text: `Prompts that no shot uses: ${unusedPrompts}.` })
  }
  if (unknownLabels.length > 0) {
    const names = unknownLabels.map((label) => `"${label}"`).join(', ')
    notes.push({ code: 'section_unknown', text: `Sections that prompts name and this music does not have: ${names}.` })
  }
  if (unmatched.length > 0) {
    const text = `Changes by hand that find nothing to change here, and are kept: ${unmatched.length}.`
    notes.push({ code: 'edits_unmatched', text })
  }
  return notes
}
