/** How a sound becomes clips: how many, how long, and what is kept of each. */
import { AppError } from '@beatloom/core'
import { clipsOfRows, resampledRows, VIDEO_RATE } from './audio-features.ts'
import { encoderRows } from './audio-signal.ts'

/** Frames of picture that a clip remembers of what came before, and the latents that the VAE makes of them. */
export const MOTION_FRAMES = 73
export const MOTION_LATENTS = 19

/** A first clip without motion loses so many frames at its start; they would only settle the picture. */
export const LEAD_FRAMES = 3

export interface ClipPlan {
  clips: number
  framesPerClip: number
  /** Latents that are denoised per clip: 20 for 80 frames. */
  latentFrames: number
  /** Copies of the first frame before it, so that mouths and sound agree. */
  leadFrames: number
  /** Frames that the clips give, without the lead. */
  framesMade: number
  /** Frames of the video: lead and clips, cut to the asked length. */
  frameCount: number
  /** Length of the video. */
  seconds: number
}

export interface ClipWish {
  /** Length of the sound, at 16 kHz. */
  samples: number
  /** Asked length of the video; without it Wan's own count of clips, and nothing is cut. */
  seconds?: number
  /** 80, or 48 for less memory; a multiple of 4. */
  framesPerClip?: number
  /** `repeat` shows the first frame 3 times more: Wan's own videos run 0.1875 s ahead of their sound. */
  lead?: 'repeat' | 'none'
  /** The first clip starts from the reference picture: nothing is cut from its start. */
  startFromReference?: boolean
}

/**
 * Frame f of a clip is driven by row f of its sound, and the first clip loses its first 3 frames: hence the lead.
 * @throws {AppError} `input_invalid` for frames per clip that are no multiple of 4, or no length.
 */
export function clipPlan({
  samples,
  seconds,
  framesPerClip = 80,
  lead = 'repeat',
  startFromReference = false,
}: ClipWish): ClipPlan {
  if (!Number.isInteger(framesPerClip) || framesPerClip < 4 || framesPerClip % 4 !== 0) {
    throw new AppError('input_invalid', `A clip has frames in multiples of 4; ${framesPerClip} is none.`)
  }
  const inSound = clipsOfRows(resampledRows(encoderRows(samples)), framesPerClip)
  const lost = startFromReference ? 0 : LEAD_FRAMES
  const leadFrames = lead === 'repeat' ? lost : 0
  const wanted = seconds === undefined ? Number.POSITIVE_INFINITY : Math.round(seconds * VIDEO_RATE)
  if (!(wanted >= 1)) throw new AppError('input_invalid', `A video of ${seconds} s has no frame.`)
  const clips = Math.min(inSound, Math.ceil((wanted + lost - leadFrames) / framesPerClip))
  const framesMade = clips * framesPerClip - lost
  const frameCount = Math.min(wanted, framesMade + leadFrames)
  return {
    ...{ clips, framesPerClip, leadFrames, framesMade, frameCount },
    latentFrames: latentFramesOf(framesPerClip),
    seconds: frameCount / VIDEO_RATE,
  }
}

/** Latents of one clip: those of its frames, a lead and the motion, less those of the motion. */
export function latentFramesOf(framesPerClip: number): number {
  return Math.floor((framesPerClip + LEAD_FRAMES + MOTION_FRAMES) / 4) - MOTION_LATENTS
}
