import { rm, writeFile } from 'node:fs/promises'
import type { AudioClip } from '@beatloom/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audioFacts, parseHeader } from './audio-facts.ts'
import { audioPeaks, PeakCollector } from './audio-peaks.ts'
import { openAudio } from './open-audio.ts'
import { readPcm } from './read-pcm.ts'
import { handleOf, makeMedia, never, type ScratchFolder, scratchFolder, writeWav } from './testing.ts'

const RATE = 44_100
const CODECS: [string, string[]][] = [
  ['song.flac', ['-c:a', 'flac']],
  ['song.ogg', ['-c:a', 'libvorbis', '-q:a', '7']],
  ['song.m4a', ['-c:a', 'aac', '-b:a', '192k']],
  ['song.mp3', ['-c:a', 'libmp3lame', '-b:a', '192k']],
  ['vbr.mp3', ['-c:a', 'libmp3lame', '-q:a', '2']],
]

let folder: ScratchFolder
let original: Float32Array
let wav: string
beforeAll(async () => {
  folder = await scratchFolder()
  original = song(12, RATE)
  wav = await writeWav(folder.file('song.wav'), original, RATE, 2)
})
afterAll(() => folder.remove())

/** Two sides that never repeat: slow sweeps with a click every 0.37 s. Deterministic. */
function song(seconds: number, rate: number): Float32Array {
  const samples = new Float32Array(seconds * rate * 2)
  for (let i = 0; i < seconds * rate; i++) {
    const t = i / rate
    const click = (t % 0.37) * rate < 40 ? 0.4 : 0
    samples[2 * i] = 0.4 * Math.sin(2 * Math.PI * (200 * t + 40 * t * t)) + click
    samples[2 * i + 1] = 0.4 * Math.sin(2 * Math.PI * (300 * t + 25 * t * t)) - click
  }
  return samples
}

async function pcm(clip: AudioClip, channels: 1 | 2, sampleRate = clip.sampleRate): Promise<Float32Array> {
  const parts: Float32Array[] = []
  for await (const chunk of readPcm(clip, { channels, sampleRate }, never)) parts.push(chunk)
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** The shift in samples, within ±2500, at which two mono signals agree best. */
function bestShift(a: Float32Array, b: Float32Array): number {
  let best = { shift: 0, sum: Number.NEGATIVE_INFINITY }
  const sumAt = (shift: number, step: number) => {
    let sum = 0
    for (let i = 4000; i < 64_000; i += step) sum += a[i]! * b[i + shift]!
    return sum * step
  }
  for (let shift = -2500; shift <= 2500; shift++) {
    const sum = sumAt(shift, 23)
    if (sum > best.sum) best = { shift, sum }
  }
  return best.shift
}

describe('facts', () => {
  it.each([['song.wav', [] as string[]] as [string, string[]], ...CODECS])('of %s', async (name, codec) => {
    const path = name === 'song.wav' ? wav : await makeMedia(folder.file(name), '-i', wav, ...codec)
    const facts = await audioFacts(path)
    expect(facts).toMatchObject({ sampleRate: RATE, channels: 2, hasCover: false })
    expect(Math.abs(facts.durationSeconds - 12)).toBeLessThan(0.1)
  })

  it('of surround sound and unusual layouts, from ffmpeg’s words', () => {
    const line = (layout: string) =>
      `Stream #0:1[0x1](und): Audio: aac (LC) (mp4a / 0x6134706D), 48000 Hz, ${layout}, fltp`
    expect(parseHeader(line('5.1(side)'))).toMatchObject({ channels: 6, sampleRate: 48_000, codec: 'aac' })
    expect(parseHeader(line('3 channels'))?.channels).toBe(3)
    expect(parseHeader(line('mono'))?.channels).toBe(1)
    expect(parseHeader('Stream #0:0: Video: h264, yuv420p')).toBeNull()
  })
})

describe('decoding starts and stops at the exact sample', () => {
  it.each(CODECS)('%s lines up with the original, from its start and from 4.321 s', async (name, codec) => {
    const path = await makeMedia(folder.file(`aligned-${name}`), '-i', wav, ...codec)
    for (const startSeconds of [0, 4.321]) {
      const { clip } = await openAudio(await handleOf(path), { startSeconds, durationSeconds: 2 }, never)
      const decoded = await pcm(clip, 1)
      expect(decoded.length).toBe(2 * RATE)
      const from = Math.round(startSeconds * RATE)
      const expected = Float32Array.from({ length: 2 * RATE }, (_, i) => {
        const at = 2 * (from + i)
        return (original[at]! + original[at + 1]!) / 2
      })
      expect(Math.abs(bestShift(expected, decoded))).toBeLessThanOrEqual(1)
    }
  })

  it('a WAV comes back as it was, both sides', async () => {
    const { clip } = await openAudio(await handleOf(wav), { startSeconds: 1.5, durationSeconds: 0.25 }, never)
    const decoded = await pcm(clip, 2)
    const expected = original.subarray(1.5 * RATE * 2, 1.75 * RATE * 2)
    expect(decoded.length).toBe(Math.round(0.25 * RATE) * 2)
    for (let i = 0; i < expected.length; i += 997) expect(Math.abs(decoded[i]! - expected[i]!)).toBeLessThan(1e-4)
  })

  it('resamples to exactly round(seconds · rate) samples', async () => {
    const { clip } = await openAudio(await handleOf(wav), { startSeconds: 0.1, durationSeconds: 3.3333 }, never)
    expect((await pcm(clip, 1, 22_050)).length).toBe(Math.round(3.3333 * 22_050))
    expect((await pcm(clip, 2, 48_000)).length).toBe(Math.round(3.3333 * 48_000) * 2)
  })

  it('a mono file keeps its loudness on both sides', async () => {
    const samples = new Float32Array(RATE).fill(0.5)
    const mono = await writeWav(folder.file('mono.wav'), samples, RATE, 1)
    const { clip } = await openAudio(await handleOf(mono), { durationSeconds: 1 }, never)
    const decoded = await pcm(clip, 2)
    expect(decoded[20_000]).toBeCloseTo(0.5, 3)
    expect(decoded[20_001]).toBeCloseTo(0.5, 3)
  })
})

describe('opening', () => {
  it('cuts a longer song from its start offset and says nothing', async () => {
    const { clip, notes } = await openAudio(await handleOf(wav), { startSeconds: 2, durationSeconds: 8 }, never)
    expect(clip).toMatchObject({ startSeconds: 2, durationSeconds: 8, soundSeconds: 8, sampleRate: RATE, channels: 2 })
    expect(notes).toEqual([])
  })

  it('takes the song’s length when it is shorter, and says so', async () => {
    const options = { startSeconds: 7, durationSeconds: 8, minimumSeconds: 3 }
    const { clip, notes } = await openAudio(await handleOf(wav), options, never)
    expect(clip).toMatchObject({ durationSeconds: 5, soundSeconds: 5 })
    expect(notes).toEqual([{ code: 'audio_shorter', text: expect.stringContaining('5 s') }])
  })

  it('pads a song under 3 s with silence to 3 s, and says so', async () => {
    const path = await makeMedia(folder.file('tiny.wav'), '-i', wav, '-t', '1.25')
    const { clip, notes } = await openAudio(await handleOf(path), { durationSeconds: 8, minimumSeconds: 3 }, never)
    expect(clip).toMatchObject({ durationSeconds: 3, soundSeconds: 1.25 })
    expect(notes.map((note) => note.code)).toEqual(['audio_padded'])
    const decoded = await pcm(clip, 1)
    expect(decoded.length).toBe(3 * RATE)
    expect(decoded.subarray(0, 1.25 * RATE).some((sample) => Math.abs(sample) > 0.1)).toBe(true)
    expect(decoded.subarray(1.25 * RATE).every((sample) => sample === 0)).toBe(true)
  })

  it('does not pad beyond what was asked for', async () => {
    const { clip, notes } = await openAudio(await handleOf(wav), { durationSeconds: 2, minimumSeconds: 3 }, never)
    expect(clip.durationSeconds).toBe(2)
    expect(notes).toEqual([])
  })

  it('opens the whole file when no duration is given', async () => {
    expect((await openAudio(await handleOf(wav), {}, never)).clip.durationSeconds).toBe(12)
  })

  it('leaves a cover picture inside an MP3 aside, and says so', async () => {
    const cover = await makeMedia(
      folder.file('cover.jpg'),
      '-f',
      'lavfi',
      '-i',
      'testsrc=s=64x64:d=1',
      '-frames:v',
      '1',
    )
    const both = [
      '-i',
      wav,
      '-i',
      cover,
      '-map',
      '0:a',
      '-map',
      '1:v',
      '-c:v',
      'mjpeg',
      '-disposition:v',
      'attached_pic',
    ]
    const path = await makeMedia(folder.file('covered.mp3'), ...both, '-b:a', '128k')
    const { clip, facts, notes } = await openAudio(await handleOf(path), { durationSeconds: 4 }, never)
    expect(facts.hasCover).toBe(true)
    expect(notes.map((note) => note.code)).toEqual(['audio_cover_ignored'])
    expect((await pcm(clip, 1)).length).toBe(4 * RATE)
  })

  it('refuses a start beyond the end with both times in the sentence', async () => {
    const opened = openAudio(await handleOf(wav), { startSeconds: 60, durationSeconds: 8 }, never)
    await expect(opened).rejects.toMatchObject({
      code: 'input_invalid',
      message: expect.stringMatching(/12 s long.*60 s/),
    })
  })

  it('refuses a WAV of 0 seconds', async () => {
    const path = await writeWav(folder.file('zero.wav'), new Float32Array(0), RATE, 2)
    await expect(openAudio(await handleOf(path), { durationSeconds: 8 }, never)).rejects.toMatchObject({
      code: 'media_unreadable',
    })
  })

  it('refuses text, whatever its name, and never follows a playlist', async () => {
    const text = folder.file('words.mp3')
    await writeFile(text, '#EXTM3U\n#EXTINF:10,\nhttp://127.0.0.1:9/secret.mp3\n')
    await expect(audioFacts(text)).rejects.toMatchObject({
      code: 'media_unreadable',
      message: expect.stringContaining('it is text'),
    })
  })

  it('stops when cancelled', async () => {
    const { clip } = await openAudio(await handleOf(wav), { durationSeconds: 10 }, never)
    const controller = new AbortController()
    const read = async () => {
      for await (const _ of readPcm(clip, { channels: 2 }, controller.signal)) controller.abort()
    }
    await expect(read()).rejects.toMatchObject({ code: 'run_cancelled' })
  })
})

describe('waveform peaks', () => {
  it('follow the loudness: silent, then half, then full', async () => {
    const samples = new Float32Array(3 * RATE)
    for (let i = RATE; i < samples.length; i++) samples[i] = (i < 2 * RATE ? 0.5 : 0.9) * Math.sin(i / 10)
    const path = await writeWav(folder.file('steps.wav'), samples, RATE, 1)
    const { clip, peaks } = await openAudio(await handleOf(path), { durationSeconds: 3, peakCount: 6 }, never)
    expect(peaks).toEqual(await audioPeaks(clip, 6, never))
    const expected = [0, 0, 0.5, 0.5, 0.9, 0.9]
    for (const [index, peak] of peaks.entries()) expect(peak).toBeCloseTo(expected[index]!, 2)
  })

  it('are read once: who asks again gets them without the file', async () => {
    const path = await writeWav(folder.file('once.wav'), song(2, RATE), RATE, 1)
    const { clip } = await openAudio(await handleOf(path), {}, never)
    const peaks = await audioPeaks(clip, 50, never)
    const part = { ...clip, startSeconds: 1, durationSeconds: 1 }
    const second = await audioPeaks(part, 25, never)
    await rm(path)
    expect(await audioPeaks(clip, 50, never)).toEqual(peaks)
    expect(await audioPeaks(part, 25, never)).toEqual(second)
    await expect(audioPeaks({ ...clip, startSeconds: 0.5, durationSeconds: 1 }, 50, never)).rejects.toThrow()
  })

  it('stay right when slots are merged: one hour with one loud second', () => {
    const collector = new PeakCollector()
    const second = new Float32Array(8000)
    for (let n = 0; n < 3600; n++) collector.add(n === 1234 ? new Float32Array(8000).fill(-0.75) : second)
    const peaks = collector.peaks(36, 3600 * 8000)
    expect(peaks.map((peak, index) => (peak > 0 ? index : -1)).filter((index) => index >= 0)).toEqual([12])
    expect(peaks[12]).toBe(0.75)
  })
})
