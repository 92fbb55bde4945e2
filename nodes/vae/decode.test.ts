import type { Frames, Latent } from '@beatloom/core'
import { runNode } from '@beatloom/core/testing'
import { describe, expect, it } from 'vitest'
import { vaeDecode } from './decode.ts'

const component = { folder: '/models/pocket', component: 'vae_decoder', sha256: '0'.repeat(64) }
const vae = { family: 'pocket', encoder: component, decoder: component }

/** Three seconds of a grey slope; `pan` in latent units, reached at the end. */
function latentOf(pan: number): Latent {
  const reference = { width: 64, height: 36, channels: 3 as const, data: new Uint8Array(64 * 36 * 3) }
  reference.data.forEach((_, i) => {
    reference.data[i] = (Math.floor(i / 3) % 64) * 3
  })
  const camera = new Float32Array(31 * 4)
  for (let t = 0; t < 31; t++) camera[t * 4] = (pan * t) / 30
  return {
    family: 'pocket',
    tensors: {
      hidden_states: { dims: [1, 31, 7, 16, 28], data: new Float32Array(31 * 7 * 16 * 28) },
      camera_states: { dims: [1, 31, 4], data: camera },
    },
    latentRate: 10,
    video: { width: 64, height: 36, frameRate: 30, frameCount: 90 },
    reference,
    light: null,
  }
}

describe('vae.decode', () => {
  it('hands out the clip’s facts at once and its frames when read', async () => {
    const { frames, display } = await runNode(vaeDecode, { vae, latent: latentOf(0) })
    const clip = frames as Frames
    expect(clip).toMatchObject({ width: 64, height: 36, frameRate: 30, frameCount: 90 })
    expect(display).toEqual([])
    let count = 0
    for await (const image of clip.frames(new AbortController().signal)) {
      expect(image.data[3 * 20]).toBe(60)
      count++
    }
    expect(count).toBe(90)
  })

  it('tells the user when the picture is enlarged for the camera', async () => {
    const { display } = await runNode(vaeDecode, { vae, latent: latentOf(5) })
    expect(display).toMatchObject([{ kind: 'note', code: 'cropped' }])
  })

  it('refuses a latent of another model', async () => {
    const latent = { ...latentOf(0), family: 'wan' }
    await expect(async () => runNode(vaeDecode, { vae, latent })).rejects.toThrowError(
      /cannot decode a latent of the kind "wan"/,
    )
  })
})
