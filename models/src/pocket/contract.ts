/** Sizes that the pocket model's graphs agree on; models/README.md is the contract. */

export const TEXT_TOKENS = 40
export const AUDIO_FEATURES = 7
/** Audio feature rows per second. */
export const FEATURE_RATE = 30
/** Latent frames per second. */
export const LATENT_RATE = 10
/** Channels of the fields tensor. */
export const FIELD_CHANNELS = 7
/** The picture encoder reads this many pixels for each side of a grid cell. */
export const PIXELS_PER_CELL = 4

export type Aspect = '16:9' | '9:16' | '1:1'

export interface Grid {
  rows: number
  columns: number
}

const GRIDS: Record<Aspect, Grid> = {
  '16:9': { rows: 16, columns: 28 },
  '9:16': { rows: 28, columns: 16 },
  '1:1': { rows: 21, columns: 21 },
}

export function gridFor(aspect: Aspect): Grid {
  return GRIDS[aspect]
}

/** Tokens of the picture: one for every two by two cells. */
export function pictureTokens({ rows, columns }: Grid): number {
  return Math.ceil(rows / 2) * Math.ceil(columns / 2)
}

/** How strongly things move, as the network is told. */
export const MOTION_STRENGTH = { low: 0.5, medium: 1, high: 1.6 } as const

/** The latent's tensors in the order in which noise fills them. */
export function latentDims(
  frames: number,
  { rows, columns }: Grid,
): { hidden_states: number[]; camera_states: number[] } {
  return { hidden_states: [1, frames, FIELD_CHANNELS, rows, columns], camera_states: [1, frames, 4] }
}
