import type { Image, Latent } from '@beatloom/core'
import { encodeAnimation, IMAGE_MIME, resizeImage } from '@beatloom/media'
import { MeshBuilder } from './mesh.ts'
import { planClip, sceneOf } from './prepare-scene.ts'
import { glowMap, plainTexture } from './texture.ts'
import { WarpKernel } from './warp-kernel.ts'

/** A small moving picture of a latent, as a node shows it while it works. */
export interface PocketPreview {
  mime: string
  bytes: Uint8Array
  width: number
  height: number
  /** Frames in `bytes`. */
  frameCount: number
}

export interface PreviewOptions {
  /** Longer side, pixels. */
  width?: number
  frames?: number
}

/** Shrunk pictures by the picture they come from: a sampler asks again at every step, with another crop. */
const shrunk = new WeakMap<Image, Image>()

/**
 * Plays a latent, finished or half sampled, as an animated WebP: the whole clip in 12 frames at 10 per second.
 * The same warp as the final frames, on a small picture and on this thread: about 50 ms and 20 kB.
 * @throws {AppError} `input_invalid` as `decodePocket`.
 */
export async function previewPocket(latent: Latent, options: PreviewOptions = {}): Promise<PocketPreview> {
  const { width: side = 256, frames: frameCount = 12 } = options
  const clip = latent.video
  const scale = side / Math.max(clip.width, clip.height)
  const width = Math.max(16, Math.round(clip.width * scale))
  const height = Math.max(16, Math.round(clip.height * scale))
  const frameRate = Math.max(1, frameCount - 1) / (clip.frameCount / clip.frameRate)
  // The sound's light needs the full frame rate to mean anything.
  const plan = planClip({ ...latent, light: null }, { width, height, frameRate, frameCount })
  const picture = await shrink(plan.picture, plan.fit.pictureWidth, plan.fit.pictureHeight)
  const scene = sceneOf(plan, plainTexture(picture, width), glowMap(picture, width, 2), picture)
  const mesh = new MeshBuilder(scene)
  const kernel = new WarpKernel(scene.texture, width, height, 0)
  const frames = Array.from({ length: frameCount }, (_, frame): Image => {
    const data = new Uint8Array(width * height * 3)
    kernel.draw(mesh.build(frame), data)
    return { width, height, channels: 3, data }
  })
  return { mime: IMAGE_MIME.webp, bytes: await encodeAnimation(frames, 10), width, height, frameCount }
}

async function shrink(picture: Image, width: number, height: number): Promise<Image> {
  let small = shrunk.get(picture)
  if (!small || small.width < width) {
    small = await resizeImage(picture, width * 2, height * 2)
    shrunk.set(picture, small)
  }
  return resizeImage(small, width, height)
}
