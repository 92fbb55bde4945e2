import type { NodeDefinition } from '@beatloom/core'
import { assemble } from './assemble.ts'
import { certifyVideo } from './certify-video.ts'
import { loadVideo } from './load-video.ts'
import { previewVideo } from './preview-video.ts'
import { saveMp4 } from './save-mp4.ts'
import { videoAudio } from './video-audio.ts'
import { videoFrames } from './video-frames.ts'

export const videoNodes: NodeDefinition[] = [
  loadVideo,
  saveMp4,
  assemble,
  certifyVideo,
  previewVideo,
  videoFrames,
  videoAudio,
]
