import { readFileSync } from 'node:fs'
import {
  appendFile,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readGraphFacts } from '../library/graph-facts.ts'
import { createModelLibrary } from '../library/model-library.ts'
import { createModelManager, type ModelManagerOptions } from './model-manager.ts'
import { onnxFile } from './testing/onnx-file.ts'

const TESTING = join(import.meta.dirname, '../testing')
const signal = new AbortController().signal
let scratch: string
let source: string
let folder: string

beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'beatloom-folder-'))
  source = join(scratch, 'tiny')
  folder = join(scratch, 'models')
  await cp(join(TESTING, 'tiny-pocket'), source, { recursive: true })
})
afterEach(() => rm(scratch, { recursive: true }))

const manager = (options: Partial<ModelManagerOptions> = {}) =>
  createModelManager({ folder, from: scratch, ...options })
const add = (request = {}) => manager().add({ source: 'tiny', ...request }, signal)
const visible = async () => (await readdir(folder).catch(() => [])).filter((name) => !name.startsWith('.'))

/** The folder is refused with this sentence, and nothing is left of it. */
async function expectRefused(message: string | RegExp, code = 'model_invalid'): Promise<void> {
  await expect(add()).rejects.toMatchObject({
    code,
    message: typeof message === 'string' ? message : expect.stringMatching(message),
  })
  expect(await readdir(folder).catch(() => [])).toEqual([])
}

describe('adding a folder', () => {
  it('links its files, lists it, and takes no more room', async () => {
    await writeFile(join(source, 'weights.safetensors'), 'not needed')
    expect(await add({ name: 'mine' })).toMatchObject({ name: 'mine', family: 'pocket', source, otherwise: [] })
    const path = 'text_encoder/model.onnx'
    expect((await stat(join(folder, 'mine', path))).ino).toBe((await stat(join(source, path))).ino)
    expect(await readdir(join(folder, 'mine'))).not.toContain('weights.safetensors')
    expect(await readdir(folder)).toEqual(['mine'])
    const model = await createModelLibrary([folder], undefined).open('mine')
    expect(model).toMatchObject({ title: 'Tiny pocket (a test fixture)', licence: 'MIT', family: 'pocket', source })
    expect((await createModelLibrary([TESTING], undefined).open('tiny-pocket')).sha256).toBe(model.sha256)
  })

  it('follows links as caches of hubs make them, and links what they lead to', async () => {
    const blob = join(scratch, 'blob')
    const path = 'text_encoder/model.onnx'
    await cp(join(source, path), blob)
    await rm(join(source, path))
    await symlink(blob, join(source, path))
    await add()
    expect((await stat(join(folder, 'tiny', path))).ino).toBe((await stat(blob)).ino)
  })

  it('copies data files that only the graph names', async () => {
    await mkdir(join(source, 'extra'))
    await writeFile(join(source, 'extra/model.onnx'), onnxFile(['x'], ['y'], { 'weights.bin': 12 }))
    await writeFile(join(source, 'extra/weights.bin'), Buffer.alloc(12))
    await add()
    expect(await readdir(join(folder, 'tiny/extra'))).toEqual(['model.onnx', 'weights.bin'])
  })

  it('refuses a name that is taken, by it or by Beatloom, and one that is no name', async () => {
    await add()
    await expect(add()).rejects.toMatchObject({ code: 'model_exists' })
    await expect(add({ name: 'pocket' })).rejects.toMatchObject({ code: 'model_exists' })
    for (const name of ['../up', '.hidden', 'a/b', 'a b']) {
      await expect(add({ name })).rejects.toMatchObject({ code: 'usage' })
    }
    expect(await visible()).toEqual(['tiny'])
  })

  it('says when there is neither a folder nor the name of a repository', async () => {
    for (const text of ['./nowhere', '../nowhere', 'nowhere', '/no/where/at/all', '']) {
      await expect(add({ source: text })).rejects.toMatchObject({ code: 'usage' })
    }
  })

  it('leaves nothing when it is cancelled, and can be repeated', async () => {
    const stop = new AbortController()
    const adding = manager().add({ source: 'tiny' }, stop.signal, ({ phase }) => {
      if (phase === 'copying') stop.abort()
    })
    await expect(adding).rejects.toMatchObject({ code: 'run_cancelled' })
    expect(await readdir(folder)).toEqual([])
    await add()
    expect(await visible()).toEqual(['tiny'])
  })
})

describe('what is no model', () => {
  it('names what is missing', async () => {
    await rm(join(source, 'transformer_2'), { recursive: true })
    await rm(join(source, 'tokenizer'), { recursive: true })
    await expectRefused(
      'The model "tiny" is not complete; missing: tokenizer/tokenizer.json, transformer_2/model.onnx.',
    )
  })

  it('says when there is no model at all, or one for PyTorch', async () => {
    await rm(source, { recursive: true })
    await mkdir(join(source, 'unet'), { recursive: true })
    await expectRefused('"tiny" is no model: it has no model_index.json and no component with a model.onnx.')
    await writeFile(join(source, 'unet/weights.safetensors'), 'x')
    await expectRefused(
      '"tiny" holds PyTorch weights (weights.safetensors) and no ONNX graphs; export it first, see models/export.',
    )
  })

  it.each([
    ['is missing', null, 'The data of the graph unet/model.onnx is missing: unet/model.onnx_data is not there.'],
    [
      'breaks off',
      99,
      'The data of the graph unet/model.onnx breaks off: unet/model.onnx_data has 99 of 100 bytes; copy it again.',
    ],
  ])('says when external data %s', async (_, sizeBytes, message) => {
    await mkdir(join(source, 'unet'))
    await writeFile(join(source, 'unet/model.onnx'), onnxFile(['sample'], ['out_sample'], { 'model.onnx_data': 100 }))
    if (sizeBytes !== null) await writeFile(join(source, 'unet/model.onnx_data'), Buffer.alloc(sizeBytes))
    await expectRefused(message)
  })

  it('refuses data outside of the model', async () => {
    await mkdir(join(source, 'unet'))
    await writeFile(join(source, 'unet/model.onnx'), onnxFile(['sample'], ['out_sample'], { '../../blob': 1 }))
    await expectRefused(/keeps its data outside of the model, in \.\.\/\.\.\/blob/)
  })

  it('refuses inputs nobody can feed, outputs nobody reads, and bfloat16', async () => {
    const graph = join(source, 'text_encoder/model.onnx')
    await writeFile(graph, onnxFile(['input_ids', 'mood'], ['last_hidden_state']))
    await expectRefused(
      /^The graph text_encoder\/model.onnx takes an input "mood" that nobody here can feed; known are:/,
    )
    await writeFile(graph, onnxFile(['input_ids'], ['logits']))
    await expectRefused('The graph text_encoder/model.onnx gives none of the outputs of a text_encoder, only logits.')
    await writeFile(graph, onnxFile(['input_ids'], ['last_hidden_state'], {}, 16))
    await expectRefused(/^text_encoder\/model.onnx takes or gives bfloat16/)
    await writeFile(graph, onnxFile(['input_ids', 'layer.lora_A', 'lora_scale'], ['last_hidden_state']))
    expect(await add()).toMatchObject({ family: 'pocket' })
  })

  it('refuses a graph that breaks off at any byte, and text in the place of one', async () => {
    const graph = join(source, 'transformer/model.onnx')
    const bytes = await readFile(graph)
    const seed = Date.now() % 2 ** 31
    process.stdout.write(`folder.test.ts seed ${seed}\n`)
    for (let place = 0; place < 12; place++) {
      const cut = (seed * (place + 1) * 7919) % bytes.length
      await writeFile(graph, bytes.subarray(0, cut))
      const facts = (): unknown => readGraphFacts(graph)
      expect(facts, `cut at ${cut} of ${bytes.length}`).toThrow(/is no ONNX graph, or it breaks off/)
    }
    await writeFile(graph, 'version https://git-lfs.github.com/spec/v1\n')
    await expectRefused(/is no ONNX graph, or it breaks off in the middle/)
  })

  it('refuses facts that are not JSON', async () => {
    await writeFile(join(source, 'model_index.json'), '{"_class_name": ')
    await expectRefused(/is not a JSON object/)
  })
})

describe('an added model', () => {
  it('is found whole, and each file that differs, is missing or has another length is named', async () => {
    await add()
    const model = join(folder, 'tiny')
    const whole = await manager().verify('tiny', signal)
    expect(whole).toMatchObject({ name: 'tiny', listed: true, problems: [] })
    expect(whole.files).toBeGreaterThan(8)
    // Linked files are the source's own; a copy of one's own is changed here.
    for (const path of ['audio_encoder', 'image_encoder', 'text_encoder', 'transformer'].map(
      (part) => `${part}/model.onnx`,
    )) {
      const bytes = readFileSync(join(model, path))
      await rm(join(model, path))
      await writeFile(join(model, path), bytes)
    }
    const bytes = readFileSync(join(model, 'audio_encoder/model.onnx'))
    bytes.writeUInt8(bytes.readUInt8(900) ^ 1, 900)
    await writeFile(join(model, 'audio_encoder/model.onnx'), bytes)
    await truncate(join(model, 'image_encoder/model.onnx'), 100)
    await rm(join(model, 'text_encoder/model.onnx'))
    await appendFile(join(model, 'transformer/model.onnx'), 'x')
    const { problems } = await manager().verify('tiny', signal)
    expect(problems.map(({ path, kind }) => [path, kind])).toEqual([
      ['audio_encoder/model.onnx', 'different'],
      ['image_encoder/model.onnx', 'short'],
      ['text_encoder/model.onnx', 'missing'],
      ['transformer/model.onnx', 'long'],
    ])
    expect(problems[1]?.message).toBe('image_encoder/model.onnx breaks off: it has 100 of 3654 bytes.')
  })

  it('is verified without a manifest by what its graphs say', async () => {
    await cp(source, join(folder, 'plain'), { recursive: true })
    await rm(join(folder, 'plain/manifest.json'))
    expect(await manager().verify('plain', signal)).toMatchObject({ listed: false, files: 0, problems: [] })
    await truncate(join(folder, 'plain/transformer/model.onnx'), 700)
    expect((await manager().verify('plain', signal)).problems).toMatchObject([{ kind: 'unusable' }])
  })

  it('is removed; the source stays, and so do the models in the box', async () => {
    await add()
    await manager().remove('tiny')
    expect(await readdir(folder)).toEqual([])
    expect(await readdir(source)).toContain('transformer')
    await expect(manager().remove('tiny')).rejects.toMatchObject({ code: 'model_missing' })
    await expect(manager().remove('pocket')).rejects.toMatchObject({ code: 'path_refused' })
    await expect(manager().remove('../tiny')).rejects.toMatchObject({ code: 'model_missing' })
    expect(await manager().names()).toEqual(['beats', 'pocket', 'selfie-segmentation'])
  })

  it('in the box is verified too', async () => {
    for (const name of ['beats', 'pocket', 'selfie-segmentation']) {
      expect(await manager().verify(name, signal)).toMatchObject({ listed: true, problems: [] })
    }
  })
})
