import { type CellTones, GAMMA } from './cell-tones.ts'
import { type Fields, GAIN, GLOW, latentPosition, PLANES, WARMTH } from './fields.ts'
import type { VideoFacts } from './fit-path.ts'
import type { FrameLight } from './frame-light.ts'

/**
 * A flash is a pair of opposing changes of relative luminance by a tenth or more, the darker below .8 (WCAG 2.3.1).
 * Here a fifth less counts: a cell is judged by its mean colour at the start, and encoders add a little.
 */
const SWING = 0.08
const DARKER_BELOW = 0.85
/**
 * A red flash: red less green less blue changes by 20 of 320 and back, one of the two states saturated: red at least .8
 * of all three (WCAG 2.3.1). The same margin.
 */
const RED_SWING = 16 / 320
const RED_SHARE = 0.75
/** More than three flashes are seven changes. */
const CHANGES_TOO_MANY = 7
/** WCAG counts a flash on a quarter of any 10° of the view: 21,824 of 1024 × 768 pixels, 2.8 % of a full screen. */
const AREA = 0.025
const MAX_ROUNDS = 16

/**
 * How much of the light each frame may have so that no part of the picture as large as `AREA` flashes more than three
 * times within a second, by its luminance or, where it is saturated red, by its red. Where it would, light is turned
 * down around that second, by steps of a fifth, fading in and out over half a second; elsewhere it is 1. Works on the
 * light alone, on each grid cell's mean colour.
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
  /** Log-gain, glow and warmth per frame and cell, `[frameCount, cells]`. */
  gain: Float32Array
  glow: Float32Array
  warmth: Float32Array
}

function cellLight(fields: Fields, light: FrameLight, { frameCount, frameRate }: VideoFacts): CellLight {
  const cells = fields.rows * fields.columns
  const gain = new Float32Array(frameCount * cells)
  const glow = new Float32Array(frameCount * cells)
  const warmth = new Float32Array(frameCount * cells)
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
      warmth[i] = between(WARMTH, cell)
    }
  }
  return { cells, gain, glow, warmth }
}

/** 1 for every frame inside a second that flashes too often over too large a part. */
function flashingFrames(light: CellLight, tones: CellTones, scale: Float64Array, video: VideoFacts): Uint8Array {
  const { frameCount, frameRate } = video
  const share = new Float64Array(frameCount)
  const series: Series = {
    luminance: new Float64Array(frameCount),
    red: new Float64Array(frameCount),
    saturated: new Uint8Array(frameCount),
  }
  for (let cell = 0; cell < light.cells; cell++) {
    const from = new Uint8Array(frameCount)
    const mark = (changes: number[]) => {
      for (let i = 0; i + CHANGES_TOO_MANY <= changes.length; i++) {
        const first = changes[i]!
        const last = changes[i + CHANGES_TOO_MANY - 1]!
        if (last - first < frameRate) from.fill(1, first, last + 1)
      }
    }
    colourOver(light, tones, scale, cell, series)
    mark(changeFrames(series.luminance, SWING, (darker) => series.luminance[darker]! < DARKER_BELOW))
    if (series.saturated.includes(1)) {
      mark(
        changeFrames(
          series.red,
          RED_SWING,
          (darker, brighter) => !!(series.saturated[darker]! | series.saturated[brighter]!),
        ),
      )
    }
    for (let frame = 0; frame < frameCount; frame++) share[frame]! += from[frame]! / light.cells
  }
  return Uint8Array.from(share, (part) => (part > AREA ? 1 : 0))
}

/** A cell in every frame. */
interface Series {
  /** Relative luminance. */
  luminance: Float64Array
  /** Red less green less blue, as light. */
  red: Float64Array
  /** 1 where red is most of the light. */
  saturated: Uint8Array
}

const STEPS = 1023
/** Display values, in 1,023 steps, as light. */
const LIGHT = Float64Array.from({ length: STEPS + 1 }, (_, step) => (step / STEPS) ** GAMMA)
const asLight = (value: number): number => LIGHT[Math.min(STEPS, Math.max(0, Math.round(value * STEPS)))]!

/** The colour that the drawing gives a cell (`MeshBuilder`), in every frame. */
function colourOver(light: CellLight, tones: CellTones, scale: Float64Array, cell: number, out: Series): void {
  const { colour, glow } = tones
  const at = cell * 3
  for (let frame = 0; frame < scale.length; frame++) {
    const factor = scale[frame]!
    const i = frame * light.cells + cell
    const gain = Math.exp(light.gain[i]! * factor)
    const warm = 0.5 * Math.max(-1, Math.min(1, light.warmth[i]! * factor))
    const shine = Math.max(-1, Math.min(1, light.glow[i]! * factor))
    const lit = (c: number, tint: number) => {
      const screen = shine * glow[at + c]!
      return asLight(colour[at + c]! * gain * tint * (1 - screen) + screen)
    }
    const [red, green, blue] = [lit(0, 1 + warm), lit(1, 1), lit(2, 1 - warm)]
    out.luminance[frame] = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    out.red[frame] = Math.max(0, red - green - blue)
    out.saturated[frame] = red > 0 && red >= RED_SHARE * (red + green + blue) ? 1 : 0
  }
}

/**
 * Frames at which a series has changed direction and gone `swing` the other way.
 * @param counts whether a change between these two frames counts, the darker one first.
 */
function changeFrames(
  series: Float64Array,
  swing: number,
  counts: (darker: number, brighter: number) => boolean,
): number[] {
  const changes: number[] = []
  let [low, high, direction] = [0, 0, 0]
  series.forEach((value, frame) => {
    if (value < series[low]!) low = frame
    if (value > series[high]!) high = frame
    if (direction >= 0 && series[high]! - value >= swing && counts(frame, high)) {
      changes.push(frame)
      direction = -1
      low = frame
    } else if (direction <= 0 && value - series[low]! >= swing && counts(low, frame)) {
      changes.push(frame)
      direction = 1
      high = frame
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
