import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loraInputs } from './lora-inputs.ts'
import type { LoraMap } from './lora-map.ts'
import { loraNameReader } from './lora-names.ts'
import { openLora } from './open-lora.ts'
import { layerTensors, type SmallTensor, writeSafetensors } from './testing.ts'

const layer = (module: string, taken: number, given: number): LoraMap => ({
  [module]: { a: `lora.${module}.a`, b: `lora.${module}.b`, in: taken, out: given },
})
const [query, up] = ['blocks.0.attn1.to_q', 'blocks.0.ffn.net.0.proj']
const map: LoraMap = { ...layer(query, 2, 2), ...layer(up, 2, 3) }
const never = new AbortController().signal

let folder: string
let files = 0
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'beatloom-lora-'))
})
afterAll(() => rm(folder, { recursive: true }))
const loraOf = async (tensors: Record<string, SmallTensor>, metadata?: Record<string, string>) =>
  openLora(await writeSafetensors(join(folder, `lora-${files++}.safetensors`), tensors, metadata), map)
const scalar = (value: number): SmallTensor => ({ shape: [], values: [value] })

describe('names of LoRA tensors', () => {
  const layers = ['attn1.to_q', 'attn1.to_out.0', 'attn2.to_k', 'attn2.to_v', 'ffn.net.0.proj', 'ffn.net.2']
  const nameOf = loraNameReader([0, 1, 10].flatMap((block) => layers.map((path) => `blocks.${block}.${path}`)))
  it.each([
    ['transformer.blocks.10.attn1.to_q.lora_A.weight', 'blocks.10.attn1.to_q', 'down'],
    ['transformer_2.blocks.0.ffn.net.2.lora_B.weight', 'blocks.0.ffn.net.2', 'up'],
    ['base_model.model.blocks.1.attn2.to_k.lora_A.default.weight', 'blocks.1.attn2.to_k', 'down'],
    ['diffusion_model.blocks.0.self_attn.q.lora_down.weight', 'blocks.0.attn1.to_q', 'down'],
    ['diffusion_model.blocks.0.self_attn.o.lora_up.weight', 'blocks.0.attn1.to_out.0', 'up'],
    ['diffusion_model.blocks.0.cross_attn.v.alpha', 'blocks.0.attn2.to_v', 'alpha'],
    ['diffusion_model.blocks.1.ffn.0.lora_A.weight', 'blocks.1.ffn.net.0.proj', 'down'],
    ['blocks.1.ffn.2.lora_B.weight', 'blocks.1.ffn.net.2', 'up'],
    ['lora_unet_blocks_10_self_attn_q.lora_down.weight', 'blocks.10.attn1.to_q', 'down'],
    ['lora_unet_blocks_1_cross_attn_k.alpha', 'blocks.1.attn2.to_k', 'alpha'],
    ['lora_transformer_blocks_0_attn1_to_out_0.lora_up.weight', 'blocks.0.attn1.to_out.0', 'up'],
  ])('reads %s', (tensor, module, part) => {
    expect(nameOf(tensor)).toEqual({ module, part })
  })
  it.each([
    'diffusion_model.blocks.0.self_attn.q.diff_b',
    'diffusion_model.blocks.0.norm3.diff',
    'diffusion_model.blocks.0.self_attn.norm_q.lora_down.weight',
    'diffusion_model.blocks.2.self_attn.q.lora_down.weight',
    'diffusion_model.vace_blocks.0.self_attn.q.lora_down.weight',
    'diffusion_model.head.head.lora_down.weight',
    'lora_te1_text_model_encoder_layers_0_mlp_fc1.lora_down.weight',
  ])('finds no place for %s', (tensor) => {
    expect(nameOf(tensor)).toBeNull()
  })
})

describe('LoRA inputs', () => {
  const ones = () => loraOf(layerTensors(`transformer.${query}`, [[1, 2]], [[3], [4]]))

  it('are the factors turned round, and of rank 0 for layers without a change', async () => {
    expect(await loraInputs(map, [{ lora: await ones(), strength: 1 }], never)).toEqual({
      [`lora.${query}.a`]: { dims: [2, 1], data: Float32Array.of(1, 2) },
      [`lora.${query}.b`]: { dims: [1, 2], data: Float32Array.of(3, 4) },
      [`lora.${up}.a`]: { dims: [2, 0], data: new Float32Array(0) },
      [`lora.${up}.b`]: { dims: [0, 3], data: new Float32Array(0) },
    })
  })
  it('hold several LoRAs side by side along the rank, each with its strength, alpha and rank in b', async () => {
    const rankTwo = await loraOf({
      ...layerTensors(
        'lora_unet_blocks_0_self_attn_q',
        [
          [5, 6],
          [7, 8],
        ],
        [
          [1, 2],
          [3, 4],
        ],
        ['lora_down', 'lora_up'],
      ),
      'lora_unet_blocks_0_self_attn_q.alpha': scalar(8),
    })
    const applied = [
      { lora: await ones(), strength: 0.5 },
      { lora: rankTwo, strength: -1 },
    ]
    const inputs = await loraInputs(map, applied, never)
    // Rows of a belong to the inputs 0 and 1; its columns to the ranks. alpha / rank = 8 / 2, times -1.
    expect(inputs[`lora.${query}.a`]).toEqual({ dims: [2, 3], data: Float32Array.of(1, 5, 7, 2, 6, 8) })
    expect(inputs[`lora.${query}.b`]).toEqual({ dims: [3, 2], data: Float32Array.of(1.5, 2, -4, -12, -8, -16) })
    expect((await loraInputs(map, applied.toReversed(), never))[`lora.${query}.a`]?.data).toEqual(
      Float32Array.of(5, 7, 1, 6, 8, 2),
    )
  })
  it('of layers wider than one tile are turned whole', async () => {
    // Odd sizes, so that tiles are cut at both borders; every value is its own place.
    const [taken, given, rank] = [70, 37, 35]
    const [wide] = Object.values(layer('wide', taken, given))
    const rows = (count: number, length: number) =>
      Array.from({ length: count }, (_, r) => Array.from({ length }, (_, c) => r * length + c))
    const path = join(folder, 'wide.safetensors')
    const lora = await openLora(
      await writeSafetensors(path, layerTensors('wide', rows(rank, taken), rows(given, rank))),
      { wide: wide! },
    )
    const inputs = await loraInputs({ wide: wide! }, [{ lora, strength: 1 }], never)
    const turned = (count: number, length: number) =>
      Float32Array.from({ length: count * length }, (_, k) => (k % count) * length + Math.floor(k / count))
    expect(inputs[wide!.a]).toEqual({ dims: [taken, rank], data: turned(rank, taken) })
    expect(inputs[wide!.b]).toEqual({ dims: [rank, given], data: turned(given, rank) })
  })
  it('leave out a LoRA of strength 0', async () => {
    const inputs = await loraInputs(map, [{ lora: await ones(), strength: 0 }], never)
    expect(Object.values(inputs).map(({ data }) => data.length)).toEqual([0, 0, 0, 0])
  })
  it('take alpha from the settings of the training where no tensor has it', async () => {
    const lora = await loraOf(
      layerTensors(
        `transformer.${query}`,
        [
          [1, 2],
          [0, 0],
        ],
        [
          [3, 0],
          [4, 0],
        ],
      ),
      {
        lora_adapter_metadata: JSON.stringify({ 'transformer.r': 2, 'transformer.lora_alpha': 1 }),
      },
    )
    const inputs = await loraInputs(map, [{ lora, strength: 1 }], never)
    expect(inputs[`lora.${query}.b`]?.data).toEqual(Float32Array.of(1.5, 2, 0, 0))
  })
  it('stop being made when they are not wanted any more', async () => {
    const made = loraInputs(map, [{ lora: await ones(), strength: 1 }], AbortSignal.abort())
    await expect(made).rejects.toMatchObject({ code: 'run_cancelled' })
  })
})

describe('a LoRA file', () => {
  it('names what has no place in the model: other tensors, and a factor without the other', async () => {
    const { [`${up}.lora_B.weight`]: _, ...half } = layerTensors(up, [[1, 2]], [[1], [2], [3]])
    const { layers, leftOut } = await loraOf({
      ...layerTensors(query, [[1, 2]], [[3], [4]]),
      ...half,
      'blocks.0.norm3.diff': { shape: [2], values: [1, 1] },
    })
    expect([...layers.keys()]).toEqual([query])
    expect(leftOut).toEqual(['blocks.0.norm3.diff', `${up}.lora_A.weight`])
  })
  it('is refused when it is for another model: no layer in common, or layers of another size', async () => {
    await expect(loraOf(layerTensors('unet.down_blocks.0.to_q', [[1]], [[1]]))).rejects.toMatchObject({
      code: 'input_invalid',
      message: expect.stringMatching(
        /is a LoRA for another model: none of its 2 tensors has a place in this one \(unet\.down_blocks\.0\.to_q\.lora_A\.weight, /,
      ),
    })
    await expect(loraOf(layerTensors(query, [[1, 2, 3]], [[1], [2]]))).rejects.toMatchObject({
      code: 'input_invalid',
      message: expect.stringContaining(
        'its blocks.0.attn1.to_q is [1, 3] and [2, 1], where [rank, 2] and [2, rank] are wanted.',
      ),
      details: { module: query, found: { down: [1, 3], up: [2, 1] }, wanted: { in: 2, out: 2 } },
    })
    // Both sides fit, the ranks do not.
    await expect(
      loraOf(
        layerTensors(
          query,
          [[1, 2]],
          [
            [1, 1],
            [2, 2],
          ],
        ),
      ),
    ).rejects.toMatchObject({
      details: { found: { down: [1, 2], up: [2, 2] } },
    })
  })
})
