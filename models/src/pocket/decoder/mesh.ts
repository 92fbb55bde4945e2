import { FLOW_X, FLOW_Y, GAIN, GLOW, latentPosition, PLANES, WARMTH } from './fields.ts'
import {
  blockCorners,
  type GlowMap,
  LIGHT_SCALE,
  PAN,
  PULSE,
  ROLL,
  type Scene,
  TILT,
  TRACK_VALUES,
  ZOOM,
} from './scene.ts'
import { catmullRomTaps, gridTaps, type Taps, upsamplePlane } from './spline.ts'

/** Log-gain is kept within a factor of 4 both ways, whatever a latent says. */
const MAX_GAIN = Math.log(4)

/** One frame's geometry and light at the block corners. */
export interface FrameMesh {
  /** Texel to read at each corner, x and y in 16.16 fixed point; `[rows, columns, 2]`. */
  positions: Int32Array
  /** Light as `out = value · factor + offset` per colour: factor r, g, b, then offset r, g, b (of 0 … 255). */
  light: Float32Array
  columns: number
  rows: number
}

/** Evaluates a scene's fields at block corners, one frame after another, in buffers that are used again. */
export class MeshBuilder {
  readonly #scene: Scene
  readonly #xs: Float64Array
  readonly #ys: Float64Array
  readonly #across: Taps
  readonly #down: Taps
  readonly #coarse: Float32Array
  readonly #fine: Float32Array[]
  readonly #scratch: Float32Array
  readonly #mesh: FrameMesh
  readonly #glow = new Float64Array(3)

  constructor(scene: Scene) {
    this.#scene = scene
    this.#xs = blockCorners(scene.width)
    this.#ys = blockCorners(scene.height)
    const { rows, columns } = scene.fields
    this.#across = gridTaps(
      this.#xs.map((x) => x / scene.width),
      columns,
    )
    this.#down = gridTaps(
      this.#ys.map((y) => y / scene.height),
      rows,
    )
    const corners = this.#xs.length * this.#ys.length
    this.#coarse = new Float32Array(rows * columns)
    this.#scratch = new Float32Array(rows * this.#xs.length)
    this.#fine = Array.from({ length: PLANES }, () => new Float32Array(corners))
    this.#mesh = {
      positions: new Int32Array(corners * 2),
      light: new Float32Array(corners * 6),
      columns: this.#xs.length,
      rows: this.#ys.length,
    }
  }

  /** The mesh of a frame; valid until the next call. */
  build(frame: number): FrameMesh {
    this.#interpolate(frame)
    this.#place(frame)
    return this.#mesh
  }

  #interpolate(frame: number): void {
    const { fields, pulseMap, track, flowScale, frameRate } = this.#scene
    const cells = fields.rows * fields.columns
    const position = latentPosition(fields, frame / frameRate)
    const before = Math.floor(position)
    const after = Math.min(before + 1, fields.latentFrames - 1)
    const blend = position - before
    const { index, weight } = catmullRomTaps(position, fields.latentFrames)
    const lightScale = track[frame * TRACK_VALUES + LIGHT_SCALE]!
    const pulse = track[frame * TRACK_VALUES + PULSE]!
    const { values } = fields
    for (let plane = 0; plane < PLANES; plane++) {
      const at = (t: number) => (t * PLANES + plane) * cells
      if (plane === FLOW_X || plane === FLOW_Y) {
        const [a, b, c, d] = [at(index[0]!), at(index[1]!), at(index[2]!), at(index[3]!)]
        const [wa, wb, wc, wd] = [weight[0]!, weight[1]!, weight[2]!, weight[3]!]
        for (let i = 0; i < cells; i++) {
          this.#coarse[i] =
            flowScale * (values[a + i]! * wa + values[b + i]! * wb + values[c + i]! * wc + values[d + i]! * wd)
        }
      } else {
        const a = at(before)
        const b = at(after)
        const added = plane === WARMTH ? 0 : pulse
        const map = plane === GLOW ? cells : 0
        for (let i = 0; i < cells; i++) {
          const value = values[a + i]! + (values[b + i]! - values[a + i]!) * blend
          this.#coarse[i] = lightScale * (value + added * pulseMap[map + i]!)
        }
      }
      upsamplePlane(this.#coarse, fields.columns, this.#across, this.#down, this.#scratch, this.#fine[plane]!)
    }
  }

  #place(frame: number): void {
    const { width, height, track, texture, originX, originY } = this.#scene
    const { positions, columns, rows } = this.#mesh
    const camera = track.subarray(frame * TRACK_VALUES)
    const scale = Math.exp(-camera[ZOOM]!)
    const cos = scale * Math.cos(camera[ROLL]!)
    const sin = scale * Math.sin(camera[ROLL]!)
    const centreX = originX + width / 2 + camera[PAN]! * width
    const centreY = originY + height / 2 + camera[TILT]! * width
    const [flowX, flowY] = [this.#fine[FLOW_X]!, this.#fine[FLOW_Y]!]
    for (let row = 0, i = 0; row < rows; row++) {
      const dy = this.#ys[row]! - height / 2
      for (let column = 0; column < columns; column++, i++) {
        const dx = this.#xs[column]! - width / 2
        const x = centreX + cos * dx - sin * dy + flowX[i]! * width
        const y = centreY + sin * dx + cos * dy + flowY[i]! * width
        // A pixel's sample lies half a pixel inside it, hence −½.
        positions[i * 2] = Math.round((x - 0.5 + texture.pad) * texture.density * 65536)
        positions[i * 2 + 1] = Math.round((y - 0.5 + texture.pad) * texture.density * 65536)
        this.#relight(i, x, y)
      }
    }
  }

  #relight(corner: number, x: number, y: number): void {
    const { light } = this.#mesh
    const gain = Math.exp(Math.max(-MAX_GAIN, Math.min(MAX_GAIN, this.#fine[GAIN]![corner]!)))
    const glow = Math.max(-1, Math.min(1, this.#fine[GLOW]![corner]!))
    const warmth = Math.max(-1, Math.min(1, this.#fine[WARMTH]![corner]!))
    if (glow === 0) this.#glow.fill(0)
    else sampleGlow(this.#scene.glow, x, y, this.#glow)
    for (let colour = 0; colour < 3; colour++) {
      const tint = 1 + 0.5 * warmth * (1 - colour)
      // Screen: 1 − (1 − c)(1 − g) = c (1 − g) + g, so gain and glow together stay one factor and one offset.
      const screen = glow * this.#glow[colour]!
      light[corner * 6 + colour] = gain * tint * (1 - screen)
      light[corner * 6 + 3 + colour] = screen * 255
    }
  }
}

function sampleGlow(map: GlowMap, x: number, y: number, out: Float64Array): void {
  const gx = Math.max(0, Math.min(map.width - 1, x / map.cellPx - 0.5))
  const gy = Math.max(0, Math.min(map.height - 1, y / map.cellPx - 0.5))
  const x0 = Math.floor(gx)
  const y0 = Math.floor(gy)
  const right = x0 + 1 < map.width ? 3 : 0
  const below = y0 + 1 < map.height ? map.width * 3 : 0
  const fx = gx - x0
  const fy = gy - y0
  for (let colour = 0; colour < 3; colour++) {
    const i = (y0 * map.width + x0) * 3 + colour
    const top = map.values[i]! + (map.values[i + right]! - map.values[i]!) * fx
    const bottom = map.values[i + below]! + (map.values[i + below + right]! - map.values[i + below]!) * fx
    out[colour] = top + (bottom - top) * fy
  }
}
