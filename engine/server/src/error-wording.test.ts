/** One failure, one wording: in the answer of the server, in the run's events, as a line of JSON and on the terminal. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ErrorReport, type Issue, parseWorkflow } from '@beatloom/core'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Engine } from './engine.ts'
import { buildServer } from './http/build-server.ts'
import { newRunId } from './jobs/run-id.ts'
import { beatloom } from './testing/processes.ts'
import { endingOf, folderForFile } from './testing/product.ts'
import { TEST_NODES, untilEnded } from './testing/test-engine.ts'

const folder = folderForFile()

/** A server in this process: with the real nodes, or with those of the tests. */
interface Served {
  engine: Engine
  app: FastifyInstance
  nodes: string
}
const served = new Map<string, Served>()

async function serve(nodes: string): Promise<Served> {
  const known = served.get(nodes)
  if (known) return known
  process.env.BEATLOOM_TEST_NODES = nodes
  const engine = await Engine.open({ dataRoot: join(folder.path, `server-${served.size}`), origin: 'server' })
  const app = await buildServer(engine, { host: '127.0.0.1', token: undefined })
  const made = { engine, app, nodes }
  served.set(nodes, made)
  return made
}

beforeAll(async () => {
  for (const nodes of ['', TEST_NODES]) await serve(nodes)
}, 60_000)
afterAll(async () => {
  for (const { app, engine } of served.values()) {
    await app.close()
    await engine.close()
  }
  folder.remove()
})

const show = (node: string, port: string) => ({ type: 'value.show', links: { value: { node, port } } })
const preview = { type: 'image.preview', links: { image: { node: 'picture', port: 'image' } } }
const picture = (file: string) => ({ type: 'image.load', params: { file } })

/** Checked before a run: the problem is one of the details of `workflow_invalid`. */
const BEFORE: [code: string, nodes: Record<string, unknown>][] = [
  ['file_missing', { picture: picture('samples/nowhere.jpg'), preview }],
  ['model_missing', { loader: { type: 'model.load', params: { model: 'nowhere' } }, show: show('loader', 'vae') }],
]

/** Found while running. */
const DURING: [code: string, nodes: Record<string, unknown>, registry: string][] = [
  ['media_unreadable', { picture: picture('samples/fixtures/not-a-picture.jpg'), preview }, ''],
  [
    'input_invalid',
    {
      words: { type: 'value.text', params: { value: 'fast' } },
      number: { type: 'value.text-to-number', links: { text: { node: 'words', port: 'text' } } },
      show: show('number', 'number'),
    },
    '',
  ],
  ['node_failed', { stumble: { type: 'test.stumble' }, next: addOne('stumble') }, TEST_NODES],
]

function addOne(node: string) {
  return { type: 'test.add-one', links: { value: { node, port: 'value' } } }
}

const fileOf = (nodes: Record<string, unknown>, rest: Record<string, unknown> = {}) => ({
  beatloom: 1,
  title: 'Wording',
  nodes,
  ...('next' in nodes ? { outputs: { value: { node: 'next', port: 'value' } } } : {}),
  ...rest,
})

async function fromCommand(name: string, workflow: unknown, registry: string) {
  const path = join(folder.path, `${name}.json`)
  writeFileSync(path, JSON.stringify(workflow))
  const run = (place: string, ...flags: string[]) =>
    beatloom(['run', path, ...flags], join(folder.path, place), { BEATLOOM_TEST_NODES: registry })
  const [plain, json] = [run('terminal'), run('json', '--json')]
  const [{ error, status }] = await Promise.all([endingOf(json), plain.ended])
  return { error, status, terminal: plain.stderr() }
}

const post = async ({ app }: Served, path: string, workflow: unknown) => {
  const headers = { host: '127.0.0.1:8420' }
  return (await app.inject({ method: 'POST', url: `/api/v1${path}`, headers, payload: { workflow } })).json()
}

const issueIn = ({ details }: ErrorReport): Issue => (details as { issues: [Issue] }).issues[0]

it.each(BEFORE)('E5: %s reads the same in every face, before a run', { timeout: 60_000 }, async (code, nodes) => {
  const server = await serve('')
  const workflow = fileOf(nodes)
  const { error: answered } = (await post(server, '/runs', workflow)) as { error: ErrorReport }
  const { issues } = (await post(server, '/validate', workflow)) as { issues: Issue[] }
  const issue = issueIn(answered)
  expect(issue).toMatchObject({ code, severity: 'error' })
  expect(issues[0]).toEqual(issue)
  expect(answered.message).toBe(issue.message)
  // What was checked and broke afterwards, as when a file is deleted while the run waits.
  const run = newRunId()
  const job = { run, workflow: JSON.stringify(parseWorkflow(workflow)), request: { inputs: {} } }
  server.engine.queue.submit(job, { title: 'Wording' })
  const event = await untilEnded(server.engine, run)
  expect(event).toMatchObject({ type: 'run.failed', error: { code: 'workflow_invalid', message: issue.message } })
  const { error, terminal, status } = await fromCommand(code, workflow, '')
  expect(status).toBe(2)
  expect(issueIn(error)).toMatchObject({ code, message: issue.message })
  expect(terminal).toContain(`error: ${issue.message}`)
  expect(terminal).toContain(`[${code}]`)
})

it.each(DURING)(
  'E5: %s reads the same in every face, from a run',
  { timeout: 60_000 },
  async (code, nodes, registry) => {
    const server = await serve(registry)
    const workflow = fileOf(nodes)
    process.env.BEATLOOM_TEST_NODES = registry
    const { run } = (await post(server, '/runs', workflow)) as { run: { id: string } }
    const event = await untilEnded(server.engine, run.id)
    if (event.type !== 'run.failed') throw new Error(`It ended with ${event.type}.`)
    const { message } = event.error
    expect(event.error.code).toBe(code)
    expect(message).toMatch(/^Node ".+" \(.+\) failed: .+\.$/)
    const headers = { host: '127.0.0.1:8420' }
    const stored = (await server.app.inject({ url: `/api/v1/runs/${run.id}`, headers })).json()
    expect(stored.error).toMatchObject({ code, message, node: event.error.node })
    const { error, terminal, status } = await fromCommand(code, workflow, registry)
    expect(status).not.toBe(0)
    expect(error).toMatchObject({ code, message, node: event.error.node })
    expect(terminal).toContain(`error: ${message} [${code}]`)
  },
)

it('E5: workflow_too_new reads the same in every face', { timeout: 60_000 }, async () => {
  const workflow = { beatloom: 99, nodes: {} }
  const { error: answered } = (await post(await serve(''), '/runs', workflow)) as { error: ErrorReport }
  expect(answered.code).toBe('workflow_too_new')
  const { error, terminal } = await fromCommand('too-new', workflow, '')
  expect(error.code).toBe('workflow_too_new')
  // The command line says which file, too.
  expect(error.message).toContain(answered.message)
  expect(terminal).toContain(`${answered.message} [workflow_too_new]`)
})
