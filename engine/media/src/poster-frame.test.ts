import { afterAll, beforeAll, expect, it } from 'vitest'
import { sniffBytes } from './index.ts'
import { posterFrame } from './poster-frame.ts'
import { makeMedia, never, type ScratchFolder, scratchFolder } from './testing.ts'

let folder: ScratchFolder
beforeAll(async () => {
  folder = await scratchFolder()
})
afterAll(() => folder.remove())

it('R5: takes one picture out of a video as a small JPEG', async () => {
  const video = await makeMedia(
    folder.file('clip.mp4'),
    '-f',
    'lavfi',
    '-i',
    'testsrc=size=640x360:rate=10:duration=2',
    '-pix_fmt',
    'yuv420p',
  )
  const bytes = await posterFrame(video, 160, never)
  expect(sniffBytes(bytes)).toBe('jpeg')
  expect(bytes.length).toBeLessThan(20_000)
})

it('refuses a sound, which has no picture', async () => {
  const sound = await makeMedia(folder.file('a.wav'), '-f', 'lavfi', '-i', 'sine=duration=1')
  await expect(posterFrame(sound, 160, never)).rejects.toMatchObject({ code: 'media_unreadable' })
})
