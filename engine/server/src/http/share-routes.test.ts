import { readFileSync } from 'node:fs'
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { parseWorkflow, readEmbeddedFromBytes } from '@beatloom/core'
import { embedInPng, finishMp4, runFfmpeg } from '@beatloom/media'
import type { FastifyInstance } from 'fastify'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Engine } from '../engine.ts'
import { ContentStore } from '../files/content-store.ts'
import { openTestEngine, temporaryFolder } from '../testing/test-engine.ts'
import { buildServer, type ServerOptions } from './build-server.ts'
import { shareAddress } from './share-address.ts'

const signal = AbortSignal.timeout(30_000)
const SECRET = '{"beatloom":1,"title":"my secret plan"}'
const METADATA = { workflow: SECRET, files: { 'assets/x/holiday.jpg': 'ab' } }

async function startApp(options: Partial<ServerOptions> = {}): Promise<{ app: FastifyInstance; engine: Engine }> {
  const engine = await openTestEngine()
  const app = await buildServer(engine, { host: '127.0.0.1', token: undefined, ...options })
  onTestFinished(() => app.close())
  return { app, engine }
}

const HEADERS = { host: '127.0.0.1:8420' }
const post = (app: FastifyInstance, path: string, payload: object, headers: Record<string, string> = HEADERS) =>
  app.inject({ method: 'POST', url: `/api/v1/share/${path}`, headers, payload })

/** A result as a run leaves it: with its workflow inside. */
async function result(engine: Engine, kind: 'mp4' | 'png'): Promise<string> {
  const folder = temporaryFolder()
  const [plain, finished] = [join(folder, `plain.${kind}`), join(folder, `clip.${kind}`)]
  const source = ['-f', 'lavfi', '-i', 'testsrc=size=64x64:duration=0.4:rate=10']
  const options = kind === 'mp4' ? ['-c:v', 'libx264', '-metadata', 'artist=me'] : ['-frames:v', '1']
  await runFfmpeg(['-loglevel', 'error', ...source, ...options, plain], { signal, purpose: 'write' })
  if (kind === 'mp4') await finishMp4(plain, finished, METADATA, signal)
  const store = new ContentStore(engine.folder, 'artifacts')
  if (kind === 'mp4') {
    const { sha256, name } = await store.copyIn(finished, 'clip.mp4')
    return `artifacts/${sha256}/${name}`
  }
  const { Readable } = await import('node:stream')
  const png = Buffer.from(embedInPng(readFileSync(plain), METADATA))
  const { sha256, name } = await store.receive(Readable.from([png]), 'still.png')
  return `artifacts/${sha256}/${name}`
}

const bytesOf = async (app: FastifyInstance, reference: string): Promise<Buffer> =>
  (await app.inject({ url: `/api/v1/files/${reference}`, headers: HEADERS })).rawPayload

describe('D7: what leaves', () => {
  it.each(['mp4', 'png'] as const)('a result (%s) leaves without the workflow it carries', async (kind) => {
    const { app, engine } = await startApp()
    const reference = await result(engine, kind)
    expect(readEmbeddedFromBytes(await bytesOf(app, reference))?.workflow).toBe(SECRET)
    const answer = await post(app, 'media', { reference, workflow: null })
    expect(answer.statusCode).toBe(201)
    const copy = await bytesOf(app, answer.json().reference)
    expect(copy.length).toBe(answer.json().sizeBytes)
    expect(readEmbeddedFromBytes(copy)).toBeNull()
    for (const word of ['secret', 'holiday', 'artist']) expect(copy.includes(word)).toBe(false)
    // The original is as it was.
    expect(readEmbeddedFromBytes(await bytesOf(app, reference))?.workflow).toBe(SECRET)
  })

  it.each(['mp4', 'png'] as const)('or with one from which parts were taken (%s)', async (kind) => {
    const { app, engine } = await startApp()
    const workflow = { beatloom: 1, title: 'open' }
    const answer = await post(app, 'media', { reference: await result(engine, kind), workflow })
    const carried = readEmbeddedFromBytes(await bytesOf(app, answer.json().reference))
    expect(parseWorkflow(carried?.workflow).title).toBe('open')
    expect(carried?.files).toEqual({})
  })

  it('refuses files that carry none, paths outside, and things that are no workflow', async () => {
    const { app } = await startApp()
    const song = await post(app, 'media', { reference: 'samples/song.mp3', workflow: null })
    expect([song.statusCode, song.json().error.code]).toEqual([422, 'media_unreadable'])
    const outside = await post(app, 'media', { reference: 'samples/../../package.json', workflow: null })
    expect(outside.json().error.code).toBe('path_refused')
    const odd = await post(app, 'media', { reference: 'samples/cover.jpg', workflow: { title: 3 } })
    expect(odd.json().error.code).toBe('workflow_unreadable')
  })

  it('a link needs a server that others can reach, and says how to get one', async () => {
    const { app } = await startApp()
    const answer = await post(app, 'link', { workflow: { beatloom: 1 } })
    expect([answer.statusCode, answer.json().error.message]).toEqual([400, expect.stringContaining('BEATLOOM_HOST')])
    const address = (await app.inject({ url: '/api/v1/share/address', headers: HEADERS })).json()
    expect(address).toEqual({ url: null, reason: expect.stringContaining('BEATLOOM_TOKEN') })
  })

  it('with one, the link carries the token and a copy that opens', async () => {
    const { app } = await startApp({ host: '192.168.7.9', token: 'let me in' })
    const headers = { host: '192.168.7.9:80', authorization: 'Bearer let me in' }
    const answer = await post(app, 'link', { workflow: { beatloom: 1, title: 'Shared' } }, headers)
    const { reference, url } = answer.json()
    expect(url).toMatch(/^http:\/\/192\.168\.7\.9:\d+\/\?token=let%20me%20in#open=artifacts\//)
    expect(url.endsWith(reference)).toBe(true)
    const copy = await app.inject({ url: `/api/v1/files/${reference}`, headers })
    expect(parseWorkflow(copy.body).title).toBe('Shared')
    expect((await post(app, 'link', { workflow: {} }, { host: '192.168.7.9:80' })).statusCode).toBe(403)
  })

  it('an address for all networks becomes this machine’s own on the first', () => {
    const card = (address: string, family: 'IPv4' | 'IPv6', internal: boolean) =>
      ({ address, family, internal }) as NetworkInterfaceInfo
    const cards = {
      lo: [card('127.0.0.1', 'IPv4', true)],
      wlan: [card('fe80::1', 'IPv6', false), card('10.0.0.7', 'IPv4', false)],
    }
    expect(shareAddress({ host: '0.0.0.0', token: 't' }, 8420, cards)).toBe('http://10.0.0.7:8420/?token=t')
    expect(shareAddress({ host: '0.0.0.0', token: 't' }, 8420, { lo: cards.lo })).toBeNull()
    expect(shareAddress({ host: 'localhost', token: 't' }, 8420, networkInterfaces())).toBeNull()
  })
})
