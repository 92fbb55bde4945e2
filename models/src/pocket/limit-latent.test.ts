import type { Latent } from '@beatloom/core'
import { describe, expect, it } from 'vitest'
import { limitLatent } from './limit-latent.ts'

const FRAMES = 40
const CELLS = 2 * 3

/** Every field channel c holds c + 1 everywhere; the camera's channels go from 0 to 1, or to −1 in the last two. */
function latentOf(camera = (t: number, channel: number) => ((channel < 2 ? 1 : -1) * t) / (FRAMES - 1)): Latent {
  return {
    family: 'pocket',
    tensors: {
      hidden_states: {
        dims: [1, FRAMES, 7, 2, 3],
        data: Float32Array.from({ length: FRAMES * 7 * CELLS }, (_, i) => 1 + (Math.floor(i / CELLS) % 7)),
      },
      camera_states: {
        dims: [1, FRAMES, 4],
        data: Float32Array.from({ length: FRAMES * 4 }, (_, i) => camera(Math.floor(i / 4), i % 4)),
      },
    },
    latentRate: 10,
    video: { width: 32, height: 18, frameRate: 30, frameCount: 100 },
    reference: null,
    light: null,
  }
}

function limited(held: string[], weight = 1, latent = latentOf()) {
  const { hidden_states, camera_states } = limitLatent(latent, { weight, held }).tensors
  const fields = hidden_states!.data as Float32Array
  const camera = camera_states!.data as Float32Array
  return {
    channels: Array.from({ length: 7 }, (_, channel) => fields[channel * CELLS]),
    end: [...camera.slice(-4)].map((value) => value + 0),
    path: (channel: number) => Array.from({ length: FRAMES }, (_, t) => camera[4 * t + channel]!),
  }
}

describe('limiting a latent', () => {
  it('closes the channels of what is held and leaves the others', () => {
    expect(limited(['light', 'subject']).channels).toEqual([1, 2, 0, 0, 0, 6, 7])
    expect(limited(['scenery', 'glow', 'warm']).channels).toEqual([0, 0, 3, 4, 5, 0, 0])
    expect(limited(['cool']).channels[6]).toBe(7)
  })

  it('holds one direction of the camera and leaves the other', () => {
    expect(limited(['pan right', 'tilt up', 'zoom out', 'roll right']).end).toEqual([0, 1, 0, -1])
    expect(limited(['zoom in', 'zoom out']).end).toEqual([1, 1, 0, -1])
  })

  it('scales everything by the weight', () => {
    for (const weight of [0.5, 1.5]) {
      expect(limited([], weight).channels).toEqual([1, 2, 3, 4, 5, 6, 7].map((value) => value * weight))
      expect(limited([], weight).end).toEqual([weight, weight, -weight, -weight])
    }
  })

  it('takes a shake of 2.5 Hz out of a pan that goes on', () => {
    const shaken = latentOf((t, channel) => (channel === 0 ? t / (FRAMES - 1) + 0.3 * Math.sin((Math.PI * t) / 2) : 0))
    const path = limited(['shake'], 1, shaken).path(0)
    const steps = path.slice(1).map((value, t) => value - path[t]!)
    // Without the shake a step is 1/39 = .026; with it steps reach .33.
    expect(Math.max(...steps)).toBeLessThan(0.05)
    expect(Math.min(...steps)).toBeGreaterThan(0)
    expect(path[0]).toBe(0)
  })

  it('gives the same latent back when nothing is limited', () => {
    const latent = latentOf()
    expect(limitLatent(latent, { weight: 1, held: [] })).toBe(latent)
  })
})
