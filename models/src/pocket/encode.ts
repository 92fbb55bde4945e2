import {
  AppError,
  type AudioEncoder,
  type Image,
  type Mask,
  type ModelHost,
  type TensorData,
  type Vae,
} from '@beatloom/core'
import { outputNamed } from '../host/tensor-io.ts'
import { coverCut, coverPlanes, cutPlanes } from './area-resize.ts'
import { AUDIO_FEATURES, type Grid, PIXELS_PER_CELL } from './contract.ts'

/**
 * Sound features as the denoiser takes them.
 * @param features 30 rows per second of 7 (models/README.md "Audio features"); zeros mean that no sound drives the
 * picture. Rows: three per latent frame, the frames an even number.
 * @returns `audio_embeds`, `[1, frames / 2, 256]`.
 * @throws {AppError} `input_invalid` for a number of rows that is no multiple of 6.
 */
export async function encodeSound(
  host: ModelHost,
  encoder: AudioEncoder,
  features: Float32Array,
  signal: AbortSignal,
): Promise<TensorData> {
  const rows = features.length / AUDIO_FEATURES
  if (rows < 6 || rows % 6 !== 0) {
    throw new AppError(
      'input_invalid',
      `The sound encoder takes a multiple of 6 rows of 7 features; it was given ${rows} rows.`,
    )
  }
  const outputs = await host.run(
    encoder.component,
    { input_values: { dims: [1, rows, AUDIO_FEATURES], data: features } },
    signal,
  )
  return outputNamed(outputs, 'last_hidden_state')
}

/**
 * The picture as the denoiser takes it; parts that do not fit the grid's aspect are cut off evenly.
 * @returns `image_embeds` `[1, places, 256]`, `matte` `[1, rows, columns]` in 0 … 1.
 * @throws {AppError} `model_missing` when the model has no picture encoder.
 */
export async function encodePicture(
  host: ModelHost,
  vae: Vae,
  image: Image,
  grid: Grid,
  signal: AbortSignal,
): Promise<{ image_embeds: TensorData; matte: TensorData }> {
  if (!vae.encoder) throw new AppError('model_missing', 'The model has no image_encoder, so it cannot read a picture.')
  const height = PIXELS_PER_CELL * grid.rows
  const width = PIXELS_PER_CELL * grid.columns
  const pixels: TensorData = { dims: [1, 3, height, width], data: coverPlanes(image, width, height) }
  const outputs = await host.run(vae.encoder, { pixel_values: pixels }, signal)
  return { image_embeds: outputNamed(outputs, 'image_embeds'), matte: outputNamed(outputs, 'matte') }
}

/**
 * A mask of the subject in the place of the model's own matte.
 * @param mask of the whole picture; one of another size is stretched over it.
 * @param frame the shape that is cut out of the picture's middle.
 * @returns `[1, rows, columns]`, 0 … 1.
 */
export function matteOfMask(
  mask: Mask,
  picture: Pick<Image, 'width' | 'height'>,
  frame: { width: number; height: number },
  { rows, columns }: Grid,
): TensorData {
  const cut = coverCut(picture, frame.width, frame.height)
  const [x, y] = [mask.width / picture.width, mask.height / picture.height]
  const own = { left: cut.left * x, top: cut.top * y, width: cut.width * x, height: cut.height * y }
  const planes = cutPlanes({ ...mask, channels: 1 }, own, columns, rows)
  return { dims: [1, rows, columns], data: planes.slice(0, rows * columns) }
}
