import type { NodeDefinition } from '@beatloom/core'
import { emptyLatent } from './empty-latent.ts'
import { songVideo } from './song-video.ts'

export const latentNodes: NodeDefinition[] = [songVideo, emptyLatent]
