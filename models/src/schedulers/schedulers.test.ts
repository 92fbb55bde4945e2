import { describe, expect, it } from 'vitest'
import { countHighNoiseSteps, createScheduler, firstCall, type SchedulerOptions } from './create-scheduler.ts'
import { type FlowRule, flowSchedule } from './flow-schedule.ts'
import alphas from './golden/alphas-cumprod.json' with { type: 'json' }
import flowTimesteps from './golden/flow-timesteps.json' with { type: 'json' }
import spacing from './golden/spacing.json' with { type: 'json' }
import { lcmTimesteps } from './lcm.ts'
import { pndmTimesteps } from './pndm.ts'
import { FLOW_SCHEDULERS, SCHEDULER_NAMES, type SchedulerName, schedulerOfConfig } from './scheduler-names.ts'
import { sines } from './testing.ts'
import { spacedTimesteps } from './timestep-spacing.ts'
import { signalShares } from './training-noise.ts'

describe('flow timesteps of 1 to 50 steps', () => {
  const tables = Object.entries(flowTimesteps).map(([name, table]) => {
    const [, steps, shift] = /^n(\d+)_shift(\d+)$/.exec(name)!
    return { steps: Number(steps), shift: Number(shift), table }
  })
  it.each(['wan', 'diffusers'] as const)('are identical by the %s rule', (rule: FlowRule) => {
    expect(tables.length).toBe(200)
    for (const { steps, shift, table } of tables) {
      expect(flowSchedule(rule, steps, shift).timesteps).toEqual(table[rule as 'wan' | 'diffusers'])
    }
  })
  it('put as many steps on the high-noise expert as the reference', () => {
    for (const { steps, shift, table } of tables) {
      const { timesteps } = flowSchedule('wan', steps, shift)
      expect(countHighNoiseSteps(timesteps, 0.875)).toBe(table.wan_high_875)
      expect(countHighNoiseSteps(timesteps, 0.9)).toBe(table.wan_high_900)
    }
  })
  it('give Wan 26 high steps of 40 at shift 12 and its picture model 15 at shift 5', () => {
    expect(countHighNoiseSteps(flowSchedule('wan', 40, 12).timesteps, 0.875)).toBe(26)
    expect(countHighNoiseSteps(flowSchedule('wan', 40, 5).timesteps, 0.9)).toBe(15)
  })
  it('count a timestep of exactly 875 as high', () => {
    expect(countHighNoiseSteps([875, 874.999], 0.875)).toBe(1)
    // Unshifted, 8 steps land on 1000, 875, 750 …
    expect(countHighNoiseSteps(flowSchedule('explicit', 8, 1).timesteps, 0.875)).toBe(2)
  })
})

const STABLE_DIFFUSION = { beta_start: 0.00085, beta_end: 0.012, beta_schedule: 'scaled_linear', skip_prk_steps: true }

describe('timesteps of training', () => {
  it('are chosen as the reference does, for every spacing and 10 numbers of steps', () => {
    for (const [steps, lists] of Object.entries(spacing)) {
      const count = Number(steps)
      for (const name of ['linspace', 'leading', 'trailing'] as const) {
        const key = name === 'leading' ? 'leading1' : name
        for (const [prefix, style] of [
          ['ddim', 'single'],
          ['euler', 'euler'],
          ['dpm', 'multistep'],
        ] as const) {
          const expected = lists[`${prefix}_${key}` as keyof typeof lists] as number[]
          const found = spacedTimesteps(name, style, count, 1)
          expect(found.length).toBe(expected.length)
          for (const [i, t] of found.entries()) expect(t).toBeCloseTo(expected[i]!, 3)
        }
      }
      expect(pndmTimesteps(count, 'leading', 1)).toEqual(lists.pndm)
      expect(lcmTimesteps(count, 50)).toEqual(lists.lcm)
    }
  })
  it('keep as much of the signal as the reference says', () => {
    const facts = { betaStart: 0.00085, betaEnd: 0.012, trainedBetas: null, zeroTerminal: false } as const
    const shares = signalShares({ ...facts, betaSchedule: 'scaled_linear' })
    for (const [t, share] of Object.entries(alphas)) expect(shares[Number(t)]! / share).toBeCloseTo(1, 5)
    expect(signalShares({ ...facts, betaSchedule: 'linear', zeroTerminal: true }).at(-1)).toBe(0)
    expect(() => signalShares({ ...facts, betaSchedule: 'linear', trainedBetas: [0.5] })).toThrow(/1000 numbers/)
  })
})

describe('schedulers in general', () => {
  const clean = Float32Array.of(0.5, -2, 3)
  const never = (): Float32Array => {
    throw new Error('no noise was expected')
  }

  it('agree that a model which always names the same clean sample ends there: flows', () => {
    for (const name of FLOW_SCHEDULERS) {
      for (const [rule, steps] of [
        ['explicit', 1],
        ['explicit', 7],
        ['wan', 2],
        ['diffusers', 9],
        ['wan-dpm', 20],
      ] as const) {
        const scheduler = createScheduler(name, { steps, shift: 8, rule })
        const sample = Float32Array.of(1, 1, -1)
        const draw = sines(3)
        scheduler.timesteps.forEach((_, i) => {
          const velocity = sample.map((x, k) => (x - clean[k]!) / scheduler.sigmas[i]!)
          expect(scheduler.estimate(i, sample, velocity, new Float32Array(3))[1]).toBeCloseTo(-2, 4)
          scheduler.step(i, sample, velocity, draw)
        })
        for (const [k, x] of sample.entries()) expect(x).toBeCloseTo(clean[k]!, 4)
      }
    }
  })

  it('agree on it for models of noise, from unit noise and from a noised picture', () => {
    const config = { ...STABLE_DIFFUSION, prediction_type: 'sample', clip_sample: false }
    for (const name of ['unipc', 'dpmpp-2m', 'dpmpp-2m-sde', 'euler', 'euler-ancestral', 'ddim', 'lcm'] as const) {
      const scheduler = createScheduler(name, { steps: 6, config })
      for (const first of [0, 3]) {
        const again = first === 0 ? scheduler : createScheduler(name, { steps: 6, config })
        const sample = again.addNoise(first, Float32Array.of(9, 9, 9), sines(3, 5)(), new Float32Array(3))
        const draw = sines(3)
        for (let i = first; i < again.timesteps.length; i++) again.step(i, sample, clean, draw)
        // DDIM ends at the first training step, which keeps a little noise; consistency models keep a trace as well.
        for (const [k, x] of sample.entries())
          expect(Math.abs(x - clean[k]!)).toBeLessThan(name === 'ddim' ? 0.2 : 1e-3)
      }
    }
  })

  it('ask for noise once a step where they add some, and never where they do not', () => {
    const config = STABLE_DIFFUSION
    const draws = (name: SchedulerName, options: Partial<SchedulerOptions> = {}) => {
      let count = 0
      const scheduler = createScheduler(name, { steps: 4, config, ...options })
      const sample = Float32Array.of(1, 2)
      for (const i of scheduler.timesteps.keys()) {
        scheduler.step(i, sample, Float32Array.of(0.1, 0.2), () => {
          count++
          return new Float32Array(2)
        })
      }
      return count
    }
    expect(draws('dpmpp-2m-sde')).toBe(4)
    expect(draws('euler-ancestral')).toBe(4)
    expect(draws('ddim', { eta: 1 })).toBe(4)
    // The last consistency step is not noised again.
    expect(draws('lcm')).toBe(3)
    expect(draws('flow-match-euler', { config: { stochastic_sampling: true } })).toBe(4)
    for (const name of ['unipc', 'dpmpp-2m', 'euler', 'ddim', 'pndm'] as const) expect(draws(name)).toBe(0)
  })

  it('tell the model exactly 1000·σ when asked to', () => {
    const { timesteps, sigmas } = createScheduler('unipc', { steps: 8, shift: 8, exactTimesteps: true })
    expect(timesteps).toEqual(sigmas.slice(0, -1).map((sigma) => sigma * 1000))
    expect(Number.isInteger(timesteps[1])).toBe(false)
  })

  it('begin later, the more of a picture is kept', () => {
    expect([1, 0.999, 0.6, 0.05, 0].map((strength) => firstCall(20, strength))).toEqual([0, 1, 8, 19, 20])
    expect(lcmTimesteps(4, 50, 0.5)).toEqual([499, 379, 259, 139])
  })

  it('are found by the class that a config names', () => {
    expect(schedulerOfConfig({ _class_name: 'UniPCMultistepScheduler' })).toBe('unipc')
    const dpm = { _class_name: 'DPMSolverMultistepScheduler' }
    expect(schedulerOfConfig(dpm)).toBe('dpmpp-2m')
    expect(schedulerOfConfig({ ...dpm, algorithm_type: 'sde-dpmsolver++' })).toBe('dpmpp-2m-sde')
    expect(() => schedulerOfConfig({ _class_name: 'HeunDiscreteScheduler' })).toThrow(
      /"HeunDiscreteScheduler".*DDIMScheduler/,
    )
    expect(() => schedulerOfConfig({})).toThrow(/undefined, which is not known/)
  })

  it.each([
    ['unipc', { steps: 0 }, 'input_invalid', /at least 1/],
    ['unipc', { steps: 2.5 }, 'input_invalid', /whole number/],
    ['unipc', { config: { prediction_type: 'magic' } }, 'model_invalid', /prediction_type must be one of .*"magic"/],
    ['unipc', { config: { solver_order: 'two' } }, 'model_invalid', /solver_order must be a number; it is "two"/],
    ['ddim', {}, 'input_invalid', /"ddim" is not for models that predict a flow.*Choose one of flow-match/],
    ['flow-match-euler', { config: STABLE_DIFFUSION }, 'input_invalid', /predict a flow; this one predicts noise/],
    ['flow-match-euler', { config: { use_dynamic_shifting: true } }, 'model_invalid', /shift depends on/],
    ['ddim', { config: { beta_start: 0.1, clip_sample: 3 } }, 'model_invalid', /clip_sample must be true or false/],
    ['euler', { config: { beta_start: 1e-4, beta_schedule: 'wild' } }, 'model_invalid', /one of linear, scaled_linear/],
    ['euler', { config: { beta_start: 1e-4, num_train_timesteps: 500 } }, 'model_invalid', /500 timesteps/],
    ['euler', { config: { beta_start: 1e-4, trained_betas: 'x' } }, 'model_invalid', /a list of numbers/],
    ['pndm', { config: { beta_start: 1e-4 } }, 'model_invalid', /skip_prk_steps/],
    ['dpmpp-2m', { config: { solver_order: 3 } }, 'model_invalid', /of order 1 and 2; the config asks for 3/],
    ['dpmpp-2m', { config: { algorithm_type: 'dpmsolver' } }, 'model_invalid', /algorithm_type must be one of/],
    ['lcm', { steps: 60 }, 'input_invalid', /at most 50 steps here; 60/],
  ] as [SchedulerName, Partial<SchedulerOptions>, string, RegExp][])(
    'refuse: %s %o',
    (name, options, code, message) => {
      const make = () => createScheduler(name, { steps: 5, ...options })
      expect(make).toThrow(message)
      expect(make).toThrow(expect.objectContaining({ code }))
    },
  )

  it('refuse outputs of another length', () => {
    for (const name of SCHEDULER_NAMES) {
      const isFlow = (FLOW_SCHEDULERS as readonly string[]).includes(name)
      const scheduler = createScheduler(name, { steps: 2, config: isFlow ? {} : STABLE_DIFFUSION })
      const step = () => scheduler.step(0, new Float32Array(3), new Float32Array(2), never)
      expect(step).toThrow(/2 values for a sample of 3/)
    }
  })
})
