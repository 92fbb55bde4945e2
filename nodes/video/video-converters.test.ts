import type { AudioClip, Frames, Image, VideoFile } from '@beatloom/core'
import { runNode } from '@beatloom/core/testing'
import { readPcm, writeMp4 } from '@beatloom/media'
import { handleOf, makeMedia, never, patternFrames, type ScratchFolder, scratchFolder } from '@beatloom/media/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { videoAudio } from './video-audio.ts'
import { videoFrames } from './video-frames.ts'

let folder: ScratchFolder
let video: VideoFile
beforeAll(async () => {
  folder = await scratchFolder()
  const song = await makeMedia(folder.file('song.wav'), '-f', 'lavfi', '-i', 'sine=300:d=4')
  const file = await handleOf(song)
  const audio = { file, startSeconds: 0, durationSeconds: 1, soundSeconds: 1, sampleRate: 44_100, channels: 1 }
  const path = folder.file('clip.mp4')
  const facts = await writeMp4({ frames: patternFrames(64, 36, 24, 24), audio, path }, never)
  video = { file: await handleOf(path), ...facts }
})
afterAll(() => folder.remove())

async function imagesOf(frames: Frames): Promise<Image[]> {
  const images: Image[] = []
  for await (const image of frames.frames(never)) images.push(image)
  return images
}

it('reads a video back frame by frame, at its own size and rate', async () => {
  const frames = (await runNode(videoFrames, { video })).frames as Frames
  expect(frames).toMatchObject({ width: 64, height: 36, frameRate: 24, frameCount: 24 })
  const images = await imagesOf(frames)
  expect(images).toHaveLength(24)
  // Frame n of the pattern is a wall of level 40 + 3 n; the codec may be off by a few levels.
  for (const n of [0, 11, 23])
    expect(Math.abs(((images[n] as Image).data[50 * 3] as number) - (40 + 3 * n))).toBeLessThan(8)
})

it('gives as many frames as the video says, holding the last where its clock runs short', async () => {
  const frames = (await runNode(videoFrames, { video: { ...video, frameCount: 26 } })).frames as Frames
  const images = await imagesOf(frames)
  expect(images).toHaveLength(26)
  expect(images[25]?.data).toEqual(images[23]?.data)
  const fewer = (await runNode(videoFrames, { video: { ...video, frameCount: 5 } })).frames as Frames
  expect(await imagesOf(fewer)).toHaveLength(5)
})

it('takes the sound of a video, as long as its pictures', async () => {
  const { audio, display } = await runNode(videoAudio, { video })
  expect(audio).toMatchObject({ startSeconds: 0, durationSeconds: 1, channels: 2 })
  expect(display).toMatchObject([{ kind: 'audio', durationSeconds: 1 }])
  let loudest = 0
  for await (const chunk of readPcm(audio as AudioClip, { channels: 1 }, never))
    for (const sample of chunk) loudest = Math.max(loudest, sample)
  // lavfi's sine has an amplitude of 1/8.
  expect(loudest).toBeCloseTo(0.125, 1)
})

it('says so when the video was saved without sound', async () => {
  await expect(runNode(videoAudio, { video: { ...video, hasAudio: false } })).rejects.toMatchObject({
    code: 'input_invalid',
    message: '"clip.mp4" has no sound: it was saved without any.',
  })
})
