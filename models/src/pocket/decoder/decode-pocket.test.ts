import { execFileSync } from 'node:child_process'
import { isCancellation, type Latent } from '@beatloom/core'
import { resizeImage } from '@beatloom/media'
import { describe, expect, it } from 'vitest'
import { decodePocket } from './decode-pocket.ts'
import { planClip } from './prepare-scene.ts'
import { referenceFrame } from './testing/reference-renderer.ts'
import {
  framesAt,
  paint,
  psnr,
  randomLatent,
  randomNumbers,
  stillLatent,
  waves,
  withCamera,
} from './testing/sample-latents.ts'

const SEED = Number(process.env['TEST_SEED'] ?? Date.now() % 1_000_000)
console.log(`decoder tests: TEST_SEED=${SEED}`)

describe('against the formula in double precision', () => {
  const cases = [
    ['flow and camera', { camera: 0.8, flow: 1.2 }, 320, 180],
    ['light: exposure, glow, warmth', { light: 1.5 }, 320, 180],
    ['everything', { camera: 0.6, flow: 1, light: 1.2 }, 320, 180],
    ['everything, upright', { camera: 0.6, flow: 1, light: 1.2 }, 180, 320],
    ['everything, square', { camera: 0.6, flow: 1, light: 1.2 }, 200, 200],
    ['a camera that reaches the borders', { camera: 6, flow: 0.5 }, 320, 180],
  ] as const
  it.each(cases)('stays above 45 dB on random smooth latents: %s', async (_name, amounts, width, height) => {
    const random = randomNumbers(SEED)
    const picture = waves(Math.floor(random() * 1e6), 6)
    const latent = randomLatent(Math.floor(random() * 1e6), amounts, { width, height })
    const { fit } = planClip(latent)
    // The decoder is given the picture at the very size it wants, so that no resizing enters the comparison.
    latent.reference = paint(fit.pictureWidth, fit.pictureHeight, picture)
    for (const [index, image] of (await framesAt(decodePocket(latent), [17, 64])).entries()) {
      const expected = referenceFrame(latent, fit, [17, 64][index]!, picture)
      expect(psnr(image.data, expected), `seed ${SEED}`).toBeGreaterThan(45)
    }
  })
})

describe('frame 0', () => {
  it('and every other frame of a still latent is the picture itself', async () => {
    const latent = stillLatent({ width: 350, height: 200, reference: noisePicture(350, 200) })
    for (const image of await framesAt(decodePocket(latent), [0, 31, 89])) {
      expect(Buffer.compare(image.data, latent.reference!.data)).toBe(0)
    }
  })

  it('is the resized picture when the picture is larger than the frame', async () => {
    const latent = stillLatent({ reference: noisePicture(358, 201) })
    const [image] = await framesAt(decodePocket(latent), [0])
    expect(Buffer.compare(image!.data, (await resizeImage(latent.reference!, 320, 180)).data)).toBe(0)
  })

  it('is the picture under the clip’s crop, to the byte, whatever the latent', async () => {
    const latent = randomLatent(SEED, { camera: 1.2, flow: 1, light: 1 }, { reference: noisePicture(358, 201) })
    const { fit } = planClip(latent)
    expect(fit.cropScale).toBeGreaterThan(1)
    const whole = await resizeImage(latent.reference!, fit.pictureWidth, fit.pictureHeight)
    const [image] = await framesAt(decodePocket(latent), [0])
    for (let y = 0; y < 180; y++) {
      const from = ((y + fit.originY) * whole.width + fit.originX) * 3
      const expected = whole.data.subarray(from, from + 320 * 3)
      expect(Buffer.compare(image!.data.subarray(y * 960, (y + 1) * 960), expected), `row ${y}`).toBe(0)
    }
  })
})

describe('geometry, seen in the frames', () => {
  const moved = async (channel: number) => {
    // A dot right of the middle; all camera moves are small enough to stay in the picture.
    const reference = paint(320, 180, (x, y) => {
      const value = 255 * Math.exp(-(((x - 0.7) * 16) ** 2 + ((y - 0.5) * 9) ** 2) / 2)
      return [value, value, value]
    })
    const latent = withCamera(stillLatent({ reference }), channel, 1.5)
    const [first, last] = await framesAt(decodePocket(latent), [0, 89])
    const [a, b] = [centre(first!.data, 320), centre(last!.data, 320)]
    return { x: b.x - a.x, y: b.y - a.y }
  }
  it('pan > 0 moves the picture left, by .02 of the width per unit', async () => {
    const { x, y } = await moved(0)
    expect(x).toBeCloseTo(-0.03 * 320 * (8.9 / 9), 0)
    expect(Math.abs(y)).toBeLessThan(0.5)
  })
  it('tilt > 0 moves the picture up', async () => {
    expect((await moved(1)).y).toBeCloseTo(-0.0225 * 320 * (8.9 / 9), 0)
  })
  it('zoom > 0 enlarges: what is right of the middle moves right', async () => {
    expect((await moved(2)).x).toBeGreaterThan(3)
  })
  it('roll > 0 turns the picture anticlockwise: what is right of the middle moves up', async () => {
    expect((await moved(3)).y).toBeLessThan(-1.5)
  })
})

describe('as a stream', () => {
  it('gives the same frames in the same order on every reading and with any number of threads', async () => {
    const latent = randomLatent(SEED, { camera: 1, flow: 1, light: 1 }, { width: 160, height: 90 })
    const one = await framesAt(decodePocket(latent, { threads: 1 }), [0, 7, 8, 9, 60])
    const frames = decodePocket(latent, { threads: 3 })
    for (let reading = 0; reading < 2; reading++) {
      expect((await framesAt(frames, [0, 7, 8, 9, 60])).map((image) => image.data)).toEqual(
        one.map((image) => image.data),
      )
    }
  })

  it('makes exactly frameCount frames', async () => {
    let count = 0
    for await (const image of decodePocket(stillLatent({ width: 64, height: 36 })).frames(
      new AbortController().signal,
    )) {
      expect(image.data.length).toBe(64 * 36 * 3)
      count++
    }
    expect(count).toBe(90)
  })

  it('stops with the signal, before the next frame', async () => {
    const abort = new AbortController()
    let count = 0
    const reading = (async () => {
      for await (const _ of decodePocket(stillLatent()).frames(abort.signal)) if (++count === 5) abort.abort()
    })()
    await expect(reading).rejects.toSatisfy(isCancellation)
    expect(count).toBe(5)
  })

  it('lets the process end when the reader has what it wanted', () => {
    const module = new URL('./testing/read-some.ts', import.meta.url).pathname
    const output = execFileSync(process.execPath, [module, '3', '5'], { encoding: 'utf8', timeout: 20_000 })
    expect(JSON.parse(output).frames).toBe(5)
  })

  it('needs no more memory for a minute than for five seconds', () => {
    const module = new URL('./testing/read-some.ts', import.meta.url).pathname
    const peak = (seconds: string) =>
      JSON.parse(execFileSync(process.execPath, [module, seconds], { encoding: 'utf8', timeout: 60_000 })).peakRssMb
    // The limit that the product promises; the frames of a minute alone would be 311 MB at this size.
    expect(peak('60') - peak('5')).toBeLessThan(100)
  }, 60_000)

  it('forgets a clip when it opens others: a song of shots stays as small as one', () => {
    const module = new URL('./testing/read-clips.ts', import.meta.url).pathname
    const output = execFileSync(process.execPath, [module, '14'], { encoding: 'utf8', timeout: 120_000 })
    const megabytes = JSON.parse(output) as number[]
    // A clip is 20 MB of shared memory: kept, ten of them would be 200.
    expect(megabytes[13]! - megabytes[3]!, output).toBeLessThan(60)
  }, 120_000)
})

it('keeps at least .8 of the picture’s sharpness while it moves between pixels', async () => {
  // Octaves of noise falling off as photographs do (amplitude ~ 1 / frequency).
  const latent = withCamera(stillLatent({ width: 640, height: 360, reference: photoLike(640, 360) }), 0, 0.9)
  const images = await framesAt(decodePocket(latent), [0, 10, 25, 41, 57, 73, 88])
  const sharpness = images.map((image) => laplacianVariance(image.data, 640, 360))
  for (const value of sharpness) {
    expect(value / sharpness[0]!).toBeGreaterThan(0.8)
    expect(value / sharpness[0]!).toBeLessThan(1.1)
  }
})

it('refuses a latent of another model, and one without a picture', () => {
  const other: Latent = { ...stillLatent(), family: 'wan' }
  expect(() => decodePocket(other)).toThrowError(/not one of the pocket model/)
  expect(() => decodePocket({ ...stillLatent(), reference: null })).toThrowError(/no colour picture/)
})

function noisePicture(width: number, height: number) {
  const random = randomNumbers(7)
  return paint(width, height, () => [random() * 255, random() * 255, random() * 255])
}

function photoLike(width: number, height: number) {
  const random = randomNumbers(11)
  const octaves = [4, 8, 16, 32, 64, 128, 256].map((cells) => ({
    cells,
    values: Float64Array.from({ length: (cells + 2) ** 2 }, () => random() - 0.5),
  }))
  const smooth = (t: number) => t * t * (3 - 2 * t)
  return paint(width, height, (x, y) => {
    let value = 128
    for (const { cells, values } of octaves) {
      const [i, j] = [Math.floor(x * cells), Math.floor(y * cells * 0.5625)]
      const [u, v] = [smooth(x * cells - i), smooth(y * cells * 0.5625 - j)]
      const at = (a: number, b: number) => values[(j + b) * (cells + 2) + i + a]!
      value +=
        120 * cells ** -0.2 * ((at(0, 0) * (1 - u) + at(1, 0) * u) * (1 - v) + (at(0, 1) * (1 - u) + at(1, 1) * u) * v)
    }
    return [value, value, value]
  })
}

function laplacianVariance(rgb: Uint8Array, width: number, height: number): number {
  let sum = 0
  let squares = 0
  let count = 0
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++, count++) {
      const at = (dx: number, dy: number) => rgb[((y + dy) * width + x + dx) * 3 + 1]!
      const value = at(1, 0) + at(-1, 0) + at(0, 1) + at(0, -1) - 4 * at(0, 0)
      sum += value
      squares += value * value
    }
  }
  return squares / count - (sum / count) ** 2
}

function centre(rgb: Uint8Array, width: number): { x: number; y: number } {
  let [x, y, total] = [0, 0, 0]
  for (let i = 0; i < rgb.length / 3; i++) {
    const weight = rgb[i * 3]!
    x += weight * (i % width)
    y += weight * Math.floor(i / width)
    total += weight
  }
  return { x: x / total, y: y / total }
}
