import type { NodeDefinition } from '@beatloom/core'
import { previewVideo } from './preview-video.ts'
import { saveMp4 } from './save-mp4.ts'

export const videoNodes: NodeDefinition[] = [saveMp4, previewVideo]
