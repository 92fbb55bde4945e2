import type { AudioClip, Beats, Frames, Latent, Model } from '@beatloom/core'
import { runNode } from '@beatloom/core/testing'
import type { LoadedModel } from '@beatloom/models'
import { fixtureHost, rampImage } from '@beatloom/models/testing'
import { afterAll, expect, it } from 'vitest'
import { songVideo } from '../latent/song-video.ts'
import { loadModel } from '../model/load.ts'
import { moeSwitch } from '../model/moe-switch.ts'
import { prompt } from '../text/prompt.ts'
import { vaeDecode } from '../vae/decode.ts'
import { sample } from './sample.ts'

const models = fixtureHost()
afterAll(() => models.close())

const durationSeconds = 3
const envelope = (period: number) => Float32Array.from({ length: 300 }, (_, k) => (k % period) / period)
const beats: Beats = {
  durationSeconds,
  beats: [0, 0.5, 1, 1.5, 2, 2.5],
  downbeats: [0, 2],
  tempoBpm: 120,
  meter: 4,
  confidence: 1,
  tempoCandidates: [],
  envelopes: {
    rate: 100,
    onset: envelope(50),
    bass: envelope(50),
    mid: envelope(25),
    high: envelope(10),
    loudness: envelope(99),
  },
}
const file = { path: '/none', sha256: '0'.repeat(64), name: 'song.wav' }
const audio: AudioClip = {
  file,
  startSeconds: 0,
  durationSeconds,
  soundSeconds: durationSeconds,
  sampleRate: 44100,
  channels: 2,
}

async function sampled(text: string, enableMotion = true) {
  const parts = await runNode(loadModel, {}, { model: 'tiny-pocket' }, { models })
  const { high, low, vae, textEncoder, ...rest } = parts as unknown as LoadedModel
  const audioEncoder = rest.audioEncoder!
  const { model } = await runNode(moeSwitch, { high, low }, {})
  const { conditioning } = await runNode(prompt, { textEncoder }, { text }, { models })
  const inputs = { image: rampImage(320, 180), audio, beats, conditioning: conditioning as never, vae, audioEncoder }
  const encoded = await runNode(songVideo, inputs, { resolution: '480p', frameRate: 24, enableMotion }, { models })
  const { latent } = await runNode(
    sample,
    { model: model as Model, conditioning: encoded.conditioning as never, latent: encoded.latent as Latent },
    { seed: '7', steps: 2 },
    { models },
  )
  return { latent: latent as Latent, vae }
}

it('takes picture, song and words through both experts to frames', async () => {
  const { latent, vae } = await sampled('slow pan right')
  // Three seconds at 10 per second, and a pair more for the frames after the last full one.
  expect(latent.tensors['hidden_states']!.dims).toEqual([1, 32, 7, 16, 28])
  const { frames } = await runNode(vaeDecode, { vae, latent }, {})
  const clip = frames as Frames
  expect([clip.width, clip.height, clip.frameRate, clip.frameCount]).toEqual([832, 480, 24, 72])
  for await (const frame of clip.frames(new AbortController().signal)) {
    expect(frame.data.length).toBe(832 * 480 * 3)
    break
  }
}, 20_000)

it('hears the words and the song', async () => {
  const plain = (await sampled('slow pan right')).latent.tensors
  expect((await sampled('zoom in')).latent.tensors).not.toEqual(plain)
  expect((await sampled('slow pan right', false)).latent.tensors).not.toEqual(plain)
  expect((await sampled('slow pan right')).latent.tensors).toEqual(plain)
}, 20_000)
