import { AttackFinder } from './attack-finder.ts'
import type { Attacks } from './attacks.ts'
import { quarterToneFilterbank } from './filterbank.ts'
import { Growing } from './growing.ts'
import { BIN_COUNT, hopOf, type SpectralFrame, WINDOW_SIZE } from './spectral-frames.ts'

/** Frames averaged into one row of the slow features. */
export const POOL = 4
export const CHROMA_SIZE = 12
/** Frames read before the gain is fixed: 30 s. */
const LOOKAHEAD_FRAMES = 3000
/** What the silence floor of every level is, in dB below full scale. */
export const SILENCE_DB = -70

/** What one pass over the sound leaves behind; about 5 KB for a second. Arrays at `frameRate` unless said otherwise. */
export interface SoundFeatures {
  frameRate: number
  frameCount: number
  /** Spectral flux below 200 Hz, between, and above 5 kHz: summed rise of log magnitude, ≥ 0. */
  flux: [Float32Array, Float32Array, Float32Array]
  /** Levels in dB of full scale, never below SILENCE_DB. */
  bassDb: Float32Array
  midDb: Float32Array
  highDb: Float32Array
  loudnessDb: Float32Array
  /** Largest sample magnitude within the hop. */
  peaks: Float32Array
  attacks: Attacks
  /** `[⌈frameCount / POOL⌉, CHROMA_SIZE]` magnitude by pitch class, 200–2,500 Hz. */
  chroma: Float32Array
}

/**
 * Turns spectral frames into features while the sound streams by. Log compression wants peak-normalised sound: the
 * gain comes from the first 30 s (frames wait until then) and only sinks later, should something louder follow.
 */
export class FeatureCollector {
  readonly #onBands: ((bands: Float32Array) => void) | undefined
  readonly #frameRate: number
  readonly #filterbank
  readonly #bandCount: number
  readonly #bandClass: Uint8Array
  readonly #magnitudes = new Float32Array(BIN_COUNT)
  readonly #pitches: { first: number; classes: Uint8Array }
  readonly #levelBins: [number, number][]
  readonly #flux = [new Growing(), new Growing(), new Growing()] as const
  readonly #levels = [new Growing(), new Growing(), new Growing(), new Growing()] as const
  readonly #peaks = new Growing()
  readonly #attacks: AttackFinder
  readonly #chroma: Pool
  #waiting: Float32Array[] | null = []
  #peak = 0
  /** The log magnitudes of this frame and the two before, and the widened ones. */
  #current: Float32Array
  #previous: Float32Array
  #beforeThat: Float32Array

  /** @param onBands is handed the log magnitudes of every frame, `[bandCount]`, in order; to be read at once. */
  constructor(sampleRate: number, onBands?: (bands: Float32Array) => void) {
    this.#onBands = onBands
    const hzPerBin = sampleRate / WINDOW_SIZE
    this.#frameRate = sampleRate / hopOf(sampleRate)
    this.#attacks = new AttackFinder(sampleRate, hopOf(sampleRate))
    this.#filterbank = quarterToneFilterbank(sampleRate)
    const { centres } = this.#filterbank
    this.#bandCount = centres.length
    this.#bandClass = Uint8Array.from(centres, (hz) => (hz < 200 ? 0 : hz <= 5000 ? 1 : 2))
    this.#pitches = pitchClasses(hzPerBin)
    this.#levelBins = [20, 200, 4000].map((hz, i) => [
      Math.ceil(hz / hzPerBin),
      Math.min(BIN_COUNT, Math.ceil(([200, 4000, 16_000][i] as number) / hzPerBin)),
    ])
    this.#chroma = new Pool(CHROMA_SIZE)
    this.#current = new Float32Array(this.#bandCount)
    this.#previous = new Float32Array(this.#bandCount)
    this.#beforeThat = new Float32Array(this.#bandCount)
  }

  /** Quarter tones of the filterbank. */
  get bandCount(): number {
    return this.#bandCount
  }

  push({ power, meanSquare, peak, samples }: SpectralFrame): void {
    for (let bin = 0; bin < BIN_COUNT; bin++) this.#magnitudes[bin] = Math.sqrt(power[bin] as number)
    for (let level = 0; level < 3; level++) {
      const [first, end] = this.#levelBins[level] as [number, number]
      let sum = 0
      for (let bin = first; bin < end; bin++) sum += power[bin] as number
      // Parseval with a Hann window: its mean square is 3/8, and half of the spectrum is not looked at.
      this.#levels[level]?.push(decibels((2 * sum) / (0.375 * WINDOW_SIZE * WINDOW_SIZE)))
    }
    this.#levels[3].push(decibels(meanSquare))
    this.#peaks.push(peak)
    this.#attacks.push(samples)
    this.#peak = Math.max(this.#peak, peak)
    const chroma = this.#chroma.row()
    const { first, classes } = this.#pitches
    for (let i = 0; i < classes.length; i++) {
      const pitch = classes[i] as number
      chroma[pitch] = (chroma[pitch] as number) + (this.#magnitudes[first + i] as number)
    }
    const bands = this.#waiting ? new Float32Array(this.#bandCount) : this.#current
    this.#filterbank.apply(this.#magnitudes, bands)
    if (!this.#waiting) {
      this.#rise(bands)
    } else {
      this.#waiting.push(bands)
      if (this.#waiting.length >= LOOKAHEAD_FRAMES) this.#flush()
    }
  }

  finish(): SoundFeatures {
    this.#flush()
    const [bassDb, midDb, highDb, loudnessDb] = this.#levels.map((level) => level.toArray()) as [
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array,
    ]
    return {
      frameRate: this.#frameRate,
      frameCount: this.#peaks.length,
      flux: [this.#flux[0].toArray(), this.#flux[1].toArray(), this.#flux[2].toArray()],
      bassDb,
      midDb,
      highDb,
      loudnessDb,
      peaks: this.#peaks.toArray(),
      attacks: this.#attacks.finish(),
      chroma: this.#chroma.toArray(),
    }
  }

  #flush(): void {
    const waiting = this.#waiting ?? []
    this.#waiting = null
    for (const bands of waiting) {
      this.#current.set(bands)
      this.#rise(this.#current)
    }
  }

  /** SuperFlux (Böck & Widmer, DAFx 2013): rise over the frame two before, widened by a band to forgive vibrato. */
  #rise(bands: Float32Array): void {
    // A peak of -60 dB is as far as quiet sound is lifted: below lies noise.
    const gain = 1 / Math.max(this.#peak, 1e-3)
    const earlier = this.#beforeThat
    const last = this.#bandCount - 1
    const sums = [0, 0, 0]
    for (let band = 0; band <= last; band++) {
      const value = Math.log10(1 + gain * (bands[band] as number))
      bands[band] = value
      const widened = Math.max(
        earlier[Math.max(0, band - 1)] as number,
        earlier[band] as number,
        earlier[Math.min(last, band + 1)] as number,
      )
      const kind = this.#bandClass[band] as number
      if (value > widened) sums[kind] = (sums[kind] as number) + value - widened
    }
    this.#onBands?.(bands)
    for (const kind of [0, 1, 2] as const) this.#flux[kind].push(sums[kind] as number)
    this.#beforeThat = this.#previous
    this.#previous = bands
    this.#current = earlier
  }
}

const decibels = (meanSquare: number): number => Math.max(SILENCE_DB, 10 * Math.log10(meanSquare + 1e-12))

/** Pitch classes (C = 0) of the bins from 200 to 2,500 Hz; outside, bins are wider than notes or hold no melody. */
function pitchClasses(hzPerBin: number): { first: number; classes: Uint8Array } {
  const first = Math.ceil(200 / hzPerBin)
  const last = Math.floor(2500 / hzPerBin)
  const classes = Uint8Array.from({ length: last - first + 1 }, (_, i) => {
    const semitones = Math.round(12 * Math.log2(((first + i) * hzPerBin) / 440))
    return (((semitones + 9) % 12) + 12) % 12
  })
  return { first, classes }
}

/** Sums of POOL consecutive rows. */
class Pool {
  readonly #size: number
  readonly #rows: Float32Array[] = []
  #count = 0

  constructor(size: number) {
    this.#size = size
  }

  /** The row that the next frame adds to. */
  row(): Float32Array {
    if (this.#count++ % POOL === 0) this.#rows.push(new Float32Array(this.#size))
    return this.#rows.at(-1) as Float32Array
  }

  toArray(): Float32Array {
    const all = new Float32Array(this.#rows.length * this.#size)
    this.#rows.forEach((row, i) => {
      all.set(row, i * this.#size)
    })
    return all
  }
}
