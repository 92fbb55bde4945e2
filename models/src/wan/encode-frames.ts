import {
  AppError,
  type Frames,
  type Image,
  type Latent,
  type ModelHost,
  type TensorData,
  type Vae,
} from '@beatloom/core'
import { coverCrop } from '@beatloom/media'
import { openFrameSpool, type Scratch } from '../frame-spool.ts'
import { planesOf } from '../picture-planes.ts'
import { encodedClip, pictureLatent } from './conditions.ts'
import { FRAMES_PER_LATENT } from './contract.ts'
import type { ClipFrames } from './vae/encode-clip.ts'

/** What is encoded, and the size it is cut to: sides in whole tokens of the model. */
export interface ClipToEncode {
  frames: Frames
  width: number
  height: number
  /** Where read frames are kept for tiles, or another try. */
  scratch?: Scratch
}

/** Frames of a clip that a latent can hold: 4k + 1, what is over being left out at its end. */
export const framesKept = (count: number): number => Math.floor((count - 1) / FRAMES_PER_LATENT) * FRAMES_PER_LATENT + 1

/**
 * A clip as a latent without noise, at the clip's own rate. Its frames are read once, one at a time; memory does not
 * grow with its length.
 * @throws {AppError} `model_missing` without an encoder; `not_enough_memory`; `disk_full`.
 */
export async function encodeFrames(
  host: ModelHost,
  vae: Vae,
  { frames, width, height, scratch }: ClipToEncode,
  signal: AbortSignal,
): Promise<Latent> {
  const { frameRate } = frames
  const frameCount = framesKept(frames.frameCount)
  const clip = await spooledClip(frames, { count: frameCount, width, height }, scratch, signal)
  try {
    return latentOf(vae, await encodedClip(host, vae, clip, signal), { width, height, frameRate, frameCount })
  } finally {
    await clip.close()
  }
}

/** A picture as a latent without noise, of one frame that lasts a second. */
export async function encodeImage(host: ModelHost, vae: Vae, image: Image, signal: AbortSignal): Promise<Latent> {
  const { width, height } = image
  const picture = await pictureLatent(host, vae, image, signal)
  return latentOf(vae, picture, { width, height, frameRate: 1, frameCount: 1 })
}

function latentOf({ family }: Vae, hidden_states: TensorData, video: Latent['video']): Latent {
  const latentRate = video.frameRate / FRAMES_PER_LATENT
  return { family, tensors: { hidden_states }, latentRate, video, reference: null, light: null }
}

/** A clip whose frames can be asked for again: the first time they are read, cut and kept in a file. */
async function spooledClip(
  frames: Frames,
  { count, width, height }: { count: number; width: number; height: number },
  scratch: Scratch | undefined,
  signal: AbortSignal,
): Promise<ClipFrames & { close(): Promise<void> }> {
  const spool = await openFrameSpool(3 * width * height, scratch)
  const source = frames.frames(signal)[Symbol.asyncIterator]()
  const kept = new Uint8Array(3 * width * height)
  const picture: Image = { width, height, channels: 3, data: kept }
  return {
    ...{ count, width, height },
    async frame(index) {
      while (spool.count <= index) {
        const step = await source.next()
        if (step.done) {
          throw new AppError('media_unreadable', `The clip ends after ${spool.count} of ${frames.frameCount} frames.`)
        }
        await spool.append(coloursOf(await coverCrop(step.value, width, height)))
      }
      await spool.read(index, kept)
      return planesOf(picture)
    },
    async close() {
      await source.return?.()
      await spool.close()
    },
  }
}

/** Red, green and blue of every pixel, whatever channels there are. */
function coloursOf({ width, height, channels, data }: Image): Uint8Array {
  if (channels === 3) return data
  const colours = new Uint8Array(3 * width * height)
  for (let i = 0; i < colours.length; i++) {
    colours[i] = data[channels === 1 ? Math.floor(i / 3) : Math.floor(i / 3) * channels + (i % 3)]!
  }
  return colours
}
