/** Every error code there is, made to happen. A new code compiles here once it has a way to be met. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { AppError, type ErrorCode, type ErrorReport, reportOf } from '@beatloom/core'
import { translateSentence } from '@beatloom/core/sentences'
import { findFfmpeg, readImage, writeMp4 } from '@beatloom/media'
import { patternFrames } from '@beatloom/media/testing'
import type { FastifyInstance } from 'fastify'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { Engine } from './engine.ts'
import { lockFolder } from './folder/folder-lock.ts'
import { buildServer } from './http/build-server.ts'
import { HTTP_STATUS } from './http/error-status.ts'
import { checkBinding } from './http/guard.ts'
import { fixture, folderForFile } from './testing/product.ts'
import { TEST_NODES, untilEnded } from './testing/test-engine.ts'
import { workflowOf } from './testing/workflows.ts'

const HEADERS = { host: '127.0.0.1:8420' }
const NO_SIGNAL = new AbortController().signal
const folder = folderForFile()
const data = join(folder.path, 'data')
let engine: Engine
let app: FastifyInstance

beforeAll(async () => {
  process.env.BEATLOOM_TEST_NODES = TEST_NODES
  mkdirSync(join(data, 'models/odd'), { recursive: true })
  writeFileSync(join(data, 'models/odd/model_index.json'), '{"_class_name": "Of another house"}')
  engine = await Engine.open({ dataRoot: data, origin: 'server' })
  app = await buildServer(engine, { host: '127.0.0.1', token: undefined })
}, 60_000)
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})
afterAll(async () => {
  await app?.close()
  await engine?.close()
  folder.remove()
})

type Way = () => Promise<ErrorReport>

/** A request and the error it is answered with, its status the code's own. */
async function refused(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  payload?: object | string,
  headers = {},
) {
  const answer = await app.inject({
    method,
    url: `/api/v1${path}`,
    headers: { ...HEADERS, ...(payload === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(payload === undefined ? {} : { payload }),
  })
  const { error } = answer.json() as { error: ErrorReport }
  expect(answer.statusCode, error?.message).toBe(HTTP_STATUS[error.code])
  return error
}

async function upload(name: string, content: Buffer | string): Promise<ErrorReport> {
  const head = `--x\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\n\r\n`
  const payload = Buffer.concat([Buffer.from(head), Buffer.from(content), Buffer.from('\r\n--x--\r\n')])
  const answer = await app.inject({
    method: 'POST',
    url: '/api/v1/assets',
    payload,
    headers: { ...HEADERS, 'content-type': 'multipart/form-data; boundary=x' },
  })
  return answer.json().error
}

/** How a run ends, when it fails. */
async function runError(nodes: Parameters<typeof workflowOf>[0], output: string): Promise<ErrorReport> {
  const { run } = await engine.submit({ workflow: workflowOf(nodes, output), inputs: {} })
  const end = await untilEnded(engine, run)
  if (end.type !== 'run.failed') throw new Error(`It ended with ${end.type}.`)
  return end.error
}

async function thrown(work: () => unknown): Promise<ErrorReport> {
  try {
    await work()
  } catch (error) {
    return reportOf(error)
  }
  throw new Error('Nothing was thrown.')
}

const WAYS = {
  workflow_invalid: () => refused('POST', '/runs', { workflow: { beatloom: 1, nodes: { a: { type: 'no.such' } } } }),
  workflow_unreadable: () => refused('POST', '/validate', { workflow: [] }),
  workflow_too_new: () => refused('POST', '/validate', { workflow: { beatloom: 99 } }),
  input_invalid: () => fedBadly(),
  usage: () => thrown(() => checkBinding({ host: '0.0.0.0', token: undefined })),
  node_failed: () => runError({ stumble: { type: 'test.stumble' } }, 'stumble'),
  model_missing: () => thrown(() => engine.queue.worker.ask('fingerprint', { name: 'nowhere' })),
  model_invalid: () => thrown(() => openOdd()),
  model_exists: () => thrown(() => added({ source: data, name: 'pocket' })),
  hub_unreachable: () =>
    thrown(() => added({ source: 'ada/model' }, () => Promise.reject(new TypeError('fetch failed')))),
  hub_refused: () => thrown(() => added({ source: 'ada/model' }, async () => new Response(null, { status: 403 }))),
  hub_changed: () => thrown(() => added({ source: 'ada/model' }, changingHub)),
  provider_failed: () => thrown(() => onMissingDevice()),
  media_unreadable: () => upload('picture.png', 'only words'),
  media_too_large: () => upload('huge.png', readFileSync(fixture('claims-30000x30000.png'))),
  media_write_failed: () =>
    thrown(() => writeMp4({ frames: patternFrames(3, 3, 24, 2), path: join(folder.path, 'odd.mp4') }, NO_SIGNAL)),
  ffmpeg_missing: () => {
    vi.stubEnv('BEATLOOM_FFMPEG', join(folder.path, 'nowhere'))
    return thrown(() => findFfmpeg())
  },
  disk_full: () => thrown(() => engine.assets.receive(overflowing(), 'song.wav')),
  not_enough_memory: () => {
    vi.stubEnv('BEATLOOM_MEMORY_MB', '1')
    return refused('POST', '/runs', { workflow: { beatloom: 1, nodes: { a: { type: 'test.number' } } }, nodes: ['a'] })
  },
  not_enough_disk: () =>
    refused('POST', '/runs', { workflow: { beatloom: 1, nodes: { a: { type: 'test.vast' } } }, nodes: ['a'] }),
  file_missing: () => refused('GET', '/files/samples/nowhere.png'),
  path_refused: () => refused('GET', `/file-facts?reference=${encodeURIComponent('../../etc/passwd')}`),
  not_found: () => refused('GET', '/runs/none'),
  method_not_allowed: () => refused('DELETE', '/queue'),
  request_invalid: () => refused('POST', '/queue/reorder', { order: 3 }),
  request_too_large: () => refused('POST', '/runs', JSON.stringify({ workflow: 'x'.repeat(9 * 2 ** 20) })),
  origin_refused: () => refused('GET', '/queue', undefined, { origin: 'http://elsewhere.example' }),
  data_folder_busy: () => thrown(() => lockFolder(engine.folder)),
  draft_conflict: async () => {
    const write = { title: 'Mine', workflow: {}, base: 0, writer: 'desk' }
    await app.inject({ method: 'PUT', url: '/api/v1/drafts/shared', headers: HEADERS, payload: write })
    return refused('PUT', '/drafts/shared', write)
  },
  worker_crashed: () => runError({ crash: { type: 'test.crash', params: { log: join(folder.path, 'log') } } }, 'crash'),
  run_cancelled: () => thrown(() => readImage(fixture('cmyk.jpg'), AbortSignal.abort())),
  run_interrupted: () => abandonedRun(),
  internal: () => {
    vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    vi.spyOn(engine.store, 'list').mockImplementation(() => {
      throw new TypeError('Nobody thought of this.')
    })
    return refused('GET', '/runs')
  },
} satisfies Record<ErrorCode, Way>

/** Models that are there and are none. */
async function openOdd(): Promise<unknown> {
  const { createModelHost } = await import('@beatloom/models')
  const host = createModelHost({ folders: [join(data, 'models')] })
  try {
    return (await import('@beatloom/models')).familyOf((await host.open('odd')).family)
  } finally {
    await host.close()
  }
}

async function added(request: { source: string; name?: string }, hub?: typeof fetch): Promise<unknown> {
  const { createModelManager } = await import('@beatloom/models/manager')
  const options = { folder: join(data, 'models'), patience: { pauseMs: 1 }, ...(hub ? { fetch: hub } : {}) }
  return createModelManager(options).add(request, NO_SIGNAL)
}

/** A hub whose only file is another than it lists. */
const changingHub: typeof fetch = async (address) => {
  const sha = 'a'.repeat(40)
  if (String(address).includes('/revision/')) return Response.json({ sha, lastModified: 0 })
  const lfs = { oid: 'b'.repeat(64), size: 4 }
  if (String(address).includes('/tree/'))
    return Response.json([{ type: 'file', path: 'unet/model.onnx', size: 4, lfs }])
  return new Response('onnx')
}

/** A component pinned to a device that this machine lacks. */
async function onMissingDevice(): Promise<unknown> {
  const { createModelHost } = await import('@beatloom/models')
  const host = createModelHost({ folders: [] })
  try {
    const { components } = await host.open('pocket')
    const component = { ...(components.audio_encoder as NonNullable<typeof components.audio_encoder>) }
    return await host.run({ ...component, provider: 'cuda' }, {}, NO_SIGNAL)
  } finally {
    await host.close()
  }
}

/** A value that comes along a link and is more than the param takes: 100 at most. */
function fedBadly(): Promise<ErrorReport> {
  return runError(
    {
      many: { type: 'test.number', params: { value: 100 } },
      more: { type: 'test.add-one', links: { value: { node: 'many', port: 'value' } } },
      fed: { type: 'test.number', links: { value: { node: 'more', port: 'value' } } },
    },
    'fed',
  )
}

/** A source of bytes that meets a full disk. */
const overflowing = (): Readable =>
  new Readable({
    read() {
      this.destroy(Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }))
    },
  })

/** A run of a command that is gone, as the next owner of the folder finds it. */
async function abandonedRun(): Promise<ErrorReport> {
  const dataRoot = join(folder.path, 'abandoned')
  const first = await Engine.open({ dataRoot, origin: 'server' })
  const workflow = JSON.stringify(workflowOf({ n: { type: 'test.number' } }, 'n'))
  first.store.create({ id: 'left', title: 'Left', origin: 'cli', workflow, request: { inputs: {} }, next: false })
  first.store.markRunning('left')
  await first.close()
  const second = await Engine.open({ dataRoot, origin: 'server' })
  const { error } = second.store.summary('left')
  await second.close()
  return error as ErrorReport
}

/** What stays as it is in every language: names of programs, formats, commands. */
const NAMES = new Set([
  'ffmpeg',
  'aac',
  'apt-get',
  'install',
  'brew',
  'winget',
  'npm',
  'start',
  'openssl',
  'pocket',
  'beats',
  'selfie-segmentation',
  'stable-diffusion',
  'latent-consistency',
  'odd',
  'rand',
  'hex',
  'order',
])

/**
 * English words left in a Chinese sentence. What stands in quotes, paths, addresses, codes, settings and what holds a
 * digit are names.
 */
function englishIn(chinese: string): string[] {
  const plain = chinese.replaceAll(/“[^”]*”|\S*[/\\=_.:]\S*|[A-Z]\w*|[\w-]*\d[\w-]*/g, ' ')
  return (plain.match(/(?<![\w-])[a-z][a-z-]+(?!\w)/g) ?? []).filter((word) => !NAMES.has(word))
}

describe('check 11: every error code, once', () => {
  const hasCuda = existsSync('/dev/nvidiactl')
  it.each(Object.entries(WAYS) as [ErrorCode, Way][])(
    'check 11, E1, E5, L2: %s',
    { timeout: 60_000 },
    async (code, way) => {
      if (code === 'provider_failed' && hasCuda) return expect(new AppError(code, 'x').code).toBe(code)
      const error = await way()
      expect(error).toMatchObject({ code, message: expect.stringMatching(/^\S.{8,}[.)]$|openssl rand/s) })
      expect(error.message).not.toMatch(/\n\s+at /)
      const chinese = translateSentence(error.message, 'zh')
      expect(chinese).toMatch(/\p{Script=Han}.*[。）：]|openssl rand/su)
      // Why a device failed is its driver's own text, and a node from elsewhere has words of its own.
      if (code !== 'provider_failed' && code !== 'node_failed') expect(englishIn(chinese), chinese).toEqual([])
    },
  )
})
