import type { ParamDescriptor } from '@beatloom/core'
import { numberRules, offGrid } from './number-rules.ts'

export interface SizePreset {
  /** What the size is known as. */
  name: string
  width: number
  height: number
}

const WIDE: [name: string, width: number, height: number][] = [
  ['1080p', 1920, 1080],
  ['720p', 1280, 720],
  ['480p', 832, 480],
  ['360p', 640, 360],
]
const SQUARE = [1080, 1024, 960, 624, 512]

/** Sizes people know by name: wide, tall, square, and those of pictures. */
export const SIZE_PRESETS: readonly SizePreset[] = [
  ...WIDE.map(([name, width, height]) => ({ name: `${name} 16:9`, width, height })),
  ...WIDE.map(([name, width, height]) => ({ name: `${name} 9:16`, width: height, height: width })),
  ...SQUARE.map((side) => ({ name: '1:1', width: side, height: side })),
  { name: '4:5', width: 1080, height: 1350 },
  { name: '4:3', width: 1024, height: 768 },
  { name: '3:4', width: 768, height: 1024 },
  { name: '21:9', width: 1680, height: 720 },
]

/** Whether a param takes this number: within its range and on its steps. */
export function takes(param: ParamDescriptor, value: number): boolean {
  const rules = numberRules(param)
  return value >= rules.min && value <= rules.max && offGrid(value, rules) === null
}
