import { defineNode, type Latent, type NodeContext, type ParamMeta } from '@beatloom/core'
import { denoise, familyOf, MAX_SEED, SCHEDULER_NAMES } from '@beatloom/models'
import { z } from 'zod'
import { megapixels } from '../clip-pixels.ts'

/** Shorter videos are sampled at this length. */
const SHORTEST_SECONDS = 3
/** Previews may take this share of the time a run takes. */
const PREVIEW_SHARE = 0.03

const SAMPLER_TITLES = {
  'flow-match-euler': 'Flow match Euler',
  unipc: 'UniPC',
  'dpmpp-2m': 'DPM++ 2M',
  'dpmpp-2m-sde': 'DPM++ 2M SDE',
  'euler-ancestral': 'Euler ancestral',
  ddim: 'DDIM',
  lcm: 'LCM',
  pndm: 'PNDM',
  auto: 'As the model says',
} as const

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
  params: z.object({
    seed: z
      .string()
      .regex(/^\d{1,20}$/, 'A seed is a whole number in decimal.')
      .default('0')
      .describe('Which noise to start from: a whole number from 0 to 18446744073709551615.')
      .meta({ widget: 'seed', title: 'Seed' } satisfies ParamMeta),
    steps: z
      .int()
      .min(1)
      .max(50)
      .default(8)
      .describe('In how many steps the noise is removed; more takes longer.')
      .meta({ widget: 'slider', title: 'Steps' } satisfies ParamMeta),
    sampler: z
      .enum(['auto', ...SCHEDULER_NAMES])
      .default('auto')
      .describe(
        'How one step follows from the last. Flow models, such as the one in the box, take the first four; Stable Diffusion takes UniPC, DPM++ and the rest.',
      )
      .meta({ title: 'Sampler', choiceTitles: SAMPLER_TITLES } satisfies ParamMeta),
    guidance: z
      .number()
      .min(0)
      .max(30)
      .default(0)
      .describe('How far the model is pushed towards the prompt; 1 is none, 0: as the model says.')
      .meta({ title: 'Guidance', advanced: true } satisfies ParamMeta),
    strength: z
      .number()
      .min(0)
      .max(1)
      .default(1)
      .describe('How much of the latent is made anew: 1 all of it, 0.5 keeps half of a picture that was encoded.')
      .meta({ widget: 'slider', title: 'Strength', advanced: true } satisfies ParamMeta),
    shift: z
      .number()
      .min(0)
      .max(100)
      .default(0)
      .describe('How much of the way is spent on high noise; 0: as the model says.')
      .meta({ title: 'Shift', advanced: true } satisfies ParamMeta),
  }),
  check({ seed }) {
    if (BigInt(seed) <= MAX_SEED) return []
    return [{ param: 'seed', message: `A seed is at most ${MAX_SEED}; this one is ${seed}.` }]
  },
  facts: ({ latent }) => ({ latent }),
  cost({ steps }, { latent }) {
    const seconds = latent?.durationSeconds
    if (seconds === undefined) return null
    // Measured 2026-11-22 on 2 cores with the pocket model: 3 to 15 s of video, the shortest latents lasting 3 s.
    return {
      work: 0.4 + 0.125 * steps * Math.max(SHORTEST_SECONDS, seconds),
      memoryBytes: 180e6 + 35e6 * seconds,
      diskBytes: 3e6 + 4e6 * (megapixels(latent) ?? 1),
    }
  },
  async run({ model, conditioning, latent }, params, context) {
    const { models, signal, progress } = context
    progress(0, params.steps)
    const showPreview = previewer(model.family, context)
    const denoised = await denoise(models, model, conditioning, latent, {
      ...params,
      signal,
      async onStep(step, steps, clean) {
        progress(step, steps)
        // The finished latent is decoded right after, so the last step needs no preview.
        if (step < steps) await showPreview(clean)
      },
    })
    // Frames are decoded and encoded next, which needs the room; one expert comes back in less time than a step takes.
    if (model.experts.length > 1) await models.release(model.experts[0]!.component)
    return { latent: denoised }
  },
})

/** Shows what the latent is becoming, whenever previews so far have taken little enough of the time. */
function previewer(
  familyName: string,
  { signal, preview, previews }: NodeContext,
): (clean: () => Latent) => Promise<void> {
  const { preview: draw } = familyOf(familyName)
  const start = performance.now()
  let spent = 0
  return async (clean) => {
    const now = performance.now()
    if (!draw || previews === false || spent > PREVIEW_SHARE * (now - start)) return
    const picture = await draw(clean(), signal)
    spent += performance.now() - now
    if (picture) preview({ mime: picture.mime, bytes: picture.bytes })
  }
}
