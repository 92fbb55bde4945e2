import { chmod } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { VideoFile } from '@beatloom/core'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { readSmallPictures } from './certificate/read-small-pictures.ts'
import { joinMp4 } from './join-mp4.ts'
import { openAudio } from './open-audio.ts'
import { handleOf, makeMedia, never, patternFrames, type ScratchFolder, scratchFolder } from './testing.ts'
import { writeHeldFrames } from './write-held-frames.ts'
import { writeMp4 } from './write-mp4.ts'

let folder: ScratchFolder
beforeAll(async () => {
  folder = await scratchFolder()
})
afterEach(() => vi.unstubAllEnvs())
afterAll(() => folder.remove())

function packaged(): string | null {
  try {
    return (createRequire(import.meta.url)('@ffmpeg-installer/ffmpeg') as { path: string }).path
  } catch {
    return null
  }
}

it('the ffmpeg of 2018 that npm carries, all there is on some machines, writes, holds, joins and reads as newer ones do', async ({
  skip,
}) => {
  const path = packaged()
  if (path === null) return skip('npm carries no ffmpeg for this platform')
  await chmod(path, 0o755)
  vi.stubEnv('BEATLOOM_FFMPEG', path)
  const written = folder.file('written.mp4')
  const facts = await writeMp4({ frames: patternFrames(64, 36, 30, 31), path: written }, never)
  const held = folder.file('held.mp4')
  const picture = new Uint8Array((64 * 36 * 3) / 2).fill(128)
  const holds = [1, 2, 2] as const
  const frames = {
    ...{ width: 64, height: 36, frameRate: 30, holds },
    async *pictures() {
      for (const _ of holds) yield picture
    },
  }
  expect(await writeHeldFrames({ frames, path: held, keyFrames: [1] }, never)).toMatchObject({ frameCount: 5 })
  const piece: VideoFile = { file: await handleOf(written), ...facts }
  const song = await makeMedia(folder.file('song.mp3'), '-f', 'lavfi', '-i', 'sine=300:d=3.1', '-c:a', 'libmp3lame')
  const joined = folder.file('joined.mp4')
  const { sound, frameCount } = await joinMp4(
    { pieces: [piece, piece, piece], path: joined, audio: (await openAudio(await handleOf(song), {}, never)).clip },
    never,
  )
  expect([sound, frameCount]).toEqual(['copied', 93])
  const times = await readSmallPictures(joined, () => undefined, never)
  expect(times).toHaveLength(93)
  for (const [frame, time] of times.entries()) expect(time).toBeCloseTo(frame / 30, 6)
})
