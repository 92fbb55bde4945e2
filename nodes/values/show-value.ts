import { AppError, defineNode } from '@beatloom/core'
import { z } from 'zod'

export const showValue = defineNode({
  type: 'value.show',
  version: 1,
  title: 'Show value',
  description: 'Shows a text, a number or a yes-or-no on the canvas.',
  category: 'Values',
  aliases: ['display', 'print', 'preview', 'anzeigen', 'afficher', '表示', '显示'],
  inputs: { value: { type: 'ANY' } },
  outputs: {},
  params: z.object({}),
  terminal: true,
  run({ value }, _params, context) {
    context.display({ kind: 'text', text: textOf(value) })
    return {}
  },
})

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  throw new AppError(
    'input_invalid',
    'Only a text, a number or a yes-or-no can be shown here; use a preview node for others.',
  )
}
