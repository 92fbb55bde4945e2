import { AppError, defineNode, type Image, known, type NodeContext, type ParamMeta, type Vae } from '@beatloom/core'
import {
  encodePicture,
  findSubject,
  gridFor,
  maskOfMatte,
  SUBJECT_COMPONENT,
  SUBJECT_MODEL,
  type Subject,
} from '@beatloom/models'
import { z } from 'zod'
import { nearestAspect } from '../latent/frame-size.ts'
import { showSubject } from './show-subject.ts'

/** Something that covers more than this is the picture, not a subject in it. */
const MOST_SHARE = 0.8
/** A matte that covers less than this shows no subject either. */
const EMPTY_SHARE = 0.005

export const subjectMask = defineNode({
  type: 'mask.subject',
  version: 1,
  title: 'Subject mask',
  description:
    'Finds what stands in front in a picture: people above all, many animals and things too. With a VAE linked, the model’s own guess takes over where nothing is found.',
  category: 'Image',
  aliases: [
    'person',
    'portrait',
    'segment',
    'selfie segmentation',
    'remove background',
    'matte',
    'rembg',
    'sam',
    '主体',
    '人物',
    '抠图',
    '分割',
  ],
  usesDevice: true,
  inputs: {
    image: { type: 'IMAGE', title: 'Picture' },
    vae: {
      type: 'VAE',
      title: 'VAE',
      optional: true,
      description: 'Its picture encoder looks for the subject where the finder sees none.',
    },
  },
  outputs: {
    mask: { type: 'MASK', title: 'Mask', description: 'White where the subject is, as large as the picture.' },
    found: {
      type: 'BOOLEAN',
      title: 'Found',
      description: 'Whether the finder saw a subject; false: the VAE guessed.',
    },
    certainty: {
      type: 'NUMBER',
      title: 'Certainty',
      description: 'How sure it is of what lies inside the mask: 0.5 is a guess, 1 is certain.',
    },
  },
  params: z.object({
    leastShare: z
      .number()
      .min(0)
      .max(0.5)
      .default(0.02)
      .describe('A subject covers at least this share of the picture; smaller finds are left alone.')
      .meta({ title: 'Smallest share', widget: 'slider', advanced: true } satisfies ParamMeta),
    leastCertainty: z
      .number()
      .min(0.5)
      .max(0.99)
      .default(0.72)
      .describe('How sure the finder has to be; what it is less sure of counts as nothing found.')
      .meta({ title: 'Least certainty', widget: 'slider', advanced: true } satisfies ParamMeta),
  }),
  facts: ({ image }) => ({ mask: known({ width: image?.width, height: image?.height }) }),
  modelsUsed: () => [SUBJECT_MODEL],
  cost(_params, { image }) {
    const pixels = (image?.width ?? 1280) * (image?.height ?? 720)
    // Measured 2026-11-22 on 2 cores: two looks of the network, then the picture's own pixels.
    return { work: 0.15 + (0.04 * pixels) / 1e6, memoryBytes: 30e6 + 6 * pixels, diskBytes: pixels + 1e5 }
  },
  async run({ image, vae }, { leastShare, leastCertainty }, context) {
    const { models, signal, display } = context
    const model = await models.open(SUBJECT_MODEL)
    const segmenter = model.components[SUBJECT_COMPONENT]
    if (!segmenter) throw new AppError('model_missing', `The model "${SUBJECT_MODEL}" has no ${SUBJECT_COMPONENT}.`)
    const seen = await findSubject(models, segmenter, image, signal)
    const found = seen.share >= leastShare && seen.share <= MOST_SHARE && seen.certainty >= leastCertainty
    const subject = found ? seen : await guessed(image, vae, seen, context)
    const guess = found ? '' : 'Nothing stands out in this picture, so this is the model’s own guess. '
    const sentence = `${guess}The subject covers ${percent(subject.share)} of the picture, ${percent(subject.certainty)} sure.`
    display({ kind: 'text', text: sentence, spoken: true })
    await showSubject(image, subject.mask, context)
    return { mask: subject.mask, found, certainty: subject.certainty }
  },
})

/** The model's own matte, where the finder sees nothing. */
async function guessed(
  image: Image,
  vae: Vae | undefined,
  seen: Subject,
  { models, signal, display }: NodeContext,
): Promise<Subject> {
  if (!vae) {
    throw new AppError(
      'input_invalid',
      'No subject stands out in this picture. Link the VAE of the model here, so that the model guesses, or make the mask another way.',
      { details: { share: seen.share, certainty: seen.certainty } },
    )
  }
  const { matte } = await encodePicture(models, vae, image, gridFor(nearestAspect(image)), signal)
  const subject = maskOfMatte(image, matte)
  if (subject.share < EMPTY_SHARE) {
    const text = 'No subject stands out in this picture, for the model neither: the mask is nearly empty.'
    display({ kind: 'note', code: 'subject_missing', text })
  }
  return subject
}

const percent = (share: number): string => `${Math.round(100 * share)} %`
