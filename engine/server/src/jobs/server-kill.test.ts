import { join } from 'node:path'
import { expect, it } from 'vitest'
import { call, startServer } from '../testing/processes.ts'
import { temporaryFolder } from '../testing/test-engine.ts'
import { sleepyWorkflow } from '../testing/workflows.ts'
import { MAX_ATTEMPTS } from './run-queue.ts'

interface Run {
  id: string
  state: string
  lastSeq: number
}

const submit = async (url: string, milliseconds: number, amount: number): Promise<string> =>
  (await call<{ run: Run }>(url, 'POST', '/runs', { workflow: sleepyWorkflow({ milliseconds }), inputs: { amount } }))
    .run.id

const stateOf = async (url: string, id: string): Promise<string> => (await call<Run>(url, 'GET', `/runs/${id}`)).state

const typesOf = async (url: string, id: string): Promise<string[]> =>
  (await call<{ events: { type: string; seq: number }[] }>(url, 'GET', `/runs/${id}/events`)).events.map(
    (event) => event.type,
  )

it('has the right list of runs after kill -9 of the server, resumes what was going on and says so', async () => {
  const data = join(temporaryFolder(), 'data')
  const seed = Date.now() % 1000
  console.log(`kill delay seed ${seed}`)
  const first = await startServer(data)
  const done = await submit(first.url, 10, 1)
  await expect.poll(() => stateOf(first.url, done)).toBe('done')
  const going = await submit(first.url, 3_000, 2)
  const waiting = await submit(first.url, 10, 3)
  await expect.poll(() => stateOf(first.url, going)).toBe('running')
  await new Promise((resolve) => setTimeout(resolve, seed / 2))
  const seen = (await typesOf(first.url, going)).length
  first.child.kill('SIGKILL')
  await first.ended

  const second = await startServer(data)
  expect(await stateOf(second.url, done)).toBe('done')
  expect(['queued', 'running']).toContain(await stateOf(second.url, going))
  await expect.poll(() => stateOf(second.url, waiting), { timeout: 20_000 }).toBe('done')
  expect(await stateOf(second.url, going)).toBe('done')
  const types = await typesOf(second.url, going)
  expect(types.length).toBeGreaterThanOrEqual(seen)
  expect(types.filter((type) => type === 'run.resumed')).toHaveLength(1)
  expect(types.filter((type) => type === 'run.finished')).toHaveLength(1)
})

it('says "interrupted" when every attempt ended with the server, never "done"', { timeout: 60_000 }, async () => {
  const data = join(temporaryFolder(), 'data')
  let going = ''
  for (let attempt = 1; attempt <= MAX_ATTEMPTS.server; attempt++) {
    const server = await startServer(data)
    going ||= await submit(server.url, 600_000, 2)
    await expect.poll(() => stateOf(server.url, going)).toBe('running')
    server.child.kill('SIGKILL')
    await server.ended
  }
  const last = await startServer(data)
  expect(await stateOf(last.url, going)).toBe('interrupted')
})
