import { defineNode, type ParamMeta } from '@beatloom/core'
import { z } from 'zod'
import { HEX_COLOUR, solidImage } from './solid-image.ts'

const side = (title: string, fallback: number) =>
  z.int().min(16).max(8192).default(fallback).describe(`${title} of the picture, pixels`)

export const colourImage = defineNode({
  type: 'image.colour',
  version: 1,
  title: 'Solid colour',
  description: 'A picture of one colour: a ground to start from, or a quiet picture to pulse.',
  category: 'Image',
  aliases: ['color', 'background', 'plain', 'blank', 'solid', 'Farbe', 'couleur', '単色', '纯色'],
  inputs: {},
  outputs: { image: { type: 'IMAGE' } },
  params: z.object({
    colour: z
      .string()
      .regex(HEX_COLOUR, 'A colour is # and six hexadecimal digits.')
      .default('#20242c')
      .describe('The colour, as # and six hexadecimal digits')
      .meta({ widget: 'colour', title: 'Colour' } satisfies ParamMeta),
    width: side('Width', 1280).meta({
      title: 'Width',
      unit: 'px',
      widget: 'size',
      heightParam: 'height',
    } satisfies ParamMeta),
    height: side('Height', 720).meta({ title: 'Height', unit: 'px' } satisfies ParamMeta),
  }),
  facts: (_inputs, { width, height }) => ({ image: { width, height } }),
  run(_inputs, { colour, width, height }, { signal }) {
    signal.throwIfAborted()
    return { image: solidImage(width, height, colour) }
  },
})
