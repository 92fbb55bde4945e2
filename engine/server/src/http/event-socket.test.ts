import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import type { Engine } from '../engine.ts'
import { openTestEngine, untilEnded } from '../testing/test-engine.ts'
import { chainWorkflow, sleepyWorkflow } from '../testing/workflows.ts'
import { buildServer } from './build-server.ts'

interface Message {
  id: number
  run: string
  seq: number
  type: string
}

async function listen(): Promise<{ engine: Engine; address: string }> {
  const engine = await openTestEngine()
  const app = await buildServer(engine, { host: '127.0.0.1', token: undefined })
  onTestFinished(() => app.close())
  await app.listen({ host: '127.0.0.1', port: 0 })
  return { engine, address: `ws://127.0.0.1:${(app.server.address() as AddressInfo).port}/api/v1/events` }
}

/** Collects messages until the function says enough. */
function collect(address: string, enough: (messages: Message[]) => boolean): Promise<Message[]> {
  return new Promise((resolve, reject) => {
    const messages: Message[] = []
    const socket = new WebSocket(address)
    socket.on('error', reject)
    socket.on('message', (data) => {
      messages.push(JSON.parse(String(data)))
      if (!enough(messages)) return
      socket.terminate()
      resolve(messages)
    })
  })
}

const lasting = (messages: Message[]): Message[] => messages.filter((message) => message.id > 0)
const finished = (run: string) => (messages: Message[]) =>
  messages.some((message) => message.run === run && message.type === 'run.finished')

it('replays from a number and goes on live, each event once and in order, across reconnects', async () => {
  const { engine, address } = await listen()
  const seed = Date.now() % 2 ** 31
  console.log(`reconnect seed ${seed}`)
  let state = seed
  const random = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return (state >>> 8) % below
  }
  const { run } = await engine.submit({ workflow: chainWorkflow(600), inputs: {} })
  const received: Message[] = []
  while (!finished(run)(received)) {
    const count = 1 + random(400)
    const after = received.at(-1)?.id ?? 0
    received.push(
      ...lasting(await collect(`${address}?after=${after}`, (list) => list.length >= count || finished(run)(list))),
    )
  }
  expect(received.map((message) => message.id)).toEqual(received.map((_, index) => index + 1))
  expect(received.map((message) => message.seq)).toEqual(received.map((_, index) => index + 1))
  expect(received).toHaveLength(engine.store.record(run).lastSeq)
})

it('sends one run alone when asked', async () => {
  const { engine, address } = await listen()
  const { run: first } = await engine.submit({ workflow: chainWorkflow(3), inputs: {} })
  const { run: second } = await engine.submit({ workflow: chainWorkflow(4), inputs: {} })
  const messages = await collect(`${address}?after=0&run=${second}`, finished(second))
  expect(new Set(messages.map((message) => message.run))).toEqual(new Set([second]))
  expect(first).not.toBe(second)
})

it('hands previews to those who look now and keeps none', async () => {
  const { engine, address } = await listen()
  let run = ''
  const live = collect(address, (list) => finished(run)(list))
  await new Promise((resolve) => setTimeout(resolve, 100))
  run = (await engine.submit({ workflow: sleepyWorkflow({ milliseconds: 600 }), inputs: {} })).run
  const messages = await live
  const previews = messages.filter((message) => message.type === 'node.preview')
  expect(previews.length).toBeGreaterThan(1)
  expect(previews.every((message) => message.id === 0 && message.seq === 0)).toBe(true)
  expect(engine.store.eventsOfRun(run).join()).not.toContain('node.preview')
})

it('P5: a run that was asked for without previews sends none', async () => {
  const { engine, address } = await listen()
  let run = ''
  const live = collect(address, (list) => finished(run)(list))
  await new Promise((resolve) => setTimeout(resolve, 100))
  const workflow = sleepyWorkflow({ milliseconds: 600 })
  run = (await engine.submit({ workflow, inputs: {}, previews: false })).run
  const types = (await live).map((message) => message.type)
  expect(types).toContain('node.progress')
  expect(types).not.toContain('node.preview')
})

it('R6: who comes in the middle of a run gets the latest preview of the node at work at once', async () => {
  const { engine, address } = await listen()
  const { run } = await engine.submit({ workflow: sleepyWorkflow({ milliseconds: 8_000 }), inputs: {} })
  await expect.poll(() => engine.previews.of(run).length, { timeout: 15_000 }).toBe(1)
  const [newest] = engine.previews.of(run)
  const [first] = await collect(`${address}?run=${run}`, (list) => list.length > 0)
  expect(first).toMatchObject({ type: 'node.preview', run, seq: 0, id: 0 })
  expect(newest).toBeDefined()
  const page = address.replace('ws:', 'http:').replace('/events', `/runs/${run}`)
  const { previews } = (await (await fetch(page)).json()) as { previews: { type: string; node: string }[] }
  expect(previews).toMatchObject([{ type: 'node.preview', node: 'nap' }])
  engine.queue.cancel(run)
  await untilEnded(engine, run)
  expect(engine.previews.of(run)).toEqual([])
})

it('R6: tells where the stream stands, so that a break before the first event loses none', async () => {
  const { engine, address } = await listen()
  const { run } = await engine.submit({ workflow: chainWorkflow(3), inputs: {} })
  await untilEnded(engine, run)
  const [position] = await collect(`${address}?position=true`, (list) => list.length > 0)
  expect(position).toMatchObject({ type: 'stream.position', id: engine.store.lastEventId })
  const next = await engine.submit({ workflow: chainWorkflow(4), inputs: {} })
  const missed = await collect(`${address}?after=${position?.id}`, finished(next.run))
  expect(missed.map((message) => message.seq)).toEqual(missed.map((_, index) => index + 1))
})

it('starts from now on when no number is given', async () => {
  const { engine, address } = await listen()
  const { run: before } = await engine.submit({ workflow: chainWorkflow(3), inputs: {} })
  await untilEnded(engine, before)
  let run = ''
  const live = collect(address, (list) => finished(run)(list))
  await new Promise((resolve) => setTimeout(resolve, 100))
  run = (await engine.submit({ workflow: chainWorkflow(4), inputs: {} })).run
  expect((await live).every((message) => message.run === run)).toBe(true)
})

it('refuses an upgrade from a foreign origin', async () => {
  const { address } = await listen()
  const status = await new Promise((resolve) => {
    const socket = new WebSocket(address, { headers: { origin: 'http://evil.example' } })
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode))
    socket.on('open', () => resolve('opened'))
    socket.on('error', () => {})
  })
  expect(status).toBe(403)
})
