import {
  AppError,
  defineNode,
  type Frames,
  known,
  type Latent,
  type NodeContext,
  type Vae,
  type ValueFacts,
} from '@beatloom/core'
import { coverCrop } from '@beatloom/media'
import { familyOf, type PipelineFamily } from '@beatloom/models'
import { z } from 'zod'
import { refuseForOtherNode } from '../latent/latent-source.ts'

/** Sides of a picture that is no video, and the largest square that any model asks for: it is a multiple of all others. */
const [SMALLEST, LARGEST] = [8, 32]
const rounded = (side: number, multiple: number): number => Math.max(multiple, Math.floor(side / multiple) * multiple)
const multipleOf = ({ video }: PipelineFamily): number => video?.multiple ?? SMALLEST

export const vaeEncode = defineNode({
  type: 'vae.encode',
  version: 1,
  title: 'VAE encode',
  description:
    'Turns a picture, or with a video model a clip, into a latent, for a sampler to make partly anew. Sides are cut to multiples of 8 pixels, with video models of 16 or 32.',
  category: 'latent',
  aliases: ['VAEEncode', 'image to latent', 'img2img', 'image to image', 'video to video', 'vid2vid', '编码', '图生图'],
  phase: 'generate',
  usesDevice: true,
  inputs: {
    vae: { type: 'VAE', title: 'VAE' },
    image: { type: 'IMAGE', title: 'Picture', optional: true },
    frames: { type: 'FRAMES', title: 'Clip', optional: true, description: 'Instead of a picture, for video models.' },
  },
  outputs: { latent: { type: 'LATENT', title: 'Latent' } },
  params: z.object({}),
  facts: ({ image, frames }) => ({
    latent: known(
      frames
        ? { ...sidesOf(frames), frameRate: frames.frameRate }
        : { ...sidesOf(image), frameRate: 1, frameCount: 1, durationSeconds: 1 },
    ),
  }),
  async run({ vae, image, frames }, _params, context) {
    const family = familyOf(vae.family)
    if (frames && image) {
      throw new AppError('input_invalid', '"VAE encode" takes a picture or a clip; take one of the two links away.')
    }
    if (frames) return { latent: await clipLatent(family, vae, frames, context) }
    if (!image)
      throw new AppError('input_invalid', '"VAE encode" has nothing to encode; link a picture or a clip to it.')
    if (!family.encodeImage) refuseForOtherNode(family)
    const multiple = multipleOf(family)
    const picture = await coverCrop(image, rounded(image.width, multiple), rounded(image.height, multiple))
    return { latent: await family.encodeImage(context.models, vae, picture, context.signal) }
  },
})

async function clipLatent(
  family: PipelineFamily,
  vae: Vae,
  frames: Frames,
  { models, signal, artifacts, display }: NodeContext,
): Promise<Latent> {
  if (!family.encodeFrames) {
    if (!family.encodeImage) refuseForOtherNode(family)
    throw new AppError(
      'input_invalid',
      `Models of the kind "${family.name}" make pictures; link a picture to "VAE encode", not a clip.`,
    )
  }
  const multiple = multipleOf(family)
  const [width, height] = [rounded(frames.width, multiple), rounded(frames.height, multiple)]
  const clip = { frames, width, height, scratch: artifacts.scratch }
  const latent = await family.encodeFrames(models, vae, clip, signal)
  const left = frames.frameCount - latent.video.frameCount
  if (left > 0) {
    const text = `The model takes clips of 4k + 1 frames: the first ${latent.video.frameCount} are encoded, ${left} at the end are left out.`
    display({ kind: 'note', code: 'frames_left_out', text })
  }
  return latent
}

/** The sides, where every model cuts them alike. */
function sidesOf({ width, height }: ValueFacts = {}): ValueFacts {
  const agreed = (side: number | undefined): number | undefined =>
    side !== undefined && rounded(side, SMALLEST) === rounded(side, LARGEST) ? rounded(side, SMALLEST) : undefined
  return known({ width: agreed(width), height: agreed(height) })
}
