import { cp, mkdtemp, rm, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CancelledError, type ModelHost } from '@beatloom/core'
import { runNode } from '@beatloom/core/testing'
import { openAudio } from '@beatloom/media'
import { never, scratchFolder, writeWav } from '@beatloom/media/testing'
import { bundledModelsFolder, createModelHost } from '@beatloom/models'
import { afterAll, describe, expect, it } from 'vitest'
import { analyseBeats } from './analyse-beats.ts'
import { LikelihoodStream, openBeatNetwork, type RunNetwork } from './beat-network.ts'
import { detectBeats } from './detect-beats.ts'
import { scoreBeats } from './f-measure.ts'
import { drumLoop, inChunks, randomFrom, SAMPLE_RATE, steadyBeats } from './synthetic-sounds.ts'

/** Quarter tones of the filterbank at 44.1 kHz. */
const BAND_COUNT = 138

const models = createModelHost({ folders: [], provider: 'cpu', threads: 2 })
afterAll(() => models.close())
const network = await openBeatNetwork(models, never)

/** The frames through a stream that is drained after every `chunk` of them. */
async function streamed(run: RunNetwork, frames: Float32Array[], chunk: number) {
  const stream = new LikelihoodStream(run)
  for (const [i, frame] of frames.entries()) {
    stream.push(frame)
    if (i % chunk === 0) await stream.drain()
  }
  return { likelihood: await stream.finish(frames.length), failure: stream.failure }
}

describe('LikelihoodStream', () => {
  const seed = 20
  const random = randomFrom(seed)
  // Four minutes: four stretches.
  const frames = Array.from({ length: 24_001 }, (_, t) =>
    Float32Array.from({ length: BAND_COUNT }, () => (t % 50 < 3 ? 2 : 0.5) * random()),
  )

  it(`says the same in stretches as in one piece (seed ${seed})`, async () => {
    const calls: number[] = []
    const counted: RunNetwork = (rows, count, size) => {
      calls.push(count)
      return network(rows, count, size)
    }
    const { likelihood } = await streamed(counted, frames, 900)
    expect(calls.length).toBeGreaterThan(2)
    const rows = new Float32Array(12_001 * 69)
    for (let row = 0; row < 12_001; row++) {
      const pair = [frames[2 * row] as Float32Array, frames[2 * row + 1] ?? (frames[2 * row] as Float32Array)]
      for (let band = 0; band < 69; band++) {
        for (const frame of pair) {
          rows[row * 69 + band] =
            (rows[row * 69 + band] as number) + ((frame[2 * band] as number) + (frame[2 * band + 1] as number)) / 4
        }
      }
    }
    const whole = await network(rows, 12_001, 69)
    expect(likelihood?.beat).toHaveLength(24_001)
    for (const output of [0, 1] as const) {
      const found = output === 0 ? likelihood?.beat : likelihood?.downbeat
      let largest = 0
      for (let row = 0; row < 12_000; row++) {
        // Half way between its two frames lies the row itself: the mean of both, on a straight line, but for bends.
        const at = (r: number) => 1 / (1 + Math.exp(-(whole[2 * Math.min(12_000, Math.max(0, r)) + output] as number)))
        const wanted = (at(row - 1) + 3 * at(row)) / 4
        largest = Math.max(largest, Math.abs((found?.[2 * row] as number) - wanted))
      }
      // The runtime may add up in another order where the length differs.
      expect(largest).toBeLessThan(1e-3)
    }
  })

  it('does not depend on the chunks in which the sound comes', async () => {
    const [small, large] = [await streamed(network, frames, 97), await streamed(network, frames, 5000)]
    expect(small.likelihood).toEqual(large.likelihood)
  })

  it.each([
    ['too few numbers', async () => new Float32Array(3)],
    ['none that is finite', async (_rows: Float32Array, count: number) => new Float32Array(2 * count).fill(Number.NaN)],
  ])('ends with a failure at %s', async (_name, run) => {
    const { likelihood, failure } = await streamed(run, frames.slice(0, 100), 10)
    expect(likelihood).toBeNull()
    expect(failure).toMatchObject({ code: 'model_invalid' })
  })

  it('passes a cancellation on', async () => {
    const cancelled: RunNetwork = () => Promise.reject(new CancelledError())
    await expect(streamed(cancelled, frames.slice(0, 100), 10)).rejects.toBeInstanceOf(CancelledError)
  })

  it('of no sound gives nothing', async () => {
    expect(await streamed(network, [], 1)).toEqual({ likelihood: null, failure: null })
  })
})

describe('beats with and without the network', () => {
  const times = steadyBeats(118, 12, 0.31)
  const loop = drumLoop(times, 4, 12).map((sample) => sample * 0.6)
  const options = { sampleRate: SAMPLE_RATE, durationSeconds: 12, signal: never }

  it('are where the music has them, and the same each time', async () => {
    const first = await analyseBeats(inChunks(loop), { ...options, network })
    expect(first.networkFailure).toBeUndefined()
    expect(scoreBeats(first.beats.beats, times).fMeasure).toBeGreaterThanOrEqual(0.95)
    expect(await analyseBeats(inChunks(loop, 333), { ...options, network })).toEqual(first)
  })

  it('follow a hint, however sure the network is', async () => {
    const fast = drumLoop(steadyBeats(150, 12), 4, 12)
    const half = await analyseBeats(inChunks(fast), { ...options, network, tempoHint: 75 })
    expect(half.beats.tempoBpm).toBeCloseTo(75, 0)
  })

  it('are those of the onsets where the network fails', async () => {
    const broken: RunNetwork = () => Promise.reject(new Error('broken'))
    const { networkFailure, ...found } = await analyseBeats(inChunks(loop), { ...options, network: broken })
    expect(networkFailure).toMatchObject({ message: 'broken' })
    expect(found).toEqual(await analyseBeats(inChunks(loop), options))
  })

  const notesWith = async (host?: ModelHost) => {
    const scratch = await scratchFolder()
    try {
      const path = await writeWav(scratch.file('loop.wav'), loop, SAMPLE_RATE, 1)
      const { clip: audio } = await openAudio({ path, sha256: '', name: 'loop' }, {}, never)
      const { beats, display } = await runNode(detectBeats, { audio }, {}, host ? { models: host } : {})
      return { beats, notes: display.flatMap((item) => (item.kind === 'note' ? [item] : [])) }
    } finally {
      await scratch.remove()
    }
  }

  it('come without a note with the network, and with one where it is missing', async () => {
    expect((await notesWith(models)).notes).toEqual([])
    const { beats, notes } = await notesWith()
    expect(notes).toMatchObject([{ code: 'beats_without_network', text: expect.stringContaining('There is no model') }])
    expect(scoreBeats((beats as { beats: number[] }).beats, times).fMeasure).toBeGreaterThanOrEqual(0.95)
  })

  it('come with a note where its file is broken', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'beatloom-beats-'))
    await cp(join(bundledModelsFolder, 'beats'), join(folder, 'beats'), { recursive: true })
    await truncate(join(folder, 'beats/tracker/model.onnx'), 1000)
    const whole = await models.open('beats')
    const tracker = { ...(whole.components['tracker'] as object), folder: join(folder, 'beats') }
    const host = { ...models, open: async () => ({ ...whole, components: { tracker } }) } as unknown as ModelHost
    const { beats, notes } = await notesWith(host)
    expect(notes).toMatchObject([{ code: 'beats_without_network' }])
    expect(scoreBeats((beats as { beats: number[] }).beats, times).fMeasure).toBeGreaterThanOrEqual(0.95)
    await rm(folder, { recursive: true })
  })
})

it('counts the sample song in four from its first beat, as it was made, and not in the seven that need fewer downbeats', async () => {
  const path = fileURLToPath(new URL('../../workflows/samples/song.mp3', import.meta.url))
  for (const stretch of [{}, { durationSeconds: 8 }]) {
    const { clip } = await openAudio({ path, sha256: '', name: 'song.mp3' }, stretch, never)
    const { beats } = await runNode(detectBeats, { audio: clip }, {}, { models })
    expect(beats.meter).toBe(4)
    const bars = beats.downbeats.map((time) => (time * 140) / 60 / 4)
    expect(bars.length).toBeGreaterThanOrEqual(4)
    for (const bar of bars) expect(Math.abs(bar - Math.round(bar))).toBeLessThan(0.05)
  }
})
