import { roundHalfEven, VIDEO_RATE } from './audio-features.ts'

/**
 * Frames of a pose video for a number of video frames: every n-th, so that about 16 a second remain. There may be
 * fewer than asked; the rest is −1 (black).
 */
export function poseFrames(frameRate: number, frameCount: number, wanted: number): number[] {
  const interval = Math.max(1, roundHalfEven(frameRate / VIDEO_RATE))
  const found = Math.min(wanted, Math.ceil(frameCount / interval))
  return Array.from({ length: found }, (_, i) => i * interval)
}
