import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { expect, it, onTestFinished } from 'vitest'
import type { Engine } from '../engine.ts'
import { openTestEngine, untilEnded } from '../testing/test-engine.ts'
import { chainWorkflow, sleepyWorkflow } from '../testing/workflows.ts'
import { buildServer, type ServerOptions } from './build-server.ts'
import { HTTP_STATUS } from './error-status.ts'

const HEADERS = { host: '127.0.0.1:8420' }

async function startApp(options: Partial<ServerOptions> = {}): Promise<{ app: FastifyInstance; engine: Engine }> {
  const engine = await openTestEngine()
  const app = await buildServer(engine, { host: '127.0.0.1', token: undefined, ...options })
  onTestFinished(() => app.close())
  return { app, engine }
}

const api = (path: string): string => `/api/v1${path}`

function upload(name: string, content: Buffer | string): { payload: Buffer; headers: Record<string, string> } {
  const boundary = 'boundary-of-the-test'
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n`
  return {
    payload: Buffer.concat([Buffer.from(head), Buffer.from(content), Buffer.from(`\r\n--${boundary}--\r\n`)]),
    headers: { ...HEADERS, 'content-type': `multipart/form-data; boundary=${boundary}` },
  }
}

/** Smallest PNG: one red pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC',
  'base64',
)

it('answers unknown paths with 404 and JSON, never with the page', async () => {
  const { app } = await startApp()
  for (const url of ['/api/queue', '/prompt', '/api/v1/nothing', '/app/x', '/../../etc/passwd', '/index.php']) {
    const response = await app.inject({ url, headers: HEADERS })
    expect([url, response.statusCode]).toEqual([url, 404])
    expect(response.json().error.code).toBe('not_found')
  }
})

it('refuses foreign hosts and origins with 403', async () => {
  const { app } = await startApp()
  const status = async (headers: Record<string, string>) =>
    (await app.inject({ url: api('/queue'), headers })).statusCode
  expect(await status({ host: '127.0.0.1:8420' })).toBe(200)
  expect(await status({ host: 'localhost:1', origin: 'http://localhost:5173' })).toBe(200)
  expect(await status({ host: '[::1]:8420' })).toBe(200)
  expect(await status({ host: 'evil.example' })).toBe(403)
  expect(await status({ ...HEADERS, origin: 'http://evil.example' })).toBe(403)
  expect(await status({ ...HEADERS, origin: 'null' })).toBe(403)
  expect(await status({ ...HEADERS, origin: 'http://127.0.0.1.evil.example' })).toBe(403)
})

it('asks for the token when there is one, by header, address or cookie', async () => {
  const { app } = await startApp({ token: 'secret' })
  const get = (path: string, headers: Record<string, string> = {}) =>
    app.inject({ url: api(path), headers: { ...HEADERS, ...headers } })
  expect((await get('/queue')).statusCode).toBe(403)
  expect((await get('/queue', { authorization: 'Bearer wrong' })).statusCode).toBe(403)
  expect((await get('/queue', { authorization: 'Bearer secret' })).statusCode).toBe(200)
  const opened = await get('/queue?token=secret')
  expect(opened.statusCode).toBe(200)
  const cookie = String(opened.headers['set-cookie']).split(';')[0] as string
  expect((await get('/queue', { cookie })).statusCode).toBe(200)
})

it('packs the node types for whoever takes them packed', async () => {
  const { app } = await startApp()
  const plain = await app.inject({ url: api('/nodes'), headers: { ...HEADERS, 'accept-encoding': 'identity' } })
  expect(plain.headers['content-encoding']).toBeUndefined()
  const packed = await app.inject({ url: api('/nodes'), headers: { ...HEADERS, 'accept-encoding': 'gzip, br' } })
  expect(packed.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' })
  expect(gunzipSync(packed.rawPayload).toString()).toBe(plain.payload)
  expect(packed.rawPayload.length).toBeLessThan(plain.rawPayload.length / 2)
})

it('serves node types, the gallery and its own description', async () => {
  const { app } = await startApp()
  const { nodes } = (await app.inject({ url: api('/nodes'), headers: HEADERS })).json()
  expect(nodes.map((node: { type: string }) => node.type)).toContain('test.add-one')
  expect((await app.inject({ url: api('/workflows'), headers: HEADERS })).statusCode).toBe(200)
  expect((await app.inject({ url: api('/workflows/..%2f..%2fpackage'), headers: HEADERS })).statusCode).toBe(404)
  const { paths } = (await app.inject({ url: api('/openapi.json'), headers: HEADERS })).json()
  expect(Object.keys(paths)).toEqual(
    expect.arrayContaining(['/api/v1/runs', '/api/v1/assets', '/api/v1/runs/{id}/cancel']),
  )
  const body = paths['/api/v1/runs'].post.requestBody.content['application/json'].schema
  expect(body.properties.workflow.properties.nodes).toBeDefined()
})

it('takes a run, says 202 and serves what it made with ranges', async () => {
  const { app, engine } = await startApp()
  const payload = { workflow: sleepyWorkflow({ milliseconds: 10 }), inputs: { amount: 8 } }
  const started = await app.inject({ method: 'POST', url: api('/runs'), headers: HEADERS, payload })
  expect(started.statusCode).toBe(202)
  const { id } = started.json().run
  await untilEnded(engine, id)
  const run = (await app.inject({ url: api(`/runs/${id}`), headers: HEADERS })).json()
  expect(run).toMatchObject({ state: 'done', inputs: { amount: 8 }, nodes: { save: { state: 'done' } } })
  const { url } = run.outputs[0].file
  const get = (headers = {}, method: 'GET' | 'HEAD' = 'GET') =>
    app.inject({ method, url, headers: { ...HEADERS, ...headers } })
  const whole = await get()
  expect([whole.statusCode, whole.body]).toEqual([200, 'value 8'])
  expect(whole.headers).toMatchObject({
    'content-type': 'video/mp4',
    'accept-ranges': 'bytes',
    'x-content-type-options': 'nosniff',
  })
  const part = await get({ range: 'bytes=2-4' })
  expect([part.statusCode, part.body, part.headers['content-range']]).toEqual([206, 'lue', 'bytes 2-4/7'])
  expect((await get({ range: 'bytes=7-' })).statusCode).toBe(416)
  expect((await get({ 'if-none-match': String(whole.headers.etag) })).statusCode).toBe(304)
  expect((await get({ range: 'bytes=0-1', 'if-range': '"other"' })).statusCode).toBe(200)
  const head = await get({}, 'HEAD')
  expect([head.statusCode, head.headers['content-length'], head.body]).toEqual([200, '7', ''])
})

it('lists every problem with 422, and warns where no wanted output depends on it', async () => {
  const { app } = await startApp()
  const workflow = sleepyWorkflow()
  const broken = {
    ...workflow,
    nodes: { ...workflow.nodes, odd: { type: 'test.ad-one', version: 1, params: {}, links: {} } },
  }
  const validate = async (file: unknown) =>
    (await app.inject({ method: 'POST', url: api('/validate'), headers: HEADERS, payload: { workflow: file } })).json()
      .issues
  expect(await validate(broken)).toMatchObject([{ severity: 'warning', code: 'unknown_node_type', node: 'odd' }])
  const cyclic = {
    ...workflow,
    nodes: {
      ...workflow.nodes,
      start: { type: 'test.add-one', version: 1, params: {}, links: { value: { node: 'nap', port: 'value' } } },
    },
  }
  const response = await app.inject({
    method: 'POST',
    url: api('/runs'),
    headers: HEADERS,
    payload: { workflow: { ...cyclic, inputs: {} } },
  })
  expect(response.statusCode).toBe(422)
  expect(response.json().error).toMatchObject({ code: 'workflow_invalid', details: { issues: [{ code: 'cycle' }] } })
})

it('says what would run and why', async () => {
  const { app } = await startApp()
  const payload = { workflow: sleepyWorkflow() }
  const { nodes } = (await app.inject({ method: 'POST', url: api('/plan'), headers: HEADERS, payload })).json()
  // Seconds: next to nothing for nodes that say nothing of their cost and were never seen here.
  const planned = { action: 'run', reason: 'not run before', seconds: 0.002 }
  expect(nodes).toEqual(['start', 'nap', 'save'].map((node) => ({ node, ...planned })))
})

it.each([
  ['JSON that is no object', '"text"', 400, 'request_invalid'],
  ['a list', '[1, 2]', 400, 'request_invalid'],
  ['broken JSON', '{"workflow": ', 400, 'request_invalid'],
  ['a workflow that is a list', '{"workflow": []}', 422, 'workflow_unreadable'],
  ['a workflow of another program', '{"workflow": {"nodes": []}}', 422, 'workflow_unreadable'],
  ['a workflow from the future', '{"workflow": {"beatloom": 99}}', 422, 'workflow_too_new'],
  ['50 MB of JSON', `{"workflow": "${'x'.repeat(50e6)}"}`, 413, 'request_too_large'],
])('refuses %s with a code and a sentence', async (_what, payload, status, code) => {
  const { app } = await startApp()
  const response = await app.inject({
    method: 'POST',
    url: api('/runs'),
    headers: { ...HEADERS, 'content-type': 'application/json' },
    payload,
  })
  expect([response.statusCode, response.json().error.code]).toEqual([status, code])
  expect(response.json().error.message).toMatch(/\.$/)
})

it.each([
  '..%2f..%2fetc%2fpasswd',
  `artifacts/${'a'.repeat(64)}/..%2f..%2fdb.sqlite`,
  'samples/%2e%2e/%2e%2e/package.json',
  '%2fetc%2fpasswd',
])('keeps /files/%s inside the data folders', async (path) => {
  const { app } = await startApp()
  const response = await app.inject({ url: api(`/files/${path}`), headers: HEADERS })
  expect([400, 404]).toContain(response.statusCode)
  expect(response.json().error.code).toMatch(/path_refused|not_found/)
})

it('refuses a path in a file param before anything runs', async () => {
  const { app } = await startApp()
  const workflow = {
    beatloom: 1,
    nodes: { a: { type: 'test.read', params: { file: '../../etc/passwd' } } },
    outputs: { x: { node: 'a', port: 'value' } },
  }
  const { statusCode, body } = await app.inject({
    method: 'POST',
    url: api('/runs'),
    headers: HEADERS,
    payload: { workflow },
  })
  expect(statusCode).toBe(422)
  expect(body).toContain('file_refused')
})

it('takes a picture, tells its facts and serves it back under its reference', async () => {
  const { app, engine } = await startApp()
  const response = await app.inject({ method: 'POST', url: api('/assets'), ...upload('my cover.png', PNG) })
  expect(response.statusCode).toBe(201)
  const asset = response.json()
  expect(asset).toMatchObject({
    kind: 'image',
    mime: 'image/png',
    name: 'my cover.png',
    sizeBytes: PNG.length,
    facts: { width: 1, height: 1 },
  })
  const served = await app.inject({ url: api(`/files/${asset.reference.replace(' ', '%20')}`), headers: HEADERS })
  expect(served.rawPayload.equals(PNG)).toBe(true)
  expect(readFileSync(join(engine.folder.root, asset.reference)).equals(PNG)).toBe(true)
  const facts = await app.inject({
    url: api(`/file-facts?reference=${encodeURIComponent(asset.reference)}`),
    headers: HEADERS,
  })
  expect(facts.json()).toMatchObject({ kind: 'image', facts: { width: 1, height: 1 } })
})

it.each([
  ['a text file named .jpg', 'cover.jpg', Buffer.from('hello, I am text\n'), 'media_unreadable'],
  ['a truncated PNG', 'cover.png', PNG.subarray(0, 50), 'media_unreadable'],
  ['a picture of 30,000 × 30,000', 'huge.png', hugeHeader(), 'media_too_large'],
  ['an empty file', 'nothing.wav', Buffer.alloc(0), 'media_unreadable'],
  ['a WAV of 0 seconds', 'silence.wav', emptyWav(), 'media_unreadable'],
  ['JSON that is no workflow', 'list.json', Buffer.from('[1]'), 'workflow_unreadable'],
])('refuses %s and keeps nothing of it', async (_what, name, content, code) => {
  const { app, engine } = await startApp()
  const response = await app.inject({ method: 'POST', url: api('/assets'), ...upload(name, content) })
  expect(response.json().error?.code).toBe(code)
  expect(response.statusCode).toBe(HTTP_STATUS[code as keyof typeof HTTP_STATUS])
  const { readdirSync } = await import('node:fs')
  expect(readdirSync(engine.folder.assets)).toEqual([])
  expect(readdirSync(engine.folder.scratch)).toEqual([])
})

it('stops an upload past the limit with 413', async () => {
  const { app, engine } = await startApp({ maxUploadBytes: 10_000 })
  const response = await app.inject({ method: 'POST', url: api('/assets'), ...upload('big.png', Buffer.alloc(20_000)) })
  expect([response.statusCode, response.json().error.code]).toEqual([413, 'request_too_large'])
  expect(existsSync(join(engine.folder.scratch, 'incoming'))).toBe(false)
})

it('recognises a workflow file that is sent', async () => {
  const { app } = await startApp()
  const text = JSON.stringify(chainWorkflow(3))
  const response = await app.inject({ method: 'POST', url: api('/assets'), ...upload('chain.json', text) })
  expect(response.json()).toMatchObject({ kind: 'workflow', workflow: text })
})

it('keeps drafts', async () => {
  const { app } = await startApp()
  const payload = { title: 'Half done', workflow: { beatloom: 1, nodes: {} } }
  await app.inject({ method: 'PUT', url: api('/drafts/tab-1'), headers: HEADERS, payload })
  expect((await app.inject({ url: api('/drafts'), headers: HEADERS })).json().drafts).toMatchObject([
    { id: 'tab-1', title: 'Half done' },
  ])
  expect((await app.inject({ url: api('/drafts/tab-1'), headers: HEADERS })).json().workflow).toEqual(payload.workflow)
  expect((await app.inject({ url: api('/drafts/tab-2'), headers: HEADERS })).statusCode).toBe(404)
})

function hugeHeader(): Buffer {
  const png = Buffer.from(PNG)
  png.writeUInt32BE(30_000, 16)
  png.writeUInt32BE(30_000, 20)
  // Checksum of the header chunk, type and content.
  png.writeUInt32BE(crc32(png.subarray(12, 29)), 29)
  return png
}

/** As PNG defines it, annex D. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}

/** A WAV header, 8 kHz mono 16 bit, and no samples. */
function emptyWav(): Buffer {
  const wav = Buffer.alloc(44)
  wav.write('RIFF', 0)
  wav.writeUInt32LE(36, 4)
  wav.write('WAVEfmt ', 8)
  wav.writeUInt32LE(16, 16)
  wav.writeUInt16LE(1, 20)
  wav.writeUInt16LE(1, 22)
  wav.writeUInt32LE(8_000, 24)
  wav.writeUInt32LE(16_000, 28)
  wav.writeUInt16LE(2, 32)
  wav.writeUInt16LE(16, 34)
  wav.write('data', 36)
  return wav
}

it('answers a wrong method with 405 and the methods that are right', async () => {
  const { app } = await startApp()
  const response = await app.inject({ method: 'DELETE', url: api('/nodes'), headers: HEADERS })
  expect(response.statusCode).toBe(405)
  expect(response.headers.allow).toContain('GET')
  expect(response.json().error.code).toBe('method_not_allowed')
})
