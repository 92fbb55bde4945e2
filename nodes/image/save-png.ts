import { writeFile } from 'node:fs/promises'
import { AppError, defineNode, type ParamMeta, readEmbeddedFromBytes } from '@beatloom/core'
import { embedInPng, encodeImage, fileNameOf, IMAGE_MIME } from '@beatloom/media'
import { z } from 'zod'

export const savePng = defineNode({
  type: 'image.save-png',
  version: 1,
  title: 'SavePNG',
  description: 'Saves a picture as a PNG that carries this workflow, so that dropping it on the canvas opens it again.',
  category: 'Image',
  aliases: ['save image', 'export', 'Bild speichern', 'enregistrer', '画像を保存', '保存图像'],
  inputs: { image: { type: 'IMAGE' } },
  outputs: {},
  params: z.object({
    name: z
      .string()
      .max(120)
      .default('picture')
      .describe('File name, without the ending')
      .meta({ title: 'Name' } satisfies ParamMeta),
  }),
  terminal: true,
  async run({ image }, { name }, context) {
    context.signal.throwIfAborted()
    const provenance = await context.provenance()
    const bytes = embedInPng(await encodeImage(image, { format: 'png' }), provenance)
    if (readEmbeddedFromBytes(bytes)?.workflow !== provenance.workflow) {
      throw new AppError('media_write_failed', 'The workflow inside the PNG differs from the one that ran.')
    }
    const path = await context.artifacts.scratch('.png')
    await writeFile(path, bytes)
    const file = await context.artifacts.adopt(path, fileNameOf(name, 'png'), IMAGE_MIME.png)
    context.display({ kind: 'image', file, width: image.width, height: image.height })
    return {}
  },
})
