import { AppError, defineNode } from '@beatloom/core'
import { decodePocket, type PocketCrop } from '@beatloom/models'
import { z } from 'zod'
import { clipMegapixels, megapixels } from '../clip-pixels.ts'

/** Crops and shortenings up to this share go unmentioned. */
const WORTH_SAYING = 0.01

export const vaeDecode = defineNode({
  type: 'vae.decode',
  version: 1,
  title: 'VAE decode',
  description: 'Turns a latent into the frames of the video, one at a time as they are read.',
  category: 'latent',
  aliases: ['VAEDecode', 'latent to frames', 'decode', '解码'],
  phase: 'generate',
  inputs: {
    vae: { type: 'VAE', title: 'VAE' },
    latent: { type: 'LATENT', title: 'Latent' },
  },
  outputs: { frames: { type: 'FRAMES', title: 'Frames' } },
  params: z.object({}),
  facts: ({ latent }) => ({ frames: latent }),
  cost(_params, { latent }) {
    const pixels = clipMegapixels(latent)
    // Measured 2026-11-22 on 2 cores: the pocket model's decoder, 480p and 720p.
    return pixels === null ? null : { work: 0.1 + 0.007 * pixels, memoryBytes: 20e6 + 20e6 * (megapixels(latent) ?? 1) }
  },
  run({ vae, latent }, _params, { display }) {
    if (vae.family !== latent.family) {
      throw new AppError(
        'input_invalid',
        `This VAE belongs to a model of the kind "${vae.family}" and cannot decode a latent of the kind "${latent.family}".`,
      )
    }
    const frames = decodePocket(latent)
    const text = cropNote(frames.crop)
    if (text) display({ kind: 'note', code: 'cropped', text })
    return { frames }
  },
})

/** What the user should know of how the clip sits in its picture; null when there is nothing to say. */
export function cropNote({ cropScale, pathScale }: PocketCrop): string | null {
  const cropped =
    cropScale > 1 + WORTH_SAYING
      ? `The picture is enlarged by ${Math.round((cropScale - 1) * 100)} % to give the camera room.`
      : null
  const shortened =
    pathScale < 1 - WORTH_SAYING
      ? `The camera moves ${Math.round(pathScale * 100)} % of what was asked, as far as the picture reaches.`
      : null
  return [cropped, shortened].filter(Boolean).join(' ') || null
}
