import type { Beats, Image, Shot, Shots } from '@beatloom/core'
import { runNode } from '@beatloom/core/testing'
import { openAudio, readMp4Facts, readVideoFrames } from '@beatloom/media'
import { handleOf, makeMedia, never, type ScratchFolder, scratchFolder } from '@beatloom/media/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { animatic } from './animatic.ts'

const RATE = 30
let folder: ScratchFolder
let song: string
let files = 0
beforeAll(async () => {
  folder = await scratchFolder()
  song = await makeMedia(folder.file('song.wav'), '-f', 'lavfi', '-i', 'sine=300:d=3')
})
afterAll(() => folder.remove())

const artifacts = {
  scratch: async (suffix: string) => folder.file(`scratch${++files}${suffix}`),
  adopt: async (path: string, name: string) => ({ path, name, sha256: '1'.repeat(64) }),
}

const grey = (value: number): Image => ({
  width: 160,
  height: 90,
  channels: 3,
  data: new Uint8Array(43_200).fill(value),
})

/** Cuts at odd frames, which pictures at half the rate would miss. */
function planOf(cuts: number[], end: number): Shots {
  const shots = cuts.map((startFrame, i): Shot => {
    const endFrame = cuts[i + 1] ?? end
    return {
      ...{ startFrame, endFrame, startSeconds: startFrame / RATE, endSeconds: endFrame / RATE },
      ...{ markSeconds: null, reason: 'hand', section: null, energy: 0, prompt: '', picture: i, framing: 'wide' },
      ...{ seed: '1', continues: false, fadeFrames: 0, locked: false, starred: false },
    }
  })
  return { durationSeconds: end / RATE, frameRate: RATE, frameCount: end, shots }
}

const none = new Float32Array(300)
const beats: Beats = {
  ...{ durationSeconds: 3, beats: [], downbeats: [], tempoBpm: null, meter: null, confidence: 0, tempoCandidates: [] },
  envelopes: { rate: 100, onset: none, bass: none, mid: none, high: none, loudness: none },
}

it('shows every shot from its very frame on, with the whole song, in half the pictures', async () => {
  const { clip: audio } = await openAudio(await handleOf(song), {}, never)
  const cuts = [0, 13, 40, 41, 77]
  const images = [40, 90, 140, 200, 250].map(grey)
  const { video, clips } = await runNode(animatic, { shots: planOf(cuts, 90), audio, beats, images }, {}, { artifacts })
  expect(clips.map((clip) => clip.frameCount)).toEqual([13, 27, 1, 36, 13])
  expect(video).toMatchObject({
    width: 640,
    height: 360,
    frameRate: 30,
    frameCount: 90,
    durationSeconds: 3,
    hasAudio: true,
  })
  const seen: number[] = []
  for await (const frame of readVideoFrames(video.file.path, {}, never)) seen.push(frame.data[0] as number)
  const wanted = Array.from({ length: 90 }, (_, i) => [40, 90, 140, 200, 250][cuts.findLastIndex((cut) => cut <= i)])
  expect(seen.map((value) => [40, 90, 140, 200, 250].find((grey) => Math.abs(grey - value) <= 4))).toEqual(wanted)
  const tracks = (await readMp4Facts(video.file.path)).tracks.map(({ kind, startSeconds }) => [kind, startSeconds])
  expect(tracks).toEqual([
    ['video', 0],
    ['audio', expect.closeTo(0, 2)],
  ])
})

it('keeps the colours of a picture', async () => {
  const { clip: audio } = await openAudio(await handleOf(song), {}, never)
  const colours = [
    [200, 40, 60],
    [30, 160, 80],
    [50, 70, 220],
  ]
  const images = colours.map(
    (colour): Image => ({ ...grey(0), data: Uint8Array.from({ length: 43_200 }, (_, i) => colour[i % 3] as number) }),
  )
  const { video } = await runNode(animatic, { shots: planOf([0, 30, 60], 90), audio, beats, images }, {}, { artifacts })
  const seen: number[][] = []
  for await (const { data } of readVideoFrames(video.file.path, {}, never)) seen.push([...data.subarray(0, 3)])
  for (const [frame, pixel] of seen.entries()) {
    const wanted = colours[Math.floor(frame / 30)] as number[]
    for (const [channel, value] of pixel.entries()) {
      expect(Math.abs(value - (wanted[channel] as number)), `frame ${frame}`).toBeLessThanOrEqual(6)
    }
  }
})

it('stands upright where the first picture does', async () => {
  const { clip: audio } = await openAudio(await handleOf(song), {}, never)
  const tall: Image = { width: 90, height: 160, channels: 3, data: new Uint8Array(43_200) }
  const { video } = await runNode(animatic, { shots: planOf([0], 90), audio, beats, images: [tall] }, {}, { artifacts })
  expect(video).toMatchObject({ width: 360, height: 640 })
})

it('keeps hundreds of cuts on their frames, most of them odd', async () => {
  const cuts = Array.from({ length: 300 }, (_, i) => 3 * i)
  const long = await makeMedia(folder.file('long.wav'), '-f', 'lavfi', '-i', 'sine=300:d=30')
  const { clip: audio } = await openAudio(await handleOf(long), {}, never)
  const images = [40, 200].map(grey)
  const music = { ...beats, durationSeconds: 30 }
  const { video, clips } = await runNode(
    animatic,
    { shots: planOf(cuts, 900), audio, beats: music, images },
    {},
    { artifacts },
  )
  expect(video).toMatchObject({ frameCount: 900, durationSeconds: 30 })
  expect(clips.map((clip) => clip.frameCount)).toEqual(Array(300).fill(3))
  const seen: boolean[] = []
  for await (const frame of readVideoFrames(video.file.path, {}, never)) seen.push((frame.data[0] as number) > 120)
  expect(seen).toEqual(Array.from({ length: 900 }, (_, i) => Math.floor(i / 3) % 2 === 1))
})

it('shows a shot that goes on from the one before as the same picture, without a cut', async () => {
  const { clip: audio } = await openAudio(await handleOf(song), {}, never)
  const plan = planOf([0, 31, 60], 90)
  plan.shots[1] = { ...(plan.shots[1] as Shot), continues: true, framing: 'close' }
  const images = [40, 140, 240].map(grey)
  const { video } = await runNode(animatic, { shots: plan, audio, beats, images }, {}, { artifacts })
  const seen: number[] = []
  for await (const frame of readVideoFrames(video.file.path, {}, never)) seen.push(frame.data[0] as number)
  expect(seen.map((value) => [40, 140, 240].find((grey) => Math.abs(grey - value) <= 4))).toEqual([
    ...Array(60).fill(40),
    ...Array(30).fill(240),
  ])
})
