import { describe, expect, it } from 'vitest'
import { type AudioFeatures, clipAudio, clipsOfRows, resampled, resampledRows, rowOfFrame } from './audio-features.ts'
import { encoderRows, standardised } from './audio-signal.ts'
import { clipPlan, latentFramesOf } from './clip-plan.ts'
import { stackedLayers } from './encode-audio.ts'
import golden from './golden/plans.json' with { type: 'json' }
import { firstMotion, keptFrames, nextMotion } from './motion-buffer.ts'
import { sizeWithinArea } from './picture-size.ts'

/** One layer, one value per row. */
function features(values: number[]): AudioFeatures {
  return { layers: 1, rows: values.length, width: 1, data: Float32Array.from(values) }
}

describe('the sound before the encoder', () => {
  it('is standardised over its whole length', () => {
    // Mean 2; deviation 1, and the 1e-7 under the root takes half of itself off.
    const signal = Float32Array.from({ length: 720 }, (_, i) => (i % 2 === 0 ? 1 : 3))
    const found = standardised(signal)
    expect(found[0]).toBeCloseTo(-1, 6)
    expect(found[719]).toBeCloseTo(1, 6)
  })
  it('is all zeros when it is silent', () => {
    expect(standardised(new Float32Array(800)).every((value) => value === 0)).toBe(true)
  })
  it('is refused below 0.045 s', () => {
    expect(() => standardised(new Float32Array(719))).toThrow(/719 samples/)
    expect(resampledRows(encoderRows(720))).toBe(1)
  })
})

describe('rows and clips of the reference', () => {
  it.each(golden.plans)('$seconds s in clips of $infer_frames', (plan) => {
    const rows = encoderRows(plan.samples16k)
    expect(rows).toBe(plan.wav2vec_frames)
    expect(resampledRows(rows)).toBe(plan.feat30)
    expect(clipsOfRows(plan.feat30, plan.infer_frames)).toBe(plan.clips)
    const made = clipPlan({ samples: plan.samples16k, framesPerClip: plan.infer_frames, lead: 'none' })
    expect([made.clips, made.frameCount]).toEqual([plan.clips, plan.output_frames])
  })
  it('reads the rows of the first 32 frames, and 30 rows on every 16 frames', () => {
    expect(golden.frameRows.map((_, frame) => rowOfFrame(frame))).toEqual(golden.frameRows)
    for (let frame = 0; frame < 400; frame++) expect(rowOfFrame(frame + 16)).toBe(rowOfFrame(frame) + 30)
  })
})

describe('resampling from 50 to 30 rows', () => {
  it('keeps both ends and is linear between them', () => {
    // 5 rows at 50 → 3 at 30; the middle one reads row 2.
    expect([...resampled(features([0, 10, 20, 5, 1])).data]).toEqual([0, 20, 1])
  })
  it('mixes neighbours', () => {
    // 7 rows → 4: positions 0, 2, 4, 6; of 4 rows → 2: 0 and 3; of 9 → 5: steps of 2; of 6 → 3: 0, 2.5, 5.
    expect([...resampled(features([0, 1, 4, 9, 16, 25])).data]).toEqual([0, 6.5, 25])
  })
  it('does every layer for itself', () => {
    const two = { layers: 2, rows: 5, width: 2, data: Float32Array.from({ length: 20 }, (_, i) => i) }
    expect([...resampled(two).data]).toEqual([0, 1, 4, 5, 8, 9, 10, 11, 14, 15, 18, 19])
  })
})

describe('the features of a clip', () => {
  const sound = { layers: 2, rows: 9, width: 1, data: Float32Array.from({ length: 18 }, (_, i) => 1 + i) }
  it('are the rows of its frames, one column each', () => {
    const { dims, data } = clipAudio(sound, 0, 4)
    expect(dims).toEqual([1, 2, 1, 4])
    expect([...data]).toEqual([1, 3, 5, 7, 10, 12, 14, 16])
  })
  it('go on in the next clip and are zero behind the end of the sound', () => {
    // Frames 4 … 7 read rows 8, 9, 11, 13; there are 9.
    expect([...clipAudio(sound, 1, 4).data]).toEqual([9, 0, 0, 0, 18, 0, 0, 0])
  })
})

describe('the clip plan', () => {
  it('cuts to the asked length, and the lead makes a clip of 80 frames last 5 s', () => {
    expect(clipPlan({ samples: 80_320, seconds: 5.02 })).toEqual({
      ...{ clips: 1, framesPerClip: 80, leadFrames: 3, framesMade: 77, frameCount: 80, latentFrames: 20, seconds: 5 },
    })
    expect(clipPlan({ samples: 128_000, seconds: 8 })).toMatchObject({ clips: 2, framesMade: 157, frameCount: 128 })
  })
  it('needs a further clip where the lost frames are not given back', () => {
    expect(clipPlan({ samples: 128_000, seconds: 5, lead: 'none' })).toMatchObject({ clips: 2, frameCount: 80 })
    expect(clipPlan({ samples: 128_000, seconds: 77 / 16, lead: 'none' })).toMatchObject({ clips: 1, frameCount: 77 })
  })
  it('makes no more clips than the sound fills', () => {
    expect(clipPlan({ samples: 48_000, seconds: 15 })).toMatchObject({ clips: 1, frameCount: 80 })
  })
  it('loses nothing when it starts from the reference picture', () => {
    const plan = clipPlan({ samples: 160_000, startFromReference: true })
    expect(plan).toMatchObject({ clips: 2, leadFrames: 0, framesMade: 160, frameCount: 160 })
  })
  it('denoises 20 latents for 80 frames and 12 for 48', () => {
    expect([80, 48, 8].map(latentFramesOf)).toEqual([20, 12, 2])
  })
  it.each([0, 3, 81, 4.5])('refuses %d frames per clip', (framesPerClip) => {
    expect(() => clipPlan({ samples: 48_000, framesPerClip })).toThrow(/multiples of 4/)
  })
  it.each([0, 0.01, -3, Number.NaN])('refuses %d seconds', (seconds) => {
    expect(() => clipPlan({ samples: 48_000, seconds })).toThrow(/has no frame/)
  })
})

it('finds the sizes of the reference', () => {
  for (const [width, height, area, ...size] of golden.sizes) {
    const found = sizeWithinArea(width!, height!, area!)
    expect([width, height, area, found.width, found.height]).toEqual([width, height, area, ...size])
  }
})

it('refuses a thread of a picture', () => {
  expect(() => sizeWithinArea(2, 40_000, 832 * 480)).toThrow(/too narrow/)
})

describe('the memory of motion', () => {
  it('is grey and unseen before the first clip, or ends with the picture to start from', () => {
    expect(firstMotion('grey')).toEqual({ frames: new Array(73).fill('grey'), dropped: true })
    const { frames, dropped } = firstMotion('grey', 'picture')
    expect([dropped, frames.length, frames.slice(65)]).toEqual([
      false,
      73,
      ['grey', 'grey', ...new Array(6).fill('picture')],
    ])
  })
  it('keeps the last frames of what was decoded, and 3 fewer of the first clip', () => {
    expect(keptFrames(81, 80, true)).toEqual([4, 81])
    expect(keptFrames(153, 80, false)).toEqual([73, 153])
    expect(keptFrames(49, 48, true)).toEqual([4, 49])
  })
  it('holds the newest 73', () => {
    const count = (length: number, from: number) => Array.from({ length }, (_, i) => from + i)
    expect(nextMotion(new Array(73).fill(-1), count(77, 0))).toEqual(count(73, 4))
    expect(nextMotion(new Array(73).fill(-1), count(45, 0))).toEqual([...new Array(28).fill(-1), ...count(45, 0)])
  })
})

describe('hidden states', () => {
  const stacked = { layers: 2, rows: 2, width: 3, data: Float32Array.from({ length: 12 }, (_, i) => i) }
  it('come as one output', () => {
    expect(stackedLayers({ hidden_states: { dims: [2, 1, 2, 3], data: stacked.data } })).toEqual(stacked)
  })
  it('or as one per layer, in the order of their numbers', () => {
    const outputs = Object.fromEntries(
      Array.from({ length: 11 }, (_, i) => [
        `hidden_states.${i}`,
        { dims: [1, 1, 1], data: Float32Array.of(i) },
      ]).reverse(),
    )
    expect([...stackedLayers(outputs).data]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  })
  it('are refused in another shape', () => {
    expect(() => stackedLayers({ hidden_states: { dims: [12], data: stacked.data } })).toThrow(/\[12\]/)
    expect(() =>
      stackedLayers({ last: { dims: [1], data: stacked.data }, other: { dims: [1], data: stacked.data } }),
    ).toThrow(/last, other/)
  })
})
