import type { Image } from '@beatloom/core'
import type { Fields } from './fields.ts'
import type { PathFit, VideoFacts } from './fit-path.ts'
import type { GlowMap } from './scene.ts'

/** What the picture looks like in each grid cell. */
export interface CellTones {
  /** Mean brightness, 0 … 1 display values. */
  luma: Float32Array
  /** Luma of the glow map, 0 … 1. */
  glow: Float32Array
  /** Red less green less blue as light, 0 … 1, where the cell is saturated red; 0 elsewhere. */
  red: Float32Array
}

const STEP_PX = 4
/** Display values to light, near enough to sRGB. */
const GAMMA = 2.2
/** A cell is saturated red from this share of red in its light on (WCAG 2.3.1, red flash). */
const SATURATED = 0.8

/** Tones of the part of the picture under each grid cell at frame 0. */
export function cellTones(
  { rows, columns }: Pick<Fields, 'rows' | 'columns'>,
  fit: PathFit,
  video: VideoFacts,
  picture: Image,
  glow: GlowMap,
): CellTones {
  const tones = {
    luma: new Float32Array(rows * columns),
    glow: new Float32Array(rows * columns),
    red: new Float32Array(rows * columns),
  }
  const [cellWidth, cellHeight] = [video.width / columns, video.height / rows]
  for (let row = 0, cell = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, cell++) {
      const left = fit.originX + column * cellWidth
      const top = fit.originY + row * cellHeight
      const [red, green, blue] = meanLight(picture, left, top, cellWidth, cellHeight)
      tones.luma[cell] = lumaOf(red, green, blue) ** (1 / GAMMA)
      tones.red[cell] = red >= SATURATED * (red + green + blue) ? Math.max(0, red - green - blue) : 0
      tones.glow[cell] = glowLuma(glow, (left + cellWidth / 2) / glow.cellPx, (top + cellHeight / 2) / glow.cellPx)
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

function glowLuma({ values, width, height }: GlowMap, x: number, y: number): number {
  const at = pixelAt(width, height, x, y)
  return lumaOf(values[at]!, values[at + 1]!, values[at + 2]!)
}

const lumaOf = (red: number, green: number, blue: number): number => 0.2126 * red + 0.7152 * green + 0.0722 * blue

const pixelAt = (width: number, height: number, x: number, y: number): number =>
  (Math.min(height - 1, Math.floor(y)) * width + Math.min(width - 1, Math.floor(x))) * 3
