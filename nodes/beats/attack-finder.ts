import type { Attacks } from './attacks.ts'
import { Growing } from './growing.ts'

/** A moment is tried every so many samples, about: 0.18 ms at 44.1 kHz. */
const CELL_SAMPLES = 8
/** Where in the cell that is found an attack lies, on the mean: 0.05 ms after its beginning, of clicks, kicks, snares and hats alike. */
const WITHIN_CELL = 0.28
/** Levels are means over so long: of shorter stretches they swing with the tone, of longer ones they blur the beginning. */
const STRETCH_SECONDS = 0.003
/** Stretches before a moment, 21 ms: longer than the period of a bass whose every swing is a pulse (48 Hz). */
const PAST_STRETCHES = 7
/** So many stretches after the hop, at 12 ms, a sharp attack has reached its full level. */
const FULL_STRETCHES = 4
/** What lies 24 dB under the full level is as good as silence. */
const NOTHING = 10 ** -2.4
/** Mean square of silence, whatever comes next: −80 dB of full scale. */
const SILENCE = 1e-8
/** Hops heard after the one that is judged. */
const HOPS_AHEAD = 2
/** The samples themselves, their differences, and the differences of those. */
const TILTS = 3

/**
 * Finds sharp beginnings in a stream of samples, finer than spectral frames can tell: in each hop the moment at which
 * the level of the next 3 ms lies highest above the loudest 3 ms of the 21 ms before. Levels are those of the samples,
 * of their differences, and of the differences of those, so with the spectrum tilted by 0, 6 and 12 dB an octave: bass,
 * middle and treble each come to the fore in one of them, and none is late as behind a filter.
 *
 * Measured at known times, 4,800 each of clicks, kicks, plucked notes, snares and hats (2026-11-23): within 0.2 ms alone,
 * and 0.5 over notes that still ring; in white noise up to 0.003 of full scale within 1 ms, up to 0.03 within 1.6, and
 * nineteen of twenty within 0.3; with rises of 13 to 72 dB. Steady sounds rise less: white noise by 4 dB at most, tones
 * from 30 Hz and saws from 55 Hz on alike, brown noise by 6 in nineteen of twenty hops. It takes 0.6 ms for a second of
 * sound, an eighth of what all features do, and keeps 2.9 MB an hour.
 */
export class AttackFinder {
  readonly #secondsPerCell: number
  /** Cells in a hop, and in a stretch. */
  readonly #hop: number
  readonly #stretch: number
  /** Where each cell of a hop begins, in samples, and where the last one ends. */
  readonly #borders: number[]
  /** By tilt: sums of squares in the cells of the stretch before the newest hop, and of that hop. */
  readonly #cells: Float64Array[]
  /** By tilt: levels of the stretches that begin at each cell, up to the newest that is complete. */
  readonly #levels: Float64Array[]
  readonly #offsets = new Growing()
  readonly #rises = new Growing()
  #heard = 0
  #last = 0
  #lastStep = 0

  /** @param hopSize samples in a hop. */
  constructor(sampleRate: number, hopSize: number) {
    const hop = Math.max(1, Math.round(hopSize / CELL_SAMPLES))
    const stretch = Math.max(1, Math.round((STRETCH_SECONDS * sampleRate * hop) / hopSize))
    this.#secondsPerCell = hopSize / hop / sampleRate
    this.#hop = hop
    this.#stretch = stretch
    this.#borders = Array.from({ length: hop + 1 }, (_, cell) => Math.floor((cell * hopSize) / hop))
    const moments = (PAST_STRETCHES - 1) * stretch + (1 + HOPS_AHEAD) * hop + 1
    this.#cells = Array.from({ length: TILTS }, () => new Float64Array(stretch + hop))
    this.#levels = Array.from({ length: TILTS }, () => new Float64Array(moments))
  }

  /** @param samples the next hop, −1 … 1. */
  push(samples: Float32Array): void {
    this.#measure(samples)
    if (this.#heard++ >= HOPS_AHEAD) this.#judge()
  }

  /** @returns one attack a hop. Called once; silence follows the last hop. */
  finish(): Attacks {
    const silence = new Float32Array(this.#borders.at(-1) as number)
    for (let hop = 0; hop < HOPS_AHEAD; hop++) this.push(silence)
    return { offsets: this.#offsets.toArray(), rises: this.#rises.toArray() }
  }

  #measure(samples: Float32Array): void {
    const [plain, tilted, twice] = this.#cells as [Float64Array, Float64Array, Float64Array]
    for (const cells of this.#cells) cells.copyWithin(0, this.#hop)
    for (let cell = 0; cell < this.#hop; cell++) {
      let [squares, steps, turns] = [0, 0, 0]
      for (let i = this.#borders[cell] as number; i < (this.#borders[cell + 1] as number); i++) {
        const sample = samples[i] as number
        const step = sample - this.#last
        const turn = step - this.#lastStep
        squares += sample * sample
        steps += step * step
        turns += turn * turn
        this.#last = sample
        this.#lastStep = step
      }
      plain[this.#stretch + cell] = squares
      tilted[this.#stretch + cell] = steps
      twice[this.#stretch + cell] = turns
    }
    for (let tilt = 0; tilt < TILTS; tilt++) this.#level(tilt)
  }

  /** A hop of new levels: the newest stretch ends with the newest cell. */
  #level(tilt: number): void {
    const cells = this.#cells[tilt] as Float64Array
    const levels = this.#levels[tilt] as Float64Array
    const samples = (this.#stretch * (this.#borders.at(-1) as number)) / this.#hop
    levels.copyWithin(0, this.#hop)
    let sum = 0
    for (let cell = 0; cell < this.#stretch; cell++) sum += cells[cell] as number
    for (let cell = 0; cell < this.#hop; cell++) {
      sum += (cells[cell + this.#stretch] as number) - (cells[cell] as number)
      levels[levels.length - this.#hop + cell] = Math.max(0, sum) / samples
    }
  }

  #judge(): void {
    const first = PAST_STRETCHES * this.#stretch
    const floors = this.#levels.map((levels) => {
      let full = SILENCE / NOTHING
      for (let at = first; at < first + this.#hop + FULL_STRETCHES * this.#stretch; at++) {
        full = Math.max(full, levels[at] as number)
      }
      return NOTHING * full
    })
    let [best, most] = [0, 1]
    for (let cell = 0; cell < this.#hop; cell++) {
      let ratio = 1
      for (let tilt = 0; tilt < TILTS; tilt++) {
        ratio *= this.#ratio(this.#levels[tilt] as Float64Array, first + cell, floors[tilt] as number)
      }
      if (ratio > most) [best, most] = [cell, ratio]
    }
    this.#offsets.push((best + WITHIN_CELL) * this.#secondsPerCell)
    this.#rises.push(10 * Math.log10(most))
  }

  /** Of the level after a moment to the loudest before it, in power; at least 1. */
  #ratio(levels: Float64Array, at: number, floor: number): number {
    const after = levels[at] as number
    if (after <= floor) return 1
    let before = floor
    for (let past = at - PAST_STRETCHES * this.#stretch; past < at; past += this.#stretch) {
      before = Math.max(before, levels[past] as number)
    }
    return Math.max(1, after / before)
  }
}
