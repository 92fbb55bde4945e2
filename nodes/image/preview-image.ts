import { defineNode } from '@beatloom/core'
import { z } from 'zod'
import { showImage } from './show-image.ts'

export const previewImage = defineNode({
  type: 'image.preview',
  version: 1,
  title: 'Preview image',
  description: 'Shows a picture on the canvas.',
  category: 'Image',
  aliases: ['show image', 'view', 'Vorschau', 'aperçu', 'プレビュー', '预览'],
  inputs: { image: { type: 'IMAGE' } },
  outputs: {},
  params: z.object({}),
  terminal: true,
  async run({ image }, _params, context) {
    context.signal.throwIfAborted()
    await showImage(image, 'preview', context, { full: 'keep' })
    return {}
  },
})
