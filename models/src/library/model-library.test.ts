import { cp, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { detectFamily } from './detect-family.ts'
import { createModelLibrary } from './model-library.ts'

const testing = join(import.meta.dirname, '../testing')
let scratch: string
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'beatloom-library-'))
})
afterAll(() => rm(scratch, { recursive: true }))

async function copyOfTiny(name: string): Promise<string> {
  const folder = join(scratch, name, 'tiny-pocket')
  await cp(join(testing, 'tiny-pocket'), folder, { recursive: true })
  return folder
}

describe('model library', () => {
  it('opens a model with its components, configs and hashes', async () => {
    const model = await createModelLibrary([testing], undefined).open('tiny-pocket')
    expect(model).toMatchObject({
      name: 'tiny-pocket',
      family: 'pocket',
      licence: 'MIT',
      title: 'Tiny pocket (a test fixture)',
    })
    expect(Object.keys(model.components)).toEqual([
      'audio_encoder',
      'image_encoder',
      'text_encoder',
      'tokenizer',
      'transformer',
      'transformer_2',
      'vae_decoder',
    ])
    expect(model.index['boundary_ratio']).toBe(0.875)
    expect(model.scheduler['shift']).toBe(8)
    expect(model.components['transformer']!.sha256).not.toBe(model.components['transformer_2']!.sha256)
    const entries = await readdir(join(testing, 'tiny-pocket'), { recursive: true, withFileTypes: true })
    const files = entries.filter((entry) => entry.isFile() && entry.name !== 'manifest.json')
    const sizes = await Promise.all(files.map(async (file) => (await stat(join(file.parentPath, file.name))).size))
    expect(model.sizeBytes).toBe(sizes.reduce((sum, size) => sum + size, 0))
  })

  it('lists models by name and skips folders that are none', async () => {
    const models = await createModelLibrary([testing], undefined).list()
    const names = models.map((model) => model.name)
    expect(names).toContain('graphs')
    expect(names).toContain('tiny-pocket')
    expect(names).not.toContain('src')
  })

  it('says which models are installed when one is missing, and never leaves its folders', async () => {
    const library = createModelLibrary([testing], undefined)
    await expect(library.open('huge')).rejects.toMatchObject({
      code: 'model_missing',
      message: expect.stringContaining('tiny-pocket'),
    })
    for (const name of [
      '../testing/tiny-pocket',
      '..',
      '.',
      '',
      'tiny-pocket/transformer',
      join(testing, 'tiny-pocket'),
    ]) {
      await expect(library.open(name)).rejects.toMatchObject({ code: 'model_missing' })
    }
  })

  it('computes the same hash with and without a manifest, and another one when a weight changes', async () => {
    const folder = await copyOfTiny('changing')
    const library = createModelLibrary([join(scratch, 'changing')], join(scratch, 'data'))
    const before = await library.open('tiny-pocket')
    await rm(join(folder, 'manifest.json'))
    const computed = await library.open('tiny-pocket')
    expect(computed.sha256).toBe(before.sha256)
    const graph = join(folder, 'transformer/model.onnx')
    const bytes = await readFile(graph)
    bytes[bytes.length - 20]! ^= 1
    await writeFile(graph, bytes)
    await utimes(graph, new Date(), new Date(Date.now() + 5000))
    const changed = await library.open('tiny-pocket')
    expect(changed.sha256).not.toBe(before.sha256)
    expect(changed.components['transformer']!.sha256).not.toBe(before.components['transformer']!.sha256)
    expect(changed.components['transformer_2']!.sha256).toBe(before.components['transformer_2']!.sha256)
  })

  it('refuses a graph that is not the one in the manifest, and one that is not there', async () => {
    const folder = await copyOfTiny('damaged')
    const library = createModelLibrary([join(scratch, 'damaged')], undefined)
    const graph = join(folder, 'transformer/model.onnx')
    const bytes = await readFile(graph)
    bytes[100]! ^= 1
    await writeFile(graph, bytes)
    const model = await library.open('tiny-pocket')
    await expect(library.graphOf(model.components['transformer']!)).rejects.toMatchObject({
      code: 'model_invalid',
      message: expect.stringContaining('transformer/model.onnx'),
    })
    await rm(graph)
    await expect(library.graphOf(model.components['transformer']!)).rejects.toMatchObject({ code: 'model_missing' })
    await expect(library.graphOf(model.components['vae_decoder']!)).rejects.toMatchObject({
      code: 'model_missing',
      message: expect.stringContaining('no vae_decoder'),
    })
  })

  it('names the file when a model_index.json is no JSON, and still lists the others', async () => {
    const folder = await copyOfTiny('broken')
    await cp(folder, join(scratch, 'broken/good'), { recursive: true })
    await writeFile(join(folder, 'model_index.json'), '[1')
    const notices: string[] = []
    const library = createModelLibrary([join(scratch, 'broken')], undefined, (text) => notices.push(text))
    await expect(library.open('tiny-pocket')).rejects.toMatchObject({
      code: 'model_invalid',
      message: expect.stringContaining('model_index.json'),
    })
    expect((await library.list()).map((model) => model.name)).toContain('good')
    expect(notices[0]).toContain('tiny-pocket')
  })

  it('finds graphs in the flat layout and by precision, and counts external data', async () => {
    const { findGraph } = await import('./graph-file.ts')
    const folder = join(scratch, 'flat')
    await cp(join(testing, 'graphs/external/model.onnx'), join(folder, 'onnx/unet_fp16.onnx'))
    await cp(join(testing, 'graphs/external'), join(folder, 'vae_decoder/onnx'), { recursive: true })
    expect((await findGraph(folder, 'unet'))?.path).toBe(join(folder, 'onnx/unet_fp16.onnx'))
    const vae = await findGraph(folder, 'vae_decoder')
    expect(vae?.files.map((file) => file.slice(folder.length))).toEqual([
      '/vae_decoder/onnx/model.onnx',
      '/vae_decoder/onnx/model.onnx_data',
    ])
    expect(await findGraph(folder, 'transformer')).toBeNull()
    const model = await createModelLibrary([scratch], undefined).open('flat')
    expect(Object.keys(model.components)).toEqual(['unet', 'vae_decoder'])
  })
})

describe('family', () => {
  const family = (components: string[], index = {}, configs: Record<string, Record<string, unknown>> = {}) =>
    detectFamily({ index, components, config: (name) => configs[name] ?? {} })
  it('is told by components and configs', () => {
    expect(family(['transformer', 'transformer_2'])).toBe('wan-t2v')
    expect(family(['transformer', 'transformer_2'], {}, { transformer: { in_channels: 36 } })).toBe('wan-i2v')
    expect(family(['transformer'], { expand_timesteps: true })).toBe('wan-ti2v')
    expect(family(['transformer', 'audio_encoder'], {}, { transformer: { audio_dim: 1024 } })).toBe('wan-s2v')
    expect(family(['unet'])).toBe('stable-diffusion')
    expect(family(['unet'], {}, { unet: { time_cond_proj_dim: 256 } })).toBe('latent-consistency')
    expect(family(['transformer'])).toBe('unknown')
    expect(family(['segmenter'], { _class_name: 'SelfieSegmentation' })).toBe('subject-segmenter')
  })
})
