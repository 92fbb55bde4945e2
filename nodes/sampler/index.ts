import type { NodeDefinition } from '@beatloom/core'
import { sample } from './sample.ts'
import { sampleVariations } from './sample-variations.ts'

export const samplerNodes: NodeDefinition[] = [sample, sampleVariations]
