import { AppError, Blocked, defineNode, type InstalledModel, type ParamMeta } from '@beatloom/core'
import { familyOf } from '@beatloom/models'
import { z } from 'zod'

const PROVIDER_TITLES = {
  cpu: 'CPU',
  cuda: 'CUDA',
  webgpu: 'WebGPU',
  tensorrt: 'TensorRT',
  coreml: 'Core ML',
  dml: 'DirectML',
}

export const loadModel = defineNode({
  type: 'model.load',
  version: 2,
  title: 'Load model',
  description: 'Opens an installed model and hands out its parts. Nothing is read into memory before a node runs it.',
  category: 'model',
  aliases: ['checkpoint', 'diffusers', 'unet', 'loader', 'wan', 'pocket', '模型', '加载'],
  inputs: {},
  outputs: {
    high: { type: 'MODEL', title: 'High noise', description: 'The expert for the first, noisy steps.' },
    low: {
      type: 'MODEL',
      title: 'Low noise',
      description: 'The expert for the last steps; the same as the first in models with one.',
    },
    vae: { type: 'VAE', title: 'VAE' },
    textEncoder: { type: 'TEXT_ENCODER', title: 'Text encoder' },
    audioEncoder: { type: 'AUDIO_ENCODER', title: 'Audio encoder' },
  },
  params: z.object({
    model: z
      .string()
      .min(1)
      .default('pocket')
      .describe('Name of the installed model.')
      .meta({ widget: 'model', title: 'Model' } satisfies ParamMeta),
    provider: z
      .enum(['auto', 'cpu', 'cuda', 'webgpu', 'tensorrt', 'coreml', 'dml'])
      .default('auto')
      .describe(
        'Where it runs. Auto measures once which is fastest on this machine; TensorRT is never chosen by itself.',
      )
      .meta({
        title: 'Runs on',
        advanced: true,
        choiceTitles: PROVIDER_TITLES,
        availability: 'providers',
      } satisfies ParamMeta),
  }),
  modelsUsed: ({ model }) => [model],
  async run(_inputs, { model, provider }, { models }) {
    const installed = await models.open(model)
    const family = familyOf(installed.family)
    refuseWithout(installed, family.requires)
    const { audioEncoder, ...parts } = family.load(installed, provider)
    // What is linked to an encoder that the model does not have is left out.
    return { ...parts, audioEncoder: audioEncoder ?? new Blocked() }
  },
})

/** Names every part that is missing, not the first alone. */
function refuseWithout(model: InstalledModel, required: readonly string[]): void {
  const missing = required.filter((name) => !model.components[name])
  if (missing.length === 0) return
  throw new AppError('model_missing', `The model "${model.name}" is incomplete: it has no ${missing.join(', no ')}.`, {
    details: { model: model.name, missing },
  })
}
