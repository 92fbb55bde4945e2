import { CancelledError, defineNode, type LoraRef, type Model, type ParamMeta } from '@beatloom/core'
import { openLora, readLoraMap } from '@beatloom/models'
import { z } from 'zod'

/** Names of left-out tensors that are shown; there can be hundreds. */
const NAMES_SHOWN = 3

export const addLora = defineNode({
  type: 'model.lora',
  version: 1,
  title: 'LoRA',
  description:
    'Adds a LoRA to a model: a file of small changes to its weights, for a style, a person, a movement, or fewer steps. Several nodes in a row add several. Of a model with two experts, high and low noise are taught apart: put each file on its own line, before the expert switch.',
  category: 'model',
  aliases: ['lora', 'adapter', 'fine-tune', 'safetensors', 'lightning', 'distilled', '微调', '风格'],
  inputs: { model: { type: 'MODEL', title: 'Model' } },
  outputs: { model: { type: 'MODEL', title: 'Model' } },
  passThrough: { model: 'model' },
  params: z.object({
    file: z
      .string()
      .default('')
      .describe('The LoRA, a .safetensors file')
      .meta({ widget: 'file', accept: 'weights', title: 'File' } satisfies ParamMeta),
    strength: z
      .number()
      .min(-2)
      .max(2)
      .default(1)
      .describe('How much of the change is made: 1 as trained, 0 none, below 0 the opposite.')
      .meta({ widget: 'slider', title: 'Strength' } satisfies ParamMeta),
  }),
  async run({ model }, { file: reference, strength }, { files, signal, display }) {
    const file = await files.resolve(reference)
    const experts: Model['experts'] = []
    const remarks = new Set<string>()
    for (const expert of model.experts) {
      if (signal.aborted) throw new CancelledError()
      const map = await readLoraMap(expert.component)
      const { layers, leftOut } = await openLora(file, map)
      remarks.add(`${file.name} changes ${layers.size} of the model’s ${Object.keys(map).length} layers.`)
      if (leftOut.length > 0) {
        const names = leftOut.slice(0, NAMES_SHOWN).join(', ')
        remarks.add(
          `${leftOut.length} tensors of ${file.name} have no place in this model and are left out, such as ${names}.`,
        )
      }
      experts.push({ ...expert, component: withLora(expert.component, { file, strength }) })
    }
    for (const text of remarks) display({ kind: 'note', code: 'lora', text })
    return { model: { ...model, experts } }
  },
})

const withLora = (component: Model['experts'][number]['component'], lora: LoraRef) => ({
  ...component,
  loras: [...(component.loras ?? []), lora],
})
