import type { NodeDefinition } from '@beatloom/core'
import { emptyLatent } from './empty-latent.ts'
import { emptyVideo } from './empty-video.ts'
import { pictureVideo } from './picture-video.ts'
import { songVideo } from './song-video.ts'
import { soundVideo } from './sound-video.ts'

export const latentNodes: NodeDefinition[] = [songVideo, emptyLatent, emptyVideo, pictureVideo, soundVideo]
