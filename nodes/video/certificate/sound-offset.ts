import FFT from 'fft.js'

/** Sound is compared at this rate; four samples of 44.1 kHz make one. */
const DECIMATION = 4
/** Samples of a stretch: 5.9 s at 11,025 Hz, longer than a bar, after which many songs look alike. */
const WINDOW = 1 << 16
const MOST_WINDOWS = 8
/** Offsets beyond this are not looked for. */
const REACH_SECONDS = 2
/** How far single stretches may lie from the rest: less than the eighth notes of fast music. */
const DRIFT_SECONDS = 0.15
/** Quieter stretches say nothing: −60 dB of full scale. */
const AUDIBLE_POWER = 1e-6

export interface SoundOffset {
  /** How much later the sound is heard than the song has it. */
  offsetMs: number
  /** Largest difference between stretches. */
  driftMs: number
  /** Correlation at the offset, 0 … 1: median over the stretches. */
  match: number
}

/** Where stretches of a sound begin that are spread over its whole length, seconds. */
export function windowStarts(durationSeconds: number, sampleRate: number): number[] {
  const length = (WINDOW * DECIMATION) / sampleRate
  if (durationSeconds <= length) return [0]
  const count = Math.min(MOST_WINDOWS, Math.ceil(durationSeconds / length))
  return Array.from({ length: count }, (_, i) => (i * (durationSeconds - length)) / (count - 1))
}

/** Keeps stretches of a passing mono sound, and nothing else of it. */
export class WindowKeeper {
  readonly #rate: number
  readonly #firsts: number[]
  readonly windows: Float32Array[]
  /** Seconds by which each stretch begins later than asked, for the rounding to samples. */
  readonly late: number[]
  #sum = 0
  #filled = 0
  #samples = 0

  /** @param startSeconds when the first sample is heard, on the clock of `starts`. */
  constructor(starts: readonly number[], startSeconds: number, sampleRate: number) {
    this.#rate = sampleRate / DECIMATION
    this.#firsts = starts.map((start) => Math.round((start - startSeconds) * this.#rate))
    this.windows = starts.map(() => new Float32Array(WINDOW))
    this.late = starts.map((start, i) => startSeconds + (this.#firsts[i] as number) / this.#rate - start)
  }

  /** Passes the sound on as it comes. */
  async *watch(sound: AsyncIterable<Float32Array>): AsyncGenerator<Float32Array, void, undefined> {
    for await (const chunk of sound) {
      for (const sample of chunk) this.#take(sample)
      yield chunk
    }
  }

  #take(sample: number): void {
    this.#sum += sample
    if (++this.#filled < DECIMATION) return
    const value = this.#sum / DECIMATION
    this.#sum = 0
    this.#filled = 0
    for (let i = 0; i < this.#firsts.length; i++) {
      const at = this.#samples - (this.#firsts[i] as number)
      if (at >= 0 && at < WINDOW) (this.windows[i] as Float32Array)[at] = value
    }
    this.#samples++
  }
}

/**
 * Compares stretches of two sounds by cross-correlation, each with its namesake, to a fraction of a sample.
 * @param sampleRate of the sounds the keepers watched, samples per second.
 * @returns null when nothing is audible in both.
 */
export function soundOffset(heard: WindowKeeper, song: WindowKeeper, sampleRate: number): SoundOffset | null {
  const rate = sampleRate / DECIMATION
  const stretches = heard.windows.flatMap((window, i) => {
    const correlation = correlate(window, song.windows[i] as Float32Array)
    return correlation ? [{ correlation, late: (heard.late[i] as number) - (song.late[i] as number) }] : []
  })
  if (stretches.length === 0) return null
  // One stretch may be fooled by a repetition; the rest tell where to look in it.
  const reach = Math.round(REACH_SECONDS * rate)
  const centre = Math.round(middle(stretches.map((one) => peakOf(one.correlation, -reach, reach).lag)))
  const near = Math.round(DRIFT_SECONDS * rate)
  const peaks = stretches.map(({ correlation, late }) => {
    const { lag, match } = peakOf(correlation, centre - near, centre + near)
    return { seconds: lag / rate + late, match }
  })
  const match = middle(peaks.map((peak) => peak.match))
  const sure = peaks.filter((peak) => peak.match >= match / 2).map((peak) => peak.seconds)
  return {
    offsetMs: 1e3 * middle(sure),
    driftMs: 1e3 * (Math.max(...sure) - Math.min(...sure)),
    match: Math.max(0, Math.min(1, match)),
  }
}

/** Correlation by the number of samples by which `heard` follows `song`, negative ones from the end. */
type Correlation = Float32Array

/** @returns null when either is silent. */
function correlate(heard: Float32Array, song: Float32Array): Correlation | null {
  const energy = (values: Float32Array): number => values.reduce((sum, value) => sum + value * value, 0)
  const scale = Math.sqrt(energy(heard) * energy(song))
  if (Math.min(energy(heard), energy(song)) < AUDIBLE_POWER * WINDOW) return null
  const size = 2 * WINDOW
  const fft = new FFT(size)
  const spectrum = (values: Float32Array): Float64Array => {
    const padded = new Float64Array(size)
    padded.set(values)
    const out = new Float64Array(2 * size)
    fft.realTransform(out as unknown as number[], padded as unknown as number[])
    fft.completeSpectrum(out as unknown as number[])
    return out
  }
  const a = spectrum(heard)
  const b = spectrum(song)
  for (let i = 0; i < 2 * size; i += 2) {
    const re = (a[i] as number) * (b[i] as number) + (a[i + 1] as number) * (b[i + 1] as number)
    a[i + 1] = (a[i + 1] as number) * (b[i] as number) - (a[i] as number) * (b[i + 1] as number)
    a[i] = re
  }
  fft.inverseTransform(b as unknown as number[], a as unknown as number[])
  return Float32Array.from({ length: size }, (_, lag) => (b[2 * lag] as number) / scale)
}

/** The highest value from one lag to another, and where it is, to a fraction of a sample. */
function peakOf(correlation: Correlation, from: number, to: number): { lag: number; match: number } {
  const at = (lag: number): number => correlation.at(lag) as number
  let best = from
  for (let lag = from; lag <= to; lag++) if (at(lag) > at(best)) best = lag
  const [left, top, right] = [at(best - 1), at(best), at(best + 1)]
  const bend = left - 2 * top + right
  // The vertex of the parabola through the three highest values.
  const fraction = bend < 0 ? (0.5 * (left - right)) / bend : 0
  return { lag: best + fraction, match: top }
}

function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return ((sorted[(sorted.length - 1) >> 1] as number) + (sorted[sorted.length >> 1] as number)) / 2
}
