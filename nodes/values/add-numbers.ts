import { defineNode } from '@beatloom/core'
import { z } from 'zod'

export const addNumbers = defineNode({
  type: 'value.add',
  version: 1,
  title: 'Add',
  description: 'The sum of two numbers.',
  category: 'Values',
  aliases: ['sum', 'plus', 'math', 'addieren', 'additionner', '加算', '加'],
  inputs: { a: { type: 'NUMBER' }, b: { type: 'NUMBER' } },
  outputs: { sum: { type: 'NUMBER' } },
  params: z.object({}),
  passThrough: { sum: 'a' },
  run: ({ a, b }) => ({ sum: a + b }),
})
