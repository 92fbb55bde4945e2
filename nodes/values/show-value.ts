import { defineNode } from '@beatloom/core'
import { z } from 'zod'
import { textOfValue } from './value-text.ts'

export const showValue = defineNode({
  type: 'value.show',
  version: 1,
  title: 'Show value',
  description: 'Shows a text or a number on the canvas; of other values their size, rate and length.',
  category: 'Values',
  aliases: ['display', 'print', 'preview', 'anzeigen', 'afficher', '表示', '显示'],
  inputs: { value: { type: 'ANY' } },
  outputs: {},
  params: z.object({}),
  terminal: true,
  run({ value }, _params, context) {
    const own = typeof value === 'string' || typeof value === 'number'
    context.display({ kind: 'text', text: textOfValue(value), ...(own ? {} : { spoken: true }) })
    return {}
  },
})
