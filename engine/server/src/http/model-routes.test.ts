import { join } from 'node:path'
import { filesOf, REPO, startHub, type TestHub } from '@beatloom/models/testing/hub'
import type { FastifyInstance } from 'fastify'
import { expect, it, onTestFinished, vi } from 'vitest'
import type { Addition } from '../models/model-additions.ts'
import { openTestEngine } from '../testing/test-engine.ts'
import { buildServer } from './build-server.ts'

const TINY = join(import.meta.dirname, '../../../../models/src/testing/tiny-pocket')
const HEADERS = { host: '127.0.0.1:8420' }

async function start(): Promise<{ app: FastifyInstance; hub: TestHub; heard: string[]; close(): Promise<void> }> {
  const hub = await startHub(filesOf(TINY))
  vi.stubEnv('HF_ENDPOINT', hub.url)
  const engine = await openTestEngine()
  const app = await buildServer(engine, { host: '127.0.0.1', token: undefined })
  onTestFinished(async () => {
    vi.unstubAllEnvs()
    await app.close()
    await hub.close()
  })
  const heard: string[] = []
  onTestFinished(engine.hub.subscribe((events) => heard.push(...events.map(({ json }) => json))))
  return { app, hub, heard, close: () => engine.additions.close() }
}

type Method = 'GET' | 'POST' | 'DELETE'
const call = async (app: FastifyInstance, method: Method, path: string, payload?: object) => {
  const answer = await app.inject({ method, url: `/api/v1${path}`, headers: HEADERS, ...(payload ? { payload } : {}) })
  return { status: answer.statusCode, body: answer.json() }
}

async function until(app: FastifyInstance, id: string, met: (addition: Addition) => boolean): Promise<Addition> {
  for (;;) {
    const { additions } = (await call(app, 'GET', '/models/additions')).body as { additions: Addition[] }
    const found = additions.find((addition) => addition.id === id) as Addition
    if (met(found)) return found
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
const ended = ({ state }: Addition) => state !== 'running'

it('adds a model of a hub, shows how far it is, lists, verifies and removes it', { timeout: 60_000 }, async () => {
  const { app } = await start()
  const started = await call(app, 'POST', '/models/additions', { source: REPO, name: 'mine' })
  expect(started).toMatchObject({ status: 202, body: { addition: { source: REPO, state: 'running' } } })
  const done = await until(app, started.body.addition.id, ended)
  expect(done).toMatchObject({ state: 'done', model: 'mine', error: null })
  expect(done.progress.totalBytes).toBeGreaterThan(40_000)
  expect(done.progress.doneBytes).toBe(done.progress.totalBytes)
  const { models } = (await call(app, 'GET', '/models')).body
  expect(models.find(({ name }: { name: string }) => name === 'mine')).toMatchObject({
    title: 'Tiny pocket (a test fixture)',
    licence: 'MIT',
    source: expect.stringMatching(/ada\/tiny-pocket@[0-9a-f]{40}$/),
    bundled: false,
  })
  expect(await call(app, 'POST', '/models/mine/verify')).toMatchObject({ status: 200, body: { problems: [] } })
  expect(await call(app, 'DELETE', '/models/mine')).toEqual({ status: 200, body: { ok: true } })
  expect((await call(app, 'GET', '/models')).body.models.map(({ name }: { name: string }) => name)).not.toContain(
    'mine',
  )
  expect(await call(app, 'DELETE', '/models/mine')).toMatchObject({
    status: 503,
    body: { error: { code: 'model_missing' } },
  })
  expect(await call(app, 'DELETE', '/models/pocket')).toMatchObject({
    status: 400,
    body: { error: { code: 'path_refused' } },
  })
})

it('tells everyone who listens how an addition goes, of nobody’s token, and what room there is', async () => {
  const { app, hub, heard } = await start()
  hub.token = 'secret'
  const request = { source: REPO, name: 'mine', dtype: 'fp32', token: 'wrong-token' }
  const refused = (await call(app, 'POST', '/models/additions', request)).body.addition
  await until(app, refused.id, ended)
  const { id } = (await call(app, 'POST', '/models/additions', { ...request, token: 'secret' })).body.addition
  await until(app, id, ended)
  const events = heard.map((json) => JSON.parse(json)).filter(({ type }) => type === 'model.addition')
  expect(heard.join()).not.toMatch(/wrong-token|secret/)
  const states = (of: string) => [
    ...new Set(events.filter((event) => event.addition.id === of).map((event) => event.addition.state)),
  ]
  expect(states(refused.id)).toEqual(['running', 'failed'])
  expect(states(id)).toEqual(['running', 'done'])
  expect(events.every(({ id: number, run, seq }) => number === 0 && run === '' && seq === 0)).toBe(true)
  expect(events.at(-1).addition).toMatchObject({ source: REPO, name: 'mine', dtype: 'fp32', model: 'mine' })
  const { room } = (await call(app, 'GET', '/models/additions')).body
  expect(room.memoryBytes).toBeGreaterThan(1e6)
  expect(room.diskFreeBytes).toBeGreaterThan(0)
})

it('cancels an addition, and ends those under way when the server closes', async () => {
  const { app, hub, close } = await start()
  const hang = { kind: 'hang', after: 3_000 } as const
  hub.faults.set('text_encoder/model.onnx', [hang, hang])
  const { id } = (await call(app, 'POST', '/models/additions', { source: REPO })).body.addition
  await until(app, id, ({ progress }) => progress.file === 'text_encoder/model.onnx')
  expect(await call(app, 'DELETE', `/models/additions/${id}`)).toMatchObject({ status: 200 })
  expect(await until(app, id, ended)).toMatchObject({ state: 'cancelled', model: null })
  // Once it has ended, it is forgotten.
  expect(await call(app, 'DELETE', `/models/additions/${id}`)).toMatchObject({ status: 200 })
  expect((await call(app, 'GET', '/models/additions')).body.additions).toEqual([])
  const second = (await call(app, 'POST', '/models/additions', { source: REPO })).body.addition
  await until(app, second.id, ({ progress }) => progress.file === 'text_encoder/model.onnx')
  await close()
  expect((await until(app, second.id, ended)).state).toBe('cancelled')
  expect(await call(app, 'DELETE', '/models/additions/none')).toMatchObject({ status: 404 })
})

it('opens no folder of this machine, and passes on why a hub refuses', async () => {
  const { app, hub } = await start()
  for (const source of [TINY, '../tiny-pocket', './tiny', 'tiny', '']) {
    expect(await call(app, 'POST', '/models/additions', { source }), source).toMatchObject({
      status: 400,
      body: { error: { code: 'request_invalid' } },
    })
  }
  // A folder of that spelling is there, and a hub is asked all the same.
  const local = (await call(app, 'POST', '/models/additions', { source: 'engine/core' })).body.addition
  expect(await until(app, local.id, ended)).toMatchObject({ state: 'failed', error: { code: 'not_found' } })
  hub.gated = 403
  const { id } = (await call(app, 'POST', '/models/additions', { source: REPO, token: 'secret' })).body.addition
  const failed = await until(app, id, ended)
  expect(failed).toMatchObject({ state: 'failed', error: { code: 'hub_refused', details: { status: 403 } } })
  expect(JSON.stringify(failed)).not.toContain('secret')
})
