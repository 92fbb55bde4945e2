import type { FrameMesh } from './mesh.ts'
import { BLOCK, blockCorners, type Texture } from './scene.ts'
import { RECORD_BYTES, WEIGHTED_ONE, warpProgram } from './warp-program.ts'

const PAGE_BYTES = 65_536
/** Half a step of the 7-bit weights, so that cutting a position to them rounds. */
const HALF_WEIGHT = 256

/** The unseen rest of a narrower last block reads up to 15 pixels, at two texels each, past where it may. */
const GUARD_ROWS = 2 * BLOCK

/** Bytes that one drawing thread needs beside the texels: a row of corner records and a row of pixels. */
function workspaceBytes(width: number): number {
  const blocks = Math.ceil(width / BLOCK)
  return Math.ceil(((blocks + 1) * RECORD_BYTES + blocks * BLOCK * 3 + 16) / 16) * 16
}

/**
 * Texels in shared memory, with room for `threads` workspaces behind them.
 * @param stride texels per row.
 */
export function texelMemory(
  stride: number,
  rows: number,
  frameWidth: number,
  threads: number,
): { memory: WebAssembly.Memory; texels: Int32Array<SharedArrayBuffer> } {
  const guard = GUARD_ROWS * stride * 4
  const bytes = guard + rows * stride * 4 + guard + threads * workspaceBytes(frameWidth)
  const pages = Math.ceil(bytes / PAGE_BYTES)
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true })
  return { memory, texels: new Int32Array(memory.buffer, guard, rows * stride) }
}

type DrawRow = (records: number, blocks: number, texels: number, strideBytes: number, out: number) => void

/** Draws frames of one size from one texture, in a workspace of its own. */
export class WarpKernel {
  readonly #texture: Texture
  readonly #width: number
  readonly #height: number
  readonly #drawRow: DrawRow
  readonly #records: number
  readonly #positions: Int32Array
  readonly #lights: Float32Array
  readonly #row: Uint8Array
  readonly #stretch: number

  /** @param slot number of the workspace: no two kernels that draw at the same time may share one. */
  constructor(texture: Texture, width: number, height: number, slot: number) {
    const { memory, texels } = texture
    const { buffer } = memory
    const module = new WebAssembly.Module(warpProgram(buffer.byteLength / PAGE_BYTES))
    const instance = new WebAssembly.Instance(module, { host: { memory } })
    this.#drawRow = instance.exports['drawRow'] as DrawRow
    this.#texture = texture
    this.#width = width
    this.#height = height
    const corners = blockCorners(width)
    const guard = GUARD_ROWS * texture.stride * 4
    this.#records = texels.byteOffset + texels.byteLength + guard + slot * workspaceBytes(width)
    this.#positions = new Int32Array(buffer, this.#records, (corners.length * RECORD_BYTES) / 4)
    this.#lights = new Float32Array(buffer, this.#records, (corners.length * RECORD_BYTES) / 4)
    this.#row = new Uint8Array(buffer, this.#records + corners.length * RECORD_BYTES, width * 3)
    // The program always draws whole blocks, so a narrower last one is continued to full width.
    this.#stretch = BLOCK / (width - corners[corners.length - 2]!)
  }

  /** @param out RGB, `height × width × 3`. */
  draw(mesh: FrameMesh, out: Uint8Array): void {
    const { texels, stride } = this.#texture
    const blocks = mesh.columns - 1
    for (let y = 0; y < this.#height; y++) {
      const band = Math.floor(y / BLOCK)
      const bandHeight = Math.min(BLOCK, this.#height - band * BLOCK)
      this.#fillRecords(mesh, band, (y - band * BLOCK + 0.5) / bandHeight)
      this.#drawRow(this.#records, blocks, texels.byteOffset, stride * 4, this.#row.byteOffset)
      out.set(this.#row, y * this.#width * 3)
    }
  }

  /** The corner records of one row of pixels: between the corners above and below, at the share `v` of the way. */
  #fillRecords({ positions, light, columns }: FrameMesh, band: number, v: number): void {
    const ints = this.#positions
    const floats = this.#lights
    for (let column = 0; column < columns; column++) {
      const above = band * columns + column
      const below = above + columns
      const record = (column * RECORD_BYTES) / 4
      for (let k = 0; k < 2; k++) {
        const top = positions[above * 2 + k]!
        ints[record + k] = top + (positions[below * 2 + k]! - top) * v + HALF_WEIGHT
      }
      for (let k = 0; k < 3; k++) {
        const factor = light[above * 6 + k]!
        floats[record + 4 + k] = (factor + (light[below * 6 + k]! - factor) * v) / WEIGHTED_ONE
        const offset = light[above * 6 + 3 + k]!
        floats[record + 8 + k] = offset + (light[below * 6 + 3 + k]! - offset) * v
      }
    }
    if (this.#stretch === 1) return
    const last = ((columns - 1) * RECORD_BYTES) / 4
    const before = last - RECORD_BYTES / 4
    for (let k = 0; k < 2; k++)
      ints[last + k] = ints[before + k]! + (ints[last + k]! - ints[before + k]!) * this.#stretch
    for (let k = 4; k < 12; k++) {
      floats[last + k] = floats[before + k]! + (floats[last + k]! - floats[before + k]!) * this.#stretch
    }
  }
}
