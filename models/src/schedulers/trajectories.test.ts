import { describe, expect, it } from 'vitest'
import { createScheduler, type SchedulerOptions } from './create-scheduler.ts'
import golden from './golden/runs.json' with { type: 'json' }
import type { Scheduler } from './scheduler.ts'
import { type SchedulerName, schedulerOfConfig } from './scheduler-names.ts'
import { sines, stand } from './testing.ts'

type Run = (typeof golden.runs)[number]

function schedulerFor(run: Run): [SchedulerName, SchedulerOptions] {
  const config = run.config as Record<string, unknown>
  const steps = Number(config['steps'])
  if (config['scheduler'] === 'wan FlowUniPC') return ['unipc', { steps, shift: Number(config['shift']), rule: 'wan' }]
  if (config['scheduler'] === 'wan FlowDPM++') {
    return ['dpmpp-2m', { steps, shift: Number(config['shift']), rule: 'wan-dpm' }]
  }
  const name = schedulerOfConfig(config)
  if (name === 'flow-match-euler') {
    return [name, { steps, config: { shift: config['shift'] }, rule: 'sigmas' in config ? 'explicit' : 'double-shift' }]
  }
  if (name === 'unipc') return [name, { steps, config, rule: 'diffusers' }]
  return [name, { steps, config, ...(config['eta'] === undefined ? {} : { eta: Number(config['eta']) }) }]
}

function walk(scheduler: Scheduler, onStep: (i: number, sample: Float32Array) => void): void {
  const sample = Float32Array.from([1, -0.5, 0.25, 2], (x) => x * scheduler.initialScale)
  const draw = sines(sample.length)
  scheduler.timesteps.forEach((t, i) => {
    const input = scheduler.scaleInput?.(i, sample, new Float32Array(sample.length)) ?? sample
    expect(scheduler.step(i, sample, stand(input, t), draw)).toBe(sample)
    onStep(i, sample)
  })
}

describe('trajectories of the reference schedulers', () => {
  it('holds runs of every class', () => expect(golden.runs.length).toBe(37))
  it.each(golden.runs.map((run) => [run.name, run] as const))('%s', (_, run) => {
    const scheduler = createScheduler(...schedulerFor(run))
    expect(scheduler.timesteps.length).toBe(run.timesteps.length)
    scheduler.timesteps.forEach((t, i) => {
      const expected = run.timesteps[i]!
      // The file keeps fractional timesteps to 6 digits, and says 2e-3 for Euler's Karras levels; integers are exact.
      if (Number.isInteger(expected) && Number.isInteger(t)) expect(t).toBe(expected)
      else expect(Math.abs(t - expected)).toBeLessThan(2e-3)
    })
    if (run.sigmas && !('eta' in run.config)) {
      expect(scheduler.sigmas.length).toBe(run.sigmas.length)
      for (const [i, sigma] of run.sigmas.entries()) {
        expect(Math.abs(scheduler.sigmas[i]! - sigma)).toBeLessThan(1e-4 * Math.max(sigma, 1))
      }
    }
    expect(scheduler.initialScale).toBeCloseTo(run.init_noise_sigma, 4)
    walk(scheduler, (i, sample) => {
      run.after_step[i]!.forEach((expected, j) => {
        expect(Math.abs(sample[j]! - expected) / Math.max(Math.abs(expected), 1e-3)).toBeLessThan(1e-4)
      })
    })
  })
})
