/** What a node says of its output before it runs is what it then makes. */
import { writeFile } from 'node:fs/promises'
import { type AudioClip, type Beats, factsOfValue, type Image, type PortType, type ValueFacts } from '@beatloom/core'
import { runNode } from '@beatloom/core/testing'
import { audioFacts, encodeImage, imageFacts } from '@beatloom/media'
import { handleOf, makeMedia, patternFrames, type ScratchFolder, scratchFolder } from '@beatloom/media/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadAudio } from './audio/load-audio.ts'
import { curveFromBeats } from './curve/curve-from-beats.ts'
import { drawCurve } from './curve/draw-curve.ts'
import { joinFrames } from './frames/join-frames.ts'
import { pulseFrames } from './frames/pulse-frames.ts'
import { retimeFrames } from './frames/retime-frames.ts'
import { loadImage } from './image/load-image.ts'
import { resizeImage } from './image/resize-image.ts'

let folder: ScratchFolder
beforeAll(async () => {
  folder = await scratchFolder()
  await writeFile(folder.file('wide.png'), await encodeImage(picture(901, 333), { format: 'png' }))
  await makeMedia(folder.file('ten.wav'), '-f', 'lavfi', '-i', 'sine=300:d=10')
})
afterAll(() => folder.remove())

let scratchCount = 0
const services = {
  files: { resolve: (reference: string) => handleOf(folder.file(reference)) },
  artifacts: {
    scratch: async (suffix: string) => folder.file(`scratch-${scratchCount++}${suffix}`),
    adopt: async (path: string, name: string) => ({ path, name, sha256: '1'.repeat(64) }),
  },
}

const picture = (width: number, height: number): Image => ({
  width,
  height,
  channels: 3,
  data: new Uint8Array(width * height * 3).fill(90),
})

const told = (type: PortType, value: unknown): ValueFacts => factsOfValue(type, value)

/** What was said beforehand, as far off as it said it might be. */
function expectTrue(said: ValueFacts | undefined, made: ValueFacts): void {
  const { durationErrorSeconds = 0, ...facts } = said ?? {}
  expect(facts).toEqual({ ...made, durationSeconds: expect.any(Number) })
  const difference = Math.abs((facts.durationSeconds ?? Number.NaN) - (made.durationSeconds ?? 0))
  expect(difference).toBeLessThanOrEqual(durationErrorSeconds)
}

describe('T3: facts come true', () => {
  it.each([4096, 500, 333])('of a picture opened at %i pixels at most', async (longestSide) => {
    const params = loadImage.params.parse({ file: 'wide.png', longestSide })
    const { width, height } = await imageFacts(folder.file('wide.png'))
    const { image } = await runNode(loadImage, {}, params, services)
    expect(loadImage.facts?.({}, params, { file: { width, height } }).image).toEqual(told('IMAGE', image))
  })

  it.each(['cover', 'within', 'stretch', 'pad'])('of a picture resized to %s', async (fit) => {
    const params = resizeImage.params.parse({ width: 127, height: 80, fit })
    const { image } = await runNode(resizeImage, { image: picture(901, 333) }, params)
    expect(resizeImage.facts?.({ image: { width: 901, height: 333 } }, params, {}).image).toEqual(told('IMAGE', image))
  })

  it.each([
    [0, 8, true],
    [6, 8, false],
    [9, 8, true], // Padded to 3 s.
    [9, 2, true],
    [0, 10, false], // The header may be off.
    [0, 0, false],
  ])('of a sound from %i s for %i s, exact: %s', async (startSeconds, durationSeconds, isExact) => {
    const params = loadAudio.params.parse({ file: 'ten.wav', startSeconds, durationSeconds })
    const { audio } = await runNode(loadAudio, {}, params, services)
    const said = loadAudio.facts?.({}, params, { file: await audioFacts(folder.file('ten.wav')) }).audio
    expectTrue(said, told('AUDIO', audio))
    expect(said?.durationErrorSeconds === 0).toBe(isExact)
  })

  it('of a sound that starts beyond its end: nothing is known', () => {
    const params = loadAudio.params.parse({ startSeconds: 11 })
    expect(loadAudio.facts?.({}, params, { file: { durationSeconds: 10 } }).audio).toBeUndefined()
  })

  it('of a curve of beats, with the odd hundredth', async () => {
    const envelope = new Float32Array(313)
    const beats: Beats = {
      durationSeconds: 3.123,
      beats: [],
      downbeats: [],
      tempoBpm: null,
      meter: null,
      confidence: 0,
      tempoCandidates: [],
      envelopes: { rate: 100, onset: envelope, bass: envelope, mid: envelope, high: envelope, loudness: envelope },
    }
    const { curve } = await runNode(curveFromBeats, { beats })
    const params = curveFromBeats.params.parse({})
    expect(curveFromBeats.facts?.({ beats: { durationSeconds: 3.123 } }, params, {}).curve).toEqual(
      told('CURVE', curve),
    )
  })

  it.each([{ seconds: 0.5 }, { seconds: 0, frameRate: 24 }, { seconds: 0, resolution: '480p', aspect: '9:16' }])(
    'of a pulsing picture with %j',
    async (settings) => {
      const file = { path: '/nowhere.wav', sha256: '', name: 'nowhere.wav' }
      const audio: AudioClip = {
        file,
        startSeconds: 0,
        durationSeconds: 1.37,
        soundSeconds: 1.37,
        sampleRate: 1,
        channels: 1,
      }
      const { frames } = await runNode(pulseFrames, { image: picture(300, 400), audio }, settings)
      const params = pulseFrames.params.parse(settings)
      const inputs = { image: { width: 300, height: 400 }, audio: { durationSeconds: 1.37 } }
      expectTrue(pulseFrames.facts?.(inputs, params, {}).frames, told('FRAMES', frames))
    },
  )

  it('of frames at another rate, and of two clips in a row', async () => {
    const clip = patternFrames(64, 36, 24, 31)
    const params = retimeFrames.params.parse({ frameRate: 30 })
    const retimed = (await runNode(retimeFrames, { frames: clip }, params)).frames
    expect(retimeFrames.facts?.({ frames: told('FRAMES', clip) }, params, {}).frames).toEqual(told('FRAMES', retimed))
    const joined = (await runNode(joinFrames, { first: clip, second: clip })).frames
    const inputs = { first: told('FRAMES', clip), second: told('FRAMES', clip) }
    expectTrue(joinFrames.facts?.(inputs, {}, {}).frames, told('FRAMES', joined))
  })

  it('of a drawn curve: the sound’s length where one is linked, once it is known', () => {
    const params = drawCurve.params.parse({ seconds: 4 })
    expect(drawCurve.facts?.({}, params, {}).curve).toEqual({ durationSeconds: 4 })
    expect(drawCurve.facts?.({ audio: { durationSeconds: 7 } }, params, {}).curve).toEqual({ durationSeconds: 7 })
    expect(drawCurve.facts?.({ audio: {} }, params, {}).curve).toEqual({})
  })
})
