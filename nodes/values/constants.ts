import { defineNode, type ParamMeta } from '@beatloom/core'
import { z } from 'zod'

export const textValue = defineNode({
  type: 'value.text',
  version: 1,
  title: 'Text',
  description: 'A piece of text to feed other nodes.',
  category: 'Values',
  aliases: ['string', 'constant', 'Text', 'texte', 'テキスト', '文本'],
  inputs: {},
  outputs: { text: { type: 'TEXT' } },
  params: z.object({
    value: z
      .string()
      .default('')
      .describe('The text')
      .meta({ widget: 'multiline', title: 'Text' } satisfies ParamMeta),
  }),
  facts: (_inputs, { value }) => ({ text: { value } }),
  run: (_inputs, { value }) => ({ text: value }),
})

export const numberValue = defineNode({
  type: 'value.number',
  version: 1,
  title: 'Number',
  description: 'A number to feed other nodes.',
  category: 'Values',
  aliases: ['float', 'integer', 'constant', 'Zahl', 'nombre', '数値', '数字'],
  inputs: {},
  outputs: { number: { type: 'NUMBER' } },
  params: z.object({
    value: z
      .number()
      .default(0)
      .describe('The number')
      .meta({ widget: 'number', title: 'Number' } satisfies ParamMeta),
  }),
  facts: (_inputs, { value }) => ({ number: { value } }),
  run: (_inputs, { value }) => ({ number: value }),
})

export const booleanValue = defineNode({
  type: 'value.boolean',
  version: 1,
  title: 'Yes or no',
  description: 'A switch to feed other nodes.',
  category: 'Values',
  aliases: ['boolean', 'toggle', 'switch', 'constant', 'Schalter', 'booléen', '真偽値', '布尔'],
  inputs: {},
  outputs: { boolean: { type: 'BOOLEAN' } },
  params: z.object({
    value: z
      .boolean()
      .default(false)
      .describe('On or off')
      .meta({ widget: 'toggle', title: 'On' } satisfies ParamMeta),
  }),
  facts: (_inputs, { value }) => ({ boolean: { value } }),
  run: (_inputs, { value }) => ({ boolean: value }),
})
