import type { NodeDefinition } from '@beatloom/core'
import { loadModel } from './load.ts'
import { moeSwitch } from './moe-switch.ts'

export const modelNodes: NodeDefinition[] = [loadModel, moeSwitch]
