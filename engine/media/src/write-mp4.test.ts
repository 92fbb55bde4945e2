import { readdir, readFile, stat } from 'node:fs/promises'
import type { Frames, Image } from '@beatloom/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audioFacts } from './audio-facts.ts'
import { finishMp4 } from './finish-mp4.ts'
import { readMp4Facts } from './mp4-facts.ts'
import { openAudio } from './open-audio.ts'
import { readEmbedded } from './read-embedded.ts'
import { readImage } from './read-image.ts'
import { readPcm } from './read-pcm.ts'
import { readVideoFrames } from './read-video-frames.ts'
import { resizeImage } from './resize-image.ts'
import { runFfmpeg } from './run-ffmpeg.ts'
import {
  handleOf,
  makeMedia,
  never,
  patternFrames,
  processesNaming,
  SAMPLE_PICTURE,
  type ScratchFolder,
  scratchFolder,
  writeWav,
} from './testing.ts'
import { writeMp4 } from './write-mp4.ts'

/** Variance of the Laplacian of green. */
function fineDetail({ width, height, data }: Image): number {
  const green = (x: number, y: number) => data[(y * width + x) * 3 + 1]!
  let [sum, squares] = [0, 0]
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const value = green(x - 1, y) + green(x + 1, y) + green(x, y - 1) + green(x, y + 1) - 4 * green(x, y)
      sum += value
      squares += value * value
    }
  }
  const count = (width - 2) * (height - 2)
  return squares / count - (sum / count) ** 2
}

let folder: ScratchFolder
beforeAll(async () => {
  folder = await scratchFolder()
})
afterAll(() => folder.remove())

describe('a finished video', () => {
  it('has exactly the frames asked for, sound of the same length from time 0, and its index first', async () => {
    const song = await makeMedia(folder.file('song.wav'), '-f', 'lavfi', '-i', 'sine=440:d=3', '-ac', '2')
    const { clip } = await openAudio(await handleOf(song), { durationSeconds: 2 }, never)
    const path = folder.file('clip.mp4')
    const steps: number[] = []
    const onProgress = (frame: number) => steps.push(frame)
    const result = await writeMp4({ frames: patternFrames(64, 36, 24, 47), audio: clip, path, onProgress }, never)
    expect(result).toEqual({
      width: 64,
      height: 36,
      frameRate: 24,
      frameCount: 47,
      durationSeconds: 47 / 24,
      hasAudio: true,
    })
    const facts = await readMp4Facts(path)
    expect(facts.isFaststart).toBe(true)
    const [video, sound] = facts.tracks
    expect(video).toMatchObject({
      kind: 'video',
      codec: 'avc1',
      sampleCount: 47,
      width: 64,
      height: 36,
      startSeconds: 0,
    })
    expect(sound).toMatchObject({ kind: 'audio', codec: 'mp4a', startSeconds: 0, channels: 2, sampleRate: 44_100 })
    // The movie's own clock ticks in milliseconds.
    expect(Math.abs(facts.durationSeconds - 47 / 24)).toBeLessThanOrEqual(0.001)
    expect(steps).toEqual(Array.from({ length: 47 }, (_, index) => index + 1))
  })

  it('keeps the sound aligned with the picture: a click at 0.5 s is heard within 5 ms of it, from both sides', async () => {
    const samples = new Float32Array(48_000)
    samples.fill(0.9, 24_000, 24_048)
    const song = await writeWav(folder.file('click.wav'), samples, 48_000, 1)
    const { clip } = await openAudio(await handleOf(song), { durationSeconds: 1 }, never)
    const path = folder.file('click.mp4')
    await writeMp4({ frames: patternFrames(32, 32, 30, 30), audio: clip, path }, never)
    const written = await openAudio(await handleOf(path), {}, never)
    expect(written.facts).toMatchObject({ channels: 2, codec: 'aac' })
    const loudest = [0, 0]
    const at = [0, 0]
    let index = 0
    for await (const chunk of readPcm(written.clip, { channels: 2 }, never)) {
      for (let i = 0; i < chunk.length; i++, index++) {
        const side = index % 2
        if (Math.abs(chunk[i]!) <= loudest[side]!) continue
        loudest[side] = Math.abs(chunk[i]!)
        at[side] = Math.floor(index / 2) / 48_000
      }
    }
    for (const side of [0, 1]) {
      expect(Math.abs(at[side]! - 0.5)).toBeLessThan(0.005)
      expect(loudest[side]!).toBeGreaterThan(0.5)
    }
  })

  it('keeps the fine detail of a photograph that drifts', async () => {
    const [width, height, frameCount] = [640, 360, 45]
    const picture = await resizeImage(await readImage(SAMPLE_PICTURE, never), width + frameCount, height)
    const at = (left: number): Image => {
      const data = new Uint8Array(width * height * 3)
      for (let y = 0; y < height; y++) {
        const from = (y * picture.width + left) * 3
        data.set(picture.data.subarray(from, from + width * 3), y * width * 3)
      }
      return { width, height, channels: 3, data }
    }
    const frames: Frames = {
      ...{ width, height, frameRate: 30, frameCount },
      async *frames() {
        for (let frame = 0; frame < frameCount; frame++) yield at(frame)
      },
    }
    const path = folder.file('drift.mp4')
    await writeMp4({ frames, path }, never)
    let [given, kept, frame] = [0, 0, 0]
    for await (const image of readVideoFrames(path, {}, never)) {
      given += fineDetail(at(frame++))
      kept += fineDetail(image)
    }
    expect(frame).toBe(frameCount)
    expect(kept / given).toBeGreaterThan(0.95)
    expect(kept / given).toBeLessThan(1.05)
  })

  it('shows the colours it was given, by the BT.709 matrix that its tags name', async () => {
    const colours = [
      [200, 30, 40],
      [20, 180, 60],
      [30, 60, 220],
      [240, 240, 240],
    ]
    const frames: Frames = {
      ...{ width: 64, height: 64, frameRate: 30, frameCount: colours.length },
      async *frames() {
        for (const colour of colours) {
          const data = Uint8Array.from({ length: 64 * 64 * 3 }, (_, index) => colour[index % 3]!)
          yield { width: 64, height: 64, channels: 3, data }
        }
      },
    }
    const path = folder.file('colours.mp4')
    await writeMp4({ frames, path, quality: 10 }, never)
    let n = 0
    for await (const frame of readVideoFrames(path, {}, never)) {
      const middle = (32 * 64 + 32) * 3
      // Limited range and 8-bit chroma lose up to 3 levels; BT.601 by mistake would be off by 10 and more.
      for (const c of [0, 1, 2]) expect(Math.abs(frame.data[middle + c]! - colours[n]![c]!)).toBeLessThanOrEqual(4)
      n++
    }
    expect(n).toBe(colours.length)
  })

  it('carries a workflow of a megabyte with every awkward character, and its input hashes', async () => {
    const workflow = `{"a":"=;#\\\\ \\n 'é漢字🎵'",\n"filler":"${'x=;\\\\#'.repeat(200_000)}"}\r\n`
    const metadata = { workflow, files: { 'assets/ab=c/my;song.mp3': 'f'.repeat(64) } }
    const path = folder.file('carrier.mp4')
    await writeMp4({ frames: patternFrames(32, 32, 30, 3), path, metadata }, never)
    expect(await readEmbedded(path)).toEqual(metadata)
  })

  it('shows its workflow to other programs: ffmpeg lists the key among the file’s metadata', async () => {
    const path = folder.file('listed.mp4')
    const metadata = { workflow: '{"beatloom": 1, "title": "seen"}', files: {} }
    await writeMp4({ frames: patternFrames(32, 32, 30, 3), path, metadata }, never)
    const listed = await runFfmpeg(['-i', path, '-f', 'null', '-'], { signal: never, purpose: 'read' })
    expect(listed).toMatch(/beatloom_workflow\s*: \{"beatloom": 1, "title": "seen"\}/)
  })

  it('can be copied without its workflow, playing as before', async () => {
    const path = folder.file('private.mp4')
    const metadata = { workflow: '{"beatloom": 1}', files: { 'assets/a/b.jpg': 'c'.repeat(64) } }
    await writeMp4({ frames: patternFrames(32, 32, 30, 7), path, metadata }, never)
    const stripped = folder.file('stripped.mp4')
    await finishMp4(path, stripped, null, never)
    expect(await readEmbedded(stripped)).toBeNull()
    expect((await readFile(stripped)).includes('beatloom_')).toBe(false)
    expect((await readMp4Facts(stripped)).tracks).toEqual((await readMp4Facts(path)).tracks)
    let frames = 0
    for await (const _ of readVideoFrames(stripped, {}, never)) frames++
    expect(frames).toBe(7)
  })

  it('is the same file, byte for byte, for the same frames', async () => {
    const paths = [folder.file('one.mp4'), folder.file('two.mp4')]
    for (const path of paths) await writeMp4({ frames: patternFrames(64, 64, 30, 20), path }, never)
    const [one, two] = await Promise.all(paths.map((path) => readFile(path)))
    expect(one!.equals(two!)).toBe(true)
  })

  it('pads a song that ends early with silence to the last frame', async () => {
    const song = await makeMedia(folder.file('short.wav'), '-f', 'lavfi', '-i', 'sine=440:d=0.5')
    const { clip } = await openAudio(await handleOf(song), { durationSeconds: 3, minimumSeconds: 2 }, never)
    const path = folder.file('padded.mp4')
    await writeMp4({ frames: patternFrames(32, 32, 30, 60), audio: clip, path }, never)
    expect((await audioFacts(path)).durationSeconds).toBeCloseTo(2, 1)
    const sound = (await readMp4Facts(path)).tracks.find((track) => track.kind === 'audio')
    expect(Math.abs(sound!.durationSeconds - 2)).toBeLessThan(0.05)
  })
})

describe('what ends badly leaves nothing', () => {
  const slowFrames = (): Frames => ({
    ...patternFrames(320, 240, 30, 100_000),
    frameCount: 100_000,
  })
  const remains = async (name: string) => (await readdir(folder.path)).filter((file) => file.startsWith(name))

  it('an encoder killed in the middle is said, with media_write_failed', async () => {
    const path = folder.file('killed.mp4')
    const onProgress = (frame: number) => {
      if (frame === 50) for (const pid of processesNaming(path)) process.kill(pid, 'SIGKILL')
    }
    await expect(writeMp4({ frames: slowFrames(), path, onProgress }, never)).rejects.toMatchObject({
      code: 'media_write_failed',
      message: expect.stringContaining('SIGKILL'),
    })
    expect(await remains('killed')).toEqual([])
  })

  it('a cancelled encode leaves no file and no process', async () => {
    const path = folder.file('cancelled.mp4')
    const controller = new AbortController()
    const onProgress = (frame: number) => {
      if (frame === 50) controller.abort()
    }
    await expect(writeMp4({ frames: slowFrames(), path, onProgress }, controller.signal)).rejects.toThrow()
    expect(await remains('cancelled')).toEqual([])
    expect(processesNaming(path)).toEqual([])
  })

  it('frames that fail pass their own error on', async () => {
    const path = folder.file('failing.mp4')
    const frames: Frames = {
      ...patternFrames(64, 64, 30, 10),
      async *frames(signal) {
        yield* takeFirst(patternFrames(64, 64, 30, 10).frames(signal), 4)
        throw new Error('the decoder fell over')
      },
    }
    await expect(writeMp4({ frames, path }, never)).rejects.toThrow('the decoder fell over')
    expect(await remains('failing')).toEqual([])
    expect(processesNaming(path)).toEqual([])
  })

  it('too few frames are refused', async () => {
    const path = folder.file('few.mp4')
    const frames: Frames = { ...patternFrames(64, 64, 30, 9), frameCount: 10 }
    await expect(writeMp4({ frames, path }, never)).rejects.toMatchObject({
      code: 'media_write_failed',
      message: expect.stringContaining('9 of 10'),
    })
    expect(await remains('few')).toEqual([])
  })

  it('an older file of the same name survives a failed write', async () => {
    const path = folder.file('kept.mp4')
    await writeMp4({ frames: patternFrames(32, 32, 30, 3), path }, never)
    const before = await stat(path)
    await expect(
      writeMp4({ frames: { ...patternFrames(32, 32, 30, 2), frameCount: 3 }, path }, never),
    ).rejects.toThrow()
    expect((await stat(path)).size).toBe(before.size)
  })
})

it('takes frames only as fast as the encoder drains them', async () => {
  let made = 0
  let largestLead = 0
  let done = 0
  const source = patternFrames(640, 360, 30, 90)
  const frames: Frames = {
    ...source,
    async *frames(signal) {
      for await (const frame of source.frames(signal)) {
        made++
        largestLead = Math.max(largestLead, made - done)
        yield frame
      }
    },
  }
  const onProgress = (frame: number) => {
    done = frame
  }
  await writeMp4({ frames, path: folder.file('paced.mp4'), onProgress }, never)
  expect(largestLead).toBeLessThanOrEqual(2)
})

async function* takeFirst<T>(items: AsyncIterable<T>, count: number): AsyncGenerator<T> {
  let taken = 0
  for await (const item of items) {
    if (taken++ === count) return
    yield item
  }
}
