import type { Image } from '@beatloom/core'
import type { Fields } from './fields.ts'
import type { PathFit, VideoFacts } from './fit-path.ts'
import type { GlowMap } from './scene.ts'

/** What the picture looks like in each grid cell. */
export interface CellTones {
  /** Mean colour as display values, 0 … 1, `[cells, 3]`. */
  colour: Float32Array
  /** Of the glow map, 0 … 1, `[cells, 3]`. */
  glow: Float32Array
}

const STEP_PX = 4
/** Display values to light, near enough to sRGB. */
export const GAMMA = 2.2
/** Tones of the part of the picture under each grid cell at frame 0. */
export function cellTones(
  { rows, columns }: Pick<Fields, 'rows' | 'columns'>,
  fit: PathFit,
  video: VideoFacts,
  picture: Image,
  glow: GlowMap,
): CellTones {
  const cells = rows * columns
  const tones = { colour: new Float32Array(cells * 3), glow: new Float32Array(cells * 3) }
  const [cellWidth, cellHeight] = [video.width / columns, video.height / rows]
  for (let row = 0, cell = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, cell++) {
      const left = fit.originX + column * cellWidth
      const top = fit.originY + row * cellHeight
      const light = meanLight(picture, left, top, cellWidth, cellHeight)
      const at = pixelAt(
        glow.width,
        glow.height,
        (left + cellWidth / 2) / glow.cellPx,
        (top + cellHeight / 2) / glow.cellPx,
      )
      for (let colour = 0; colour < 3; colour++) {
        tones.colour[cell * 3 + colour] = light[colour]! ** (1 / GAMMA)
        tones.glow[cell * 3 + colour] = glow.values[at + colour]!
      }
    }
  }
  return tones
}

type Colour = [red: number, green: number, blue: number]

function meanLight(picture: Image, left: number, top: number, width: number, height: number): Colour {
  const sums: Colour = [0, 0, 0]
  let count = 0
  for (let y = top; y < top + height; y += STEP_PX) {
    for (let x = left; x < left + width; x += STEP_PX, count++) {
      const at = pixelAt(picture.width, picture.height, x, y)
      for (let colour = 0; colour < 3; colour++) sums[colour]! += LIGHT[picture.data[at + colour]!]!
    }
  }
  return [sums[0] / count, sums[1] / count, sums[2] / count]
}

const LIGHT = Float64Array.from({ length: 256 }, (_, value) => (value / 255) ** GAMMA)

const pixelAt = (width: number, height: number, x: number, y: number): number =>
  (Math.min(height - 1, Math.floor(y)) * width + Math.min(width - 1, Math.floor(x))) * 3
