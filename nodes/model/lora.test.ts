import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type ComponentRef,
  createRegistry,
  defineNode,
  type FileHandle,
  type Model,
  type NodeDefinition,
} from '@beatloom/core'
import { runNode, runWorkflow, testHost } from '@beatloom/core/testing'
import { fixtureHost, fixturesFolder, layerTensors, writeSafetensors } from '@beatloom/models/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { addLora } from './lora.ts'

let folder: string
const files = new Map<string, FileHandle>()
const services = { files: { resolve: async (reference: string) => files.get(reference)! } }
const component = (name: string): ComponentRef => ({
  folder: join(fixturesFolder, 'graphs'),
  component: name,
  sha256: name,
})
const modelOf = (...components: string[]): Model => ({
  family: 'graphs',
  experts: components.map((name) => ({ component: component(name), guidance: 1 })),
  boundary: null,
  boundaryStep: null,
  shift: 1,
})

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'beatloom-lora-node-'))
  const rank1 = layerTensors('net', [[1, 1, 1]], [[1], [0], [0]])
  files.set('style', await writeSafetensors(join(folder, 'style.safetensors'), rank1))
  files.set(
    'other',
    await writeSafetensors(join(folder, 'other.safetensors'), layerTensors('net', [[1, 1, 1]], [[0], [1], [0]])),
  )
  const odd = { ...rank1, 'net.diff_b': { shape: [3], values: [1, 1, 1] } }
  files.set('odd', await writeSafetensors(join(folder, 'odd.safetensors'), odd))
  files.set(
    'foreign',
    await writeSafetensors(join(folder, 'foreign.safetensors'), layerTensors('unet.x', [[1]], [[1]])),
  )
})
afterAll(() => rm(folder, { recursive: true }))

describe('model.lora', () => {
  it('adds the file and its strength to every expert, behind those that are there, and says how much it changes', async () => {
    const first = await runNode(addLora, { model: modelOf('lora', 'lora') }, { file: 'style' }, services)
    const { model, display } = await runNode(
      addLora,
      { model: first.model },
      { file: 'other', strength: -0.5 },
      services,
    )
    const loras = [
      { file: files.get('style'), strength: 1 },
      { file: files.get('other'), strength: -0.5 },
    ]
    expect(model.experts.map((expert) => expert.component.loras)).toEqual([loras, loras])
    expect(first.model.experts[0]?.component.loras).toHaveLength(1)
    expect(display).toEqual([
      { kind: 'note', code: 'lora', text: 'other.safetensors changes 1 of the model’s 1 layers.' },
    ])
  })
  it('changes what the model gives, as much as the strengths say, without loading it again', async () => {
    const host = fixtureHost()
    const sample = { dims: [1, 3], data: Float32Array.of(1, 2, 3) }
    const outputAt = async (strength: number) => {
      const { model } = await runNode(addLora, { model: modelOf('lora') }, { file: 'style', strength }, services)
      const expert = model.experts[0]!.component
      return [...(await host.run(expert, { sample }, new AbortController().signal))['out_sample']!.data]
    }
    // 6, the sum, goes to the first value.
    expect(await outputAt(1)).toEqual([7, 2, 3])
    expect(await outputAt(-1)).toEqual([-5, 2, 3])
    expect(await outputAt(0)).toEqual([1, 2, 3])
    await host.close()
  })
  it('names what of the file it cannot use', async () => {
    const { display } = await runNode(addLora, { model: modelOf('lora') }, { file: 'odd' }, services)
    expect(display[1]).toEqual({
      kind: 'note',
      code: 'lora',
      text: '1 tensors of odd.safetensors have no place in this model and are left out, such as net.diff_b.',
    })
  })
  it('refuses a file for another model, and a model without inputs for LoRAs', async () => {
    const refused = (name: string, file: string) => runNode(addLora, { model: modelOf(name) }, { file }, services)
    await expect(refused('lora', 'foreign')).rejects.toMatchObject({ code: 'input_invalid' })
    await expect(refused('half', 'style')).rejects.toMatchObject({
      code: 'model_invalid',
      message: 'The model "graphs" was exported without inputs for LoRAs; export it anew with them, see models/export.',
    })
  })
  it('runs again for another content of the file, and not for the same under another name', async () => {
    const source = defineNode({
      type: 'test.model',
      version: 1,
      title: 'Model',
      description: 'A model with inputs for LoRAs.',
      category: 'test',
      inputs: {},
      outputs: { model: { type: 'MODEL' } },
      params: z.object({}),
      run: () => ({ model: modelOf('lora') }),
    })
    await cp(join(folder, 'style.safetensors'), join(folder, 'copy.safetensors'))
    files.set('copy', { ...files.get('style')!, path: join(folder, 'copy.safetensors'), name: 'copy.safetensors' })
    const registry = createRegistry([source, addLora] as NodeDefinition[])
    const host = testHost(services)
    const ran = async (file: string) => {
      const nodes = {
        source: { type: 'test.model' },
        lora: { type: 'model.lora', params: { file }, links: { model: { node: 'source', port: 'model' } } },
      }
      const report = await runWorkflow({ beatloom: 1, nodes }, registry, host, { nodes: ['lora'] })
      return report.didRun('lora')
    }
    expect(await ran('style')).toBe(true)
    expect(await ran('other')).toBe(true)
    expect(await ran('copy')).toBe(false)
    expect(await ran('style')).toBe(false)
  })
})
