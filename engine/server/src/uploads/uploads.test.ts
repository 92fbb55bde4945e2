import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { buildServer, type ServerOptions } from '../http/build-server.ts'
import { openTestEngine } from '../testing/test-engine.ts'
import { UPLOAD_LIFE_MS, UploadFolder } from './upload-folder.ts'

async function start(options: Partial<ServerOptions> = {}) {
  const engine = await openTestEngine()
  const app = await buildServer(engine, { host: '127.0.0.1', token: undefined, ...options })
  onTestFinished(() => app.close())
  await app.listen({ host: '127.0.0.1', port: 0 })
  const origin = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  return { engine, app, origin, endpoint: `${origin}/api/v1/uploads` }
}

const TUS = { 'tus-resumable': '1.0.0' }
const PIECE = { ...TUS, 'content-type': 'application/offset+octet-stream' }

/** Half a second of noise as a WAV: 16 bits, mono, 44.1 kHz. */
function noise(): Buffer {
  const samples = randomBytes(44_100)
  const header = Buffer.alloc(44)
  header.write('RIFF', 0, 'latin1')
  header.writeUInt32LE(36 + samples.length, 4)
  header.write('WAVEfmt ', 8, 'latin1')
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(44_100, 24)
  header.writeUInt32LE(88_200, 28)
  header.writeUInt16LE(2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36, 'latin1')
  header.writeUInt32LE(samples.length, 40)
  return Buffer.concat([header, samples])
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

async function begin(endpoint: string, length: number, name: string, headers: Record<string, string> = {}) {
  const metadata = `filename ${Buffer.from(name).toString('base64')}`
  const wanted = { ...TUS, 'upload-length': String(length), 'upload-metadata': metadata, ...headers }
  return fetch(endpoint, { method: 'POST', headers: wanted })
}

const send = (url: string, offset: number, body: Buffer, headers: Record<string, string> = {}) =>
  fetch(url, {
    method: 'PATCH',
    headers: { ...PIECE, 'upload-offset': String(offset), ...headers },
    body: new Uint8Array(body),
  })

const offsetOf = async (url: string): Promise<number> =>
  Number((await fetch(url, { method: 'HEAD', headers: TUS })).headers.get('upload-offset'))

/** Sends a piece and breaks the connection before all of it is out, once some has arrived. */
async function breakOff(url: string, body: Buffer, sent: number): Promise<void> {
  const headers = { ...PIECE, 'upload-offset': '0', 'content-length': body.length }
  const piece = request(url, { method: 'PATCH', headers })
  piece.on('error', () => {})
  piece.write(body.subarray(0, sent))
  await expect.poll(() => offsetOf(url), { timeout: 10_000 }).toBeGreaterThan(0)
  piece.destroy()
}

it('A3: an upload that broke goes on where it stopped and gives the same file', async () => {
  const { endpoint, origin, engine } = await start()
  const song = noise()
  const begun = await begin(endpoint, song.length, 'a song.wav')
  expect(begun.status).toBe(201)
  const url = new URL(begun.headers.get('location') as string, endpoint).href
  await breakOff(url, song, 30_000)
  const at = await offsetOf(url)
  expect(at).toBeLessThanOrEqual(30_000)
  expect((await fetch(`${url}/asset`)).status).toBe(404)
  const last = await send(url, at, song.subarray(at))
  expect([last.status, last.headers.get('upload-offset')]).toEqual([200, String(song.length)])
  const asset = (await last.json()) as Record<string, unknown>
  expect(asset).toMatchObject({
    sha256: sha256(song),
    name: 'a song.wav',
    sizeBytes: song.length,
    mime: 'audio/wav',
    kind: 'audio',
    facts: { durationSeconds: 0.5, sampleRate: 44_100, channels: 1 },
  })
  expect(decodeURIComponent(last.headers.get('upload-asset') ?? '')).toBe(asset.reference)
  const stored = await fetch(`${origin}/api/v1/files/${String(asset.reference).replaceAll(' ', '%20')}`)
  expect(sha256(Buffer.from(await stored.arrayBuffer()))).toBe(sha256(song))
  // A client that missed the answer asks again.
  expect(await offsetOf(url)).toBe(song.length)
  expect(await (await fetch(`${url}/asset`)).json()).toEqual(asset)
  const left = readdirSync(join(engine.folder.root, 'uploads'))
  expect(left).toEqual([expect.stringMatching(/^[0-9a-f]{32}\.asset\.json$/)])
})

it('A3: an upload goes on after the server was started anew', async () => {
  const first = await start()
  const song = noise()
  const location = (await begin(first.endpoint, song.length, 'song.wav')).headers.get('location') as string
  await send(new URL(location, first.endpoint).href, 0, song.subarray(0, 20_000))
  await first.app.close()
  const app = await buildServer(first.engine, { host: '127.0.0.1', token: undefined })
  onTestFinished(() => app.close())
  await app.listen({ host: '127.0.0.1', port: 0 })
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}${location}`
  expect(await offsetOf(url)).toBe(20_000)
  const last = await send(url, 20_000, song.subarray(20_000))
  expect(await last.json()).toMatchObject({ sha256: sha256(song) })
})

it('refuses more than is taken, before the first byte and on the way', async () => {
  const { endpoint, engine } = await start({ maxUploadBytes: 10_000 })
  const announced = await begin(endpoint, 10_001, 'song.wav')
  expect(announced.status).toBe(413)
  expect(JSON.parse(await announced.text()).error).toMatchObject({ code: 'request_too_large' })
  const metadata = { ...TUS, 'upload-defer-length': '1', 'upload-metadata': 'filename c29uZy53YXY=' }
  const open = await fetch(endpoint, { method: 'POST', headers: metadata })
  const url = new URL(open.headers.get('location') as string, endpoint).href
  const swollen = await send(url, 0, Buffer.alloc(20_000)).catch(() => null)
  expect(swollen?.status ?? 413).toBe(413)
  expect(readdirSync(engine.folder.assets)).toEqual([])
})

it('refuses by content what POST /assets refuses, in the same words, and keeps nothing of it', async () => {
  const { endpoint, app, engine } = await start()
  const words = Buffer.from('just some words, whatever the name says')
  const url = new URL((await begin(endpoint, words.length, 'picture.png')).headers.get('location') as string, endpoint)
    .href
  const refused = await send(url, 0, words)
  expect(refused.status).toBe(422)
  const { error } = JSON.parse(await refused.text())
  expect(error.code).toBe('media_unreadable')
  const boundary = 'boundary-of-the-test'
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="picture.png"\r\n\r\n`
  const whole = await app.inject({
    method: 'POST',
    url: '/api/v1/assets',
    payload: Buffer.concat([Buffer.from(head), words, Buffer.from(`\r\n--${boundary}--\r\n`)]),
    headers: { host: '127.0.0.1:8420', 'content-type': `multipart/form-data; boundary=${boundary}` },
  })
  expect(error).toEqual(whole.json().error)
  expect(readdirSync(join(engine.folder.root, 'uploads'))).toEqual([])
  expect(readdirSync(engine.folder.assets)).toEqual([])
})

it('keeps foreign pages and those without the token out, and ids inside the folder', async () => {
  const { endpoint, origin } = await start({ token: 'secret' })
  const open = { authorization: 'Bearer secret' }
  expect((await begin(endpoint, 10, 'a.wav')).status).toBe(403)
  expect((await begin(endpoint, 10, 'a.wav', { ...open, origin: 'http://evil.example' })).status).toBe(403)
  const begun = await begin(endpoint, 10, 'a.wav', open)
  expect(begun.status).toBe(201)
  expect(begun.headers.get('access-control-allow-origin')).toBeNull()
  const url = new URL(begun.headers.get('location') as string, endpoint).href
  expect((await send(url, 0, Buffer.alloc(5))).status).toBe(403)
  for (const id of ['..%2f..%2fdb.sqlite', 'nothing', '%2e%2e']) {
    const answer = await fetch(`${origin}/api/v1/uploads/${id}/asset`, { headers: open })
    expect([400, 404], id).toContain(answer.status)
  }
})

it('gives up what an upload holds when asked to', async () => {
  const { endpoint, engine } = await start()
  const url = new URL((await begin(endpoint, 100, 'a.wav')).headers.get('location') as string, endpoint).href
  await send(url, 0, Buffer.alloc(50))
  expect((await fetch(url, { method: 'DELETE', headers: TUS })).status).toBe(204)
  expect(readdirSync(join(engine.folder.root, 'uploads'))).toEqual([])
  expect((await fetch(url, { method: 'HEAD', headers: TUS })).status).toBe(404)
})

it('says in OpenAPI how it goes', async () => {
  const { origin } = await start()
  const { paths } = (await (await fetch(`${origin}/api/v1/openapi.json`)).json()) as { paths: Record<string, object> }
  expect(Object.keys(paths['/api/v1/uploads'] ?? {})).toEqual(['post'])
  expect(Object.keys(paths['/api/v1/uploads/{id}'] ?? {}).sort()).toEqual(['delete', 'head', 'patch'])
  expect(Object.keys(paths['/api/v1/uploads/{id}/asset'] ?? {})).toContain('get')
})

it('gives up uploads that nobody touched for a day, and looks once an hour', async () => {
  const { engine } = await start()
  const folder = new UploadFolder(engine.folder.root)
  await folder.make()
  const [old, young] = ['0'.repeat(32), '1'.repeat(32)].map((id) => join(folder.path, id)) as [string, string]
  for (const path of [old, young]) writeFileSync(path, 'half a song')
  const dayAgo = (Date.now() - UPLOAD_LIFE_MS - 60_000) / 1000
  utimesSync(old, dayAgo, dayAgo)
  await folder.tidy()
  expect([existsSync(old), existsSync(young)]).toEqual([false, true])
  utimesSync(young, dayAgo, dayAgo)
  await folder.tidy()
  expect(readFileSync(young, 'utf8')).toBe('half a song')
})

it('takes weights larger than media, whole and in pieces, when they are what their name says', async () => {
  const { endpoint, app } = await start({ maxUploadBytes: 100 })
  const header = JSON.stringify({ 'a.lora_A.weight': { dtype: 'F32', shape: [4, 8], data_offsets: [0, 128] } })
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(header.length))
  const lora = Buffer.concat([length, Buffer.from(header), Buffer.alloc(128)])
  expect(lora.length).toBeGreaterThan(100)
  const begun = await begin(endpoint, lora.length, 'style.safetensors')
  const url = new URL(begun.headers.get('location') as string, endpoint).href
  expect(await (await send(url, 0, lora)).json()).toMatchObject({ kind: 'weights', sha256: sha256(lora) })
  const whole = (name: string, bytes: Buffer) => {
    const head = `--b\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\n\r\n`
    return app.inject({
      method: 'POST',
      url: '/api/v1/assets',
      payload: Buffer.concat([Buffer.from(head), bytes, Buffer.from('\r\n--b--\r\n')]),
      headers: { host: '127.0.0.1:8420', 'content-type': 'multipart/form-data; boundary=b' },
    })
  }
  expect((await whole('style.safetensors', lora)).json()).toMatchObject({
    kind: 'weights',
    reference: `assets/${sha256(lora)}/style.safetensors`,
  })
  expect((await whole('style.png', lora)).json().error.code).toBe('request_too_large')
  const broken = (await whole('style.safetensors', lora.subarray(0, -1))).json().error
  expect(broken.message).toBe(`style.safetensors breaks off: it has ${lora.length - 1} of ${lora.length} bytes.`)
})
