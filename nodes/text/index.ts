import type { NodeDefinition } from '@beatloom/core'
import { prompt } from './prompt.ts'

export const textNodes: NodeDefinition[] = [prompt]
