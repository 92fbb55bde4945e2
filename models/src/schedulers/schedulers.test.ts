import { describe, expect, it } from 'vitest'
import { countHighNoiseSteps, createScheduler, type SchedulerName, type SchedulerOptions } from './create-scheduler.ts'
import { type FlowRule, flowSchedule } from './flow-schedule.ts'
import flowTimesteps from './golden/flow-timesteps.json' with { type: 'json' }
import golden from './golden/runs.json' with { type: 'json' }

type Run = (typeof golden.runs)[number]

function schedulerFor(run: Run): [SchedulerName, SchedulerOptions] {
  const config = run.config as Record<string, unknown>
  const steps = Number(config['steps'])
  if (config['_class_name'] === 'FlowMatchEulerDiscreteScheduler') {
    return ['flow-match-euler', { steps, config, rule: 'sigmas' in config ? 'explicit' : 'double-shift' }]
  }
  if (config['scheduler']) return ['unipc', { steps, shift: Number(config['shift']), rule: 'wan' }]
  return ['unipc', { steps, config, rule: 'diffusers' }]
}

/** The stand-in model of the golden file: `0.5·x_j + 0.1·cos(t / 100 + j)`. */
function stand(sample: Float32Array, t: number): Float32Array {
  return sample.map((x, j) => 0.5 * x + 0.1 * Math.cos(t / 100 + j))
}

describe('trajectories of the reference schedulers', () => {
  it('holds runs of both schedulers', () => expect(golden.runs.length).toBe(9))
  it.each(golden.runs.map((run) => [run.name, run] as const))('%s', (_, run) => {
    const scheduler = createScheduler(...schedulerFor(run))
    // The file keeps Euler's fractional timesteps to a few digits; integers must agree exactly.
    scheduler.timesteps.forEach((t, i) => {
      const expected = run.timesteps[i]!
      if (Number.isInteger(expected) && Number.isInteger(t)) expect(t).toBe(expected)
      else expect(Math.abs(t - expected)).toBeLessThan(1e-4 * 1000)
    })
    expect(scheduler.timesteps.length).toBe(run.timesteps.length)
    const sample = Float32Array.from([1, -0.5, 0.25, 2], (x) => x * scheduler.initialScale)
    scheduler.timesteps.forEach((t, i) => {
      expect(scheduler.step(i, sample, stand(sample, t))).toBe(sample)
      run.after_step[i]!.forEach((expected, j) => {
        expect(Math.abs(sample[j]! - expected) / Math.max(Math.abs(expected), 1e-3)).toBeLessThan(1e-4)
      })
    })
  })
})

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

describe('schedulers in general', () => {
  it('agree that a model which always names the same clean sample ends there', () => {
    const clean = Float32Array.of(0.5, -2, 3)
    for (const name of ['flow-match-euler', 'unipc'] as const) {
      for (const [rule, steps] of [
        ['explicit', 1],
        ['explicit', 7],
        ['wan', 2],
        ['diffusers', 9],
      ] as const) {
        const scheduler = createScheduler(name, { steps, shift: 8, rule })
        const sample = Float32Array.of(1, 1, -1)
        scheduler.timesteps.forEach((_, i) => {
          const velocity = sample.map((x, k) => (x - clean[k]!) / scheduler.sigmas[i]!)
          expect(scheduler.estimate(i, sample, velocity, new Float32Array(3))[1]).toBeCloseTo(-2, 4)
          scheduler.step(i, sample, velocity)
        })
        for (const [k, x] of sample.entries()) expect(x).toBeCloseTo(clean[k]!, 4)
      }
    }
  })
  it('tell the model exactly 1000·σ when asked to', () => {
    const { timesteps, sigmas } = createScheduler('unipc', { steps: 8, shift: 8, exactTimesteps: true })
    expect(timesteps).toEqual(sigmas.slice(0, -1).map((sigma) => sigma * 1000))
    expect(Number.isInteger(timesteps[1])).toBe(false)
  })
  it('refuse no steps, an unknown prediction, and outputs of another length', () => {
    expect(() => createScheduler('unipc', { steps: 0 })).toThrow(/at least 1/)
    expect(() => createScheduler('unipc', { steps: 2, config: { prediction_type: 'magic' } })).toThrow(/magic/)
    const scheduler = createScheduler('flow-match-euler', { steps: 2 })
    expect(() => scheduler.step(0, new Float32Array(3), new Float32Array(2))).toThrow(/2 values for a sample of 3/)
  })
})
