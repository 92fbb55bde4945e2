import { AppError, type Image, type Latent } from '@beatloom/core'
import { resizeImage } from '@beatloom/media'
import { cameraAt, type Fields } from './fields.ts'
import { fitPath, type PathFit, type VideoFacts } from './fit-path.ts'
import { type FrameLight, frameLight } from './frame-light.ts'
import { type CellTones, limitFlashes } from './limit-flashes.ts'
import { physicalFields } from './read-latent.ts'
import { type GlowMap, LIGHT_SCALE, PULSE, type Scene, type Texture, TRACK_VALUES } from './scene.ts'
import { doubledTexture, glowMap } from './texture.ts'

/** A latent read and fitted into its picture: what is known before a pixel is touched. */
export interface Plan {
  fields: Fields
  video: VideoFacts
  picture: Image
  fit: PathFit
  light: FrameLight
}

/**
 * @param video the frames to make: the latent's own, or fewer and smaller ones for a preview.
 * @throws {AppError} `input_invalid` when the latent has no picture or is not one of the pocket model.
 */
export function planClip(latent: Latent, video: VideoFacts = latent.video): Plan {
  const picture = latent.reference
  if (picture?.channels !== 3) {
    throw new AppError(
      'input_invalid',
      'This latent has no colour picture to warp; encode it with "Song video latent".',
    )
  }
  const fields = physicalFields(latent)
  return { fields, video, picture, fit: fitPath(fields, video), light: frameLight(fields, latent, video) }
}

/** Scales and packs the picture and works out every frame's camera and light. About 0.2 s of one core at 720p. */
export async function prepareScene(plan: Plan, threads: number): Promise<Scene> {
  const { fit, video } = plan
  const picture = await resizeImage(plan.picture, fit.pictureWidth, fit.pictureHeight)
  return sceneOf(plan, doubledTexture(picture, video.width, threads), glowMap(picture, video.width, 8), picture)
}

/** @param picture the plan's picture at `fit`'s size. */
export function sceneOf(plan: Plan, texture: Texture, glow: GlowMap, picture: Image): Scene {
  const { fields, fit, light, video } = plan
  const { camera: _, ...planes } = fields
  const lightScale = limitFlashes(fields, light, cellTones(fields, fit, video, picture, glow), video)
  const track = new Float64Array(new SharedArrayBuffer(video.frameCount * TRACK_VALUES * 8))
  for (let frame = 0; frame < video.frameCount; frame++) {
    const camera = cameraAt(fields, frame / video.frameRate).map((value) => value * fit.pathScale)
    track.set(camera, frame * TRACK_VALUES)
    track[frame * TRACK_VALUES + LIGHT_SCALE] = lightScale[frame]!
    track[frame * TRACK_VALUES + PULSE] = light.pulse[frame]!
  }
  return {
    width: video.width,
    height: video.height,
    frameRate: video.frameRate,
    frameCount: video.frameCount,
    fields: planes,
    flowScale: fit.flowScale,
    pulseMap: light.pulseMap,
    track,
    texture,
    glow,
    originX: fit.originX,
    originY: fit.originY,
  }
}

/** Mean luma (as light, then back to display values) and glow of the part of the picture under each grid cell. */
function cellTones(fields: Fields, fit: PathFit, video: VideoFacts, picture: Image, glow: GlowMap): CellTones {
  const { rows, columns } = fields
  const luma = new Float32Array(rows * columns)
  const glowLuma = new Float32Array(rows * columns)
  const STEP = 4
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const left = fit.originX + (column / columns) * video.width
      const top = fit.originY + (row / rows) * video.height
      let sum = 0
      let count = 0
      for (let y = top; y < top + video.height / rows; y += STEP) {
        for (let x = left; x < left + video.width / columns; x += STEP, count++) {
          sum += (lumaAt(picture.data, picture.width, picture.height, x, y) / 255) ** 2.2
        }
      }
      const cell = row * columns + column
      luma[cell] = (sum / count) ** (1 / 2.2)
      const middleX = (left + video.width / columns / 2) / glow.cellPx
      const middleY = (top + video.height / rows / 2) / glow.cellPx
      glowLuma[cell] = lumaAt(glow.values, glow.width, glow.height, middleX, middleY)
    }
  }
  return { luma, glow: glowLuma }
}

function lumaAt(rgb: ArrayLike<number>, width: number, height: number, x: number, y: number): number {
  const i = (Math.min(height - 1, Math.floor(y)) * width + Math.min(width - 1, Math.floor(x))) * 3
  return 0.2126 * rgb[i]! + 0.7152 * rgb[i + 1]! + 0.0722 * rgb[i + 2]!
}
