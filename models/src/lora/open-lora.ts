import { AppError, type FileHandle } from '@beatloom/core'
import type { LoraMap } from './lora-map.ts'
import { type LoraTensorName, loraNameReader } from './lora-names.ts'
import { readSafetensors, type Safetensors } from './safetensors.ts'

/** A LoRA file that fits a model; the values of its tensors are still in the file. */
export interface Lora {
  /** By module path. */
  layers: ReadonlyMap<string, LoraLayer>
  /** Tensors that have no place in the model: changes of norms and biases, layers that are not exported. */
  leftOut: string[]
  read: Safetensors['read']
}

export interface LoraLayer {
  /** Name of the tensor `[rank, in]`. */
  down: string
  /** Name of the tensor `[out, rank]`. */
  up: string
  rank: number
  /** Multiplies the change, before any strength. */
  scale: number
}

/** Where diffusers keeps the settings of the training (`LORA_ADAPTER_METADATA_KEY` in its `loaders/lora_base.py`). */
const SETTINGS = 'lora_adapter_metadata'

/**
 * Matches a LoRA file with the layers of a model.
 * @throws {AppError} `input_invalid` for files that cannot be read or are for another model.
 */
export async function openLora(file: Pick<FileHandle, 'path' | 'name'>, map: LoraMap): Promise<Lora> {
  const { tensors, metadata, read } = await readSafetensors(file)
  const nameOf = loraNameReader(Object.keys(map))
  const found = new Map<string, Partial<Record<LoraTensorName['part'], string>>>()
  const leftOut: string[] = []
  for (const tensor of tensors.keys()) {
    const name = nameOf(tensor)
    if (!name) {
      leftOut.push(tensor)
      continue
    }
    found.set(name.module, { ...found.get(name.module), [name.part]: tensor })
  }
  const layers = new Map<string, LoraLayer>()
  for (const [module, { down, up, alpha }] of found) {
    if (down === undefined || up === undefined) {
      leftOut.push(...[down, up, alpha].filter((tensor) => tensor !== undefined))
      continue
    }
    const shapes = { down: tensors.get(down)!.shape, up: tensors.get(up)!.shape }
    const rank = rankOf(file.name, module, shapes, map[module]!)
    const value = alpha === undefined ? alphaOf(metadata) : (await read(alpha))[0]
    layers.set(module, { down, up, rank, scale: value === undefined ? 1 : value / rank })
  }
  if (layers.size === 0) throw foreign(file.name, [...tensors.keys()], map)
  return { layers, leftOut, read }
}

function rankOf(
  name: string,
  module: string,
  { down, up }: { down: number[]; up: number[] },
  layer: LoraMap[string],
): number {
  const rank = down[0] ?? 0
  const fits = `${down}` === `${[rank, layer.in]}` && `${up}` === `${[layer.out, rank]}` && rank > 0
  if (fits) return rank
  throw new AppError(
    'input_invalid',
    `"${name}" is a LoRA for another model: its ${module} is [${down.join(', ')}] and [${up.join(', ')}], where [rank, ${layer.in}] and [${layer.out}, rank] are wanted.`,
    { details: { file: name, module, found: { down, up }, wanted: { in: layer.in, out: layer.out } } },
  )
}

/** The alpha of all layers, where the file's metadata name one. */
function alphaOf(metadata: Safetensors['metadata']): number | undefined {
  try {
    const settings: Record<string, unknown> = JSON.parse(metadata[SETTINGS] ?? '{}')
    const [, alpha] = Object.entries(settings).find(([key]) => /^(\w+\.)?lora_alpha$/.test(key)) ?? []
    return typeof alpha === 'number' ? alpha : undefined
  } catch {
    return undefined
  }
}

function foreign(name: string, tensors: string[], map: LoraMap): AppError {
  const [module, layer] = Object.entries(map)[0] ?? []
  return new AppError(
    'input_invalid',
    `"${name}" is a LoRA for another model: none of its ${tensors.length} tensors has a place in this one (${tensors.slice(0, 3).join(', ')}).`,
    { details: { file: name, tensors: tensors.slice(0, 10), wanted: module, in: layer?.in, out: layer?.out } },
  )
}
