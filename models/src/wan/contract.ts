/** Facts of the published Wan2.2 models (github.com/Wan-Video/Wan2.2, `wan/configs`). */

export type WanKind = 'wan-t2v' | 'wan-i2v' | 'wan-ti2v' | 'wan-s2v'

export interface WanFacts {
  kind: WanKind
  /** Channels of a latent pixel. */
  channels: number
  /** A latent pixel stands for a square of so many picture pixels. */
  pixels: number
  /** Sides of a video are multiples of this: the latent pixel, twice, since the network sees 2 × 2 of them as one token. */
  multiple: number
  /** Frames per second that the model was taught. */
  frameRate: number
  /** Seconds of a clip as published. */
  seconds: number
  steps: number
  /** Flow shift of the published pipeline. */
  shift: number
  /** Of the expert for high noise, and of the one for low noise. */
  guidance: readonly [number, number]
  /** Timesteps from `boundary · 1000` belong to the high-noise expert; null where there is one expert. */
  boundary: number | null
}

const A14B = { channels: 16, pixels: 8, multiple: 16, frameRate: 16, seconds: 5, steps: 40 } as const

export const WAN: Readonly<Record<WanKind, WanFacts>> = {
  'wan-t2v': { kind: 'wan-t2v', ...A14B, shift: 12, guidance: [4, 3], boundary: 0.875 },
  'wan-i2v': { kind: 'wan-i2v', ...A14B, shift: 5, guidance: [3.5, 3.5], boundary: 0.9 },
  'wan-ti2v': {
    kind: 'wan-ti2v',
    channels: 48,
    pixels: 16,
    multiple: 32,
    frameRate: 24,
    seconds: 5,
    steps: 50,
    shift: 5,
    guidance: [5, 5],
    boundary: null,
  },
  'wan-s2v': { kind: 'wan-s2v', ...A14B, multiple: 64, shift: 3, guidance: [4.5, 4.5], boundary: null },
}

export const isWan = (family: string): family is WanKind => Object.hasOwn(WAN, family)

/** The text encoder always reads so many tokens, padding among them. */
export const TEXT_TOKENS = 512
/** A latent frame after the first stands for so many frames. */
export const FRAMES_PER_LATENT = 4
/**
 * The flow shift in the scheduler of diffusers' conversions of the A14B models, which is not the published one (12 and
 * 5): a scheduler that says 3 is taken to say nothing.
 */
export const CONVERTED_SHIFT = 3

/** Clips have 4k + 1 frames. */
export const wholeFrames = (frames: number): number =>
  Math.max(1, Math.round((frames - 1) / FRAMES_PER_LATENT) * FRAMES_PER_LATENT + 1)

export const latentFrames = (frames: number): number => (frames - 1) / FRAMES_PER_LATENT + 1
