import { mixNoise, noiseLevel, type Prediction, toClean } from './noise-level.ts'
import { assertSameLength, type Scheduler } from './scheduler.ts'

export interface DpmSolverOptions {
  sigmas: number[]
  timesteps: number[]
  prediction: Prediction
  order: 1 | 2
  /** Adds fresh noise on the way: the solver of the diffusion's stochastic equation. */
  stochastic: boolean
  /** How the second order reaches across a step. */
  solver: 'midpoint' | 'heun'
  /** First order on the last step of a run of fewer than 15. */
  lowerOrderFinal: boolean
  /** First order on the last step, however many there are. */
  eulerAtFinal: boolean
}

/** Runs shorter than this end with first order where `lowerOrderFinal` says so. */
const SHORT_RUN = 15

/**
 * DPM-Solver++, the multistep solver in data prediction, with its stochastic form (Lu et al. 2022, "DPM-Solver++: Fast
 * Solver for Guided Sampling of Diffusion Probabilistic Models", algorithm 2). Arithmetic in doubles.
 */
export function dpmSolver(options: DpmSolverOptions): Scheduler {
  const { sigmas, timesteps, prediction, stochastic } = options
  const steps = timesteps.length
  const levels = sigmas.map((sigma) => noiseLevel(sigma, prediction))
  /** The estimate of the step before. */
  let before: Float32Array | null = null

  const isFirstOrder = (i: number): boolean => {
    if (options.order === 1 || before === null) return true
    if (i < steps - 1) return false
    return options.eulerAtFinal || sigmas[steps] === 0 || (options.lowerOrderFinal && steps < SHORT_RUN)
  }

  return {
    sigmas,
    timesteps,
    initialScale: 1,
    step(i, sample, output, draw) {
      assertSameLength(sample, output)
      const [start, end] = [levels[i]!, levels[i + 1]!]
      const clean = toClean(start, prediction, sample, output, new Float32Array(sample.length))
      const h = end.lambda - start.lambda
      // What the estimate counts, and of the sample what is kept: the stochastic solver goes twice as far.
      const pull = -Math.expm1(stochastic ? -2 * h : -h)
      const keep = (end.noise / start.noise) * (stochastic ? Math.exp(-h) : 1)
      const noise = stochastic ? draw() : null
      const fresh = end.noise * Math.sqrt(pull)
      const older = isFirstOrder(i) ? null : before
      // The slope of the estimate over λ, times h: infinite r, where training had no signal, makes it nothing.
      const r = older ? (start.lambda - levels[i - 1]!.lambda) / h : Number.POSITIVE_INFINITY
      const bend = older ? slopeWeight(options.solver, pull, stochastic ? 2 * h : h) : 0
      for (let k = 0; k < sample.length; k++) {
        const m = clean[k]!
        const slope = older ? (m - older[k]!) / r : 0
        sample[k] = keep * sample[k]! + end.signal * (pull * m + bend * slope) + (noise ? fresh * noise[k]! : 0)
      }
      before = clean
      return sample
    },
    estimate: (i, sample, output, target) => toClean(levels[i]!, prediction, sample, output, target),
    addNoise: (i, clean, noise, target) => mixNoise(levels[i]!, clean, noise, target),
  }
}

const slopeWeight = (solver: DpmSolverOptions['solver'], pull: number, distance: number): number =>
  solver === 'midpoint' ? pull / 2 : 1 - pull / distance
