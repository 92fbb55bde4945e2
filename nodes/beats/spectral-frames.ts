import { CancelledError } from '@beatloom/core'
import FFT from 'fft.js'

/** Samples in one window: 46 ms at 44.1 kHz. */
export const WINDOW_SIZE = 2048
export const BIN_COUNT = WINDOW_SIZE / 2 + 1

/** One analysis frame; the arrays are reused, so read them before the next frame. */
export interface SpectralFrame {
  /** |X|² of the Hann-windowed samples, `[BIN_COUNT]`; the transform is not normalised. */
  power: Float32Array
  /** Hann-weighted mean square of the samples, full scale = 1. */
  meanSquare: number
  /** Largest magnitude within the hop that starts at the frame's centre. */
  peak: number
  /** The samples of that hop, DC removed: the hops of all frames are the sound. */
  samples: Float32Array
}

/** Samples between frames: 10 ms, rounded to whole samples (441 at 44.1 kHz). */
export const hopOf = (sampleRate: number): number => Math.round(sampleRate / 100)

/**
 * Short-time Fourier transform of a mono stream, centred: frame `k` is the spectrum around sample `k · hop`, so its
 * time is exactly `k · hop / sampleRate`. What lies outside the stream counts as silence. DC is removed (one-pole
 * high-pass at about 10 Hz), so an offset of the recording neither sounds like bass nor like an onset at the start.
 * @returns the number of samples read; frames handed out: ⌈samples / hop⌉.
 * @throws {CancelledError} when the signal aborts.
 */
export async function eachSpectralFrame(
  pcm: AsyncIterable<Float32Array>,
  sampleRate: number,
  signal: AbortSignal,
  visit: (frame: SpectralFrame) => void,
): Promise<number> {
  const slicer = new FrameSlicer(sampleRate, visit)
  for await (const chunk of pcm) {
    if (signal.aborted) throw new CancelledError()
    slicer.push(chunk)
  }
  if (signal.aborted) throw new CancelledError()
  return slicer.finish()
}

class FrameSlicer {
  readonly #hop: number
  readonly #visit: (frame: SpectralFrame) => void
  readonly #fft = new FFT(WINDOW_SIZE)
  readonly #window = hann(WINDOW_SIZE)
  readonly #weightSum: number
  readonly #windowed = new Float64Array(WINDOW_SIZE)
  readonly #spectrum = new Float64Array(WINDOW_SIZE * 2)
  readonly #frame: SpectralFrame = {
    power: new Float32Array(BIN_COUNT),
    meanSquare: 0,
    peak: 0,
    samples: new Float32Array(0),
  }
  readonly #keep: number
  // Starts with the half window of silence before sample 0.
  readonly #buffer = new Float32Array(1 << 15)
  #filled = WINDOW_SIZE / 2
  #samples = 0
  #frames = 0
  #previousIn: number | null = null
  #previousOut = 0

  constructor(sampleRate: number, visit: (frame: SpectralFrame) => void) {
    this.#hop = hopOf(sampleRate)
    this.#visit = visit
    this.#keep = Math.exp((-2 * Math.PI * 10) / sampleRate)
    this.#weightSum = this.#window.reduce((sum, weight) => sum + weight * weight, 0)
  }

  push(chunk: Float32Array): void {
    this.#samples += chunk.length
    let read = 0
    while (read < chunk.length) {
      const count = Math.min(chunk.length - read, this.#buffer.length - this.#filled)
      for (let i = 0; i < count; i++) this.#buffer[this.#filled + i] = this.#withoutDc(chunk[read + i] as number)
      read += count
      this.#filled += count
      this.#emit(Number.POSITIVE_INFINITY)
    }
  }

  finish(): number {
    const wanted = Math.ceil(this.#samples / this.#hop)
    while (this.#frames < wanted) {
      const count = Math.min(WINDOW_SIZE, this.#buffer.length - this.#filled)
      this.#buffer.fill(0, this.#filled, this.#filled + count)
      this.#filled += count
      this.#emit(wanted)
    }
    return this.#samples
  }

  #withoutDc(sample: number): number {
    // A broken float file may hold NaN or infinity, which would poison every later sample through the filter.
    const value = Number.isFinite(sample) ? sample : 0
    this.#previousOut = this.#keep * (this.#previousOut + value - (this.#previousIn ?? value))
    this.#previousIn = value
    return this.#previousOut
  }

  #emit(limit: number): void {
    let start = 0
    while (start + WINDOW_SIZE <= this.#filled && this.#frames < limit) {
      this.#transform(start)
      this.#visit(this.#frame)
      this.#frames++
      start += this.#hop
    }
    this.#buffer.copyWithin(0, start, this.#filled)
    this.#filled -= start
  }

  #transform(start: number): void {
    let energy = 0
    for (let i = 0; i < WINDOW_SIZE; i++) {
      const value = (this.#buffer[start + i] as number) * (this.#window[i] as number)
      this.#windowed[i] = value
      energy += value * value
    }
    this.#fft.realTransform(this.#spectrum, this.#windowed)
    const { power } = this.#frame
    for (let bin = 0; bin < BIN_COUNT; bin++) {
      const re = this.#spectrum[2 * bin] as number
      const im = this.#spectrum[2 * bin + 1] as number
      power[bin] = re * re + im * im
    }
    const centre = start + WINDOW_SIZE / 2
    const samples = this.#buffer.subarray(centre, centre + this.#hop)
    let peak = 0
    for (let i = 0; i < this.#hop; i++) peak = Math.max(peak, Math.abs(samples[i] as number))
    this.#frame.meanSquare = energy / this.#weightSum
    this.#frame.peak = peak
    this.#frame.samples = samples
  }
}

function hann(size: number): Float64Array {
  return Float64Array.from({ length: size }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / size))
}
