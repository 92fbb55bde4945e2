import { LoudnessMeter } from './loudness.ts'

export interface SoundLevels {
  /** Samples per channel. */
  sampleCount: number
  /** Largest magnitude, dB of full scale; null for digital silence. */
  peakDb: number | null
  /** LUFS; null where nothing is loud enough to count. */
  loudnessLufs: number | null
  /** Runs of three or more samples of one channel at full scale. */
  clippedRuns: number
  /** Half a second and longer below −60 dB, seconds from the first sample; at most a hundred. */
  silences: { startSeconds: number; endSeconds: number }[]
}

/** −60 dB of full scale. */
const SILENT = 10 ** (-60 / 20)
const LEAST_SILENCE_SECONDS = 0.5
const MOST_SILENCES = 100
/** The largest 16-bit sample: what a clipped recording holds. Lossy codecs overshoot it. */
const FULL_SCALE = 32_767 / 32_768
const LEAST_RUN = 3

/** Listens to interleaved samples once and keeps sums. */
export class LevelMeter {
  readonly #sampleRate: number
  readonly #channels: number
  readonly #loudness: LoudnessMeter
  readonly #runs: number[]
  readonly #silences: SoundLevels['silences'] = []
  #samples = 0
  #silentFrom = 0
  #peak = 0
  #clippedRuns = 0

  constructor(sampleRate: number, channels: number) {
    this.#sampleRate = sampleRate
    this.#channels = channels
    this.#loudness = new LoudnessMeter(sampleRate, channels)
    this.#runs = Array.from({ length: channels }, () => 0)
  }

  push(interleaved: Float32Array): void {
    this.#loudness.push(interleaved)
    for (let at = 0; at < interleaved.length; at += this.#channels) {
      let loudest = 0
      for (let channel = 0; channel < this.#channels; channel++) {
        const magnitude = Math.abs(interleaved[at + channel] as number)
        if (magnitude > loudest) loudest = magnitude
        if (magnitude < FULL_SCALE) this.#runs[channel] = 0
        else if (++(this.#runs[channel] as number) === LEAST_RUN) this.#clippedRuns++
      }
      if (loudest > this.#peak) this.#peak = loudest
      if (loudest > SILENT) {
        this.#endSilence()
        this.#silentFrom = this.#samples + 1
      }
      this.#samples++
    }
  }

  finish(): SoundLevels {
    this.#endSilence()
    return {
      sampleCount: this.#samples,
      peakDb: this.#peak === 0 ? null : 20 * Math.log10(this.#peak),
      loudnessLufs: this.#loudness.finish(),
      clippedRuns: this.#clippedRuns,
      silences: this.#silences,
    }
  }

  #endSilence(): void {
    const startSeconds = this.#silentFrom / this.#sampleRate
    const endSeconds = this.#samples / this.#sampleRate
    if (endSeconds - startSeconds <= LEAST_SILENCE_SECONDS || this.#silences.length === MOST_SILENCES) return
    this.#silences.push({ startSeconds, endSeconds })
  }
}
