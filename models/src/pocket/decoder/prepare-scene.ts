import { AppError, type Image, type Latent } from '@beatloom/core'
import { resizeImage } from '@beatloom/media'
import { cellTones } from './cell-tones.ts'
import { cameraAt, type Fields, scaledPath } from './fields.ts'
import { fitPath, fitPathWithin, type PathFit, type VideoFacts } from './fit-path.ts'
import { type FrameLight, frameLight } from './frame-light.ts'
import { limitFlashes } from './limit-flashes.ts'
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
  const fit = latent.start ? fitPathWithin(fields, video, latent.start.fit) : fitPath(fields, video)
  return { fields, video, picture, fit, light: frameLight(fields, latent, video) }
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
    const camera = scaledPath(cameraAt(fields, frame / video.frameRate), fields, fit.pathScale)
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
