import type { NodeDefinition } from '@beatloom/core'
import { joinFrames } from './join-frames.ts'
import { pickFrame } from './pick-frame.ts'
import { pulseFrames } from './pulse-frames.ts'
import { retimeFrames } from './retime-frames.ts'
import { stillFrames } from './still-frames.ts'

export const framesNodes: NodeDefinition[] = [pulseFrames, stillFrames, retimeFrames, joinFrames, pickFrame]
