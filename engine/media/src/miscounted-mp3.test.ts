import { readFile, writeFile } from 'node:fs/promises'
import type { AudioClip } from '@beatloom/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audioFacts } from './audio-facts.ts'
import { joinMp4 } from './join-mp4.ts'
import { miscountedMp3 } from './miscounted-mp3.ts'
import { readMp3Frames } from './mp3-frames.ts'
import { openAudio } from './open-audio.ts'
import { readPcm } from './read-pcm.ts'
import { handleOf, makeMedia, never, patternFrames, type ScratchFolder, scratchFolder } from './testing.ts'
import { writeMp4 } from './write-mp4.ts'

const RATE = 44_100
const SECONDS = 12
/** A click every half second on a quiet sweep, so that the bit rate varies and no two half seconds are alike. */
const CLICKS = `aevalsrc='if(lt(mod(t,0.5),0.004),0.8*sin(2*PI*2000*t),0.05*sin(2*PI*(200+40*t)*t))':s=${RATE}:d=${SECONDS}`
/** One millisecond. */
const TOLERANCE = RATE / 1000

let folder: ScratchFolder
let wav: string
/** As the encoder wrote it: of variable bit rate, with the right number of frames. */
let right: string
let expected: Float32Array
beforeAll(async () => {
  folder = await scratchFolder()
  wav = await makeMedia(folder.file('clicks.wav'), '-f', 'lavfi', '-i', CLICKS)
  right = await makeMedia(folder.file('right.mp3'), '-i', wav, '-c:a', 'libmp3lame', '-q:a', '4')
  expected = await samplesOf((await openAudio(await handleOf(right), {}, never)).clip)
})
afterAll(() => folder.remove())

async function samplesOf(clip: AudioClip): Promise<Float32Array> {
  const out: number[] = []
  for await (const chunk of readPcm(clip, { channels: 1, sampleRate: RATE }, never)) for (const x of chunk) out.push(x)
  return Float32Array.from(out)
}

/** Samples by which `found` is late against `reference` in the half second from `seconds` on, within ±3000. */
function lateness(reference: Float32Array, found: Float32Array, seconds: number): number {
  const [from, length] = [Math.round((seconds - 0.02) * RATE), RATE / 4]
  let best = { shift: 0, sum: Number.NEGATIVE_INFINITY }
  for (let shift = -3000; shift <= 3000; shift++) {
    let sum = 0
    for (let i = from; i < from + length; i += 3) sum += reference[i]! * (found[i + shift] ?? 0)
    if (sum > best.sum) best = { shift, sum }
  }
  return best.shift
}

function expectInTime(found: Float32Array): void {
  for (const seconds of [0.5, 3, 6.5, 9, 11.5]) {
    expect(Math.abs(lateness(expected, found, seconds)), `at ${seconds} s`).toBeLessThanOrEqual(TOLERANCE)
  }
}

/** A copy of the right file whose tag is changed; `at` is where its name begins. */
async function retagged(name: string, change: (bytes: Buffer, at: number) => Buffer | undefined): Promise<string> {
  const bytes = await readFile(right)
  const at = bytes.indexOf('Xing')
  // All four parts are there: frames, bytes, table, quality.
  expect(bytes.readUInt32BE(at + 4)).toBe(15)
  const path = folder.file(name)
  await writeFile(path, change(bytes, at) ?? bytes)
  return path
}

const claim = (frames: number) => (bytes: Buffer, at: number) => void bytes.writeUInt32BE(frames, at + 8)

/** The tag without the parts whose flags are given (1: frames, 2: bytes), what is behind them moved up. */
const without = (flags: number) => (bytes: Buffer, at: number) => {
  bytes.writeUInt32BE(15 & ~flags, at + 4)
  const parts = [
    flags & 1 ? [] : [bytes.subarray(at + 8, at + 12)],
    flags & 2 ? [] : [bytes.subarray(at + 12, at + 16)],
  ]
  const lost = flags === 3 ? 8 : 4
  // The frame keeps its length: behind the tag stands nothing.
  const tail = bytes.subarray(at + 16, at + 160)
  Buffer.concat([...parts.flat(), tail, Buffer.alloc(lost)]).copy(bytes, at + 8)
  return undefined
}

const FRAMES = Math.ceil((SECONDS * RATE + 576 + 529) / 1152) // what the encoder needs at least
const WRONG: [string, (bytes: Buffer, at: number) => Buffer | undefined][] = [
  ['one frame', claim(1)],
  ['too few frames', claim(200)],
  ['a frame too few', claim(FRAMES - 1)],
  ['too many frames', claim(5000)],
  ['more frames than a file can have', claim(0xffffffff)],
  ['no frame', claim(0)],
  ['bytes alone', without(1)],
  ['neither frames nor bytes', without(3)],
]

describe('an MP3 whose tag names', () => {
  it.each(WRONG)('%s is heard as if its tag were right, to its end', async (name, change) => {
    const path = await retagged(`${name}.mp3`, change)
    const { clip } = await openAudio(await handleOf(path), {}, never)
    const found = await samplesOf(clip)
    expectInTime(found)
    // What the tag says of the padding is believed only where it names the file's bytes too.
    const isWhole = name !== 'neither frames nor bytes'
    if (isWhole) expect(found).toEqual(expected)
    expect(clip.durationSeconds).toBeGreaterThan(SECONDS - 0.0005)
    expect(clip.durationSeconds).toBeLessThan(SECONDS + (isWhole ? 0.0005 : 0.05))
    expect((await audioFacts(path)).durationSeconds).toBeCloseTo(clip.durationSeconds, 5)
    const part = await openAudio(await handleOf(path), { startSeconds: 7.25, durationSeconds: 2 }, never)
    expect(await samplesOf(part.clip)).toEqual(expected.subarray(7.25 * RATE, 9.25 * RATE))
  })

  it.each(WRONG.slice(1, 2).concat(WRONG.slice(3, 4), WRONG.slice(-1)))(
    '%s sounds in both kinds of video as it is heard',
    async (name, change) => {
      const path = await retagged(`in-video ${name}.mp3`, change)
      const { clip } = await openAudio(await handleOf(path), { durationSeconds: SECONDS }, never)
      const frames = patternFrames(32, 18, 10, SECONDS * 10)
      const silent = folder.file('silent.mp4')
      const piece = {
        file: { path: silent, sha256: '', name: 'silent' },
        ...(await writeMp4({ frames, path: silent }, never)),
      }
      const [joined, written] = [folder.file('joined.mp4'), folder.file('written.mp4')]
      expect((await joinMp4({ pieces: [piece], audio: clip, path: joined }, never)).sound).toBe('encoded')
      await writeMp4({ frames, audio: clip, path: written }, never)
      for (const video of [joined, written]) {
        const sound = { ...clip, file: await handleOf(video), channels: 2 }
        expectInTime(await samplesOf(sound))
      }
    },
  )
})

it('an MP3 with a VBRI tag that names too few frames is heard to its end', async () => {
  // Fraunhofer's tag says nothing of delay: the sound comes with what encoder and decoder put before it.
  const path = await retagged('vbri.mp3', (bytes, at) => {
    const frame = bytes.lastIndexOf(0xff, at)
    const end = frame + 4 + 32
    bytes.fill(0, at - 4, at + 160)
    bytes.write('VBRI', end, 'latin1')
    bytes.writeUInt16BE(1, end + 4)
    bytes.writeUInt32BE(bytes.length, end + 10)
    bytes.writeUInt32BE(100, end + 14)
    return undefined
  })
  expect(await readMp3Frames(path)).toMatchObject({ claimed: 100, padding: null })
  const { clip } = await openAudio(await handleOf(path), {}, never)
  const found = await samplesOf(clip)
  const delay = 576 + 529
  expectInTime(found.subarray(delay))
  expect(clip.durationSeconds).toBeGreaterThan(SECONDS + delay / RATE - 0.001)
})

it('a song that was cut off keeps all that is left, in time', async () => {
  const path = await retagged('cut.mp3', (bytes) => bytes.subarray(0, Math.round(bytes.length * 0.6)))
  const { clip } = await openAudio(await handleOf(path), {}, never)
  const found = await samplesOf(clip)
  expect(clip.durationSeconds).toBeGreaterThan(5)
  const whole = found.subarray(0, found.length - 1152)
  expect(whole).toEqual(expected.subarray(0, whole.length))
})

it('reads a right tag, and none, as ffmpeg does; a cover, ID3 tags at both ends and junk do not count as frames', async () => {
  expect(await miscountedMp3(right)).toBeNull()
  const untagged = await makeMedia(folder.file('untagged.mp3'), '-i', wav, '-q:a', '4', '-write_xing', '0')
  expect(await readMp3Frames(untagged)).toBeNull()
  expect(await miscountedMp3(wav)).toBeNull()
  const tagged = folder.file('tagged.mp3')
  const image = ['-f', 'lavfi', '-i', 'testsrc2=s=64x64:d=0.04:r=25']
  const both = ['-map', '0:a', '-map', '1:v', '-c:a', 'copy', '-c:v', 'mjpeg', '-metadata', 'title=A song']
  await makeMedia(tagged, '-i', right, ...image, ...both, '-id3v2_version', '3', '-write_id3v1', '1')
  const { count, claimed } = (await readMp3Frames(right))!
  expect(count).toBe(claimed)
  expect((await audioFacts(tagged)).hasCover).toBe(true)
  expect(await readMp3Frames(tagged)).toMatchObject({ count, claimed: count })
  // Bytes that begin like a frame, and lead nowhere.
  const junk = Buffer.concat([await readFile(right), Buffer.from('APETAGEX'), Buffer.from([0xff, 0xfb, 0x90, 0, 1, 2])])
  const path = folder.file('junk.mp3')
  await writeFile(path, junk)
  expect(await readMp3Frames(path)).toMatchObject({ count, claimed: count })
})

it('counts the frames of lower sampling rates and of mono', async () => {
  for (const [rate, channels] of [
    [22_050, 1],
    [24_000, 2],
    [8_000, 1],
    [48_000, 2],
  ] as const) {
    const path = folder.file(`${rate}.mp3`)
    await makeMedia(path, '-i', wav, '-ar', String(rate), '-ac', String(channels), '-q:a', '5')
    const frames = await readMp3Frames(path)
    expect(frames).toMatchObject({ sampleRate: rate, samplesPerFrame: rate < 32_000 ? 576 : 1152, isWhole: true })
    expect(frames?.count).toBe(frames?.claimed)
    expect(frames?.count).toBeGreaterThan((SECONDS * rate) / frames!.samplesPerFrame)
  }
})
