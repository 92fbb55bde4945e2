import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseWorkflow } from '@beatloom/core'
import type { FastifyInstance } from 'fastify'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { Engine } from '../engine.ts'
import { GALLERY } from '../folder/data-folder.ts'
import { buildServer } from '../http/build-server.ts'
import { folderForFile } from '../testing/product.ts'
import { untilEnded } from '../testing/test-engine.ts'

const folder = folderForFile()
let engine: Engine
let app: FastifyInstance

beforeAll(async () => {
  delete process.env.BEATLOOM_TEST_NODES
  engine = await Engine.open({ dataRoot: join(folder.path, 'data'), origin: 'server' })
  app = await buildServer(engine, { host: '127.0.0.1', token: undefined })
}, 60_000)
afterEach(() => {
  delete process.env.BEATLOOM_MEMORY_MB
})
afterAll(async () => {
  await app?.close()
  await engine?.close()
  folder.remove()
})

/** The flagship as data, to be changed. */
// biome-ignore lint/suspicious/noExplicitAny: tests change it at will
const songVideo = (): any => JSON.parse(readFileSync(join(GALLERY, 'song-video.json'), 'utf8'))

async function plan(payload: Record<string, unknown>) {
  const headers = { host: '127.0.0.1:8420' }
  const answer = await app.inject({ method: 'POST', url: '/api/v1/plan', headers, payload })
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json()
}

it('T3: tells size, rate and length of every stage before anything ran', { timeout: 60_000 }, async () => {
  const { facts } = await plan({ workflow: songVideo(), inputs: { duration: 4, resolution: '480p', frameRate: 24 } })
  const clip = { width: 832, height: 480, frameRate: 24, frameCount: 96, durationSeconds: 4 }
  expect(facts).toMatchObject({
    picture: { image: { width: 1920, height: 1080 } },
    song: { audio: { durationSeconds: 4, sampleRate: 44_100, channels: 2 } },
    encode: { latent: clip },
    sampler: { latent: clip },
    decode: { frames: clip },
    save: { video: { ...clip, hasAudio: true } },
  })
  expect(facts.loader).toBeUndefined()
})

it('R1: quotes more time, memory and disk for more video, and counts the nodes', { timeout: 60_000 }, async () => {
  const quoteFor = async (inputs: Record<string, unknown>) => (await plan({ workflow: songVideo(), inputs })).quote
  const small = await quoteFor({ duration: 3, resolution: '480p' })
  const large = await quoteFor({ duration: 12, resolution: '720p' })
  expect(small).toMatchObject({ run: 11, cached: 0 })
  expect(small.refusal).toBeUndefined()
  expect(small.seconds[0]).toBeGreaterThan(0.5)
  expect(small.seconds[1]).toBeGreaterThan(small.seconds[0])
  for (const measure of ['memoryBytes', 'diskBytes']) expect(large[measure]).toBeGreaterThan(1.15 * small[measure])
  expect(large.seconds[1]).toBeGreaterThan(2 * small.seconds[1])
})

it('R1: names the nearest setting that fits a machine with little memory', { timeout: 60_000 }, async () => {
  const refusalWith = async (megabytes: number) => {
    process.env.BEATLOOM_MEMORY_MB = String(megabytes)
    return (await plan({ workflow: songVideo(), inputs: { duration: 8, resolution: '720p' } })).quote.refusal
  }
  // At 720p 8 s need about 1,330 MB; at 480p, 1,220 MB, which keeps more of the video than 5 s at 720p do.
  expect(await refusalWith(1230)).toMatchObject({
    code: 'not_enough_memory',
    node: 'encode',
    param: 'resolution',
    nearest: '480p',
    message: expect.stringMatching(/needs about 1\.3 GB of memory .* It fits with resolution at 480p\./),
  })
  expect(await refusalWith(1175)).toMatchObject({ node: 'song', param: 'durationSeconds', nearest: 3 })
  const nothing = await refusalWith(300)
  expect(nothing).toMatchObject({ code: 'not_enough_memory' })
  expect(nothing.nearest).toBeUndefined()
})

it('R1: refuses a song longer than the model can do, with the longest it can', { timeout: 60_000 }, async () => {
  const workflow = songVideo()
  workflow.nodes.song.params.durationSeconds = 20
  workflow.inputs.duration.max = 600
  const { quote } = await plan({ workflow, nodes: ['save'] })
  expect(quote.refusal).toMatchObject({ code: 'input_invalid', node: 'song', param: 'durationSeconds', nearest: 15 })
  expect(quote.refusal.message).toMatch(/20\.0 s long.*up to 15 s.*It fits with duration at 15\./)
})

it('has no quote for what cannot run, and still tells what is known', { timeout: 60_000 }, async () => {
  const workflow = songVideo()
  delete workflow.nodes.encode.links.beats
  const { quote, facts, issues } = await plan({ workflow })
  expect(quote).toBeNull()
  expect(issues).toMatchObject([{ code: 'input_missing', node: 'encode', port: 'beats' }])
  expect(facts.song.audio.sampleRate).toBe(44_100)
})

it('T3, R1: knows the tempo once it is found, and its own speed once it has run', { timeout: 60_000 }, async () => {
  const request = { workflow: songVideo(), inputs: { duration: 6 }, nodes: ['beats'] }
  const before = await plan(request)
  expect(before.facts.beats.beats).toEqual({ durationSeconds: 6 })
  const spread = ([low, high]: [number, number]) => high / low
  expect(spread(before.quote.seconds)).toBeGreaterThan(5)
  const { run } = await engine.submit({ ...request, workflow: parseWorkflow(request.workflow) })
  expect((await untilEnded(engine, run)).type).toBe('run.finished')
  const after = await plan(request)
  expect(after.quote).toMatchObject({ run: 0, cached: 1 })
  expect(after.facts.beats.beats.bpm).toBeGreaterThan(40)
  await expect
    .poll(async () => spread((await plan({ ...request, inputs: { duration: 5 } })).quote.seconds))
    .toBeLessThan(4.5)
})

it('R1: a run that the quote refuses is answered with the refusal and begins nothing, unless it is to be tried anyway', {
  timeout: 60_000,
}, async () => {
  const start = (payload: Record<string, unknown>) =>
    app.inject({ method: 'POST', url: '/api/v1/runs', headers: { host: '127.0.0.1:8420' }, payload })
  const before = engine.store.count({ states: [] })
  process.env.BEATLOOM_MEMORY_MB = '1230'
  const wish = { workflow: songVideo(), inputs: { duration: 8, resolution: '720p' } }
  const answer = await start(wish)
  expect(answer.statusCode).toBe(422)
  const { refusal } = (await plan(wish)).quote
  const { code, message, ...details } = refusal
  expect(answer.json().error).toEqual({ code, message, details })
  expect(details).toEqual({ node: 'encode', param: 'resolution', nearest: '480p' })

  delete process.env.BEATLOOM_MEMORY_MB
  const tooLong = songVideo()
  tooLong.inputs.duration.max = 600
  const long = await start({ workflow: tooLong, inputs: { duration: 20 }, nodes: ['save'] })
  expect(long.json().error).toMatchObject({ code: 'input_invalid', details: { nearest: 15 } })
  expect(engine.store.count({ states: [] })).toBe(before)

  process.env.BEATLOOM_MEMORY_MB = '100'
  const small = { workflow: songVideo(), nodes: ['song'], inputs: { duration: 4 } }
  expect((await start(small)).json().error.code).toBe('not_enough_memory')
  const anyway = await start({ ...small, tryAnyway: true })
  expect(anyway.statusCode, anyway.body).toBe(202)
  expect((await untilEnded(engine, anyway.json().run.id)).type).toBe('run.finished')
})

it('R3: tells what each node usually takes here, by itself and whether or not it has to run', {
  timeout: 60_000,
}, async () => {
  const request = { workflow: songVideo(), inputs: { duration: 3.25 }, nodes: ['save'] }
  const secondsOf = async () => {
    const { nodes, quote } = await plan(request)
    const seconds = Object.fromEntries(
      nodes.map(({ node, seconds }: { node: string; seconds: number }) => [node, seconds]),
    )
    return { seconds, quote }
  }
  const { seconds, quote } = await secondsOf()
  const total = Object.values<number>(seconds).reduce((sum, each) => sum + each, 0)
  expect(total).toBeGreaterThan(quote.seconds[0])
  expect(total).toBeLessThan(quote.seconds[1])
  expect(seconds.sampler).toBeGreaterThan(seconds.picture)

  const { run } = await engine.submit({ ...request, nodes: ['song'], workflow: parseWorkflow(request.workflow) })
  await untilEnded(engine, run)
  const after = await secondsOf()
  expect(after.quote.cached).toBe(1)
  expect(Object.keys(after.seconds)).toEqual(Object.keys(seconds))
  expect(after.seconds.song).toBeGreaterThan(0)
})
