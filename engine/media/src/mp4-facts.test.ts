import { readFile, writeFile } from 'node:fs/promises'
import { AppError } from '@beatloom/core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readMp4Facts } from './mp4-facts.ts'
import { makeMedia, never, patternFrames, type ScratchFolder, scratchFolder } from './testing.ts'
import { writeMp4 } from './write-mp4.ts'

let folder: ScratchFolder
beforeAll(async () => {
  folder = await scratchFolder()
})
afterAll(() => folder.remove())

const VIDEO = ['-f', 'lavfi', '-i', 'testsrc=s=64x48:r=25:d=1']
const SOUND = ['-f', 'lavfi', '-i', 'sine=d=1']

it('tells an index at the end from one at the start', async () => {
  const late = await makeMedia(folder.file('late.mp4'), ...VIDEO, '-pix_fmt', 'yuv420p')
  expect((await readMp4Facts(late)).isFaststart).toBe(false)
  const early = await makeMedia(folder.file('early.mp4'), ...VIDEO, '-pix_fmt', 'yuv420p', '-movflags', '+faststart')
  expect((await readMp4Facts(early)).isFaststart).toBe(true)
})

it('reads a sound that starts late, from the edit list', async () => {
  const both = [...VIDEO, '-itsoffset', '0.25', ...SOUND, '-pix_fmt', 'yuv420p']
  const facts = await readMp4Facts(await makeMedia(folder.file('delayed.mp4'), ...both))
  const [video, sound] = facts.tracks
  expect(video).toMatchObject({ kind: 'video', sampleCount: 25, width: 64, height: 48, startSeconds: 0 })
  expect(video!.durationSeconds).toBeCloseTo(1, 3)
  expect(sound!.kind).toBe('audio')
  // ffmpeg writes the delay in milliseconds and may round it by a codec packet's start.
  expect(Math.abs(sound!.startSeconds - 0.25)).toBeLessThan(0.03)
})

it('refuses what is no finished MP4', async () => {
  const path = folder.file('half.mp4')
  const whole = await readFile(await makeMedia(folder.file('whole.mp4'), ...VIDEO, '-pix_fmt', 'yuv420p'))
  await writeFile(path, whole.subarray(0, whole.length >> 1))
  await expect(readMp4Facts(path)).rejects.toMatchObject({ code: 'media_unreadable' })
  await writeFile(path, '')
  await expect(readMp4Facts(path)).rejects.toMatchObject({ code: 'media_unreadable' })
})

it('answers damaged files with facts or media_unreadable, never with another error', async () => {
  const seed = Math.floor(Math.random() * 2 ** 31)
  console.info(`damaged MP4 seed ${seed}`)
  let state = seed
  const random = (limit: number) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
    return Math.floor((state / 0x80000000) * limit)
  }
  const path = folder.file('damaged.mp4')
  await writeMp4({ frames: patternFrames(32, 32, 30, 5), path, metadata: { workflow: '{}', files: {} } }, never)
  const whole = await readFile(path)
  for (let round = 0; round < 150; round++) {
    const bytes = Buffer.from(whole)
    for (let hits = 0; hits < 4; hits++) bytes[random(Math.min(bytes.length, 1200))] = random(256)
    await writeFile(path, bytes)
    const outcome = await readMp4Facts(path).catch((error: unknown) => error)
    if (outcome instanceof Error) {
      expect(outcome, `seed ${seed}, round ${round}: ${outcome.stack}`).toBeInstanceOf(AppError)
    }
  }
})
