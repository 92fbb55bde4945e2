import type { Image, Latent, Model, ModelHost } from '@beatloom/core'
import { encodeAnimation, IMAGE_MIME, resizeImage } from '@beatloom/media'
import type { DrawPreview } from '../families.ts'
import { WAN, type WanKind } from './contract.ts'
import { type PreviewMap, previewMapOf } from './preview-map.ts'

/** Longer side of a preview in pixels, most frames of it, and frames per second: as those of the model in the box. */
const [LONGER_SIDE, MOST_FRAMES, FRAME_RATE] = [256, 12, 10]

/** Draws latents without their decoder, by a linear map of their channels. Null where the model names no decoder. */
export async function openPreview(host: ModelHost, model: Model, signal: AbortSignal): Promise<DrawPreview | null> {
  if (!model.decoder) return null
  const { channels, pixels } = WAN[model.family as WanKind]
  const map = await previewMapOf(host, model.decoder, { channels, scale: pixels }, signal)
  return async (latent) => {
    const frames = latentPictures(latent, map, MOST_FRAMES)
    const { width, height } = latent.video
    const scale = LONGER_SIDE / Math.max(width, height)
    const sides = [width, height].map((side) => Math.max(16, Math.round(side * scale))) as [number, number]
    const enlarged = await Promise.all(frames.map((image) => resizeImage(image, ...sides)))
    return { mime: IMAGE_MIME.webp, bytes: await encodeAnimation(enlarged, FRAME_RATE) }
  }
}

/** Some of a latent's frames, evenly from first to last, a pixel for each latent pixel. */
export function latentPictures({ tensors }: Latent, { rows: map }: PreviewMap, most: number): Image[] {
  const { dims, data } = tensors['hidden_states']!
  const [, channels, frames, height, width] = dims as [number, number, number, number, number]
  const plane = width * height
  const count = Math.min(most, frames)
  return Array.from({ length: count }, (_, k) => {
    const frame = count === 1 ? 0 : Math.round((k * (frames - 1)) / (count - 1))
    const picture = new Uint8Array(3 * plane)
    for (let i = 0; i < plane; i++) {
      for (const [colour, weights] of map.entries()) {
        let value = weights[channels]!
        for (let c = 0; c < channels; c++) value += weights[c]! * Number(data[(c * frames + frame) * plane + i])
        picture[3 * i + colour] = Math.min(255, Math.max(0, Math.round(value * 127.5 + 127.5)))
      }
    }
    return { width, height, channels: 3, data: picture }
  })
}
