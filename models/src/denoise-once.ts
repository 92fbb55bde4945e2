import {
  AppError,
  CancelledError,
  type Conditioning,
  type Latent,
  type Model,
  type ModelHost,
  type TensorData,
} from '@beatloom/core'
import { callInWindows } from './context-windows.ts'
import type { DenoiseOptions } from './denoise.ts'
import { ofDenoiser } from './denoise-fallback.ts'
import type { PipelineFamily } from './families.ts'
import { guide, needsUnconditional } from './guidance.ts'
import { createGenerator } from './noise/torch-random.ts'
import { createScheduler, firstCall } from './schedulers/create-scheduler.ts'

/** One prompt from beginning to end. */
export async function denoiseOnce(...all: Parameters<typeof denoiseStages>): Promise<Latent> {
  const stages = denoiseStages(...all)
  for (;;) {
    const stage = await stages.next()
    if (stage.done) return stage.value
  }
}

/** The same, pausing wherever another expert would take over; so that several latents can share one change of experts. */
export async function* denoiseStages(
  host: ModelHost,
  model: Model,
  family: PipelineFamily,
  conditioning: Conditioning,
  latent: Latent,
  options: DenoiseOptions,
): AsyncGenerator<void, Latent> {
  const { signal, steps } = options
  const finished = (clean: Latent) => family.finish?.(clean, conditioning) ?? clean
  const strength = options.strength ?? 1
  if (strength < 1 && firstCall(steps, strength) >= steps) return latent
  const sampler = options.sampler === 'auto' ? family.sampler(model) : options.sampler
  const scheduler = createScheduler(sampler, {
    steps,
    strength,
    shift: options.shift > 0 ? options.shift : model.shift,
    ...(model.scheduler ? { config: model.scheduler } : {}),
    ...family.schedule,
    ...(options.rule ? { rule: options.rule } : {}),
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
    const at = expertAt(model, i, timestep)
    if (i > first && at !== expertAt(model, i - 1, scheduler.timesteps[i - 1]!)) yield
    const { component, windows, ...expert } = model.experts[at]!
    const guidance = options.guidance || expert.guidance
    const input = scaled ? scheduler.scaleInput!(i, sample, scaled) : sample
    const predict = async (conditions: Record<string, TensorData>) => {
      if (signal.aborted) throw new CancelledError()
      const call = (tensors: Record<string, TensorData>, told: Record<string, TensorData>) =>
        family.predict(host, component, tensors, told, timestep, signal).catch(ofDenoiser)
      const shown = layout.split(input)
      const inWindow = family.inWindow ?? ((all) => all)
      return layout.join(
        await (windows ? callInWindows(windows, shown, conditions, inWindow, call) : call(shown, conditions)),
      )
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
      finished({
        ...latent,
        tensors: layout.split(scheduler.estimate(i, before, velocity, new Float32Array(sample.length))),
      }),
    )
  }
  return finished({ ...latent, tensors: layout.split(sample) })
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
