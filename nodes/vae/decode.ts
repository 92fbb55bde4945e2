import { AppError, defineNode, type ParamMeta } from '@beatloom/core'
import { familyOf } from '@beatloom/models'
import { z } from 'zod'
import { clipMegapixels, megapixels } from '../clip-pixels.ts'

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
  params: z.object({
    tile: z
      .enum(['auto', 'none', '256', '384', '512', '768'])
      .default('auto')
      .describe(
        'Of large video models: decode in squares of so many pixels, which takes less memory. Auto: only where memory asks for it.',
      )
      .meta({ title: 'Tiles', advanced: true } satisfies ParamMeta),
  }),
  facts: ({ latent }) => ({ frames: latent }),
  cost(_params, { latent }) {
    const pixels = clipMegapixels(latent)
    // Measured 2026-11-22 on 2 cores: the pocket model's decoder, 480p and 720p.
    return pixels === null ? null : { work: 0.1 + 0.007 * pixels, memoryBytes: 20e6 + 20e6 * (megapixels(latent) ?? 1) }
  },
  run({ vae, latent }, { tile }, { models, display, artifacts }) {
    if (vae.family !== latent.family) {
      throw new AppError(
        'input_invalid',
        `This VAE belongs to a model of the kind "${vae.family}" and cannot decode a latent of the kind "${latent.family}".`,
      )
    }
    // Every reader of the frames may be told the same.
    const told = new Set<string>()
    const frames = familyOf(latent.family).decode(models, vae, latent, {
      scratch: artifacts.scratch,
      tile: tile === 'auto' ? null : tile === 'none' ? 0 : Number(tile),
      tell(text) {
        if (!told.has(text)) display({ kind: 'note', code: 'smaller_tiles', text })
        told.add(text)
      },
    })
    if (frames.remark) display({ kind: 'note', ...frames.remark })
    return { frames }
  },
})
