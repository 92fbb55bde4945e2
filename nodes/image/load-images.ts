import {
  AppError,
  defineNode,
  type Image,
  type NodeCost,
  type ParamMeta,
  reasonOf,
  type ValueFacts,
} from '@beatloom/core'
import { z } from 'zod'
import { megapixels } from '../clip-pixels.ts'
import { loadCost, longestSideParam, type OpenedPicture, openPicture, scaledFacts } from './open-picture.ts'
import { showImage } from './show-image.ts'

const MOST_PICTURES = 64
/** All of them stay open: 64 photographs of this size are 0.9 GB. Enough for close views at 720p. */
const USUAL_SIDE = 2560

export const loadImages = defineNode({
  type: 'image.load-several',
  version: 1,
  title: 'LoadImages',
  description:
    'Opens several JPG, PNG or WebP pictures in the order given, each turned upright, transparency laid on white. What follows runs once for each of them, or takes them all.',
  category: 'Image',
  aliases: ['load images', 'pictures', 'photos', 'album', 'batch', 'image list', '多张图片', '图片列表', '相册'],
  inputs: {},
  outputs: { images: { type: 'IMAGE', title: 'Pictures', list: true, description: 'In the order of the files.' } },
  params: z.object({
    files: z
      .array(z.string())
      .max(MOST_PICTURES, `Take at most ${MOST_PICTURES} pictures.`)
      .default([])
      .describe('The pictures, in order')
      .meta({ widget: 'file', accept: 'image', several: true, title: 'Pictures' } satisfies ParamMeta),
    longestSide: longestSideParam(USUAL_SIDE),
  }),
  facts: (_inputs, { longestSide }, { files = [] }) => {
    const items = files.map((file) => scaledFacts(file, longestSide) ?? {})
    return { images: { ...items[0], items } }
  },
  cost: (_params, _inputs, { images }) => costOfAll(images?.items ?? []),
  async run(_inputs, { files, longestSide }, context) {
    if (files.length === 0) {
      throw new AppError('file_missing', 'No picture is chosen.', { details: { param: 'files' } })
    }
    // The same file twice is one picture in two places.
    const opened = new Map<string, OpenedPicture>()
    const images: Image[] = []
    let scaled = 0
    for (const [index, reference] of files.entries()) {
      context.signal.throwIfAborted()
      const picture =
        opened.get(reference) ??
        (await openPicture(reference, longestSide, context).catch((error) => {
          throw named(error, index, files.length)
        }))
      opened.set(reference, picture)
      if (picture.scaledFrom) scaled++
      images.push(picture.image)
      await showImage(picture.image, picture.file.name, context, { full: picture.file })
      context.progress(index + 1, files.length)
    }
    if (scaled > 0) {
      const text = `Scaled down to ${longestSide} pixels on their longer side: ${scaled} of ${files.length} pictures.`
      context.display({ kind: 'note', code: 'image_scaled', text })
    }
    return { images }
  },
})

/** All of them stay open together; what reading takes on top is needed for one at a time. */
function costOfAll(pictures: readonly ValueFacts[]): NodeCost | null {
  const costs = pictures.map(loadCost)
  if (costs.includes(null)) return null
  const sum = (value: (cost: NodeCost) => number) => costs.reduce((total, cost) => total + value(cost as NodeCost), 0)
  const open = pictures.reduce((bytes, picture) => bytes + 3e6 * (megapixels(picture) ?? 0), 0)
  return {
    work: sum((cost) => cost.work),
    memoryBytes: open + Math.max(0, ...costs.map((cost) => cost?.memoryBytes ?? 0)),
    diskBytes: sum((cost) => cost.diskBytes ?? 0),
  }
}

/** Which of the pictures it was. */
function named(error: unknown, index: number, count: number): unknown {
  if (!(error instanceof AppError) || error.code === 'run_cancelled') return error
  return new AppError(error.code, `Picture ${index + 1} of ${count}: ${reasonOf(error)}`, {
    cause: error,
    details: { ...error.details, param: 'files', index },
  })
}
