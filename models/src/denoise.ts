import { AppError, type Conditioning, type Latent, type Model, type ModelHost } from '@beatloom/core'
import { type DenoiseTask, type Fallback, withFallback } from './denoise-fallback.ts'
import { denoiseOnce, denoiseStages } from './denoise-once.ts'
import { familyOf, type PipelineFamily, type Stretch } from './families.ts'
import type { FlowRule } from './schedulers/flow-schedule.ts'
import type { SchedulerName } from './schedulers/scheduler-names.ts'

export interface DenoiseOptions {
  /** 0 … 2^64 − 1, decimal. */
  seed: string
  steps: number
  /** `auto`: the model's own. */
  sampler: SchedulerName | 'auto'
  /** 0: the model's own. */
  shift: number
  /** Of every expert; 0, or absent: their own. */
  guidance?: number
  /** How much of the latent is made anew, 0 … 1; 1, or absent: all, whatever it holds. */
  strength?: number
  signal: AbortSignal
  /** Which noise levels of a flow; without it those of the model's kind. */
  rule?: FlowRule
  /** Told when memory was not enough and the sampling begins anew in shorter parts. */
  onFallback?(fallback: Fallback): void
  /** After each step; `clean()` works out what the model believes the finished latent is. */
  onStep?(step: number, steps: number, clean: () => Latent): Promise<void> | void
}

/**
 * Fills a latent with noise from the seed and lets the model's experts remove it.
 *
 * Timesteps only fall, so all steps of the high-noise expert come before those of the low-noise one and there is one
 * change between them; the solver's history goes across it.
 * @returns the latent with its tensors denoised; the given one stays as it is.
 * @throws {AppError} `run_cancelled` within one call of the network after an abort; `input_invalid`, `model_invalid`;
 *   `not_enough_memory` where not even the shortest parts fit.
 */
export async function denoise(
  host: ModelHost,
  model: Model,
  conditioning: Conditioning,
  latent: Latent,
  options: DenoiseOptions,
): Promise<Latent> {
  const family = familyOf(model.family)
  assertSameFamily(family, conditioning, latent)
  return withFallback(family, { model, conditioning, latent }, options.onFallback, (task) =>
    denoiseTask(host, family, task, options),
  )
}

async function denoiseTask(
  host: ModelHost,
  family: PipelineFamily,
  { model, conditioning, latent }: DenoiseTask,
  options: DenoiseOptions,
): Promise<Latent> {
  if (!conditioning.later?.length) {
    if (latent.clips && family.clips) return denoiseClips(host, model, family, conditioning, latent, options)
    return denoiseOnce(host, model, family, conditioning, latent, options)
  }
  const { timeline } = family
  if (!timeline) {
    throw new AppError('input_invalid', `Words cannot change over time with models of the kind "${family.name}".`)
  }
  const stretches = timeline.cut(conditioning, latent)
  const done: Stretch[] = []
  for (const stretch of stretches) {
    const sampled = await denoiseOnce(host, model, family, stretch.conditioning, stretch.latent, {
      ...options,
      onStep: (step, steps, clean) =>
        options.onStep?.(done.length * steps + step, stretches.length * steps, () =>
          timeline.join(latent, [...done, { ...stretch, latent: clean() }]),
        ),
    })
    done.push({ ...stretch, latent: sampled })
  }
  return timeline.join(latent, done)
}

/**
 * The same words and latent from several seeds. All of them pass the high-noise expert before the other one is loaded.
 * @returns a latent for each seed.
 */
export async function denoiseVariations(
  host: ModelHost,
  model: Model,
  conditioning: Conditioning,
  latent: Latent,
  seeds: readonly string[],
  options: Omit<DenoiseOptions, 'seed'>,
): Promise<Latent[]> {
  const family = familyOf(model.family)
  assertSameFamily(family, conditioning, latent)
  return withFallback(family, { model, conditioning, latent }, options.onFallback, (task) =>
    variationsOf(host, family, task, seeds, options),
  )
}

async function variationsOf(
  host: ModelHost,
  family: PipelineFamily,
  { model, conditioning, latent }: DenoiseTask,
  seeds: readonly string[],
  options: Omit<DenoiseOptions, 'seed'>,
): Promise<Latent[]> {
  const isOne = !latent.clips && !conditioning.later?.length
  let done = 0
  const each = seeds.map((seed) => {
    const own: DenoiseOptions = {
      ...options,
      seed,
      onStep: (_step, steps, clean) => options.onStep?.(++done, seeds.length * steps, clean),
    }
    return isOne ? denoiseStages(host, model, family, conditioning, latent, own) : whole(own)
  })
  async function* whole(own: DenoiseOptions): AsyncGenerator<void, Latent> {
    yield* []
    return denoiseTask(host, family, { model, conditioning, latent }, own)
  }
  const finished = new Map<number, Latent>()
  while (finished.size < each.length) {
    for (const [k, stages] of each.entries()) {
      if (finished.has(k)) continue
      const stage = await stages.next()
      if (stage.done) finished.set(k, stage.value)
    }
  }
  return seeds.map((_, k) => finished.get(k)!)
}

/** One clip after the other, each from the next seed (`wan/speech2video.py`). */
async function denoiseClips(
  host: ModelHost,
  model: Model,
  family: PipelineFamily,
  conditioning: Conditioning,
  latent: Latent,
  options: DenoiseOptions,
): Promise<Latent> {
  if ((options.strength ?? 1) < 1) {
    throw new AppError(
      'input_invalid',
      'A video that is made clip by clip is made anew as a whole; set the strength to 1.',
    )
  }
  const sequence = family.clips!(host, conditioning, latent)
  for (let k = 0; k < sequence.count; k++) {
    const part = await sequence.part(k, options.signal)
    const seed = String((BigInt(options.seed) + BigInt(k)) % 2n ** 64n)
    const done = await denoiseOnce(host, model, family, part.conditioning, part.latent, {
      ...options,
      seed,
      onStep: (step, steps, clean) =>
        options.onStep?.(k * steps + step, sequence.count * steps, () => sequence.whole({ k, latent: clean() })),
    })
    await sequence.finish(k, done, options.signal)
  }
  return sequence.whole()
}

function assertSameFamily(family: PipelineFamily, conditioning: Conditioning, latent: Latent): void {
  for (const [what, name] of [
    ['conditioning', conditioning.family],
    ['latent', latent.family],
  ] as const) {
    if (name !== family.name) {
      throw new AppError(
        'input_invalid',
        `The ${what} was made for "${name}" models, the model is a "${family.name}" one.`,
      )
    }
  }
  const missing = family.conditions.filter((condition) => conditioning.positive[condition] === undefined)
  if (missing.length > 0) {
    throw new AppError(
      'input_invalid',
      `The conditioning lacks ${missing.join(', ')}; link it through the node that encodes picture and sound.`,
    )
  }
}
