import { type AudioClip, factsOfValue, type Shots, type VideoFile } from '@beatloom/core'
import { runNode } from '@beatloom/core/testing'
import { readPcm } from '@beatloom/media'
import { handleOf, makeMedia, never, patternFrames, type ScratchFolder, scratchFolder } from '@beatloom/media/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fitAudio } from './fit-audio.ts'

let folder: ScratchFolder
let song: AudioClip
let made = 0
beforeAll(async () => {
  folder = await scratchFolder()
  const path = await makeMedia(folder.file('tone.wav'), '-f', 'lavfi', '-i', 'sine=441:d=3:r=44100')
  const file = await handleOf(path)
  song = { file, startSeconds: 0.5, durationSeconds: 2, soundSeconds: 2, sampleRate: 44_100, channels: 1 }
})
afterAll(() => folder.remove())

const services = {
  artifacts: {
    scratch: async (suffix: string) => folder.file(`made-${made++}${suffix}`),
    adopt: async (path: string) => handleOf(path),
  },
}

async function samplesOf(clip: AudioClip): Promise<Float32Array> {
  const chunks: number[] = []
  for await (const chunk of readPcm(clip, { channels: 1 }, never)) chunks.push(...chunk)
  return Float32Array.from(chunks)
}

const loudest = (samples: Float32Array): number => samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0)

it('cuts what is too long, and lets silence follow what is too short', async () => {
  const cut = await runNode(fitAudio, { audio: song }, { seconds: 1.2 }, services)
  expect(cut.audio).toEqual({ ...song, durationSeconds: 1.2, soundSeconds: 1.2 })
  const padded = await runNode(fitAudio, { audio: song }, { seconds: 2.5 }, services)
  expect(padded.audio).toEqual({ ...song, durationSeconds: 2.5, soundSeconds: 2 })
  expect(padded.display).toMatchObject([{ kind: 'text', text: 'The sound lasts 2.50 s now; it was 2.00 s long.' }])
  expect((await runNode(fitAudio, { audio: song }, { seconds: 2 }, services)).audio).toBe(song)
})

it('takes the length of frames, of a video and of a plan, to the frame, and says so beforehand', async () => {
  const frames = patternFrames(16, 16, 24, 31)
  const size = { width: 16, height: 16, frameRate: 30, frameCount: 50 }
  const video: VideoFile = { ...size, durationSeconds: 50 / 30, hasAudio: false, file: song.file }
  // A plan of 1.51 s of sound has 45 frames.
  const shots: Shots = { durationSeconds: 1.51, frameRate: 30, frameCount: 45, shots: [] }
  for (const [inputs, seconds, facts] of [
    [{ frames }, 31 / 24, { frames: factsOfValue('FRAMES', frames) }],
    [{ video }, 50 / 30, { video: factsOfValue('VIDEO', video) }],
    [{ shots }, 1.5, { shots: factsOfValue('SHOTS', shots) }],
  ] as const) {
    const { audio } = await runNode(fitAudio, { audio: song, ...inputs }, {}, services)
    expect((audio as AudioClip).durationSeconds).toBe(seconds)
    const said = fitAudio.facts?.({ audio: factsOfValue('AUDIO', song), ...facts }, fitAudio.params.parse({}), {})
    expect(said?.audio).toEqual({ ...factsOfValue('AUDIO', audio), durationErrorSeconds: 0 })
  }
})

it('lets the end of what sounds fade away, evenly, and leaves what comes before it as it is', async () => {
  const { audio } = await runNode(fitAudio, { audio: song }, { seconds: 1.5, fadeOutSeconds: 0.5 }, services)
  const faded = audio as AudioClip
  expect(faded).toMatchObject({ startSeconds: 0, durationSeconds: 1.5, soundSeconds: 1.5, channels: 1 })
  const [before, after] = [
    await samplesOf({ ...song, durationSeconds: 1.5, soundSeconds: 1.5 }),
    await samplesOf(faded),
  ]
  expect(after).toHaveLength(66_150)
  for (let at = 0; at < 44_100; at += 101) expect(Math.abs((after[at] ?? 9) - (before[at] ?? 0))).toBeLessThan(1e-4)
  // A sine of 441 Hz passes its peak every 50 samples: half way through the fade, half of it is left.
  const peak = loudest(before)
  expect(loudest(after.subarray(55_000, 55_250)) / peak).toBeCloseTo(0.5, 1)
  expect(loudest(after.subarray(66_000))).toBeLessThan(0.02 * peak)
})

it('fades before the silence that follows a short sound', async () => {
  const { audio } = await runNode(fitAudio, { audio: song }, { seconds: 3, fadeOutSeconds: 5 }, services)
  expect(audio).toMatchObject({ durationSeconds: 3, soundSeconds: 2 })
  expect(loudest((await samplesOf(audio as AudioClip)).subarray(87_000, 88_200))).toBeLessThan(0.01)
})

it('refuses several things to be as long as', async () => {
  const frames = patternFrames(16, 16, 24, 31)
  const shots: Shots = { durationSeconds: 1.5, frameRate: 30, frameCount: 45, shots: [] }
  await expect(runNode(fitAudio, { audio: song, frames, shots }, {}, services)).rejects.toMatchObject({
    code: 'input_invalid',
  })
  expect(fitAudio.facts?.({ frames: {}, shots: {} }, fitAudio.params.parse({}), {})).toEqual({})
})
