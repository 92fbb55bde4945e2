import type { AudioClip, Curve, Frames, Image } from '@beatloom/core'
import { runNode } from '@beatloom/core/testing'
import { describe, expect, it } from 'vitest'
import { pulseFrames } from './pulse-frames.ts'

const never = new AbortController().signal

/** Dark with a bright square in the middle third. */
const picture: Image = (() => {
  const data = new Uint8Array(96 * 54).fill(40)
  for (let y = 18; y < 36; y++) data.fill(160, y * 96 + 32, y * 96 + 64)
  return { width: 96, height: 54, channels: 1, data }
})()

const steady = (value: number, seconds: number): Curve => ({
  rate: 100,
  values: new Float32Array(seconds * 100).fill(value),
})

const sound = (durationSeconds: number): AudioClip => ({
  file: { path: '/nowhere/song.wav', sha256: '0'.repeat(64), name: 'song.wav' },
  startSeconds: 0,
  durationSeconds,
  soundSeconds: durationSeconds,
  sampleRate: 44_100,
  channels: 2,
})

async function frameMeans(frames: Frames): Promise<number[]> {
  const means: number[] = []
  for await (const { data } of frames.frames(never)) {
    let sum = 0
    for (let i = 0; i < data.length; i += 997) sum += data[i] as number
    means.push(sum / Math.ceil(data.length / 997))
  }
  return means
}

describe('frames.pulse', () => {
  it('makes exactly round(seconds × frame rate) frames, as long as the audio', async () => {
    const { frames } = await runNode(
      pulseFrames,
      { image: picture, zoom: steady(0, 1), audio: sound(0.31) },
      { frameRate: 24 },
    )
    const { width, height, frameRate, frameCount } = frames as Frames
    expect({ width, height, frameRate, frameCount }).toEqual({ width: 1280, height: 720, frameRate: 24, frameCount: 7 })
    expect(await frameMeans(frames as Frames)).toHaveLength(7)
  })

  it("takes the curve's length without audio, and its own seconds before both", async () => {
    const inputs = { image: picture, zoom: steady(0, 2), audio: undefined }
    expect(((await runNode(pulseFrames, inputs)).frames as Frames).frameCount).toBe(60)
    expect(((await runNode(pulseFrames, inputs, { seconds: 0.5 })).frames as Frames).frameCount).toBe(15)
  })

  it('says so when nothing gives it a length', async () => {
    await expect(runNode(pulseFrames, { image: picture })).rejects.toMatchObject({ code: 'input_invalid' })
  })

  it('brightens with the brightness curve, frame by frame', async () => {
    const brightness: Curve = { rate: 10, values: Float32Array.of(0, 1, 0, 0) }
    const params = { brightnessAmount: 0.5, frameRate: 30, resolution: '480p' }
    const { frames } = await runNode(pulseFrames, { image: picture, brightness }, params)
    const means = await frameMeans(frames as Frames)
    expect(means).toHaveLength(12)
    // Frame 3 stands at 0.1 s, where the curve is 1; frames 0 and 6 stand where it is 0.
    expect((means[3] as number) / (means[0] as number)).toBeCloseTo(1.5, 1)
    expect((means[6] as number) / (means[0] as number)).toBeCloseTo(1, 2)
  })

  it('zooms in with the zoom curve: the bright middle fills more of the frame', async () => {
    const params = { zoomAmount: 0.5, brightnessAmount: 0, resolution: '480p', seconds: 0.1 }
    const out = await runNode(pulseFrames, { image: picture, zoom: steady(0, 1) }, params)
    const zoomed = await runNode(pulseFrames, { image: picture, zoom: steady(1, 1) }, params)
    const [wide] = await frameMeans(out.frames as Frames)
    const [near] = await frameMeans(zoomed.frames as Frames)
    // The square takes 1/9 of the frame, and 1.5² times as much when zoomed in by half: 120 levels above its ground.
    expect(wide).toBeCloseTo(40 + 120 / 9, -0.5)
    expect(near).toBeCloseTo(40 + (120 * 2.25) / 9, -0.5)
  })

  it('takes the frame nearest to the shape of the picture, or the one asked for', async () => {
    const tall: Image = { width: 30, height: 90, channels: 1, data: new Uint8Array(2700) }
    const size = async (params: Record<string, unknown>) => {
      const { width, height } = (await runNode(pulseFrames, { image: tall }, { seconds: 1, ...params }))
        .frames as Frames
      return [width, height]
    }
    expect(await size({})).toEqual([720, 1280])
    expect(await size({ resolution: '480p', aspect: '1:1' })).toEqual([624, 624])
  })

  it('gives the same frames on every reading', async () => {
    const inputs = { image: picture, zoom: { rate: 100, values: Float32Array.from({ length: 20 }, (_, i) => i / 20) } }
    const { frames } = await runNode(pulseFrames, inputs, { resolution: '480p' })
    expect(await frameMeans(frames as Frames)).toEqual(await frameMeans(frames as Frames))
  })

  it('stops between frames when the signal aborts', async () => {
    const { frames } = await runNode(pulseFrames, { image: picture, zoom: steady(0, 60) }, { resolution: '480p' })
    const abort = new AbortController()
    let read = 0
    const reading = (async () => {
      for await (const _ of (frames as Frames).frames(abort.signal)) if (++read === 2) abort.abort()
    })()
    await expect(reading).rejects.toMatchObject({ code: 'run_cancelled' })
    expect(read).toBe(2)
  })
})
