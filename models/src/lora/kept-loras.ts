import type { ComponentRef } from '@beatloom/core'
import type { KeptInputs } from '../host/protocol.ts'
import { loraInputs } from './lora-inputs.ts'
import { readLoraMap } from './lora-map.ts'
import { openLora } from './open-lora.ts'

/**
 * What a component's LoRAs feed into its graph, which stays the same from call to call; null where they are all off.
 * Nothing is read before `load` is called.
 */
export function keptLoras(component: ComponentRef): KeptInputs | null {
  const active = (component.loras ?? []).filter(({ strength }) => strength !== 0)
  if (active.length === 0) return null
  return {
    key: JSON.stringify(active.map(({ file, strength }) => [file.sha256, strength])),
    async load(signal) {
      const map = await readLoraMap(component)
      const loras = active.map(async ({ file, strength }) => ({ lora: await openLora(file, map), strength }))
      return loraInputs(map, await Promise.all(loras), signal)
    },
  }
}
