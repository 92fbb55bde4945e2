import type { NodeDefinition } from '@beatloom/core'
import { pulseFrames } from './pulse-frames.ts'

export const framesNodes: NodeDefinition[] = [pulseFrames]
