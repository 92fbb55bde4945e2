import type { NodeDefinition } from '@beatloom/core'
import { songVideo } from './song-video.ts'

export const latentNodes: NodeDefinition[] = [songVideo]
