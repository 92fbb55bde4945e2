import {
  AppError,
  CancelledError,
  type Conditioning,
  type Latent,
  type Model,
  type ModelHost,
  type TensorData,
} from '@beatloom/core'
import { familyOf, type PipelineFamily, type Stretch } from './families.ts'
import { guide, needsUnconditional } from './guidance.ts'
import { createGenerator } from './noise/torch-random.ts'
import { createScheduler, firstCall } from './schedulers/create-scheduler.ts'
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
  /** After each step; `clean()` works out what the model believes the finished latent is. */
  onStep?(step: number, steps: number, clean: () => Latent): Promise<void> | void
}

/**
 * Fills a latent with noise from the seed and lets the model's experts remove it.
 *
 * Timesteps only fall, so all steps of the high-noise expert come before those of the low-noise one and there is one
 * change between them; the solver's history goes across it.
 * @returns the latent with its tensors denoised; the given one stays as it is.
 * @throws {AppError} `run_cancelled` within one call of the network after an abort; `input_invalid`, `model_invalid`.
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
  if (!conditioning.later?.length) return denoiseOnce(host, model, family, conditioning, latent, options)
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

/** One prompt from beginning to end. */
async function denoiseOnce(
  host: ModelHost,
  model: Model,
  family: PipelineFamily,
  conditioning: Conditioning,
  latent: Latent,
  options: DenoiseOptions,
): Promise<Latent> {
  const { signal, steps } = options
  const limited = (clean: Latent) =>
    family.limit && conditioning.limits ? family.limit(clean, conditioning.limits) : clean
  const strength = options.strength ?? 1
  if (strength < 1 && firstCall(steps, strength) >= steps) return latent
  const sampler = options.sampler === 'auto' ? family.sampler(model) : options.sampler
  const scheduler = createScheduler(sampler, {
    steps,
    strength,
    shift: options.shift > 0 ? options.shift : model.shift,
    ...(model.scheduler ? { config: model.scheduler } : {}),
    ...family.schedule,
  })
  const layout = layoutOf(latent)
  const generator = createGenerator(options.seed)
  const draw = () => generator.randn(layout.count)
  const sample = draw()
  // Consistency models choose their timesteps by the strength; the others leave the first ones out.
  const first = strength < 1 && sampler !== 'lcm' ? firstCall(steps, strength) : 0
  if (strength < 1) {
    scheduler.addNoise(first, layout.join(latent.tensors), sample, sample)
  } else if (scheduler.initialScale !== 1) for (let k = 0; k < sample.length; k++) sample[k]! *= scheduler.initialScale
  const scaled = scheduler.scaleInput ? new Float32Array(layout.count) : null
  const calls = scheduler.timesteps.length - first
  const unconditional = { ...conditioning.positive, ...conditioning.negative }

  for (let i = first; i < scheduler.timesteps.length; i++) {
    const timestep = scheduler.timesteps[i]!
    const { component, ...expert } = model.experts[expertAt(model, i, timestep)]!
    const guidance = options.guidance || expert.guidance
    const input = scaled ? scheduler.scaleInput!(i, sample, scaled) : sample
    const predict = async (conditions: Record<string, TensorData>) => {
      if (signal.aborted) throw new CancelledError()
      return layout.join(await family.predict(host, component, layout.split(input), conditions, timestep, signal))
    }
    const isInput = family.guidance === 'input'
    const scale = { guidance_scale: { dims: [1], data: Float32Array.of(guidance) } }
    const velocity = await predict(isInput ? { ...conditioning.positive, ...scale } : conditioning.positive)
    if (!isInput && needsUnconditional(guidance)) guide(velocity, await predict(unconditional), guidance)
    if (signal.aborted) throw new CancelledError()
    // The sample is overwritten by the step, so what it says about the clean latent is worked out first, if wanted.
    const before = options.onStep ? sample.slice() : sample
    scheduler.step(i, sample, velocity, draw)
    await options.onStep?.(i - first + 1, calls, () =>
      limited({
        ...latent,
        tensors: layout.split(scheduler.estimate(i, before, velocity, new Float32Array(sample.length))),
      }),
    )
  }
  return limited({ ...latent, tensors: layout.split(sample) })
}

/** Which expert a step goes to: by step number where the model says one, else by `timestep ≥ boundary · 1000`. */
export function expertAt(model: Model, step: number, timestep: number): number {
  if (model.experts.length < 2) return 0
  if (model.boundaryStep !== null) return step < model.boundaryStep ? 0 : 1
  return timestep >= (model.boundary ?? 0) * 1000 ? 0 : 1
}

interface Layout {
  count: number
  /** Tensors of their own from one flat run of values. */
  split(flat: Float32Array): Record<string, TensorData>
  join(tensors: Record<string, TensorData>): Float32Array
}

/** The latent's tensors one after another, in their order, as the scheduler sees them. */
function layoutOf(latent: Latent): Layout {
  const parts = Object.entries(latent.tensors).map(([name, { dims }]) => ({
    name,
    dims,
    count: dims.reduce((product, dim) => product * dim, 1),
  }))
  const count = parts.reduce((sum, part) => sum + part.count, 0)
  return {
    count,
    split(flat) {
      let start = 0
      return Object.fromEntries(
        parts.map((part) => {
          const data = flat.slice(start, start + part.count)
          start += part.count
          return [part.name, { dims: part.dims, data }]
        }),
      )
    },
    join(tensors) {
      const flat = new Float32Array(count)
      let start = 0
      for (const part of parts) {
        const data = tensors[part.name]?.data
        if (!(data instanceof Float32Array) || data.length !== part.count) {
          throw new AppError('model_invalid', `The model's output for ${part.name} is not [${part.dims.join(', ')}].`)
        }
        flat.set(data, start)
        start += part.count
      }
      return flat
    },
  }
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
