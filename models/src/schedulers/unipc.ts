import { mixNoise, noiseLevel, type Prediction, toClean } from './noise-level.ts'
import { assertSameLength, type Scheduler } from './scheduler.ts'
import { solveLinear } from './solve-linear.ts'

export interface UniPcOptions {
  sigmas: number[]
  timesteps: number[]
  prediction: Prediction
  /** Order of the solver, 1 … 3. */
  order: number
  solver: 'bh1' | 'bh2'
  /** Lower orders on the last steps. */
  lowerOrderFinal: boolean
  /** Steps whose result is not corrected at the next one. */
  disableCorrector: readonly number[]
}

/**
 * UniPC, a predictor-corrector for diffusion ODEs, in its data-prediction form (Zhao et al. 2023, "UniPC: A Unified
 * Predictor-Corrector Framework for Fast Sampling of Diffusion Models"). Arithmetic in doubles, samples in float32.
 */
export function uniPc(options: UniPcOptions): Scheduler {
  const { sigmas, timesteps, prediction, order } = options
  const steps = timesteps.length
  const levels = sigmas.map((sigma) => noiseLevel(sigma, prediction))
  /** Estimates of the clean sample, newest last. */
  const history: Float32Array[] = []
  let lastSample: Float32Array | null = null
  let lastOrder = 0

  /** Predicts (or, with `corrected`, corrects) the sample at level `to` from the estimates made up to level `from`. */
  function move(
    from: number,
    to: number,
    q: number,
    base: Float32Array,
    target: Float32Array,
    corrected: Float32Array | null,
  ) {
    const start = levels[from]!
    const end = levels[to]!
    const h = end.lambda - start.lambda
    const growth = Math.expm1(-h)
    const b = options.solver === 'bh2' || h === Infinity ? growth : -h
    const newest = history.length - 1 - (corrected ? 1 : 0)
    const current = history[newest]!
    const ratios = Array.from({ length: q - 1 }, (_, k) => (levels[from - 1 - k]!.lambda - start.lambda) / h)
    const weights = corrected ? correctorWeights(ratios, h, b) : predictorWeights(ratios, h, b)
    const older = ratios.map((_, k) => history[newest - 1 - k]!)
    const keep = end.noise / start.noise
    const pull = end.signal * growth
    const push = end.signal * b
    const last = corrected ? weights[q - 1]! : 0
    for (let k = 0; k < target.length; k++) {
      const m = current[k]!
      let change = corrected ? last * (corrected[k]! - m) : 0
      for (let j = 0; j < older.length; j++) change += (weights[j]! * (older[j]![k]! - m)) / ratios[j]!
      target[k] = keep * base[k]! - pull * m - push * change
    }
  }

  return {
    sigmas,
    timesteps,
    initialScale: 1,
    step(i, sample, output) {
      assertSameLength(sample, output)
      const clean = toClean(levels[i]!, prediction, sample, output, new Float32Array(sample.length))
      history.push(clean)
      if (i > 0 && lastSample && !options.disableCorrector.includes(i - 1)) {
        move(i - 1, i, lastOrder, lastSample, sample, clean)
      }
      if (history.length > order) history.shift()
      const allowed = options.lowerOrderFinal ? Math.min(order, steps - i) : order
      lastOrder = Math.min(allowed, history.length)
      lastSample ??= new Float32Array(sample.length)
      lastSample.set(sample)
      move(i, i + 1, lastOrder, lastSample, sample, null)
      return sample
    },
    estimate: (i, sample, output, target) => toClean(levels[i]!, prediction, sample, output, target),
    addNoise: (i, clean, noise, target) => mixNoise(levels[i]!, clean, noise, target),
  }
}

/** Weights of the older differences, and last that of the new estimate. */
function correctorWeights(ratios: number[], h: number, b: number): number[] {
  return ratios.length === 0 ? [0.5] : solveWeights([...ratios, 1], h, b)
}

/** Weights of the older differences. */
function predictorWeights(ratios: number[], h: number, b: number): number[] {
  return ratios.length === 1 ? [0.5] : solveWeights(ratios, h, b)
}

/** Solves the Vandermonde system over the given nodes that makes the step exact for polynomials. */
function solveWeights(nodes: number[], h: number, b: number): number[] {
  const matrix: number[][] = []
  const right: number[] = []
  let phi = Math.expm1(-h) / -h - 1
  let factorial = 1
  for (let j = 1; j <= nodes.length; j++) {
    factorial *= j
    matrix.push(nodes.map((node) => node ** (j - 1)))
    right.push((phi * factorial) / b)
    phi = phi / -h - 1 / (factorial * (j + 1))
  }
  return solveLinear(matrix, right)
}
