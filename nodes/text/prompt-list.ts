import { AppError, defineNode, type ParamMeta } from '@beatloom/core'
import { z } from 'zod'

export const promptList = defineNode({
  type: 'text.list',
  version: 1,
  title: 'Prompt list',
  description: 'A list of prompts, of which one is taken: the first, or any other by its number.',
  category: 'text',
  aliases: ['prompts', 'wildcards', 'batch', 'variations', 'lines', 'pick', '提示词列表'],
  inputs: {},
  outputs: {
    text: { type: 'TEXT', title: 'Text', description: 'The prompt that was taken.' },
    all: { type: 'TEXT', list: true, title: 'All', description: 'Every prompt of the list.' },
  },
  params: z.object({
    prompts: z
      .array(z.string().max(4000))
      .max(200)
      .default([])
      .describe('The prompts, one a line')
      .meta({ widget: 'list', title: 'Prompts' } satisfies ParamMeta),
    take: z
      .int()
      .min(1)
      .default(1)
      .describe('Number of the prompt to take; behind the last it begins again, so that a seed can choose')
      .meta({ title: 'Take number' } satisfies ParamMeta),
  }),
  run(_inputs, { prompts, take }, { signal }) {
    signal.throwIfAborted()
    const all = prompts.filter((prompt) => prompt.trim() !== '')
    if (all.length === 0) throw new AppError('input_invalid', 'This list holds no prompt yet: write at least one.')
    return { text: all[(take - 1) % all.length] as string, all }
  },
})
