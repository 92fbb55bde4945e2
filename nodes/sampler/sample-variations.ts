import { defineNode, type ParamMeta } from '@beatloom/core'
import { denoiseVariations, MAX_SEED } from '@beatloom/models'
import { z } from 'zod'
import { noteFallback, previewer } from './sample.ts'
import { SAMPLER_PARAMS, seedProblems } from './sampler-params.ts'

export const sampleVariations = defineNode({
  type: 'sampler.variations',
  version: 1,
  title: 'Sample variations',
  description:
    'Makes several latents of the same words, from one seed after another. With two experts all of them pass the first one before the second is loaded.',
  category: 'sampler',
  aliases: ['batch', 'batch_size', 'seeds', 'ksampler', 'variations', '批量', '变化'],
  phase: 'generate',
  usesDevice: true,
  inputs: {
    model: { type: 'MODEL', title: 'Model' },
    conditioning: { type: 'CONDITIONING', title: 'Conditioning' },
    latent: { type: 'LATENT', title: 'Latent' },
  },
  outputs: { latents: { type: 'LATENT', list: true, title: 'Latents' } },
  params: z.object({
    count: z
      .int()
      .min(1)
      .max(16)
      .default(4)
      .describe('How many latents are made; the first is that of the Sampler with the same seed.')
      .meta({ widget: 'slider', title: 'Variations' } satisfies ParamMeta),
    ...SAMPLER_PARAMS,
  }),
  check: ({ seed }) => seedProblems(seed),
  facts: ({ latent }) => ({ latents: latent }),
  async run({ model, conditioning, latent }, { count, seed, ...params }, context) {
    const { models, signal, progress, repeated } = context
    const seeds = Array.from({ length: count }, (_, k) => String((BigInt(seed) + BigInt(k)) % (MAX_SEED + 1n)))
    progress(0, count * params.steps)
    const showPreview = await previewer(model, context)
    const latents = await denoiseVariations(models, model, conditioning, latent, seeds, {
      ...params,
      signal,
      onFallback: noteFallback(context),
      async onStep(step, steps, clean) {
        progress(step, steps)
        if (step < steps) await showPreview(clean)
      },
    })
    if (model.experts.length > 1 && !repeated) await models.release(model.experts[0]!.component)
    return { latents }
  },
})
