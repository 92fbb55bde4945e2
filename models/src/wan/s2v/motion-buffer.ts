/** What a clip keeps of its decoded frames and remembers for the next clip. Frames can be anything: none is looked at. */
import { LEAD_FRAMES, MOTION_FRAMES } from './clip-plan.ts'

/** A picture to start from stands in the newest frames of the memory. */
const START_FRAMES = 6

export interface FirstMotion<Frame> {
  /** 73, oldest first. */
  frames: Frame[]
  /** True when the first clip's denoiser is to see no motion (`drop_motion_frames`). */
  dropped: boolean
}

/**
 * The memory before the first clip: grey, and not shown to the denoiser; or with the picture to start from at its end.
 * @param grey a frame of zeros (−1 … 1), the middle grey.
 */
export function firstMotion<Frame>(grey: Frame, start: Frame | null = null): FirstMotion<Frame> {
  const frames = new Array<Frame>(MOTION_FRAMES).fill(grey)
  if (start !== null) frames.fill(start, MOTION_FRAMES - START_FRAMES)
  return { frames, dropped: start === null }
}

/**
 * Which of a clip's decoded frames belong to the video. Decoded is the reference latent (first clip, motion dropped)
 * or the motion latents, then the clip's own latents; only the last `framesPerClip` are the clip's.
 * @returns first frame to keep, and the one after the last.
 */
export function keptFrames(decodedFrames: number, framesPerClip: number, dropped: boolean): [from: number, to: number] {
  return [decodedFrames - framesPerClip + (dropped ? LEAD_FRAMES : 0), decodedFrames]
}

/** The newest 73 frames. */
export function nextMotion<Frame>(motion: readonly Frame[], kept: readonly Frame[]): Frame[] {
  return [...motion, ...kept.slice(-MOTION_FRAMES)].slice(-MOTION_FRAMES)
}
