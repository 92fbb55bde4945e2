import type { AudioClip } from '@beatloom/core'
import { readPcm } from './read-pcm.ts'

/**
 * Gathers a waveform of unknown length in constant memory: when the slots are full, neighbours are merged and each
 * slot spans twice the time.
 */
export class PeakCollector {
  readonly #slots = new Float32Array(8192)
  #samplesPerSlot = 64
  #slot = 0
  #inSlot = 0

  /** @param samples mono, −1 … 1. */
  add(samples: Float32Array): void {
    for (let i = 0; i < samples.length; i++) {
      const height = Math.abs(samples[i]!)
      if (height > this.#slots[this.#slot]!) this.#slots[this.#slot] = height
      if (++this.#inSlot === this.#samplesPerSlot) this.#next()
    }
  }

  #next(): void {
    this.#inSlot = 0
    if (++this.#slot < this.#slots.length) return
    const half = this.#slots.length / 2
    for (let i = 0; i < half; i++) this.#slots[i] = Math.max(this.#slots[2 * i]!, this.#slots[2 * i + 1]!)
    this.#slots.fill(0, half)
    this.#slot = half
    this.#samplesPerSlot *= 2
  }

  /**
   * The largest height in each of `count` equal stretches, 0 … 1, rounded to 1/1000.
   * @param totalSamples the length the stretches divide; what lies beyond the samples added is 0.
   */
  peaks(count: number, totalSamples: number): number[] {
    const used = this.#slot + (this.#inSlot > 0 ? 1 : 0)
    const slotsPerPeak = totalSamples / this.#samplesPerSlot / count
    return Array.from({ length: count }, (_, index) => {
      const from = Math.floor(index * slotsPerPeak)
      const to = Math.min(used, Math.max(from + 1, Math.floor((index + 1) * slotsPerPeak)))
      let peak = 0
      for (let slot = from; slot < to; slot++) peak = Math.max(peak, this.#slots[slot]!)
      return Math.round(Math.min(1, peak) * 1000) / 1000
    })
  }
}

/** Of the clips that were read last: several nodes show the same song. 32 kB each, oldest first. */
const recent = new Map<string, PeakCollector>()
const MOST_RECENT = 8

/**
 * The waveform of a clip: the largest absolute sample of left and right's mean in each of `count` equal stretches.
 * @returns `count` numbers, 0 … 1.
 */
export async function audioPeaks(clip: AudioClip, count: number, signal: AbortSignal): Promise<number[]> {
  let collector = recent.get(keyOf(clip))
  if (!collector) {
    collector = new PeakCollector()
    for await (const samples of readPcm(clip, { channels: 1 }, signal)) collector.add(samples)
    rememberPeaks(clip, collector)
  }
  return collector.peaks(count, Math.round(clip.durationSeconds * clip.sampleRate))
}

/** Spares `audioPeaks` reading a clip whose samples passed by elsewhere. */
export function rememberPeaks(clip: AudioClip, collector: PeakCollector): void {
  // Without its hash a file may become another under the same name.
  if (clip.file.sha256 === '') return
  recent.set(keyOf(clip), collector)
  const oldest = recent.keys().next()
  if (recent.size > MOST_RECENT && !oldest.done) recent.delete(oldest.value)
}

const keyOf = ({ file, startSeconds, durationSeconds, sampleRate }: AudioClip): string =>
  [file.sha256, startSeconds, durationSeconds, sampleRate].join()
