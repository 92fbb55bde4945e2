import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import type { LightMyRequestResponse } from 'fastify'
import { expect, it, onTestFinished } from 'vitest'
import { Engine } from '../engine.ts'
import { SAMPLES } from '../folder/data-folder.ts'
import { openTestEngine, temporaryFolder, untilEnded } from '../testing/test-engine.ts'
import { sleepyWorkflow, workflowOf } from '../testing/workflows.ts'
import { buildServer } from './build-server.ts'

async function startApp(): Promise<{ engine: Engine; get(path: string): Promise<LightMyRequestResponse> }> {
  const engine = await openTestEngine()
  const app = await buildServer(engine, { host: '127.0.0.1', token: undefined })
  onTestFinished(() => app.close())
  return { engine, get: (path) => app.inject({ url: `/api/v1${path}`, headers: { host: '127.0.0.1:8420' } }) }
}

const quick = sleepyWorkflow({ milliseconds: 10, log: '' })
const titled = (title: string, word: 'low' | 'high' = 'low') => ({
  ...workflowOf({ start: { type: 'test.number', params: { word } } }, 'start'),
  title,
})

async function runIt(engine: Engine, workflow: typeof quick, inputs: Record<string, unknown> = {}): Promise<string> {
  const { run } = await engine.submit({ workflow, inputs })
  await untilEnded(engine, run)
  return run
}

it('R5: finds runs by words in the title and in any value, and by date', async () => {
  const { engine, get } = await startApp()
  const calm = await runIt(engine, titled('Calm sea'))
  const storm = await runIt(engine, titled('Wild 海 100%_sure', 'high'))
  const ids = async (query: string): Promise<string[]> =>
    (await get(`/runs?${query}`)).json().runs.map((run: { id: string }) => run.id)
  expect(await ids('')).toEqual([storm, calm])
  expect(await ids('text=calm')).toEqual([calm])
  expect(await ids('text=HIGH')).toEqual([storm])
  expect(await ids('text=sea%20low')).toEqual([calm])
  expect(await ids(`text=${encodeURIComponent('海')}`)).toEqual([storm])
  expect(await ids(`text=${encodeURIComponent('0%_s')}`)).toEqual([storm])
  // The name of a node type is in every such file and no value of it.
  expect(await ids('text=test.number')).toEqual([])
  expect(await ids('state=failed')).toEqual([])
  const { createdAt } = engine.store.summary(storm)
  expect(await ids(`from=${createdAt}`)).toEqual([storm])
  expect(await ids(`until=${createdAt}`)).toEqual([calm])
  expect((await get('/runs?from=yesterday')).statusCode).toBe(400)
})

it('R5: pages through the history, and a new run in between shifts nothing', async () => {
  const { engine, get } = await startApp()
  const made: string[] = []
  for (const title of ['a', 'b', 'c']) made.unshift(await runIt(engine, titled(title)))
  const first = (await get('/runs?limit=2')).json()
  expect(first).toMatchObject({ total: 3, next: made[1] })
  await runIt(engine, titled('d'))
  const second = (await get(`/runs?limit=2&before=${first.next}`)).json()
  expect(second.runs.map((run: { id: string }) => run.id)).toEqual([made[2]])
  expect(second).toMatchObject({ total: 4, next: null })
})

it('R5: names the settings that differ from the previous run of the same title', async () => {
  const { engine, get } = await startApp()
  const first = await runIt(engine, quick)
  await runIt(engine, titled('Another title'))
  const second = await runIt(engine, quick, { amount: 9 })
  const third = await runIt(engine, { ...quick, nodes: { ...quick.nodes, more: quick.nodes.start! } })
  expect((await get(`/runs/${first}/changes`)).json()).toEqual({ previous: null, changes: [], rewired: false })
  expect((await get(`/runs/${second}/changes`)).json()).toEqual({
    previous: first,
    changes: [{ node: 'start', type: 'test.number', param: 'value', before: 5, after: 9 }],
    rewired: false,
  })
  expect((await get(`/runs/${third}/changes`)).json()).toMatchObject({ previous: second, rewired: true })
})

it('K16: lists what was uploaded and made, newest first, with search, kinds and pages', async () => {
  const { engine, get } = await startApp()
  const { sha256 } = await engine.assets.receive(createReadStream(join(SAMPLES, 'cover.jpg')), 'My cover.jpg')
  await runIt(engine, quick)
  const names = async (query: string): Promise<string[]> =>
    (await get(`/assets?${query}`)).json().assets.map((asset: { name: string }) => asset.name)
  expect(await names('')).toEqual(['clip.mp4', 'My cover.jpg'])
  expect(await names('text=COVER')).toEqual(['My cover.jpg'])
  expect(await names('kind=video')).toEqual(['clip.mp4'])
  expect(await names('origin=uploaded')).toEqual(['My cover.jpg'])
  const page = (await get('/assets?limit=1')).json()
  expect(page).toMatchObject({ total: 2, assets: [{ kind: 'video', origin: 'made', mime: 'video/mp4' }] })
  expect(await names(`limit=1&before=${encodeURIComponent(page.next)}`)).toEqual(['My cover.jpg'])

  const small = await get(`/thumbnails/assets/${sha256}/${encodeURIComponent('My cover.jpg')}`)
  expect([small.statusCode, small.headers['content-type']]).toEqual([200, 'image/jpeg'])
  expect(small.rawPayload.length).toBeLessThan(60_000)
  expect((await get('/thumbnails/samples/song.mp3')).json().error.code).toBe('media_unreadable')
  expect((await get('/thumbnails/assets/..%2f..%2fdb.sqlite')).statusCode).toBe(400)
})

it('R4: the queue, its order and its pause survive a restart of the server', async () => {
  const dataRoot = temporaryFolder()
  const first = await Engine.open({ dataRoot, origin: 'server' })
  first.queue.pause()
  const ids: string[] = []
  for (const amount of [1, 2, 3]) ids.push((await first.submit({ workflow: quick, inputs: { amount } })).run)
  const [a, b, c] = ids as [string, string, string]
  first.queue.reorder([c, a])
  await first.close()

  const second = await openTestEngine({ dataRoot })
  const { paused, queued } = second.queue.state()
  expect(paused).toBe(true)
  expect(queued.map((run) => run.id)).toEqual([c, a, b])
  second.queue.resume()
  await Promise.all(ids.map((id) => untilEnded(second, id)))
  const order = ids.toSorted((x, y) =>
    second.store.summary(x).startedAt! < second.store.summary(y).startedAt! ? -1 : 1,
  )
  expect(order).toEqual([c, a, b])
})
