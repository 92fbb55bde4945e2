import { AppError, isCancellation, type ModelHost, type TensorData } from '@beatloom/core'
import { outputNamed } from '@beatloom/models'
import { BandRows, ROWS_PER_FRAME, rowSize } from './band-rows.ts'

/** The folder of the network that hears beats (models/beats/README.md), and its component. */
export const BEAT_MODEL = 'beats'
const BEAT_COMPONENT = 'tracker'

/** Rows on either side that one of its outputs depends on: 20.5 s. */
const REACH = 1024
/** Rows whose outputs one call is for: 82 s. */
const INNER = 4096

/** What the network hears, for each frame of the features, 0 … 1. */
export interface BeatLikelihood {
  beat: Float32Array
  downbeat: Float32Array
}

/** Log magnitudes `[count, size]` to logits of beat and downbeat `[count, 2]`. */
export type RunNetwork = (rows: Float32Array, count: number, size: number) => Promise<Float32Array>

/**
 * The network in the box, on the processor: it is too small for anything else to be worth its start.
 * @throws {AppError} `model_missing` when it is not there; what it gives back throws what running a model throws.
 */
export async function openBeatNetwork(models: ModelHost, signal: AbortSignal): Promise<RunNetwork> {
  const model = await models.open(BEAT_MODEL)
  const component = model.components[BEAT_COMPONENT]
  if (!component) throw new AppError('model_missing', `The model "${BEAT_MODEL}" has no ${BEAT_COMPONENT}.`)
  return async (rows, count, size) => {
    const input: TensorData = { dims: [1, count, size], data: rows }
    const outputs = await models.run({ ...component, provider: 'cpu' }, { rows: input }, signal)
    const { data } = outputNamed(outputs, 'logits')
    if (!(data instanceof Float32Array)) {
      throw new AppError('model_invalid', `The model "${BEAT_MODEL}" does not answer in float32.`)
    }
    return data
  }
}

/**
 * Runs the network while the sound streams by, in stretches that overlap by what it reaches, so that memory does not
 * grow with the sound and no output depends on where a stretch ends. The first failure ends it: nothing more is run.
 */
export class LikelihoodStream {
  readonly #run: RunNetwork
  #rows: BandRows | null = null
  #size = 0
  /** Rows at the front that are there for what follows them alone. */
  #lead = 0
  readonly #logits: Float32Array[] = []
  #failure: unknown = null

  constructor(run: RunNetwork) {
    this.#run = run
  }

  /** Why there is no likelihood; null while all is well. */
  get failure(): unknown {
    return this.#failure
  }

  /** @param bands log magnitudes of one frame. */
  push(bands: Float32Array): void {
    if (this.#failure !== null) return
    this.#size = rowSize(bands.length)
    this.#rows ??= new BandRows(bands.length)
    this.#rows.push(bands)
  }

  /** To be awaited between chunks of sound: runs the stretches that are whole. */
  async drain(): Promise<void> {
    while (this.#rows && this.#failure === null && this.#rows.count >= this.#lead + INNER + REACH) {
      await this.#stretch(this.#rows, this.#lead + INNER + REACH, INNER)
    }
  }

  /** @returns null when the network failed, or there was no sound. */
  async finish(frameCount: number): Promise<BeatLikelihood | null> {
    if (!this.#rows) return null
    this.#rows.finish()
    await this.drain()
    if (this.#failure === null) await this.#stretch(this.#rows, this.#rows.count, this.#rows.count - this.#lead)
    if (this.#failure !== null) return null
    return { beat: likelihood(this.#logits, 0, frameCount), downbeat: likelihood(this.#logits, 1, frameCount) }
  }

  async #stretch(rows: BandRows, count: number, inner: number): Promise<void> {
    try {
      const logits = await this.#run(rows.first(count), count, this.#size)
      if (logits.length !== 2 * count || !logits.every(Number.isFinite)) {
        throw new AppError('model_invalid', `The model "${BEAT_MODEL}" does not answer every row with two numbers.`)
      }
      this.#logits.push(logits.slice(2 * this.#lead, 2 * (this.#lead + inner)))
    } catch (error) {
      if (isCancellation(error)) throw error
      this.#failure = error
      this.#rows = null
      return
    }
    const done = Math.max(0, this.#lead + inner - REACH)
    rows.drop(done)
    this.#lead = this.#lead + inner - done
  }
}

/** From logits of rows to a likelihood for each frame, straight lines between. */
function likelihood(stretches: readonly Float32Array[], output: 0 | 1, frameCount: number): Float32Array {
  const rowCount = stretches.reduce((sum, stretch) => sum + stretch.length / 2, 0)
  const rows = new Float32Array(rowCount)
  let at = 0
  for (const stretch of stretches) {
    for (let i = output; i < stretch.length; i += 2) rows[at++] = 1 / (1 + Math.exp(-(stretch[i] as number)))
  }
  return Float32Array.from({ length: frameCount }, (_, frame) => {
    const position = Math.min(rowCount - 1, Math.max(0, (frame - 0.5) * ROWS_PER_FRAME))
    const whole = Math.min(rowCount - 2, Math.floor(position))
    if (whole < 0) return rows[0] ?? 0
    const part = position - whole
    return (1 - part) * (rows[whole] as number) + part * (rows[whole + 1] as number)
  })
}
