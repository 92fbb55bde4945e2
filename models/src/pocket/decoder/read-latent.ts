import { AppError, type Latent, type TensorData } from '@beatloom/core'
import { type Fields, FLOW_X, GAIN, PLANES, sharedFloats } from './fields.ts'

/** Physical value of one latent unit (models/README.md, "Latent"). */
const FIELD_SCALES = [0.004, 0.004, 0.003, 0.003, 0.05, 0.05, 0.12] as const
const CAMERA_SCALES = [0.02, 0.015, 0.05, 0.025] as const

/**
 * Turns a latent's tensors into physical fields. Flow is smoothed in time by [¼ ½ ¼] (its first frame, which is
 * zero by definition, stays); light and camera are not.
 * @throws {AppError} `input_invalid` when the tensors are not a pocket latent.
 */
export function physicalFields(latent: Latent): Fields {
  const fields = tensorOf(latent, 'hidden_states')
  const cameraTensor = tensorOf(latent, 'camera_states')
  const [, latentFrames = 0, channels = 0, rows = 0, columns = 0] = fields.dims
  const cells = rows * columns
  const valid =
    latentFrames > 0 &&
    channels === FIELD_SCALES.length &&
    fields.data.length === latentFrames * channels * cells &&
    cameraTensor.data.length === latentFrames * CAMERA_SCALES.length
  if (!valid) {
    throw new AppError(
      'input_invalid',
      `This latent is not one of the pocket model: its tensors are [${fields.dims}] and [${cameraTensor.dims}].`,
    )
  }
  const raw = fields.data as Float32Array
  const relative = (t: number, channel: number, cell: number) =>
    (raw[(t * channels + channel) * cells + cell]! - raw[channel * cells + cell]!) * FIELD_SCALES[channel]!
  const values = sharedFloats(latentFrames * PLANES * cells)
  for (let t = 0; t < latentFrames; t++) {
    const next = Math.min(t + 1, latentFrames - 1)
    for (let axis = 0; axis < 2; axis++) {
      const flow = (at: number, cell: number) => relative(at, axis, cell) + relative(at, axis + 2, cell)
      const out = (t * PLANES + FLOW_X + axis) * cells
      for (let cell = 0; cell < cells && t > 0; cell++) {
        values[out + cell] = 0.25 * flow(t - 1, cell) + 0.5 * flow(t, cell) + 0.25 * flow(next, cell)
      }
    }
    for (let plane = GAIN; plane < PLANES; plane++) {
      const out = (t * PLANES + plane) * cells
      for (let cell = 0; cell < cells; cell++) values[out + cell] = relative(t, plane + 2, cell)
    }
  }
  const camera = new Float64Array(latentFrames * 4)
  for (let i = 0; i < camera.length; i++) {
    camera[i] = (Number(cameraTensor.data[i]) - Number(cameraTensor.data[i % 4])) * CAMERA_SCALES[i % 4]!
  }
  return { latentFrames, latentRate: latent.latentRate, rows, columns, values, camera }
}

function tensorOf(latent: Latent, name: string): TensorData {
  const tensor = latent.tensors[name]
  if (latent.family === 'pocket' && tensor?.data instanceof Float32Array) return tensor
  throw new AppError('input_invalid', `This latent is not one of the pocket model: it has no float tensor "${name}".`)
}
