import type { Frames, Image } from '@beatloom/core'
import { runNode } from '@beatloom/core/testing'
import { describe, expect, it } from 'vitest'
import { joinFrames } from './join-frames.ts'
import { pickFrame } from './pick-frame.ts'
import { retimeFrames } from './retime-frames.ts'
import { stillFrames } from './still-frames.ts'

const never = new AbortController().signal

/** Frame `n` is all of level `n × step`; one buffer serves every frame, as producers may do it. */
function levels(frameRate: number, frameCount: number, step = 10): Frames & { read: number } {
  const clip = {
    width: 4,
    height: 2,
    frameRate,
    frameCount,
    read: 0,
    async *frames(signal: AbortSignal) {
      const data = new Uint8Array(4 * 2 * 3)
      for (let n = 0; n < frameCount; n++) {
        signal.throwIfAborted()
        clip.read++
        data.fill(n * step)
        yield { width: 4, height: 2, channels: 3 as const, data }
      }
    },
  }
  return clip
}

async function firstPixels(frames: Frames): Promise<number[]> {
  const values: number[] = []
  for await (const { data } of frames.frames(never)) values.push(data[0] as number)
  return values
}

const retimed = async (source: Frames, params: Record<string, unknown>) =>
  (await runNode(retimeFrames, { frames: source }, params)).frames as Frames

describe('frames.retime', () => {
  it.each([
    [24, 72, 30, 90],
    [30, 90, 24, 72],
    [30, 7, 24, 6],
    [60, 1, 24, 1],
    [25, 3360, 30, 4032],
  ])('makes of %i fps and %i frames, at %i fps, round(seconds × rate) = %i', async (from, count, to, expected) => {
    expect(await retimed(levels(from, count), { frameRate: to })).toMatchObject({ frameRate: to, frameCount: expected })
  })

  it('repeats or leaves out whole frames: each is the nearest to its moment', async () => {
    // At 20 fps frame n stands at n/20 s, which is frame n/2 of 10 fps, halves rounded up.
    expect(await firstPixels(await retimed(levels(10, 3), { frameRate: 20 }))).toEqual([0, 10, 10, 20, 20, 20])
    expect(await firstPixels(await retimed(levels(30, 6), { frameRate: 10 }))).toEqual([0, 30])
  })

  it('blends the two frames around a moment', async () => {
    const clip = await retimed(levels(10, 3), { frameRate: 20, method: 'blend' })
    expect(await firstPixels(clip)).toEqual([0, 5, 10, 15, 20, 20])
    const slower = await retimed(levels(30, 6), { frameRate: 20, method: 'blend' })
    // Frame n is at 1.5 n: 0, 1.5, 3, 4.5.
    expect(await firstPixels(slower)).toEqual([0, 15, 30, 45])
  })

  it('reads the source once and hands back frames that start anew each time', async () => {
    const source = levels(10, 5)
    const clip = await retimed(source, { frameRate: 25, method: 'blend' })
    expect(await firstPixels(clip)).toEqual(await firstPixels(clip))
    expect(source.read).toBe(10)
  })

  it('hands the very same clip on when the rate is right already', async () => {
    const source = levels(30, 4)
    expect(await retimed(source, { frameRate: 30 })).toBe(source)
  })

  it('says so when the frames end early', async () => {
    const short = { ...levels(10, 2), frameCount: 5 }
    await expect(firstPixels(await retimed(short, { frameRate: 20 }))).rejects.toMatchObject({
      code: 'media_unreadable',
    })
  })
})

describe('frames.still', () => {
  const picture = (width: number, height: number): Image => ({
    width,
    height,
    channels: 1,
    data: Uint8Array.from({ length: width * height }, (_, i) => i),
  })

  it('shows a picture for its seconds, in colour, at even sides that an encoder takes', async () => {
    const clip = (await runNode(stillFrames, { image: picture(5, 3) }, { seconds: 0.5, frameRate: 24 }))
      .frames as Frames
    expect(clip).toMatchObject({ width: 4, height: 2, frameRate: 24, frameCount: 12 })
    const all: Image[] = []
    for await (const frame of clip.frames(never)) all.push(frame)
    expect(all).toHaveLength(12)
    expect([...(all[0] as Image).data.subarray(12, 15)]).toEqual([5, 5, 5])
  })

  it('knows its size, rate and length before it runs', () => {
    const params = stillFrames.params.parse({ seconds: 2, frameRate: 25 })
    expect(stillFrames.facts?.({ image: { width: 801, height: 601 } }, params, {})).toEqual({
      frames: { width: 800, height: 600, frameRate: 25, frameCount: 50, durationSeconds: 2 },
    })
  })
})

describe('frames.pick', () => {
  const pick = async (frame: number, source = levels(10, 6)) =>
    ((await runNode(pickFrame, { frames: source }, { frame })).image as Image).data[0]

  it('takes a frame by its number, from the start or from the end, and reads no further', async () => {
    const source = levels(10, 6)
    expect(await pick(2, source)).toBe(20)
    expect(source.read).toBe(3)
    expect(await pick(-1)).toBe(50)
  })

  it.each([6, -7])('says which frames there are when there is no frame %i', async (frame) => {
    await expect(pick(frame)).rejects.toMatchObject({
      code: 'input_invalid',
      message: expect.stringContaining('6 frames, numbered 0 to 5'),
    })
  })
})

describe('frames.join', () => {
  it('plays one clip after the other, the second at the size of the first', async () => {
    const wide = { ...levels(10, 2, 50), width: 8, height: 4 }
    wide.frames = async function* () {
      for (const level of [100, 150]) yield { width: 8, height: 4, channels: 3, data: new Uint8Array(96).fill(level) }
    }
    const { frames } = await runNode(joinFrames, { first: levels(10, 3), second: wide })
    expect(frames).toMatchObject({ width: 4, height: 2, frameRate: 10, frameCount: 5 })
    expect(await firstPixels(frames as Frames)).toEqual([0, 10, 20, 100, 150])
  })

  it('refuses two frame rates, naming both', async () => {
    const join = async () => runNode(joinFrames, { first: levels(24, 3), second: levels(30, 3) })
    await expect(join).rejects.toThrow(/24 frames per second and the second 30/)
  })
})
