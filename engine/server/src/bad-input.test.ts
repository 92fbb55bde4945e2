/** Every bad input gets a sentence with a code and the right status, and costs nothing that was there before. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Engine } from './engine.ts'
import { buildServer } from './http/build-server.ts'
import { beatPulse, ending, fixture, folderForFile, leftovers, SMALL, statesIn } from './testing/product.ts'

const folder = folderForFile()
const data = join(folder.path, 'data')
let kept = ''
let engine: Engine
let app: FastifyInstance

beforeAll(async () => {
  delete process.env.BEATLOOM_TEST_NODES
  engine = await Engine.open({ dataRoot: join(folder.path, 'server'), origin: 'server' })
  app = await buildServer(engine, { host: '127.0.0.1', token: undefined })
}, 60_000)

afterAll(async () => {
  await app?.close()
  await engine?.close()
  folder.remove()
})

it('makes a video, which everything after must leave alone', async () => {
  const first = await ending(['run', 'beat-pulse', ...SMALL], data)
  expect(first.status, first.stderr).toBe(0)
  kept = first.last.outputs[0].path
})

const HEADERS = { host: '127.0.0.1:8420' }

/** One sentence or two for people: no stack, no path of this machine. */
function expectSentence(message: string, words: RegExp): void {
  expect(message).toMatch(words)
  expect(message).toMatch(/[.)]$/)
  expect(message).not.toMatch(/\n|\bat .*\.ts:\d+|file:\/\//)
  expect(message).not.toContain(folder.path)
}

function expectNothingLost(): void {
  expect(existsSync(kept)).toBe(true)
  expect(statesIn(data)[0]).toBe('done')
  expect(leftovers(data)).toEqual([])
}

const spoilt: [string, (workflow: ReturnType<typeof beatPulse>) => void, string, RegExp][] = [
  [
    'a cycle',
    ({ nodes }) => {
      nodes.soften.links.curve = { node: 'zoom', port: 'curve' }
    },
    'cycle',
    /circle: zoom → soften → zoom/,
  ],
  [
    'an unknown node type',
    ({ nodes }) => {
      nodes.pulse.type = 'frames.pulze'
    },
    'unknown_node_type',
    /"pulse" has the unknown type "frames.pulze" \(did you mean "frames.pulse"\?\)/,
  ],
  [
    'a link between wrong types',
    ({ nodes }) => {
      nodes.pulse.links.image = { node: 'song', port: 'audio' }
    },
    'type_mismatch',
    /"audio" of "song" is AUDIO; input "image" of "pulse" takes IMAGE/,
  ],
  [
    'a misspelt param',
    ({ nodes }) => {
      nodes.pulse.params.zoomAmout = 0.2
    },
    'unknown_param',
    /"pulse".* no param "zoomAmout" \(did you mean "zoomAmount"\?\)/,
  ],
  [
    'a path as a file',
    ({ nodes }) => {
      nodes.picture.params.file = '../../etc/passwd'
    },
    'file_refused',
    /"picture", param "file".*"\.\.\/\.\.\/etc\/passwd" is not a file of this Beatloom/,
  ],
]

it.each(spoilt)('refuses %s before anything runs: status 2 and 422', async (name, spoil, code, words) => {
  const workflow = beatPulse()
  spoil(workflow)
  const file = join(folder.path, `${name}.json`)
  writeFileSync(file, JSON.stringify(workflow))
  const before = statesIn(data)
  const { status, error, stderr } = await ending(['run', file], data)
  expect(status).toBe(2)
  expect(error).toMatchObject({ code: 'workflow_invalid', details: { issues: [{ code }] } })
  expectSentence(error.message, words)
  expect(stderr).toContain(`[${code}]`)
  expect(statesIn(data)).toEqual(before)
  expectNothingLost()
  const answer = await app.inject({ method: 'POST', url: '/api/v1/runs', headers: HEADERS, payload: { workflow } })
  expect(answer.statusCode).toBe(422)
  expect(answer.json().error).toMatchObject({ code: 'workflow_invalid', details: { issues: [{ code }] } })
  expectSentence(answer.json().error.message, words)
  expect(engine.store.list(10)).toEqual([])
})

it.each([
  ['list.json', '[1, 2]', 'workflow_unreadable', /"list.json": A workflow is a JSON object; this is an array/, 400],
  ['word.json', '"word"', 'workflow_unreadable', /"word.json": A workflow is a JSON object; this is a string/, 400],
  ['broken.json', '{"beatloom": 1,', 'workflow_unreadable', /"broken.json": This file is not JSON/, 400],
  ['big.json', `{"title": "${'x'.repeat(50e6)}"}`, 'usage', /"big.json" is too large .*32 MB/, 413],
] as const)('refuses %s with status 2, and with a 4xx', async (name, text, code, words, httpStatus) => {
  writeFileSync(join(folder.path, name), text)
  process.env.INIT_CWD = folder.path
  const { status, error } = await ending(['run', name], data)
  delete process.env.INIT_CWD
  expect([status, error.code]).toEqual([2, code])
  expectSentence(error.message, words)
  const headers = { ...HEADERS, 'content-type': 'application/json' }
  const answer = await app.inject({ method: 'POST', url: '/api/v1/runs', headers, payload: text })
  expect(answer.statusCode).toBe(httpStatus)
  expectSentence(answer.json().error.message, /request/)
  expectNothingLost()
})

it.each([
  ['not-a-picture.jpg', '--picture', 'media_unreadable', /"not-a-picture.jpg" is no .*picture.*: it is text\. Choose/],
  ['truncated.png', '--picture', 'media_unreadable', /"truncated.png" is damaged or cut short: .* save it again/],
  ['claims-30000x30000.png', '--picture', 'media_too_large', /30000 × 30000 .*100 megapixels.* scale it down/],
  ['zero-seconds.wav', '--song', 'media_unreadable', /"zero-seconds.wav" has no sound in it: it lasts 0 seconds/],
])('refuses %s: status 1 naming the node, 422 for an upload', async (name, flag, code, words) => {
  const { status, error, stderr } = await ending(['run', 'beat-pulse', ...SMALL, flag, fixture(name)], data)
  expect([status, error.code, error.node]).toEqual([1, code, flag.slice(2)])
  expectSentence(error.message, words)
  expect(stderr).not.toMatch(/\n\s+at /)
  expect(statesIn(data).at(-1)).toBe('failed')
  expectNothingLost()
  const answer = await upload(name)
  expect([answer.statusCode, answer.json().error.code]).toEqual([422, code])
  expectSentence(answer.json().error.message, words)
  expect(leftovers(engine.folder.root)).toEqual([])
})

it('does what was asked after all that, from the results it kept', async () => {
  const again = await ending(['run', 'beat-pulse', ...SMALL], data)
  expect(again.status).toBe(0)
  expect(again.last.outputs[0].path).toBe(kept)
  expect(again.stdout).toContain('"node.cached","node":"save"')
})

it.each(['..%2f..%2fetc%2fpasswd', 'artifacts/..%2f..%2fdb.sqlite', '%2e%2e/%2e%2e/etc/passwd'])(
  'does not serve /files/%s',
  async (path) => {
    const answer = await app.inject({ url: `/api/v1/files/${path}`, headers: HEADERS })
    expect([400, 404]).toContain(answer.statusCode)
    expect(answer.json().error.code).toMatch(/path_refused|not_found/)
    expect(answer.body).not.toContain('root:')
  },
)

it.each([{ host: 'evil.example' }, { ...HEADERS, origin: 'http://evil.example' }])(
  'refuses a request with %j',
  async (headers) => {
    const answer = await app.inject({
      method: 'POST',
      url: '/api/v1/runs',
      headers,
      payload: { workflow: beatPulse() },
    })
    expect([answer.statusCode, answer.json().error.code]).toEqual([403, 'origin_refused'])
    expectSentence(answer.json().error.message, /evil\.example/)
    expect(engine.store.list(10)).toEqual([])
  },
)

function upload(name: string) {
  const boundary = 'boundary-of-the-test'
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\n\r\n`
  return app.inject({
    method: 'POST',
    url: '/api/v1/assets',
    payload: Buffer.concat([Buffer.from(head), readFileSync(fixture(name)), Buffer.from(`\r\n--${boundary}--\r\n`)]),
    headers: { ...HEADERS, 'content-type': `multipart/form-data; boundary=${boundary}` },
  })
}
