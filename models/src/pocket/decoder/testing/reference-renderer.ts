import type { Latent } from '@beatloom/core'
import type { PathFit } from '../fit-path.ts'
import type { PictureFunction } from './sample-latents.ts'

/**
 * The contract of models/README.md written out per pixel in double precision, on a picture that is a formula: no
 * mesh, no texture, no fixed point. Slow on purpose; the decoder is measured against it.
 * @param fit the clip's place in its picture, as the decoder chose it.
 * @returns display values 0 … 255, not rounded, `[height, width, 3]`.
 */
export function referenceFrame(latent: Latent, fit: PathFit, frame: number, picture: PictureFunction): Float64Array {
  const { width, height, frameRate } = latent.video
  const [, frames = 0, channels = 0, rows = 0, columns = 0] = latent.tensors['hidden_states']!.dims
  const fields = latent.tensors['hidden_states']!.data
  const cameras = latent.tensors['camera_states']!.data
  const scales = [0.004, 0.004, 0.003, 0.003, 0.05, 0.05, 0.12]
  const cameraScales = [0.02, 0.015, 0.05, 0.025]
  const last = frames - 1
  const hold = (t: number) => Math.min(last, Math.max(0, t))
  const time = Math.min(last, (frame / frameRate) * latent.latentRate)

  const raw = (t: number, c: number, i: number, j: number) => {
    const at = (k: number) => Number(fields[((k * channels + c) * rows + i) * columns + j])
    return (at(t) - at(0)) * scales[c]!
  }
  const smoothed = (t: number, c: number, i: number, j: number) =>
    t === 0 ? 0 : (raw(t - 1, c, i, j) + 2 * raw(t, c, i, j) + raw(hold(t + 1), c, i, j)) / 4
  /** Catmull-Rom for motion, straight for light. */
  const inTime = (value: (t: number) => number, curved: boolean) => {
    const t = Math.floor(time)
    const u = time - t
    const [p0, p1, p2, p3] = [value(hold(t - 1)), value(t), value(hold(t + 1)), value(hold(t + 2))]
    if (!curved) return p1 + (p2 - p1) * u
    return (
      0.5 * (2 * p1 + (p2 - p0) * u + (2 * p0 - 5 * p1 + 4 * p2 - p3) * u * u + (3 * p1 - p0 - 3 * p2 + p3) * u ** 3)
    )
  }
  const grid = Array.from({ length: channels }, (_, c) =>
    Array.from({ length: rows * columns }, (_, cell) => {
      const i = Math.floor(cell / columns)
      return inTime((t) => (c < 4 ? smoothed : raw)(t, c, i, cell % columns), c < 4)
    }),
  )
  const bump = (d: number) => {
    const a = Math.abs(d)
    return a < 1 ? 2 / 3 - a * a + (a * a * a) / 2 : a < 2 ? (2 - a) ** 3 / 6 : 0
  }
  const inSpace = (c: number, x: number, y: number) => {
    const gx = x * columns - 0.5
    const gy = y * rows - 0.5
    let sum = 0
    for (let i = Math.floor(gy) - 1; i <= Math.floor(gy) + 2; i++) {
      for (let j = Math.floor(gx) - 1; j <= Math.floor(gx) + 2; j++) {
        const cell = Math.min(rows - 1, Math.max(0, i)) * columns + Math.min(columns - 1, Math.max(0, j))
        sum += bump(gy - i) * bump(gx - j) * grid[c]![cell]!
      }
    }
    return sum
  }
  const [pan, tilt, zoom, roll] = [0, 1, 2, 3].map(
    (c) => fit.pathScale * cameraScales[c]! * inTime((t) => Number(cameras[t * 4 + c]) - Number(cameras[c]), true),
  ) as [number, number, number, number]
  const glowAt = glowOf(picture, fit, width)

  const out = new Float64Array(width * height * 3)
  for (let py = 0, o = 0; py < height; py++) {
    for (let px = 0; px < width; px++, o += 3) {
      const x = (px + 0.5) / width
      const y = (py + 0.5) / width
      const [dx, dy] = [x - 0.5, y - 0.5 * (height / width)]
      const place = [x, (py + 0.5) / height] as const
      const flow = (c: number) => fit.flowScale * (inSpace(c, ...place) + inSpace(c + 2, ...place))
      const sx = 0.5 + Math.exp(-zoom) * (Math.cos(roll) * dx - Math.sin(roll) * dy) + pan + flow(0)
      const sy = 0.5 * (height / width) + Math.exp(-zoom) * (Math.sin(roll) * dx + Math.cos(roll) * dy) + tilt + flow(1)
      const u = (fit.originX + sx * width) / fit.pictureWidth
      const v = (fit.originY + sy * width) / fit.pictureHeight
      const colour = picture(u, v)
      const gain = Math.exp(inSpace(4, ...place))
      const glow = inSpace(5, ...place)
      const warmth = inSpace(6, ...place)
      const bright = glowAt(u, v)
      for (let c = 0; c < 3; c++) {
        const lit = (colour[c]! / 255) * gain * (1 + 0.5 * warmth * (1 - c))
        out[o + c] = 255 * (1 - (1 - lit) * (1 - glow * bright[c]!))
        out[o + c] = Math.min(255, Math.max(0, out[o + c]!))
      }
    }
  }
  return out
}

/** Bright parts of the picture, blurred by 2 % of the frame's width: a direct Gaussian on a grid of every 2 pixels. */
function glowOf(picture: PictureFunction, fit: PathFit, frameWidth: number): (u: number, v: number) => number[] {
  const step = 2
  const width = Math.ceil(fit.pictureWidth / step)
  const height = Math.ceil(fit.pictureHeight / step)
  const hold = (i: number, n: number) => Math.min(n - 1, Math.max(0, i))
  let plane = new Float64Array(width * height * 3)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const colour = picture((x + 0.5) / width, (y + 0.5) / height)
      const luma = (0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]) / 255
      const t = Math.min(1, Math.max(0, (luma - 0.55) / 0.3))
      for (let c = 0; c < 3; c++) plane[(y * width + x) * 3 + c] = (colour[c]! / 255) * t * t * (3 - 2 * t)
    }
  }
  const sigma = (0.02 * frameWidth) / step
  const reach = Math.ceil(4 * sigma)
  const weights = Array.from({ length: 2 * reach + 1 }, (_, k) => Math.exp(-((k - reach) ** 2) / (2 * sigma * sigma)))
  const total = weights.reduce((a, b) => a + b, 0)
  for (const across of [true, false]) {
    const next = new Float64Array(plane.length)
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        for (let k = -reach; k <= reach; k++) {
          const from = across ? y * width + hold(x + k, width) : hold(y + k, height) * width + x
          for (let c = 0; c < 3; c++) {
            next[(y * width + x) * 3 + c]! += (plane[from * 3 + c]! * weights[k + reach]!) / total
          }
        }
      }
    }
    plane = next
  }
  return (u, v) => {
    const gx = hold(u * width - 0.5, width)
    const gy = hold(v * height - 0.5, height)
    const [x, y] = [Math.floor(gx), Math.floor(gy)]
    return [0, 1, 2].map((c) => {
      const at = (i: number, j: number) => plane[(hold(j, height) * width + hold(i, width)) * 3 + c]!
      const top = at(x, y) + (at(x + 1, y) - at(x, y)) * (gx - x)
      const bottom = at(x, y + 1) + (at(x + 1, y + 1) - at(x, y + 1)) * (gx - x)
      return top + (bottom - top) * (gy - y)
    })
  }
}
