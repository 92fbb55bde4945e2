import type { Frames, Image, VideoFile } from '@beatloom/core'
import { runNode } from '@beatloom/core/testing'
import { handleOf, makeMedia, never, type ScratchFolder, scratchFolder } from '@beatloom/media/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { loadVideo } from './load-video.ts'
import { videoFrames } from './video-frames.ts'

let folder: ScratchFolder
beforeAll(async () => {
  folder = await scratchFolder()
})
afterAll(() => folder.remove())

const services = { files: { resolve: (reference: string) => handleOf(folder.file(reference)) } }
const load = async (file: string) => runNode(loadVideo, {}, { file }, services)

it('opens a video with its size, rate and length, and shows it', async () => {
  const source = ['-f', 'lavfi', '-i', 'testsrc=s=64x48:r=30000/1001:d=2', '-f', 'lavfi', '-i', 'sine=d=2']
  await makeMedia(folder.file('plain.mp4'), ...source, '-pix_fmt', 'yuv420p')
  const { video, display } = await load('plain.mp4')
  expect(video).toMatchObject({ width: 64, height: 48, frameRate: 29.97, frameCount: 60, hasAudio: true })
  expect(display).toMatchObject([{ kind: 'video', frameCount: 60 }])
})

it('stands a phone’s video upright', async () => {
  const bars = ['-f', 'lavfi', '-i', 'color=white:s=64x32:r=25:d=0.4,drawbox=w=16:color=black:t=fill']
  const lying = await makeMedia(folder.file('lying.mp4'), ...bars, '-pix_fmt', 'yuv420p')
  const turn = ['-metadata:s:v:0', 'rotate=90', '-codec', 'copy']
  await makeMedia(folder.file('upright.mp4'), '-i', lying, ...turn)
  const { video } = await load('upright.mp4')
  expect(video).toMatchObject({ width: 32, height: 64, frameCount: 10, hasAudio: false })
  const { frames } = await runNode(videoFrames, { video: video as VideoFile })
  const images: Image[] = []
  for await (const image of (frames as Frames).frames(never)) images.push(image)
  expect(images).toHaveLength(10)
  const brightness = (x: number, y: number) => images[5]?.data[(y * 32 + x) * 3] as number
  // The black bar at the left of the lying picture is now at its top or bottom, from side to side.
  expect([brightness(2, 2), brightness(29, 2)].every((level) => level < 40) || brightness(2, 61) < 40).toBe(true)
  expect(brightness(2, 32)).toBeGreaterThan(200)
})

it('refuses a sound in a video’s clothes', async () => {
  await makeMedia(folder.file('sound.mp4'), '-f', 'lavfi', '-i', 'sine=d=1')
  await expect(load('sound.mp4')).rejects.toMatchObject({
    code: 'media_unreadable',
    message: '"sound.mp4" has no pictures in it. Choose another file.',
  })
})
