import type { Conditioning, Latent, TensorData } from '@beatloom/core'
import { describe, expect, it } from 'vitest'
import type { Stretch } from '../families.ts'
import { cutTimeline, joinTimeline } from './timeline.ts'

const tensor = (dims: number[], value: (i: number) => number = () => 0): TensorData => ({
  dims,
  data: Float32Array.from({ length: dims.reduce((product, dim) => product * dim, 1) }, (_, i) => value(i)),
})

const latentOf = (frames: number): Latent => ({
  family: 'pocket',
  tensors: { hidden_states: tensor([1, frames, 7, 2, 2]), camera_states: tensor([1, frames, 4]) },
  latentRate: 10,
  video: { width: 32, height: 18, frameRate: 30, frameCount: 3 * frames },
  reference: null,
  light: null,
})

function conditioningOf(frames: number, starts: number[]): Conditioning {
  return {
    family: 'pocket',
    positive: {
      words: tensor([1], () => 0),
      matte: tensor([1], () => 9),
      audio_embeds: tensor([1, frames / 2, 256], (i) => Math.floor(i / 256)),
    },
    negative: {},
    limits: { weight: 1, held: [] },
    later: starts.map((startSeconds, i) => ({
      startSeconds,
      positive: { words: tensor([1], () => i + 1) },
      negative: {},
      limits: { weight: 1, held: ['light'] },
    })),
  }
}

/** Fills a stretch as a model would: fields hold `level`, the camera's first channel moves by `speed` a frame. */
function filled(stretch: Stretch, level: number, speed: number): Stretch {
  const frames = stretch.latent.tensors['camera_states']!.dims[1]!
  return {
    ...stretch,
    latent: {
      ...stretch.latent,
      tensors: {
        hidden_states: tensor([1, frames, 7, 2, 2], () => level),
        camera_states: tensor([1, frames, 4], (i) => (i % 4 === 0 ? speed * Math.floor(i / 4) : 0)),
      },
    },
  }
}

describe('a timeline', () => {
  it('is cut into clips of at least three seconds that begin a little before their words', () => {
    const cut = cutTimeline(conditioningOf(80, [4, 7.5]), latentOf(80))
    const frames = cut.map(({ from, latent }) => [from, latent.tensors['hidden_states']!.dims[1]])
    // 4 s is frame 40: the first clip ends at 44, the second begins at 36 and ends at 80; the last would have ten frames.
    expect(frames).toEqual([
      [0, 44],
      [36, 44],
      [50, 30],
    ])
    expect(cut.map(({ begins }) => begins)).toEqual([0, 40, 75])
    expect(cut.map(({ conditioning }) => conditioning.positive['words']!.data[0])).toEqual([0, 1, 2])
    expect(cut.map(({ conditioning }) => conditioning.positive['matte']!.data[0])).toEqual([9, 9, 9])
    expect(cut.map(({ conditioning }) => conditioning.limits?.held)).toEqual([[], ['light'], ['light']])
  })

  it('keeps every clip in step with the sound', () => {
    for (const { from, conditioning, latent } of cutTimeline(conditioningOf(120, [3.3, 6.1, 9]), latentOf(120))) {
      const { dims, data } = conditioning.positive['audio_embeds']!
      expect(from % 2).toBe(0)
      expect(dims[1]! * 2).toBe(latent.tensors['camera_states']!.dims[1])
      expect(data[0]).toBe(from / 2)
    }
  })

  it('leaves out words that begin behind the end', () => {
    expect(cutTimeline(conditioningOf(60, [2, 6, 30]), latentOf(60))).toHaveLength(2)
  })

  it('is joined with the camera going on and everything else fading within 0.6 s', () => {
    const whole = latentOf(80)
    const [first, second] = cutTimeline(conditioningOf(80, [4]), whole)
    const { hidden_states, camera_states } = joinTimeline(whole, [
      filled(first!, 1, 0.1),
      filled(second!, 5, -0.2),
    ]).tensors
    const level = (t: number) => hidden_states!.data[t * 28] as number
    const pan = Array.from({ length: 80 }, (_, t) => camera_states!.data[4 * t] as number)
    expect([level(0), level(37), level(40), level(43), level(79)]).toEqual([1, 1, 3, 5, 5])
    const speeds = pan.slice(1).map((value, t) => value - pan[t]!)
    for (const [t, speed] of speeds.entries()) {
      // Between −.2 and .1 all the way, so nowhere does it jump.
      expect(speed).toBeGreaterThan(-0.2001)
      expect(speed).toBeLessThan(0.1001)
      if (t < 36) expect(speed).toBeCloseTo(0.1, 4)
      if (t > 43) expect(speed).toBeCloseTo(-0.2, 4)
    }
  })

  it('holds the last frame while later clips are still to come', () => {
    const whole = latentOf(80)
    const [first] = cutTimeline(conditioningOf(80, [4]), whole)
    const { camera_states } = joinTimeline(whole, [filled(first!, 1, 0.1)]).tensors
    expect(camera_states!.data[4 * 79]).toBeCloseTo(4.3)
  })
})
