import { defineNode } from '@beatloom/core'
import { z } from 'zod'
import { showVideo } from './show-video.ts'

export const previewVideo = defineNode({
  type: 'video.preview',
  version: 1,
  title: 'Preview video',
  description: 'Plays a finished video on the canvas.',
  category: 'Video',
  aliases: ['show video', 'play', 'Vorschau', 'aperçu', 'プレビュー', '预览'],
  inputs: { video: { type: 'VIDEO' } },
  outputs: {},
  params: z.object({}),
  terminal: true,
  run({ video }, _params, context) {
    showVideo(video, context)
    return {}
  },
})
