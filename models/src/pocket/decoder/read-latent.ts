import { AppError, type Latent, type TensorData } from '@beatloom/core'
import { type Fields, FLOW_X, GAIN, PLANES, sharedFloats } from './fields.ts'

/** Physical value of one latent unit (models/README.md, "Latent"). */
const FIELD_SCALES = [0.004, 0.004, 0.003, 0.003, 0.05, 0.05, 0.12] as const
const CAMERA_SCALES = [0.02, 0.015, 0.05, 0.025] as const
/** How long what a shot before left bent and lit takes to fade. */
const SETTLE_SECONDS = 0.8

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
  const values = sharedFloats(latentFrames * PLANES * cells)
  for (let t = 1; t < latentFrames; t++) {
    const next = Math.min(t + 1, latentFrames - 1)
    const at = (frame: number, channel: number) => (frame * channels + channel) * cells
    for (let channel = 0; channel < channels; channel++) {
      const isFlow = channel < 4
      const out = (t * PLANES + (isFlow ? FLOW_X + (channel % 2) : channel - 4 + GAIN)) * cells
      const [before, now, after, first] = [at(t - 1, channel), at(t, channel), at(next, channel), at(0, channel)]
      const scale = FIELD_SCALES[channel]!
      const side = isFlow ? 0.25 : 0
      const middle = 1 - 2 * side
      for (let i = 0; i < cells; i++) {
        const value = middle * raw[now + i]! + side * (raw[before + i]! + raw[after + i]!)
        values[out + i]! += (value - raw[first + i]!) * scale
      }
    }
  }
  const camera = new Float64Array(latentFrames * 4)
  for (let i = 0; i < camera.length; i++) {
    camera[i] = (Number(cameraTensor.data[i]) - Number(cameraTensor.data[i % 4])) * CAMERA_SCALES[i % 4]!
  }
  const { start } = latent
  const startCamera = start?.camera ?? ([0, 0, 0, 0] as const)
  if (start) for (let i = 0; i < camera.length; i++) camera[i]! += startCamera[i % 4]!
  if (start?.rows === rows && start.columns === columns) settleFrom(start.planes, values, latent.latentRate)
  return { latentFrames, latentRate: latent.latentRate, rows, columns, values, camera, startCamera }
}

/** Adds what the shot before left bent and lit; it is gone after `SETTLE_SECONDS`. */
function settleFrom(planes: Float32Array, values: Float32Array, latentRate: number): void {
  const frames = Math.min(values.length / planes.length, Math.ceil(SETTLE_SECONDS * latentRate))
  for (let t = 0; t < frames; t++) {
    const left = 1 - t / (SETTLE_SECONDS * latentRate)
    const share = left * left * (3 - 2 * left)
    for (let i = 0; i < planes.length; i++) values[t * planes.length + i]! += share * planes[i]!
  }
}

function tensorOf(latent: Latent, name: string): TensorData {
  const tensor = latent.tensors[name]
  if (latent.family === 'pocket' && tensor?.data instanceof Float32Array) return tensor
  throw new AppError('input_invalid', `This latent is not one of the pocket model: it has no float tensor "${name}".`)
}
