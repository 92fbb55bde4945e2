/** Rows a second that the beat network reads: two frames make one. */
export const ROWS_PER_FRAME = 0.5
/** Quarter tones put together into one band of the network. */
const BANDS_TOGETHER = 2

/** Bands of a row where the filterbank has so many: the last one may be alone. */
export const rowSize = (bandCount: number): number => Math.ceil(bandCount / BANDS_TOGETHER)

/**
 * What the beat network reads: log magnitudes (see sound-features.ts) of two frames and two neighbouring quarter tones,
 * averaged. Row `r` stands for frames `2r` and `2r + 1`, so its time is `(2r + ½) / frameRate`.
 */
export class BandRows {
  readonly #size: number
  #data: Float32Array
  #count = 0
  #half = false

  constructor(bandCount: number) {
    this.#size = rowSize(bandCount)
    this.#data = new Float32Array(1024 * this.#size)
  }

  /** Whole rows that are waiting. */
  get count(): number {
    return this.#count
  }

  /** @param bands log magnitudes of one frame, `[bandCount]`; read at once. */
  push(bands: Float32Array): void {
    const size = this.#size
    if ((this.#count + 1) * size > this.#data.length) {
      const larger = new Float32Array(2 * this.#data.length)
      larger.set(this.#data)
      this.#data = larger
    }
    const at = this.#count * size
    for (let band = 0; band < size; band++) {
      const low = bands[2 * band] as number
      const value = 0.25 * (low + (bands[2 * band + 1] ?? low))
      this.#data[at + band] = (this.#half ? (this.#data[at + band] as number) : 0) + value
    }
    if (this.#half) this.#count++
    this.#half = !this.#half
  }

  /** A frame without a second one counts twice. */
  finish(): void {
    if (!this.#half) return
    const at = this.#count * this.#size
    for (let band = 0; band < this.#size; band++) this.#data[at + band] = 2 * (this.#data[at + band] as number)
    this.#count++
    this.#half = false
  }

  /** The first rows that are waiting, `[count, size]`; a view, good until the next push. */
  first(count: number): Float32Array {
    return this.#data.subarray(0, count * this.#size)
  }

  drop(count: number): void {
    this.#data.copyWithin(0, count * this.#size, (this.#count + 1) * this.#size)
    this.#count -= count
  }
}
