import { describe, expect, it } from 'vitest'
import { createScheduler, firstCall } from './create-scheduler.ts'
import golden from './golden/more-runs.json' with { type: 'json' }
import { schedulerOfConfig } from './scheduler-names.ts'
import { sines, stand } from './testing.ts'

type Run = (typeof golden.runs)[number]

const nameOf = ({ config }: Run): string => Object.values(config).join(' ')

/** From `models/export/scheduler_golden.py`: stochastic solvers, spacings, predictions, and starts from a picture. */
describe('further trajectories of diffusers', () => {
  it.each(golden.runs.map((run) => [nameOf(run), run] as const))('%s', (_, run) => {
    const { steps, strength } = run.config
    const name = schedulerOfConfig(run.config)
    const rule = name === 'unipc' ? 'diffusers' : 'wan'
    const scheduler = createScheduler(name, { steps, config: run.config, strength, rule })
    const first = name === 'lcm' ? 0 : firstCall(steps, strength)
    const left = scheduler.timesteps.slice(first)
    expect(left.length).toBe(run.timesteps.length)
    for (const [i, t] of left.entries()) expect(t).toBeCloseTo(run.timesteps[i]!, 3)
    const clean = Float32Array.of(1, -0.5, 0.25, 2)
    const sample =
      strength < 1
        ? scheduler.addNoise(first, clean, sines(4, 7)(), new Float32Array(4))
        : clean.map((x) => x * scheduler.initialScale)
    const draw = sines(4)
    left.forEach((t, k) => {
      const i = first + k
      const input = scheduler.scaleInput?.(i, sample, new Float32Array(4)) ?? sample
      scheduler.step(i, sample, stand(input, t), draw)
      run.after_step[k]!.forEach((expected, j) => {
        expect(Math.abs(sample[j]! - expected) / Math.max(Math.abs(expected), 1e-2)).toBeLessThan(2e-4)
      })
    })
  })
})
