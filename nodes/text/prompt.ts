import { defineNode, type ParamMeta } from '@beatloom/core'
import { familyOf } from '@beatloom/models'
import { z } from 'zod'

export const prompt = defineNode({
  type: 'text.prompt',
  version: 2,
  title: 'Prompt',
  description: 'Says in words how the picture should move and light up, for a model to follow.',
  category: 'text',
  aliases: ['text', 'clip text encode', 'positive', 'negative', 'conditioning', '提示词', '文本'],
  phase: 'generate',
  usesDevice: true,
  inputs: { textEncoder: { type: 'TEXT_ENCODER', title: 'Text encoder' } },
  outputs: { conditioning: { type: 'CONDITIONING', title: 'Conditioning' } },
  params: z.object({
    text: z
      .string()
      .max(4000)
      .default('')
      .describe('What should happen, such as "slow pan right, subtle glow". Empty: the model decides.')
      .meta({ widget: 'multiline', title: 'Prompt' } satisfies ParamMeta),
    negative: z
      .string()
      .max(4000)
      .default('')
      .describe('What should not happen, such as "shaking camera", "zoom in", "flicker" or "moving subject".')
      .meta({ widget: 'multiline', title: 'Negative prompt' } satisfies ParamMeta),
    weight: z
      .number()
      .min(0.5)
      .max(1.5)
      .default(1)
      .describe('How much everything moves and lights up: 1 as the words say, 0.5 half of it.')
      .meta({ widget: 'slider', title: 'Prompt weight' } satisfies ParamMeta),
  }),
  cost: () => ({ work: 0.3, memoryBytes: 30e6, diskBytes: 1e5 }),
  async run({ textEncoder }, { text, negative, weight }, { models, signal, display }) {
    const { encodePrompt } = familyOf(textEncoder.family)
    const { conditioning, remarks } = await encodePrompt(models, textEncoder, { text, negative, weight }, signal)
    for (const remark of remarks) display({ kind: 'note', code: 'prompt', text: remark })
    return { conditioning }
  },
})
