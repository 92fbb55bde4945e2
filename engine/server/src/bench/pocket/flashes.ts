import type { Image } from '@beatloom/core'

/** A flash is a pair of opposing changes of relative luminance by a tenth or more, the darker below .8 (WCAG 2.3.1). */
const SWING = 0.1
const DARKER_BELOW = 0.8
/**
 * A red flash: red less green less blue (linear, at least 0) changes by 20 of 320, one of the two states saturated: red at
 * least .8 of all three (WCAG 2.3.1, "general flash and red flash thresholds").
 */
const RED_SWING = 20 / 320
const RED_SHARE = 0.8
/** A quarter of any 10° of the view: 21,824 of 1024 × 768 pixels, 2.8 % of the whole. */
const AREA = 0.028
/** Side of the squares that are looked at, pixels of the footage. */
const CELL = 8

export interface Flashes {
  /** Most flashes within any second that a part of the picture as large as `AREA` shows; at most 3 are harmless. */
  general: number
  /** The same of red flashes. */
  red: number
  /** Changes large enough for half a flash, of both kinds: mean over the squares. For telling clips apart that flash alike. */
  changes: number
}

export function flashesIn({ frames, frameRate }: { frames: readonly Image[]; frameRate: number }): Flashes {
  const colours = frames.map(cellColours)
  const cells = (colours[0]?.length ?? 0) / 3
  const all = Array.from({ length: cells }, (_, cell) => colours.map((frame) => frame.subarray(cell * 3, cell * 3 + 3)))
  const general = all.map(luminanceChanges)
  const red = all.map(redChanges)
  const changes = [...general, ...red].reduce((sum, { length }) => sum + length, 0) / Math.max(1, cells)
  const worst = (turns: number[][]) => worstSecond(turns, frames.length, frameRate)
  return { general: worst(general), red: worst(red), changes }
}

/** Display values made linear (sRGB, WCAG 2). */
const LINEAR = Float32Array.from({ length: 256 }, (_, value) =>
  value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
)

/** Mean linear red, green and blue of squares of the picture, `[cells, 3]`. */
function cellColours({ width, height, data }: Image): Float32Array {
  const [columns, rows] = [Math.floor(width / CELL), Math.floor(height / CELL)]
  const colours = new Float32Array(columns * rows * 3)
  for (let y = 0; y < rows * CELL; y++) {
    for (let x = 0; x < columns * CELL; x++) {
      const from = (y * width + x) * 3
      const at = (Math.floor(y / CELL) * columns + Math.floor(x / CELL)) * 3
      for (let c = 0; c < 3; c++) colours[at + c]! += LINEAR[data[from + c]!]! / CELL ** 2
    }
  }
  return colours
}

/** @param turns frames of half flashes by square. */
function worstSecond(turns: number[][], frameCount: number, frameRate: number): number {
  const allowed = Math.floor(AREA * turns.length)
  let most = 0
  for (let from = 0; from < frameCount; from++) {
    const inside = (frame: number) => frame >= from && frame < from + frameRate
    const counts = turns.map((frames) => frames.filter(inside).length >> 1).sort((a, b) => b - a)
    most = Math.max(most, counts[allowed] ?? 0)
  }
  return most
}

/** Frames at which a square's luminance has turned and gone a tenth the other way. */
function luminanceChanges(colours: Float32Array[]): number[] {
  const luminance = colours.map(([red, green, blue]) => 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!)
  return turningFrames(luminance, SWING, (low) => luminance[low]! < DARKER_BELOW)
}

function redChanges(colours: Float32Array[]): number[] {
  const isSaturated = colours.map(([red, green, blue]) => red! >= RED_SHARE * (red! + green! + blue!) && red! > 0)
  if (!isSaturated.includes(true)) return []
  const red = colours.map(([r, g, b]) => Math.max(0, r! - g! - b!))
  return turningFrames(red, RED_SWING, (low, high) => isSaturated[low]! || isSaturated[high]!)
}

/**
 * Frames at which a series has changed direction and gone `swing` the other way.
 * @param counts whether a change between these two frames counts.
 */
function turningFrames(series: number[], swing: number, counts: (low: number, high: number) => boolean): number[] {
  const turns: number[] = []
  let [low, high, direction] = [0, 0, 0]
  series.forEach((value, frame) => {
    if (value < series[low]!) low = frame
    if (value > series[high]!) high = frame
    if (direction >= 0 && series[high]! - value >= swing && counts(frame, high)) {
      turns.push(frame)
      direction = -1
      low = frame
    } else if (direction <= 0 && value - series[low]! >= swing && counts(low, frame)) {
      turns.push(frame)
      direction = 1
      high = frame
    }
  })
  return turns
}
