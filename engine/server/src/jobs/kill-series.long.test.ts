import { join } from 'node:path'
import { isTerminalEvent } from '@beatloom/core'
import { expect, it } from 'vitest'
import { call, startServer } from '../testing/processes.ts'
import { temporaryFolder } from '../testing/test-engine.ts'
import { sleepyWorkflow } from '../testing/workflows.ts'

const ROUNDS = 25

interface Run {
  id: string
  state: string
  lastSeq: number
}

it('keeps an exact list of runs through a series of kill -9 at random moments', async () => {
  const seed = Number(process.env.BEATLOOM_SEED ?? Date.now() % 2 ** 31)
  console.log(`BEATLOOM_SEED=${seed}`)
  let state = seed
  const random = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return (state >>> 8) % below
  }
  const data = join(temporaryFolder(), 'data')
  const submitted: string[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const server = await startServer(data)
    for (let count = random(4); count >= 0; count--) {
      const body = { workflow: sleepyWorkflow({ milliseconds: random(800) }), inputs: { amount: 1 + random(50) } }
      submitted.push((await call<{ run: Run }>(server.url, 'POST', '/runs', body)).run.id)
    }
    await new Promise((resolve) => setTimeout(resolve, random(1_500)))
    server.child.kill('SIGKILL')
    await server.ended
  }
  const last = await startServer(data)
  const list = async (): Promise<Run[]> => (await call<{ runs: Run[] }>(last.url, 'GET', '/runs?limit=1000')).runs
  const open = async (): Promise<number> => (await list()).filter((run) => /queued|running/.test(run.state)).length
  await expect.poll(open, { timeout: 120_000, interval: 500 }).toBe(0)
  const runs = await list()
  expect(runs.map((run) => run.id).sort()).toEqual([...submitted].sort())
  for (const run of runs) {
    const { events } = await call<{ events: { type: string; seq: number }[] }>(
      last.url,
      'GET',
      `/runs/${run.id}/events`,
    )
    expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1))
    const ends = events.filter(isTerminalEvent)
    expect(ends).toHaveLength(1)
    expect(ends[0]).toBe(events.at(-1))
    expect(['done', 'interrupted']).toContain(run.state)
    expect(ends[0]?.type).toBe(run.state === 'done' ? 'run.finished' : 'run.interrupted')
  }
})
