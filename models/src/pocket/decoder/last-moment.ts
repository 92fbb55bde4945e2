import type { Latent, LatentStart } from '@beatloom/core'
import { FLOW_X, FLOW_Y, GAIN, GLOW, latentPosition, PLANES } from './fields.ts'
import { planClip, prepareScene } from './prepare-scene.ts'
import { LIGHT_SCALE, PAN, PULSE, ROLL, TILT, TRACK_VALUES, ZOOM } from './scene.ts'
import { catmullRomTaps } from './spline.ts'

/**
 * How the last frame of a clip looks, for a shot that goes on from it: camera, crop, flow and light as they are drawn.
 * @throws {AppError} `input_invalid` as `decodePocket`.
 */
export async function lastMoment(latent: Latent): Promise<LatentStart> {
  const plan = planClip(latent)
  const { fields, fit, video } = plan
  const { track, pulseMap, flowScale } = await prepareScene(plan, 1)
  const frame = video.frameCount - 1
  const now = track.subarray(frame * TRACK_VALUES)
  const cells = fields.rows * fields.columns
  const planes = new Float32Array(PLANES * cells)
  const position = latentPosition(fields, frame / video.frameRate)
  const smooth = catmullRomTaps(position, fields.latentFrames)
  const before = Math.floor(position)
  const after = Math.min(before + 1, fields.latentFrames - 1)
  for (let plane = 0; plane < PLANES; plane++) {
    const isFlow = plane === FLOW_X || plane === FLOW_Y
    const isLight = plane === GAIN || plane === GLOW
    for (let i = 0; i < cells; i++) {
      const at = (t: number) => fields.values[(t * PLANES + plane) * cells + i]!
      const added = isLight ? now[PULSE]! * pulseMap[i + (plane === GLOW ? cells : 0)]! : 0
      // Flow is smooth in time and light straight between latent frames, as the mesh reads them.
      const value = isFlow
        ? [0, 1, 2, 3].reduce((sum, k) => sum + smooth.weight[k]! * at(smooth.index[k]!), 0)
        : at(before) + (at(after) - at(before)) * (position - before) + added
      planes[plane * cells + i] = value * (isFlow ? flowScale : isLight ? now[LIGHT_SCALE]! : 1)
    }
  }
  return {
    camera: [now[PAN]!, now[TILT]!, now[ZOOM]!, now[ROLL]!],
    fit: {
      pictureWidth: fit.pictureWidth / video.width,
      pictureHeight: fit.pictureHeight / video.width,
      originX: fit.originX / video.width,
      originY: fit.originY / video.width,
    },
    rows: fields.rows,
    columns: fields.columns,
    planes,
  }
}
