import { readFile, stat, truncate, writeFile } from 'node:fs/promises'
import type { AudioClip, Beats } from '@beatloom/core'
import { runNode } from '@beatloom/core/testing'
import { openAudio } from '@beatloom/media'
import { makeMedia, never, type ScratchFolder, scratchFolder, writeWav } from '@beatloom/media/testing'
import { createModelHost } from '@beatloom/models'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { detectBeats } from './detect-beats.ts'
import { scoreBeats } from './f-measure.ts'
import { drumLoop, randomFrom, SAMPLE_RATE, steadyBeats } from './synthetic-sounds.ts'

/** 20 s at 118 BPM. */
const times = steadyBeats(118, 20, 0.31)
const loop = drumLoop(times, 4, 20).map((sample) => sample * 0.6)

const models = createModelHost({ folders: [], provider: 'cpu', threads: 2 })
let scratch: ScratchFolder
let song: string
beforeAll(async () => {
  scratch = await scratchFolder()
  song = await wav('song.wav', loop)
})
afterAll(async () => {
  await models.close()
  await scratch.remove()
})

const wav = (name: string, samples: Float32Array): Promise<string> =>
  writeWav(scratch.file(name), samples, SAMPLE_RATE, 1)

const open = async (path: string): Promise<AudioClip> =>
  (await openAudio({ path, sha256: '0'.repeat(64), name: 'sound' }, {}, never)).clip

async function beatsOf(path: string): Promise<{ beats: Beats; notes: string[] }> {
  const { beats, display } = await runNode(detectBeats, { audio: await open(path) }, {}, { models })
  return { beats, notes: display.flatMap((item) => (item.kind === 'note' ? item.code : [])) }
}

/** Whatever the sound: sections without gaps, levels for all of it. */
function expectWhole({ sections = [], durationSeconds, envelopes }: Beats): void {
  const starts = sections.map(({ startSeconds }) => startSeconds)
  expect(starts).toEqual([0, ...sections.slice(0, -1).map(({ endSeconds }) => endSeconds)])
  expect(sections.at(-1)?.endSeconds).toBe(durationSeconds)
  expect(envelopes.loudness).toHaveLength(Math.ceil(durationSeconds * 100 - 1e-6))
}

/** Syllables of uneven length and loudness with gliding pitch, vowels' two formants, hisses and pauses for breath. */
function speech(seconds: number, seed: number): Float32Array {
  const random = randomFrom(seed)
  const out = new Float32Array(seconds * SAMPLE_RATE)
  let at = 0.2
  while (at < seconds - 0.5) {
    const length = 0.08 + 0.22 * random()
    const [pitch, glide] = [110 + 60 * random(), 40 * (random() - 0.5)]
    const [low, high] = [300 + 500 * random(), 1000 + 1400 * random()]
    const loud = 0.05 + 0.1 * random()
    const hiss = random() < 0.3
    const start = Math.round(at * SAMPLE_RATE)
    for (let i = 0; i < length * SAMPLE_RATE && start + i < out.length; i++) {
      const t = i / SAMPLE_RATE
      const shape = Math.sin((Math.PI * t) / length) ** 0.7
      let value = 0
      for (let harmonic = 1; !hiss && harmonic <= 20; harmonic++) {
        const hz = harmonic * pitch
        const formants = Math.exp(-(((hz - low) / 150) ** 2)) + 0.5 * Math.exp(-(((hz - high) / 250) ** 2))
        value += formants * Math.sin(2 * Math.PI * harmonic * (pitch * t + (glide * t * t) / 2 / length))
      }
      out[start + i] = loud * shape * (hiss ? 0.6 * (2 * random() - 1) : value)
    }
    at += length + (random() < 0.15 ? 0.3 + 0.7 * random() : 0.09 * random())
  }
  return out
}

describe('sounds without a beat say so', () => {
  it('silence', async () => {
    const { beats, notes } = await beatsOf(await wav('silence.wav', new Float32Array(10 * SAMPLE_RATE)))
    expect(beats).toMatchObject({ beats: [], tempoBpm: null, tempoCurve: [], onsets: [] })
    expect(notes).toEqual(['no_beat'])
    expectWhole(beats)
  })

  it('noise', async () => {
    const random = randomFrom(4)
    const noise = Float32Array.from({ length: 20 * SAMPLE_RATE }, () => 0.6 * (random() - 0.5))
    const { beats, notes } = await beatsOf(await wav('noise.wav', noise))
    expect(beats).toMatchObject({ beats: [], tempoBpm: null })
    expect(notes).toEqual(['no_beat'])
    expect(beats.sections).toHaveLength(1)
    expectWhole(beats)
  })

  it.each([1, 2, 3])('speech, voice %i: no beat, but its onsets', async (seed) => {
    const { beats, notes } = await beatsOf(await wav(`speech-${seed}.wav`, speech(25, seed)))
    expect(beats).toMatchObject({ beats: [], tempoBpm: null })
    expect(notes).toEqual(['no_beat'])
    expect(beats.onsets?.length).toBeGreaterThan(25)
    expectWhole(beats)
  })

  it('half a second', async () => {
    const { beats, notes } = await beatsOf(await wav('short.wav', loop.slice(0, SAMPLE_RATE / 2)))
    expect(beats).toMatchObject({ durationSeconds: 0.5, beats: [], tempoBpm: null })
    expect(beats.onsets?.[0]).toBeCloseTo(times[0] as number, 2)
    expect(notes).toEqual(['no_beat'])
    expectWhole(beats)
  })
})

describe('recordings of all kinds have their beats where they are', () => {
  const expectBeats = (beats: Beats, worst = 0.01) => {
    const score = scoreBeats(beats.beats, times)
    expect(score.fMeasure).toBeGreaterThanOrEqual(0.95)
    expect(score.medianAbsoluteError).toBeLessThanOrEqual(worst)
    expectWhole(beats)
  }

  it('8 kHz mono', async () => {
    const path = await makeMedia(scratch.file('phone.wav'), '-i', song, '-ar', '8000', '-ac', '1')
    expectBeats((await beatsOf(path)).beats)
  })

  it('192 kHz with six channels', async () => {
    const path = await makeMedia(
      scratch.file('studio.wav'),
      '-i',
      song,
      '-ar',
      '192000',
      '-ac',
      '6',
      '-c:a',
      'pcm_s24le',
    )
    const clip = await open(path)
    expect([clip.sampleRate, clip.channels]).toEqual([192_000, 6])
    expectBeats((await beatsOf(path)).beats)
  })

  it('MP3 with the encoder’s delay in its tag: not shifted by it', async () => {
    const path = await makeMedia(scratch.file('gapless.mp3'), '-i', song, '-b:a', '128k')
    const { beats } = await beatsOf(path)
    expectBeats(beats)
    expect(beats.durationSeconds).toBeCloseTo(20, 3)
    // The delay would be 1105 samples, 25 ms.
    const plain = (await beatsOf(song)).beats
    expect(Math.abs(scoreBeats(beats.beats, plain.beats).medianError)).toBeLessThan(0.002)
  })

  it('MP3 without such a tag: late by the 25 ms to 50 ms that nothing tells of', async () => {
    const path = await makeMedia(scratch.file('untagged.mp3'), '-i', song, '-b:a', '128k', '-write_xing', '0')
    const { beats } = await beatsOf(path)
    expect(scoreBeats(beats.beats, times).fMeasure).toBeGreaterThanOrEqual(0.95)
    expect(scoreBeats(beats.beats, times).medianError).toBeLessThan(0.055)
  })

  it('MP3 of variable bit rate whose header names too few frames: all of it', async () => {
    const path = await makeMedia(scratch.file('vbr.mp3'), '-i', song, '-q:a', '4')
    const bytes = await readFile(path)
    const tag = bytes.indexOf('Xing')
    expect(tag).toBeGreaterThan(0)
    // Behind the name and the flags, of which the lowest says that the number of frames follows.
    expect(bytes.readUInt32BE(tag + 4) & 1).toBe(1)
    bytes.writeUInt32BE(200, tag + 8)
    const right = await beatsOf(path)
    await writeFile(path, bytes)
    const { beats } = await beatsOf(path)
    expectBeats(beats)
    expect(beats).toEqual(right.beats)
    expect(beats.beats.at(-1)).toBeGreaterThan(19)
  })

  it('a song whose tail is cut off: the beats of what is left', async () => {
    const path = await makeMedia(scratch.file('cut.mp3'), '-i', song, '-b:a', '128k')
    await truncate(path, Math.round((await stat(path)).size * 0.6))
    const { beats } = await beatsOf(path)
    expect(beats.durationSeconds).toBeGreaterThan(11)
    expect(beats.durationSeconds).toBeLessThan(12.5)
    const left = times.filter((time) => time < beats.durationSeconds - 0.1)
    expect(scoreBeats(beats.beats, left).fMeasure).toBeGreaterThanOrEqual(0.95)
    expect(scoreBeats(beats.beats, left).medianAbsoluteError).toBeLessThanOrEqual(0.01)
    expectWhole(beats)
  })
})
