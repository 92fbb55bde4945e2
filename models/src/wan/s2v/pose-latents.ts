import { AppError, type Frames, type Image, type ModelHost, type TensorData, type Vae } from '@beatloom/core'
import { coverCrop } from '@beatloom/media'
import { framesOf, place, stretch } from '../../frame-tensors.ts'
import { planesOf } from '../../picture-planes.ts'
import { WAN } from '../contract.ts'
import { encodeClip } from '../vae/encode-clip.ts'
import { vaeFactsOf } from '../vae/vae-facts.ts'
import { poseFrames } from './pose-frames.ts'

const { channels, pixels } = WAN['wan-s2v']

interface PoseSize {
  width: number
  height: number
  clips: number
  framesPerClip: number
}

/**
 * The pose video's latents, clip by clip (`wan/speech2video.py`, `load_pose_cond`): of each clip the first frame stands
 * twice, and the latent frame of that start is left out. Where the video has ended, frames are black.
 * @returns `[1, 16, clips · framesPerClip / 4, rows, columns]`.
 */
export async function poseLatents(
  host: ModelHost,
  { encoder }: Vae,
  pose: Frames,
  size: PoseSize,
  signal: AbortSignal,
): Promise<TensorData> {
  if (!encoder) throw new AppError('model_missing', 'The model has no vae_encoder, so it cannot read a picture.')
  const { width, height, clips, framesPerClip } = size
  const facts = await vaeFactsOf(encoder, channels)
  const black = new Float32Array(3 * width * height).fill(-1)
  const each = framesPerClip / 4
  const all = stretch(channels, clips * each, height / pixels, width / pixels)
  let clip = 0
  for await (const poses of posesByClip(pose, size, signal)) {
    const frame = (at: number): Float32Array => {
      const picture = poses[Math.max(0, at - 1)]
      return picture ? planesOf(picture) : black
    }
    const frames = { count: framesPerClip + 1, width, height, frame }
    const encoded = await encodeClip(host, { component: encoder, facts, scale: pixels }, frames, signal)
    place(all, framesOf(encoded, 1, each), clip++ * each)
  }
  return all
}

/** The pictures of one clip after the other, cut to its size; fewer, or none, where the video has ended. */
async function* posesByClip(
  pose: Frames,
  { width, height, clips, framesPerClip }: PoseSize,
  signal: AbortSignal,
): AsyncGenerator<Image[]> {
  const wanted = poseFrames(pose.frameRate, pose.frameCount, clips * framesPerClip)
  let [index, taken, given] = [0, 0, 0]
  let poses: Image[] = []
  for await (const image of pose.frames(signal)) {
    if (taken === wanted.length) break
    if (index++ !== wanted[taken]) continue
    const cut = await coverCrop(image, width, height)
    // A picture that fits as it is may be overwritten by the next frame.
    poses.push(cut === image ? { ...image, data: image.data.slice() } : cut)
    taken++
    if (poses.length < framesPerClip) continue
    yield poses
    given++
    poses = []
  }
  for (; given < clips; given++) {
    yield poses
    poses = []
  }
}
