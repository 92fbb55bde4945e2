import { basename, join } from 'node:path'
import { AppError, type ComponentRef } from '@beatloom/core'
import { z } from 'zod'
import { readModelJson } from '../library/json-file.ts'

const layerSchema = z.object({
  /** Names of the graph's inputs `[in, rank]` and `[rank, out]`. */
  a: z.string(),
  b: z.string(),
  /** Values that the layer takes and gives. */
  in: z.int().positive(),
  out: z.int().positive(),
})
const mapSchema = z.record(z.string(), layerSchema)

/** The layers of a graph that LoRAs can change, by module path: `blocks.0.attn1.to_q`. */
export type LoraMap = z.infer<typeof mapSchema>

/**
 * Reads what the exporter wrote beside the graph.
 * @throws {AppError} `model_invalid` when there is none, or it is not one.
 */
export async function readLoraMap({ folder, component }: ComponentRef): Promise<LoraMap> {
  const path = join(folder, component, 'lora_map.json')
  const json = await readModelJson(path)
  if (!json) {
    throw new AppError(
      'model_invalid',
      `The model "${basename(folder)}" was exported without inputs for LoRAs; export it anew with them, see models/export.`,
      { details: { model: basename(folder), component } },
    )
  }
  const map = mapSchema.safeParse(json)
  if (map.success) return map.data
  throw new AppError('model_invalid', `The model file ${path} does not list the layers that LoRAs can change.`, {
    details: { file: path },
  })
}
