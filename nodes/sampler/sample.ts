import { defineNode, isCancellation, type Latent, type Model, type NodeContext } from '@beatloom/core'
import { type DenoiseOptions, type DrawPreview, denoise, familyOf } from '@beatloom/models'
import { z } from 'zod'
import { megapixels } from '../clip-pixels.ts'
import { SAMPLER_PARAMS, seedProblems } from './sampler-params.ts'

/** Shorter videos are sampled at this length. */
const SHORTEST_SECONDS = 3
/** Previews may take this share of the time a run takes. */
const PREVIEW_SHARE = 0.03

export const sample = defineNode({
  type: 'sampler.sample',
  version: 1,
  title: 'Sampler',
  description:
    'Makes a latent video out of noise, step by step, as model and conditioning say. The same seed gives the same video.',
  category: 'sampler',
  aliases: ['ksampler', 'denoise', 'euler', 'unipc', 'flow', 'seed', 'steps', '采样', '种子'],
  phase: 'generate',
  usesDevice: true,
  inputs: {
    model: { type: 'MODEL', title: 'Model' },
    conditioning: { type: 'CONDITIONING', title: 'Conditioning' },
    latent: { type: 'LATENT', title: 'Latent' },
  },
  outputs: { latent: { type: 'LATENT', title: 'Latent' } },
  passThrough: { latent: 'latent' },
  params: z.object(SAMPLER_PARAMS),
  check: ({ seed }) => seedProblems(seed),
  facts: ({ latent }) => ({ latent }),
  cost({ steps }, { latent }) {
    const seconds = latent?.durationSeconds
    // Known of the pocket model only: latents of pictures have one frame, those of other video models no size or length yet.
    if (seconds === undefined || latent?.frameCount === 1 || latent?.width === undefined) return null
    // Measured 2026-11-22 on 2 cores with the pocket model: 3 to 15 s of video, the shortest latents lasting 3 s.
    return {
      work: 0.4 + 0.125 * steps * Math.max(SHORTEST_SECONDS, seconds),
      memoryBytes: 180e6 + 35e6 * seconds,
      diskBytes: 3e6 + 4e6 * (megapixels(latent) ?? 1),
    }
  },
  async run({ model, conditioning, latent }, params, context) {
    const { models, signal, progress, repeated } = context
    progress(0, params.steps)
    const showPreview = await previewer(model, context)
    const denoised = await denoise(models, model, conditioning, latent, {
      ...params,
      signal,
      onFallback: noteFallback(context),
      async onStep(step, steps, clean) {
        progress(step, steps)
        // The finished latent is decoded right after, so the last step needs no preview.
        if (step < steps) await showPreview(clean)
      },
    })
    // Frames are decoded and encoded next, which needs the room. A loop would load the expert anew for every shot.
    if (model.experts.length > 1 && !repeated) await models.release(model.experts[0]!.component)
    return { latent: denoised }
  },
})

/** Tells the user what memory asked for, and keeps what comes of it out of the cache: later there may be more. */
export function noteFallback({ display, makeshift }: NodeContext): NonNullable<DenoiseOptions['onFallback']> {
  return (note) => {
    display({ kind: 'note', ...note })
    makeshift?.()
  }
}

/** Shows what the latent is becoming, whenever previews so far have taken little enough of the time. */
export async function previewer(
  model: Model,
  { models, signal, preview, previews }: NodeContext,
): Promise<(clean: () => Latent) => Promise<void>> {
  const family = familyOf(model.family)
  const draw = previews === false ? null : await drawerOf(family.openPreview?.(models, model, signal))
  const start = performance.now()
  let spent = 0
  return async (clean) => {
    const now = performance.now()
    if (!draw || spent > PREVIEW_SHARE * (now - start)) return
    const picture = await draw(clean())
    spent += performance.now() - now
    if (picture) preview({ mime: picture.mime, bytes: picture.bytes })
  }
}

/** A run does not fail for want of passing pictures: what is wrong with the model, the nodes that need it will say. */
async function drawerOf(opening: Promise<DrawPreview | null> | undefined): Promise<DrawPreview | null> {
  try {
    return (await opening) ?? null
  } catch (error) {
    if (isCancellation(error)) throw error
    return null
  }
}
