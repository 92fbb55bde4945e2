import type { NodeDefinition } from '@beatloom/core'
import { sample } from './sample.ts'

export const samplerNodes: NodeDefinition[] = [sample]
