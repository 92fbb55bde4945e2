import { AppError, type Image } from '@beatloom/core'

/** Fixed-point bits of the horizontal weights and of the vertical ones, which carry the brightness too. */
const X_BITS = 8
const Y_BITS = 13
/** Brighter than this and the sums no longer fit 32 bits: 255 · 2^8 · 2^13 · 4 < 2^31. */
const MOST_GAIN = 3.9

/**
 * Paints zoomed views of one picture, always around its centre and at fractions of a pixel, so slow zooms glide.
 * The picture covers the frame; a zoom of 1 shows all of it, so no view ever reaches beyond its border.
 * Rows are resampled sideways once and blended downwards as needed: 720p takes about 10 ms.
 */
export class ZoomPainter {
  readonly #source: Image
  readonly #resample: typeof resampleGrey
  readonly #width: number
  readonly #height: number
  readonly #columns: Int32Array
  readonly #weights: Int32Array
  #upper: Int32Array
  #lower: Int32Array

  /** @param source RGB or one plane; its aspect is the frame's, its size the frame's or larger. */
  constructor(source: Image, width: number, height: number) {
    if (source.channels === 4 || source.width < 2 || source.height < 2) {
      throw new AppError('internal', 'A zoomed picture needs one or three channels and at least 2 × 2 pixels.')
    }
    this.#source = source
    this.#resample = source.channels === 3 ? resampleRgb : resampleGrey
    this.#width = width
    this.#height = height
    this.#columns = new Int32Array(width)
    this.#weights = new Int32Array(width)
    this.#upper = new Int32Array(width * source.channels)
    this.#lower = new Int32Array(width * source.channels)
  }

  /**
   * @param zoom 1 or more; less counts as 1.
   * @param gain multiplies the pixels, 0 … 3.9; or how far they are from `pivot`, which stays as it is.
   * @param out `height × width × channels`, overwritten.
   */
  paint(zoom: number, gain: number, out: Uint8Array, pivot = 0): void {
    const scale = Math.max(1, zoom)
    const { height: sourceHeight, channels } = this.#source
    const brightness = Math.round(Math.min(MOST_GAIN, Math.max(0, gain)) * 2 ** Y_BITS)
    const offset = (pivot * (2 ** Y_BITS - brightness)) << X_BITS
    this.#placeColumns(scale)
    let held = -2
    for (let y = 0; y < this.#height; y++) {
      const position = sourcePosition(y, this.#height, sourceHeight, scale)
      const row = Math.min(sourceHeight - 2, Math.floor(position))
      if (row === held + 1) {
        const reused = this.#upper
        this.#upper = this.#lower
        this.#lower = reused
        this.#resampleRow(row + 1, this.#lower)
      } else if (row !== held) {
        this.#resampleRow(row, this.#upper)
        this.#resampleRow(row + 1, this.#lower)
      }
      held = row
      const lowerWeight = Math.round((position - row) * brightness)
      const upperWeight = brightness - lowerWeight
      blendRows(this.#upper, this.#lower, upperWeight, lowerWeight, offset, out, y * this.#width * channels)
    }
  }

  #placeColumns(scale: number): void {
    const { width: sourceWidth, channels } = this.#source
    for (let x = 0; x < this.#width; x++) {
      const position = sourcePosition(x, this.#width, sourceWidth, scale)
      const column = Math.min(sourceWidth - 2, Math.floor(position))
      this.#columns[x] = column * channels
      this.#weights[x] = Math.round((position - column) * 2 ** X_BITS)
    }
  }

  #resampleRow(row: number, out: Int32Array): void {
    const { data, width, channels } = this.#source
    this.#resample(data, row * width * channels, this.#columns, this.#weights, out)
  }
}

/** One row of one channel at the columns asked for, each between its pixel and the next; from `start` in `data`. */
function resampleGrey(
  data: Uint8Array,
  start: number,
  columns: Int32Array,
  weights: Int32Array,
  out: Int32Array,
): void {
  for (let x = 0; x < columns.length; x++) {
    const from = start + (columns[x] as number)
    const right = weights[x] as number
    out[x] = (data[from] as number) * ((1 << X_BITS) - right) + (data[from + 1] as number) * right
  }
}

/** The same for three channels that lie beside one another. */
function resampleRgb(data: Uint8Array, start: number, columns: Int32Array, weights: Int32Array, out: Int32Array): void {
  for (let x = 0, to = 0; x < columns.length; x++, to += 3) {
    const from = start + (columns[x] as number)
    const right = weights[x] as number
    const left = (1 << X_BITS) - right
    out[to] = (data[from] as number) * left + (data[from + 3] as number) * right
    out[to + 1] = (data[from + 1] as number) * left + (data[from + 4] as number) * right
    out[to + 2] = (data[from + 2] as number) * left + (data[from + 5] as number) * right
  }
}

/** Pixel centres sit at half coordinates, and both centres coincide. */
function sourcePosition(at: number, size: number, sourceSize: number, scale: number): number {
  const position = ((at + 0.5 - size / 2) * sourceSize) / (size * scale) + sourceSize / 2 - 0.5
  return Math.min(sourceSize - 1, Math.max(0, position))
}

function blendRows(
  upper: Int32Array,
  lower: Int32Array,
  upperWeight: number,
  lowerWeight: number,
  offset: number,
  out: Uint8Array,
  start: number,
): void {
  const half = offset + (1 << (X_BITS + Y_BITS - 1))
  for (let i = 0; i < upper.length; i++) {
    const sum = ((upper[i] as number) * upperWeight + (lower[i] as number) * lowerWeight + half) >> (X_BITS + Y_BITS)
    out[start + i] = Math.max(0, Math.min(sum, 255))
  }
}
