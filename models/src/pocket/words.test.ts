import type { Conditioning, Latent } from '@beatloom/core'
import { afterAll, describe, expect, it } from 'vitest'
import { denoise } from '../denoise.ts'
import { familyOf, type Prompt } from '../families.ts'
import { createModelHost } from '../host/model-host.ts'
import { AUDIO_FEATURES, latentDims } from './contract.ts'
import { planClip } from './decoder/prepare-scene.ts'
import { paint, waves } from './decoder/testing/sample-latents.ts'
import { encodePicture, encodeSound } from './encode.ts'

/** On the model in the box itself: what words, their weight, negatives and changes do to a clip. */
const host = createModelHost({ folders: [], provider: 'cpu', threads: 2 })
afterAll(() => host.close())
const pocket = familyOf('pocket')
const parts = pocket.load(await host.open('pocket'), 'cpu')
const model = { ...parts.high, experts: [parts.high.experts[0]!, parts.low.experts[0]!] }
const { signal } = new AbortController()
/** Half of the 16:9 grid each way: a quarter of the work, and the words act as well. */
const grid = { rows: 8, columns: 14 }
const reference = paint(224, 126, waves(3, 4))
const picture = await encodePicture(host, parts.vae, reference, grid, signal)

/** Sound features of two beats a second (models/README.md, "Audio features"). */
function beating(frames: number): Float32Array {
  const rows = 3 * frames
  const features = new Float32Array(rows * AUDIO_FEATURES)
  for (let row = 0; row < rows; row++) {
    const phase = (row / 15) % 1
    const bass = Math.exp(-4 * phase)
    const angle = 2 * Math.PI * phase
    features.set([phase === 0 ? 1 : 0, bass, 0.4, 0.3, Math.sin(angle), Math.cos(angle), 0.6], row * AUDIO_FEATURES)
  }
  return features
}

async function sampled(
  prompts: (Partial<Prompt> & { startSeconds?: number })[],
  seconds = 3,
): Promise<{ latent: Latent; fields: ReturnType<typeof planClip>['fields']; pulses: boolean }> {
  const frames = 10 * seconds
  const dims = latentDims(frames, grid)
  const empty = (shape: number[]) => ({ dims: shape, data: new Float32Array(shape.reduce((a, b) => a * b, 1)) })
  const [first, ...later] = await Promise.all(
    prompts.map(async ({ startSeconds = 0, ...prompt }) => {
      const whole = { text: '', negative: '', weight: 1, ...prompt }
      const { conditioning } = await pocket.encodePrompt(host, parts.textEncoder, whole, signal)
      return { startSeconds, ...conditioning }
    }),
  )
  const conditioning: Conditioning = {
    ...first!,
    positive: {
      ...first!.positive,
      ...picture,
      audio_embeds: await encodeSound(host, parts.audioEncoder!, beating(frames), signal),
      motion_strength: { dims: [1], data: Float32Array.of(1) },
    },
    later,
  }
  const envelope = Float32Array.from({ length: 100 * seconds }, (_, i) => Math.exp(-4 * ((i / 50) % 1)))
  const latent: Latent = {
    family: 'pocket',
    tensors: { hidden_states: empty(dims.hidden_states), camera_states: empty(dims.camera_states) },
    latentRate: 10,
    video: { width: 224, height: 126, frameRate: 30, frameCount: 30 * seconds },
    reference,
    light: { rate: 100, onset: envelope, bass: envelope, mid: envelope, high: envelope, loudness: envelope },
    beats: { beats: Array.from({ length: 2 * seconds }, (_, i) => i / 2), downbeats: [] },
  }
  const clean = await denoise(host, model, conditioning, latent, {
    seed: '11',
    steps: 4,
    sampler: 'flow-match-euler',
    shift: 0,
    signal,
  })
  const plan = planClip(clean)
  return { latent: clean, fields: plan.fields, pulses: plan.light.pulse.some((value) => value !== 0) }
}

type Sampled = Awaited<ReturnType<typeof sampled>>
const cells = grid.rows * grid.columns
/** Largest value of one plane of the fields, anywhere and at any time. */
const largest = ({ fields }: Sampled, plane: number) =>
  fields.values.reduce(
    (most, value, i) => (Math.floor(i / cells) % 5 === plane ? Math.max(most, Math.abs(value)) : most),
    0,
  )
const path = ({ fields }: Sampled, channel: number) =>
  Array.from({ length: fields.latentFrames }, (_, t) => fields.camera[4 * t + channel]!)
const end = (clip: Sampled, channel: number) => path(clip, channel).at(-1)!
const [PAN, ZOOM] = [0, 2]
const [GAIN, GLOW] = [2, 3]

describe('a negative prompt', { timeout: 120_000 }, () => {
  it('takes the light out and leaves the camera, in both languages', async () => {
    const text = 'zoom in, light pulses on the beat'
    const free = await sampled([{ text }])
    expect(largest(free, GAIN)).toBeGreaterThan(0.01)
    for (const negative of ['light, flicker', '闪烁']) {
      const held = await sampled([{ text, negative }])
      expect([largest(held, GAIN), largest(held, GLOW), held.pulses]).toEqual([0, 0, false])
      expect(path(held, ZOOM)).toEqual(path(free, ZOOM))
      expect(end(held, ZOOM)).toBeGreaterThan(0.01)
    }
  })

  it('rules out one direction of the camera', async () => {
    const text = 'pan left'
    const free = end(await sampled([{ text }]), PAN)
    expect(free).toBeLessThan(-0.005)
    expect(end(await sampled([{ text, negative: 'panning left' }]), PAN)).toBeCloseTo(0, 4)
    expect(end(await sampled([{ text, negative: 'panning right' }]), PAN)).toBeCloseTo(free, 3)
  })
})

describe('a prompt’s weight', { timeout: 120_000 }, () => {
  it('scales camera, flow and light alike', async () => {
    const text = 'zoom in, she sways on the beat, light pulses on the beat'
    const [half, plain, more] = [
      await sampled([{ text, weight: 0.5 }]),
      await sampled([{ text }]),
      await sampled([{ text, weight: 1.5 }]),
    ]
    for (const of of [
      (clip: Sampled) => end(clip, ZOOM),
      (clip: Sampled) => largest(clip, 0),
      (clip: Sampled) => largest(clip, GAIN),
    ]) {
      expect(of(plain)).toBeGreaterThan(0)
      expect(of(half) / of(plain)).toBeCloseTo(0.5, 3)
      expect(of(more) / of(plain)).toBeCloseTo(1.5, 3)
    }
  })
})

describe('a schedule', { timeout: 120_000 }, () => {
  it('changes words at their moment, without a jump of the camera', async () => {
    const clip = await sampled([{ text: 'zoom in' }, { text: 'pan left', startSeconds: 3 }], 6)
    const [pan, zoom] = [path(clip, PAN), path(clip, ZOOM)]
    // Words fade from .3 s before their moment to .3 s after it.
    expect(Math.max(...pan.slice(0, 27).map(Math.abs))).toBeLessThan(0.002)
    expect(pan.at(-1)).toBeLessThan(-0.005)
    expect(zoom[27]).toBeGreaterThan(0.01)
    expect(Math.abs(zoom.at(-1)! - zoom[33]!)).toBeLessThan(0.25 * zoom[27]!)
    for (const track of [pan, zoom]) {
      const steps = track.slice(1).map((value, t) => value - track[t]!)
      const usual = Math.max(...steps.map(Math.abs))
      // Across the change no step is larger than the largest of the moves themselves.
      const across = steps.slice(26, 34).map(Math.abs)
      expect(Math.max(...across)).toBeLessThanOrEqual(usual)
      const jerks = steps.slice(1).map((value, t) => Math.abs(value - steps[t]!))
      const elsewhere = [...jerks.slice(0, 25), ...jerks.slice(34)]
      // A smooth step over six frames changes a speed by at most 1.5 / 6 of it from one frame to the next.
      expect(Math.max(...jerks.slice(25, 34))).toBeLessThan(0.25 * usual + Math.max(...elsewhere))
    }
  })
})
