import type { Image } from '@beatloom/core'
import { type Mp4Track, readMp4Facts, readVideoFrames } from '@beatloom/media'
import { estimatePose, type Pose, pyramidOf } from './global-motion.ts'
import { lumaOf } from './planes.ts'

/** A finished MP4, decoded by ffmpeg at a quarter of its size. */
export interface Footage {
  path: string
  /** Of the video itself, pixels. */
  width: number
  height: number
  frameRate: number
  /** RGB, a quarter of the video's size. */
  frames: Image[]
}

/** How much smaller footage is looked at than it is. */
export const SHRINK = 4

export async function readFootage(path: string): Promise<Footage> {
  const { width, height, frameRate } = await pictureTrack(path)
  const small = { width: Math.round(width / SHRINK), height: Math.round(height / SHRINK) }
  const frames: Image[] = []
  for await (const frame of readVideoFrames(path, small, new AbortController().signal)) frames.push(frame)
  return { path, width, height, frameRate, frames }
}

/** Whole frames, each `every` frames from the first. */
export async function fullFrames(path: string, every: number): Promise<Image[]> {
  const kept: Image[] = []
  let index = 0
  for await (const frame of readVideoFrames(path, {}, new AbortController().signal)) {
    if (index++ % every === 0) kept.push(frame)
  }
  return kept
}

async function pictureTrack(path: string): Promise<Mp4Track> {
  const video = (await readMp4Facts(path)).tracks.find(({ kind }) => kind === 'video')
  if (!video) throw new Error(`${path} has no picture track.`)
  return video
}

export interface TimedPose {
  seconds: number
  pose: Pose
}

/** The camera's pose against frame 0 in every `every`th frame. */
export function followCamera({ frames, frameRate }: Footage, every = 6): TimedPose[] {
  const first = pyramidOf(lumaOf(frames[0]!))
  const poses: TimedPose[] = []
  let pose: Pose | undefined
  for (let frame = every; frame < frames.length; frame += every) {
    pose = estimatePose(first, pyramidOf(lumaOf(frames[frame]!)), pose)
    poses.push({ seconds: frame / frameRate, pose })
  }
  return poses
}
