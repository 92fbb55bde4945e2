import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createModelLibrary } from '../library/model-library.ts'
import type { AddProgress } from './add-progress.ts'
import { createModelManager, type ModelManagerOptions } from './model-manager.ts'
import { type Fault, filesOf, REPO, startHub, type TestHub } from './testing/hub-server.ts'

const TINY = join(import.meta.dirname, '../testing/tiny-pocket')
const LARGE = 'text_encoder/model.onnx'
let hub: TestHub
let folder: string

beforeEach(async () => {
  const files = filesOf(TINY)
  // What a repository holds besides, and nobody needs here.
  files.set('README.md', Buffer.from('---\nlicense: mit\n---\n'))
  files.set('transformer/model_fp16.onnx', Buffer.alloc(5_000))
  files.set('transformer/diffusion_pytorch_model.safetensors', Buffer.alloc(9_000))
  files.set('sample.png', Buffer.alloc(400))
  hub = await startHub(files)
  folder = await mkdtemp(join(tmpdir(), 'beatloom-hub-'))
})
afterEach(async () => {
  await hub.close()
  await rm(folder, { recursive: true })
})

const manager = (options: Partial<ModelManagerOptions> = {}) =>
  createModelManager({ folder, hubUrl: hub.url, patience: { pauseMs: 5, stallMs: 300 }, ...options })
const add = (options: Partial<ModelManagerOptions> = {}, request = {}, tell?: (progress: AddProgress) => void) =>
  manager(options).add({ source: REPO, ...request }, new AbortController().signal, tell)
const fault = (path: string, ...faults: Fault[]) => hub.faults.set(path, faults)
const cdnRequests = (path: string) => hub.log.filter((entry) => entry.path === `/${path}`)
const visible = () => readdirSync(folder).filter((name) => !name.startsWith('.'))

/** Everything that arrived is what the repository holds. */
function expectWhole(name = 'tiny-pocket'): void {
  for (const path of [LARGE, 'transformer/model.onnx', 'tokenizer/tokenizer.json', 'README.md']) {
    expect(readFileSync(join(folder, name, path)).equals(hub.files.get(path) as Buffer), path).toBe(true)
  }
}

describe('adding a model from a hub', () => {
  it('fetches what the model needs and nothing else, tells the total first, and lists it with licence and source', async () => {
    const told: AddProgress[] = []
    const added = await add({}, {}, (progress) => told.push({ ...progress }))
    expect(added).toMatchObject({ name: 'tiny-pocket', family: 'pocket' })
    expectWhole()
    expect(existsSync(join(folder, 'tiny-pocket/transformer/diffusion_pytorch_model.safetensors'))).toBe(false)
    expect(existsSync(join(folder, 'tiny-pocket/transformer/model_fp16.onnx'))).toBe(false)
    expect(existsSync(join(folder, 'tiny-pocket/sample.png'))).toBe(false)
    const [, model] = await createModelLibrary([folder], undefined).list()
    expect(model).toMatchObject({ name: 'pocket' })
    const opened = await createModelLibrary([folder], undefined).open('tiny-pocket')
    expect(opened.source).toMatch(new RegExp(`^${hub.url}/${REPO}@[0-9a-f]{40}$`))
    expect(opened).toMatchObject({ licence: 'MIT', title: 'Tiny pocket (a test fixture)' })
    const first = told.find(({ phase }) => phase === 'downloading')
    const stated = (hub.files.get('manifest.json') as Buffer).length
    const bytes = Object.values(added.files).reduce((sum, file) => sum + (file.sizeBytes ?? 0), stated)
    expect(first).toEqual({ phase: 'downloading', file: '', doneBytes: 0, totalBytes: bytes })
    expect(told.at(-1)).toEqual({ phase: 'checking', file: '', doneBytes: bytes, totalBytes: bytes })
    expect((await manager().verify('tiny-pocket', new AbortController().signal)).problems).toEqual([])
  })

  it('takes one precision where it is there and full precision elsewhere, and says which', async () => {
    hub.files.set('transformer/model_fp16.onnx', hub.files.get('transformer/model.onnx') as Buffer)
    await hub.close()
    hub = await startHub(hub.files)
    const added = await add({}, { dtype: 'fp16' })
    expect(existsSync(join(folder, 'tiny-pocket/transformer/model_fp16.onnx'))).toBe(true)
    expect(existsSync(join(folder, 'tiny-pocket/transformer/model.onnx'))).toBe(false)
    expect(added.otherwise).toEqual(['audio_encoder', 'image_encoder', 'text_encoder', 'transformer_2'])
    await expect(add({}, { name: 'other', dtype: 'q4' })).rejects.toMatchObject({
      code: 'input_invalid',
      message: expect.stringContaining('fp32, fp16'),
    })
    await expect(add({}, { name: 'other', dtype: 'half' })).rejects.toMatchObject({ code: 'usage' })
  })

  it('goes on with a range where a transfer broke, wherever that was', async () => {
    const seed = Date.now() % 2 ** 31
    process.stdout.write(`hub.test.ts seed ${seed}\n`)
    let state = seed
    const random = (limit: number): number => {
      state = (state * 48271 + 11) % (2 ** 31 - 1)
      return state % limit
    }
    const size = (hub.files.get(LARGE) as Buffer).length
    const cuts = [0, 1, 2].map(() => 1 + random(Math.floor(size / 4)))
    fault(LARGE, ...cuts.map((after): Fault => ({ kind: 'break', after })))
    await add()
    expectWhole()
    const starts = cdnRequests(LARGE).map(({ range }) => Number(/bytes=(\d+)-/.exec(range ?? 'bytes=0-')?.[1]))
    const sums = cuts.map((_, index) => cuts.slice(0, index + 1).reduce((sum, cut) => sum + cut, 0))
    expect(starts).toEqual([0, ...sums])
  })

  it('begins anew with a transfer that goes silent, and with hubs that know no ranges', async () => {
    fault(LARGE, { kind: 'hang', after: 1_000 }, { kind: 'whole' })
    await add()
    expectWhole()
    expect(cdnRequests(LARGE)).toHaveLength(2)
    expect(cdnRequests(LARGE)[1]?.range).toMatch(/^bytes=1000-/)
  })

  it('waits out a hub that is busy', async () => {
    fault(LARGE, { kind: 'status', status: 503 }, { kind: 'status', status: 429, headers: { 'retry-after': '0' } })
    await add()
    expectWhole()
  })

  it('fetches a damaged file once more, and refuses it when it stays wrong', async () => {
    fault(LARGE, { kind: 'flip', at: 77 })
    await add()
    expectWhole()
    await manager().remove('tiny-pocket')
    fault(LARGE, { kind: 'flip', at: 77 }, { kind: 'flip', at: 78 })
    await expect(add()).rejects.toMatchObject({ code: 'hub_changed', details: { file: LARGE } })
    expect(visible()).toEqual([])
  })

  it('checks small files by the hash that git gives them', async () => {
    fault('model_index.json', { kind: 'flip', at: 5 }, { kind: 'flip', at: 5 })
    await expect(add()).rejects.toMatchObject({ code: 'hub_changed', details: { file: 'model_index.json' } })
  })

  it('refuses a file that changed under way, in length or in the middle of a transfer', async () => {
    const bytes = hub.files.get(LARGE) as Buffer
    hub.files.set(LARGE, Buffer.concat([bytes, Buffer.from('more')]))
    await expect(add()).rejects.toMatchObject({ code: 'hub_changed' })
    hub.files.set(LARGE, Buffer.alloc(bytes.length, 7))
    await expect(add()).rejects.toMatchObject({
      code: 'hub_changed',
      message: `The file ${LARGE} of "${REPO}" is not the one that the hub lists: it changed under way or was damaged. Add the model again.`,
    })
    expect(visible()).toEqual([])
  })

  it('gives up after six tries and keeps what has arrived for the next time', async () => {
    fault(LARGE, ...Array.from({ length: 6 }, (): Fault => ({ kind: 'break', after: 100 })))
    await expect(add()).rejects.toMatchObject({
      code: 'hub_unreachable',
      message: expect.stringContaining('failed 6 times'),
    })
    expect(visible()).toEqual([])
    hub.log.length = 0
    await add()
    expectWhole()
    expect(cdnRequests(LARGE).map(({ range }) => range?.split('-')[0])).toEqual(['bytes=600'])
    // Nothing that was whole is fetched twice.
    expect(cdnRequests('audio_encoder/model.onnx')).toEqual([])
  })

  it('goes on after its process was killed in the middle', { timeout: 30_000 }, async () => {
    fault(LARGE, { kind: 'hang', after: 9_000 })
    const script = join(import.meta.dirname, 'testing/add-process.ts')
    const child = spawn(process.execPath, [script, hub.url, folder, REPO], { stdio: ['ignore', 'pipe', 'inherit'] })
    const ended = new Promise((resolve) => child.on('close', resolve))
    let printed = ''
    await new Promise<void>((resolve) => {
      child.stdout.on('data', (chunk) => {
        printed += chunk
        const [, done] = new RegExp(`${LARGE} (\\d+)\\n$`).exec(printed) ?? []
        if (done !== undefined && cdnRequests(LARGE).length > 0) setTimeout(resolve, 200)
      })
    })
    await expect(add()).rejects.toMatchObject({ code: 'model_exists', message: expect.stringContaining('being added') })
    child.kill('SIGKILL')
    await ended
    expect(visible()).toEqual([])
    await add()
    expectWhole()
    expect(cdnRequests(LARGE).at(-1)?.range).toMatch(/^bytes=9000-/)
    expect(readdirSync(folder)).toEqual(['tiny-pocket'])
  })

  it('stops at once when it is cancelled, shows nothing, and goes on the next time', async () => {
    fault(LARGE, { kind: 'hang', after: 2_000 })
    const stop = new AbortController()
    const adding = manager({ patience: { pauseMs: 5, stallMs: 60_000 } }).add(
      { source: REPO },
      stop.signal,
      (progress) => {
        if (progress.file === LARGE) setTimeout(() => stop.abort(), 100)
      },
    )
    await expect(adding).rejects.toMatchObject({
      code: 'run_cancelled',
      message: 'The work on this model was cancelled.',
    })
    expect(visible()).toEqual([])
    await add()
    expectWhole()
    expect(cdnRequests(LARGE).at(-1)?.range).toMatch(/^bytes=2000-/)
  })

  it('gives the token to the hub alone and never to the address it sends on to', async () => {
    hub.token = 'secret-of-a-mirror'
    await expect(add()).rejects.toMatchObject({ code: 'hub_refused', message: expect.stringContaining('--token') })
    await expect(add({}, { token: 'wrong' })).rejects.toMatchObject({ code: 'hub_refused' })
    await add({}, { token: 'secret-of-a-mirror' })
    expectWhole()
    expect(cdnRequests(LARGE).map(({ token }) => token)).toEqual([undefined])
  })

  it.each([
    [403, 'hub_refused', 'accept its terms'],
    [500, 'hub_unreachable', 'status 500'],
  ])('says what a hub that answers %i wants', async (status, code, words) => {
    hub.gated = status
    await expect(add()).rejects.toMatchObject({ code, message: expect.stringContaining(words) })
  })

  it('says when there is no such model, revision or hub', async () => {
    await expect(add({}, { source: 'ada/nothing' })).rejects.toMatchObject({
      code: 'not_found',
      message: `There is no model "ada/nothing" on ${hub.url}.`,
    })
    await expect(add({}, { source: `${REPO}@v9` })).rejects.toMatchObject({
      code: 'not_found',
      message: `"${REPO}" has no revision "v9" on the hub.`,
    })
    await expect(add({ hubUrl: 'http://127.0.0.1:9' })).rejects.toMatchObject({
      code: 'hub_unreachable',
      message: expect.stringMatching(/does not answer: .*(refused|ECONNREFUSED|bad port)/),
    })
    await expect(add({ fetch: async () => new Response('<html>') })).rejects.toMatchObject({
      code: 'hub_unreachable',
      message: expect.stringContaining('does not answer as a hub does'),
    })
    await expect(add({ hubUrl: 'hub' })).rejects.toMatchObject({ code: 'usage' })
  })

  it('asks for room before the first byte, less what is there already', async () => {
    await expect(add({ freeBytes: async () => 64 * 2 ** 20 + 5_000 })).rejects.toMatchObject({
      code: 'not_enough_disk',
      details: { freeBytes: 64 * 2 ** 20 + 5_000 },
    })
    expect(cdnRequests(LARGE)).toEqual([])
    expect(visible()).toEqual([])
  })

  it('refuses what holds no graphs, and names that would lead out of the folder', async () => {
    await hub.close()
    hub = await startHub(new Map([['unet/diffusion_pytorch_model.safetensors', Buffer.alloc(10)]]))
    await expect(add()).rejects.toMatchObject({
      code: 'model_invalid',
      message: expect.stringContaining('PyTorch weights (diffusion_pytorch_model.safetensors)'),
    })
    await hub.close()
    hub = await startHub(new Map([['../../evil.json', Buffer.alloc(10)]]))
    await expect(add()).rejects.toMatchObject({ code: 'model_invalid', message: expect.stringContaining('evil.json') })
    expect(existsSync(join(folder, '../../evil.json'))).toBe(false)
  })

  it('takes the licence from the hub where the model itself states none', async () => {
    hub.files.delete('manifest.json')
    await hub.close()
    hub = await startHub(hub.files)
    expect(await add()).toMatchObject({ licence: 'mit', title: null })
    expect(await createModelLibrary([folder], undefined).open('tiny-pocket')).toMatchObject({ title: 'tiny-pocket' })
  })

  it('keeps a hash of each file in the manifest', async () => {
    await add({}, { name: 'mine' })
    const manifest = JSON.parse(readFileSync(join(folder, 'mine/manifest.json'), 'utf8'))
    const hash = createHash('sha256')
      .update(hub.files.get(LARGE) as Buffer)
      .digest('hex')
    expect(manifest.files[LARGE]).toEqual({ sha256: hash, sizeBytes: (hub.files.get(LARGE) as Buffer).length })
  })
})
