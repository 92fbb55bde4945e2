import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { fixtureHost, fixturesFolder } from '../../testing/pocket-inputs.ts'
import { clipAudio, clipsOfRows } from './audio-features.ts'
import { standardised } from './audio-signal.ts'
import { encodeAudio, stackedLayers } from './encode-audio.ts'

interface Reference {
  audio: {
    samples: number
    shape: [layers: number, rows: number, width: number]
    rowStride: number
    hidden: number[]
    framesPerClip: number
    clips: number
    embeds: number[]
  }
}

const folder = join(fixturesFolder, 'tiny-wan-s2v')
/** By Wan's own code and transformers' wav2vec2, from the same signal: models/export/tiny_wan_s2v_run.py. */
const { audio } = JSON.parse(await readFile(join(folder, 'reference.json'), 'utf8')) as Reference
const [layers, rows, width] = audio.shape
const samples = Float32Array.from(
  { length: audio.samples },
  (_, i) => 0.6 * Math.sin(0.05 * i) * Math.sin(0.0007 * i) ** 2 + 0.1 * Math.sin(0.31 * i) + 0.05,
)
const host = fixtureHost()
afterAll(() => host.close())
const { signal } = new AbortController()
const encoder = { family: 'wan-s2v', component: (await host.open('tiny-wan-s2v')).components['audio_encoder']! }

/** float32 sums in another order than torch's. */
function expectClose(found: ArrayLike<number>, expected: number[]): void {
  expect(found.length).toBe(expected.length)
  const largest = Math.max(...expected.map(Math.abs))
  for (const [i, value] of expected.entries()) expect(Math.abs(found[i]! - value)).toBeLessThan(1e-4 * largest)
}

describe('the audio encoder of the fixture', () => {
  it('gives the hidden states of the reference', async () => {
    const inputs = { input_values: { dims: [1, samples.length], data: standardised(samples) } }
    const states = stackedLayers(await host.run(encoder.component, inputs, signal))
    expect([states.layers, states.rows, states.width]).toEqual([layers, rows, width])
    const told = Array.from({ length: layers * rows * width }, (_, i) => i)
      .filter((i) => (Math.floor(i / width) % rows) % audio.rowStride === 0)
      .map((i) => states.data[i]!)
    expectClose(told, audio.hidden)
  })

  it("gives the reference's features of every clip", async () => {
    const features = await encodeAudio(host, encoder, samples, signal)
    expect(clipsOfRows(features.rows, audio.framesPerClip)).toBe(audio.clips)
    const frames = audio.framesPerClip * audio.clips
    const whole = clipAudio(features, 0, frames)
    expect(whole.dims).toEqual([1, layers, width, frames])
    expectClose(whole.data, audio.embeds)
    for (let clip = 0; clip < audio.clips; clip++) {
      const { data } = clipAudio(features, clip, audio.framesPerClip)
      const told = audio.embeds.filter((_, i) => Math.floor((i % frames) / audio.framesPerClip) === clip)
      expectClose(data, told)
    }
  })
})
