import type { CellTones } from './cell-tones.ts'
import type { Fields } from './fields.ts'
import { GAIN, GLOW, latentPosition, PLANES } from './fields.ts'
import type { VideoFacts } from './fit-path.ts'
import type { FrameLight } from './frame-light.ts'

/** A flash is a pair of opposing changes of relative luminance by a tenth or more, the darker below .8 (WCAG 2.3.1). */
const SWING = 0.1
const DARKER_BELOW = 0.8
/** A red flash: saturated red whose red less green less blue changes by 20 of 320 and back. */
const RED_SWING = 20 / 320
/** More than three flashes are seven changes. */
const CHANGES_TOO_MANY = 7
/** WCAG counts a flash on a quarter of any 10° of the view: 21,824 of 1024 × 768 pixels, 2.8 % of a full screen. */
const AREA = 0.025
const MAX_ROUNDS = 16

/**
 * How much of the light each frame may have so that no part of the picture as large as `AREA` flashes more than three
 * times within a second, by its luminance or, where it is saturated red, by its red. Where it would, light is turned down around that second, by steps of a fifth, fading in and
 * out over half a second; elsewhere it is 1. Works on the light alone, on each grid cell's mean colour.
 * @returns one factor per frame, 0 … 1.
 */
export function limitFlashes(fields: Fields, light: FrameLight, tones: CellTones, video: VideoFacts): Float64Array {
  const { frameCount, frameRate } = video
  const scale = new Float64Array(frameCount).fill(1)
  const swings = cellLight(fields, light, video)
  const reach = Math.ceil(frameRate / 2)
  let target: Float64Array = scale.slice()
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const flashing = flashingFrames(swings, tones, scale, video)
    if (!flashing.includes(1)) break
    target = target.map((value, frame) => (flashing[frame] ? value * 0.8 : value))
    scale.set(eased(target, reach))
  }
  return scale
}

interface CellLight {
  cells: number
  /** Log-gain and glow per frame and cell, `[frameCount, cells]`. */
  gain: Float32Array
  glow: Float32Array
}

function cellLight(fields: Fields, light: FrameLight, { frameCount, frameRate }: VideoFacts): CellLight {
  const cells = fields.rows * fields.columns
  const gain = new Float32Array(frameCount * cells)
  const glow = new Float32Array(frameCount * cells)
  for (let frame = 0; frame < frameCount; frame++) {
    const position = latentPosition(fields, frame / frameRate)
    const before = Math.floor(position)
    const after = Math.min(before + 1, fields.latentFrames - 1)
    const blend = position - before
    const at = (t: number, plane: number) => (t * PLANES + plane) * cells
    const between = (plane: number, cell: number) => {
      const value = fields.values[at(before, plane) + cell]!
      return value + (fields.values[at(after, plane) + cell]! - value) * blend
    }
    for (let cell = 0, i = frame * cells; cell < cells; cell++, i++) {
      gain[i] = between(GAIN, cell) + light.pulse[frame]! * light.pulseMap[cell]!
      glow[i] = between(GLOW, cell) + light.pulse[frame]! * light.pulseMap[cells + cell]!
    }
  }
  return { cells, gain, glow }
}

/** 1 for every frame inside a second that flashes too often over too large a part. */
function flashingFrames(light: CellLight, tones: CellTones, scale: Float64Array, video: VideoFacts): Uint8Array {
  const { frameCount, frameRate } = video
  const share = new Float64Array(frameCount)
  for (let cell = 0; cell < light.cells; cell++) {
    const from = new Uint8Array(frameCount)
    const mark = (changes: number[]) => {
      for (let i = 0; i + CHANGES_TOO_MANY <= changes.length; i++) {
        const first = changes[i]!
        const last = changes[i + CHANGES_TOO_MANY - 1]!
        if (last - first < frameRate) from.fill(1, first, last + 1)
      }
    }
    mark(changeFrames(luminances(light, tones, scale, cell), SWING, DARKER_BELOW))
    if (tones.red[cell]! > 0) mark(changeFrames(reds(light, tones, scale, cell), RED_SWING, Number.POSITIVE_INFINITY))
    for (let frame = 0; frame < frameCount; frame++) share[frame]! += from[frame]! / light.cells
  }
  return Uint8Array.from(share, (part) => (part > AREA ? 1 : 0))
}

/** Relative luminance of a cell in every frame. */
function luminances(light: CellLight, tones: CellTones, scale: Float64Array, cell: number): Float64Array {
  return scale.map((factor, frame) => {
    const i = frame * light.cells + cell
    const screen = light.glow[i]! * factor * tones.glow[cell]!
    const value = tones.luma[cell]! * Math.exp(light.gain[i]! * factor) * (1 - screen) + screen
    return Math.min(1, Math.max(0, value)) ** 2.2
  })
}

/** Red less green less blue of a saturated cell in every frame. */
function reds(light: CellLight, tones: CellTones, scale: Float64Array, cell: number): Float64Array {
  return scale.map((factor, frame) => {
    const gain = Math.exp(2.2 * light.gain[frame * light.cells + cell]! * factor)
    return Math.min(1, tones.red[cell]! * gain)
  })
}

/** Frames at which a series has changed direction and gone `swing` the other way, the lower value below `darkerBelow`. */
function changeFrames(series: Float64Array, swing: number, darkerBelow: number): number[] {
  const changes: number[] = []
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  let direction = 0
  series.forEach((value, frame) => {
    low = Math.min(low, value)
    high = Math.max(high, value)
    if (direction >= 0 && high - value >= swing && value < darkerBelow) {
      changes.push(frame)
      direction = -1
      low = value
    } else if (direction <= 0 && value - low >= swing && low < darkerBelow) {
      changes.push(frame)
      direction = 1
      high = value
    }
  })
  return changes
}

/** Lowest value around each frame, then averaged, so that the factor itself never jumps. */
function eased(values: Float64Array, reach: number): Float64Array {
  const around = (series: Float64Array, i: number) => series.subarray(Math.max(0, i - reach), i + reach + 1)
  const lowest = values.map((_, i) => around(values, i).reduce((a, b) => Math.min(a, b), 1))
  return lowest.map((_, i) => {
    const part = around(lowest, i)
    return part.reduce((a, b) => a + b, 0) / part.length
  })
}
