import { defineNode, known, type Mask, type ParamMeta } from '@beatloom/core'
import { resizeImage } from '@beatloom/media'
import { z } from 'zod'
import { drawStrokes } from './draw-strokes.ts'
import { showSubject } from './show-subject.ts'

/** Masks are painted at this longest side and then spread over the picture; brushes are softer than that. */
const PAINTED_SIDE = 1024
const MOST_STROKES = 500
const MOST_POINTS = 2000

const place = z.number().min(-1).max(2)
const stroke = z.object({
  mode: z.enum(['add', 'erase']).default('add'),
  radius: z.number().min(0.002).max(0.5).default(0.05),
  points: z
    .array(z.tuple([place, place]))
    .min(1)
    .max(MOST_POINTS),
})

export const paintMask = defineNode({
  type: 'mask.paint',
  version: 1,
  title: 'Paint mask',
  description: 'A mask painted over a picture by hand: from nothing, or over a mask that was found.',
  category: 'Image',
  aliases: ['mask editor', 'brush', 'draw', 'inpaint', 'eraser', 'MaskEditor', '绘制遮罩', '画笔', '涂抹'],
  inputs: {
    image: { type: 'IMAGE', title: 'Picture' },
    mask: {
      type: 'MASK',
      title: 'Start from',
      optional: true,
      description: 'What is there before the first stroke, such as a subject that was found; nothing without it.',
    },
  },
  outputs: { mask: { type: 'MASK', title: 'Mask', description: 'White where painted, as large as the picture.' } },
  passThrough: { mask: 'mask' },
  params: z.object({
    strokes: z
      .array(stroke)
      .max(MOST_STROKES)
      .default([])
      .describe('What was painted and erased, in turn; places and sizes are shares of the picture.')
      .meta({ widget: 'mask', title: 'Strokes' } satisfies ParamMeta),
  }),
  facts: ({ image }) => ({ mask: known({ width: image?.width, height: image?.height }) }),
  async run({ image, mask: before }, { strokes }, context) {
    context.signal.throwIfAborted()
    const scale = Math.min(1, PAINTED_SIDE / Math.max(image.width, image.height))
    const width = Math.max(1, Math.round(image.width * scale))
    const height = Math.max(1, Math.round(image.height * scale))
    const painted: Mask = { width, height, data: new Uint8Array(width * height) }
    if (before) painted.data.set((await resizeImage({ ...before, channels: 1 }, width, height)).data)
    drawStrokes(painted, strokes, context.signal)
    const { data } = await resizeImage({ ...painted, channels: 1 }, image.width, image.height)
    const mask: Mask = { width: image.width, height: image.height, data }
    await showSubject(image, mask, context, before)
    return { mask }
  },
})
