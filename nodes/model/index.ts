import type { NodeDefinition } from '@beatloom/core'
import { contextWindows } from './context-windows.ts'
import { loadModel } from './load.ts'
import { addLora } from './lora.ts'
import { moeSwitch } from './moe-switch.ts'

export const modelNodes: NodeDefinition[] = [loadModel, contextWindows, addLora, moeSwitch]
