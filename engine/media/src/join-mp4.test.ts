import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { VideoFile } from '@beatloom/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { joinMp4 } from './join-mp4.ts'
import { readMp4Facts } from './mp4-facts.ts'
import { openAudio } from './open-audio.ts'
import { readPcm } from './read-pcm.ts'
import { readVideoFrames } from './read-video-frames.ts'
import { runFfmpeg } from './run-ffmpeg.ts'
import { handleOf, makeMedia, never, type ScratchFolder, scratchFolder } from './testing.ts'
import { writeMp4 } from './write-mp4.ts'

const RATE = 30
let folder: ScratchFolder
let pieces: VideoFile[]
let songs: Record<'mp3' | 'm4a' | 'wav', string>

/** A click every half second, 4.1 s: an encoder's delay would move all of them. */
const CLICKS = "aevalsrc='if(lt(mod(t,0.5),0.004),0.8*sin(2*PI*2000*t),0)':s=44100:d=4.1"

beforeAll(async () => {
  folder = await scratchFolder()
  // The path has what a list of files could stumble over.
  const odd = folder.file("it's a shot")
  await mkdir(odd)
  pieces = await Promise.all([37, 41, 45].map((frameCount, i) => plain(join(odd, `${i}.mp4`), 60 + 60 * i, frameCount)))
  const wav = await makeMedia(folder.file('clicks.wav'), '-f', 'lavfi', '-i', CLICKS)
  songs = {
    wav,
    mp3: await makeMedia(folder.file('clicks.mp3'), '-i', wav, '-c:a', 'libmp3lame', '-b:a', '192k'),
    m4a: await makeMedia(folder.file('clicks.m4a'), '-i', wav, '-c:a', 'aac', '-b:a', '192k'),
  }
})
afterAll(() => folder.remove())

/** Frames of one grey. */
async function plain(
  path: string,
  grey: number,
  frameCount: number,
  size = { width: 64, height: 36 },
  frameRate = RATE,
): Promise<VideoFile> {
  const data = new Uint8Array(size.width * size.height * 3).fill(grey)
  const frames = {
    ...{ ...size, frameRate, frameCount },
    async *frames() {
      for (let i = 0; i < frameCount; i++) yield { ...size, channels: 3 as const, data }
    },
  }
  const facts = await writeMp4({ frames, path }, never)
  return { file: await handleOf(path), ...facts }
}

/** Where each click begins, seconds. */
async function clicksIn(path: string): Promise<number[]> {
  const { tracks } = await readMp4Facts(path)
  const channels = tracks.find((track) => track.kind === 'audio')?.channels ?? 1
  const file = await handleOf(path)
  const clip = { file, startSeconds: 0, durationSeconds: 4.1, soundSeconds: 4.1, sampleRate: 44_100, channels }
  const clicks: number[] = []
  let [at, quiet] = [0, 10_000]
  for await (const chunk of readPcm(clip, { channels: 1 }, never)) {
    for (const value of chunk) {
      if (Math.abs(value) < 0.2) quiet++
      else {
        if (quiet > 5_000) clicks.push(at / 44_100)
        quiet = 0
      }
      at++
    }
  }
  return clicks
}

describe('joinMp4', () => {
  // The files of the pieces tell their lengths in whole milliseconds.
  it.each([24, 30, 12.5, 29.97, 24_000 / 1001])(
    'keeps every frame of hundreds of pieces at its time, at %d frames a second',
    async (rate) => {
      const path = folder.file('hundreds.mp4')
      const few = await Promise.all(
        [7, 11, 17].map((frameCount, i) =>
          plain(folder.file(`few ${rate} ${i}.mp4`), 60 + 60 * i, frameCount, { width: 64, height: 36 }, rate),
        ),
      )
      const many = Array.from({ length: 200 }, () => few).flat()
      const joined = await joinMp4({ pieces: many, path }, never)
      expect(joined).toMatchObject({ frameCount: 7_000, durationSeconds: 7_000 / rate })
      const table = folder.file('hundreds.txt')
      const args = ['-v', 'error', '-y', '-i', path, '-map', '0:v', '-c', 'copy', '-f', 'framecrc', table]
      await runFfmpeg(args, { signal: never, purpose: 'read' })
      const text = await readFile(table, 'utf8')
      const ticks = Number(/#tb 0: 1\/(\d+)/.exec(text)?.[1]) / rate
      const times = [...text.matchAll(/^0, *-?\d+, *(\d+),/gm)].map(([, time]) => Number(time) / ticks)
      expect(times).toHaveLength(7_000)
      for (const [frame, time] of times.sort((a, b) => a - b).entries()) expect(time).toBeCloseTo(frame, 6)
    },
  )

  it('plays the pieces one after the other, every frame of them at its time', async () => {
    const path = folder.file('silent.mp4')
    const joined = await joinMp4({ pieces, path }, never)
    expect(joined).toMatchObject({
      frameCount: 123,
      frameRate: RATE,
      durationSeconds: 4.1,
      hasAudio: false,
      sound: 'none',
    })
    const greys: number[] = []
    for await (const frame of readVideoFrames(path, {}, never)) greys.push(frame.data[0] as number)
    const nearest = greys.map((grey) => [60, 120, 180].find((wanted) => Math.abs(grey - wanted) < 6))
    expect(nearest).toEqual([...Array(37).fill(60), ...Array(41).fill(120), ...Array(45).fill(180)])
    for (const firstFrame of [1, 36, 37, 60, 78, 122, 123]) {
      const rest: number[] = []
      for await (const frame of readVideoFrames(path, { firstFrame }, never)) rest.push(frame.data[0] as number)
      expect(rest).toEqual(greys.slice(firstFrame))
    }
    const times = await runFfmpeg(['-loglevel', 'info', '-i', `file:${path}`, '-vf', 'showinfo', '-f', 'null', '-'], {
      signal: never,
      purpose: 'read',
    })
    const seconds = [...times.matchAll(/ n: *(\d+) .*?pts_time:([\d.]+)/g)]
    expect(seconds).toHaveLength(123)
    for (const [, n, time] of seconds) expect(Number(time)).toBeCloseTo(Number(n) / RATE, 4)
  })

  it.each(['mp3', 'm4a'] as const)('carries a whole song in %s over as it is, to the sample', async (format) => {
    const { clip } = await openAudio(await handleOf(songs[format]), {}, never)
    const path = folder.file(`with-${format}.mp4`)
    const joined = await joinMp4({ pieces, audio: clip, path }, never)
    expect(joined.sound).toBe('copied')
    const codec = (await readMp4Facts(path)).tracks.find((track) => track.kind === 'audio')?.codec
    expect(codec).toBe('mp4a')
    const clicks = await clicksIn(path)
    expect(clicks).toHaveLength(9)
    for (const [i, time] of clicks.entries()) expect(Math.abs(time - i / 2)).toBeLessThan(0.0005)
  })

  it('encodes what an MP4 cannot carry, and what is only a part of a song, at its very time', async () => {
    const { clip } = await openAudio(await handleOf(songs.wav), {}, never)
    const path = folder.file('with-wav.mp4')
    expect((await joinMp4({ pieces, audio: clip, path }, never)).sound).toBe('encoded')
    const clicks = await clicksIn(path)
    expect(clicks).toHaveLength(9)
    for (const [i, time] of clicks.entries()) expect(Math.abs(time - i / 2)).toBeLessThan(0.002)
    const part = (await openAudio(await handleOf(songs.mp3), { startSeconds: 0.25, durationSeconds: 3 }, never)).clip
    const cut = folder.file('with-part.mp4')
    expect((await joinMp4({ pieces, audio: part, path: cut }, never)).sound).toBe('encoded')
    expect((await clicksIn(cut))[0]).toBeCloseTo(0.25, 2)
  })

  it('ends sound and picture together', async () => {
    const { clip } = await openAudio(await handleOf(songs.mp3), {}, never)
    const path = folder.file('ends.mp4')
    await joinMp4({ pieces, audio: clip, path }, never)
    expect((await readMp4Facts(path)).durationSeconds).toBeCloseTo(4.1, 2)
  })

  it('refuses pieces of different sizes, naming the one that differs, and leaves no file', async () => {
    const other = await plain(folder.file('other.mp4'), 10, 5, { width: 36, height: 64 })
    const path = folder.file('never.mp4')
    await expect(joinMp4({ pieces: [...pieces, other], path }, never)).rejects.toMatchObject({
      code: 'input_invalid',
      message: expect.stringContaining('shot 4 is 36 × 64 at 30 fps, the first 64 × 36 at 30 fps'),
    })
    await expect(joinMp4({ pieces: [], path }, never)).rejects.toMatchObject({ code: 'input_invalid' })
    await expect(readMp4Facts(path)).rejects.toMatchObject({ code: 'file_missing' })
  })

  it('ends when it is cancelled, and leaves no file', async () => {
    const path = folder.file('cancelled.mp4')
    await expect(joinMp4({ pieces, path }, AbortSignal.abort())).rejects.toMatchObject({ code: 'run_cancelled' })
    await expect(readMp4Facts(path)).rejects.toMatchObject({ code: 'file_missing' })
  })
})
