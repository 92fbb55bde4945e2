import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { eventsOf, openTestEngine, temporaryFolder, untilEnded, untilEvent } from '../testing/test-engine.ts'
import { chainWorkflow, sleepyWorkflow, workflowOf } from '../testing/workflows.ts'

const quick = (milliseconds = 10) => sleepyWorkflow({ milliseconds })
const slow = () => sleepyWorkflow({ milliseconds: 60_000 })

it('runs a workflow in the worker and keeps its numbered events and outputs', async () => {
  const engine = await openTestEngine()
  const { run } = await engine.submit({ workflow: quick(), inputs: { amount: 7 } })
  await untilEnded(engine, run)
  const summary = engine.store.record(run)
  expect(summary.state).toBe('done')
  expect(summary.outputs[0]?.file?.url).toMatch(/^\/api\/v1\/files\/artifacts\/[0-9a-f]{64}\/clip\.mp4$/)
  const events = eventsOf(engine, run)
  expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1))
  expect(events.map((event) => event.type).slice(0, 2)).toEqual(['run.queued', 'run.started'])
  expect(JSON.stringify(events)).not.toContain(engine.folder.root)
})

it('takes results from the cache the second time, and after the worker was started again', async () => {
  const engine = await openTestEngine()
  const once = async (): Promise<string[]> => {
    const { run } = await engine.submit({ workflow: quick(100), inputs: {} })
    await untilEnded(engine, run)
    return eventsOf(engine, run)
      .filter((event) => event.type === 'node.started')
      .map((event) => ('node' in event ? String(event.node) : ''))
  }
  expect(await once()).toEqual(['start', 'nap', 'save'])
  expect(await once()).toEqual([])
  engine.queue.worker.kill()
  expect(await once()).toEqual([])
})

it('cancels a queued run at once and a running one within a step', async () => {
  const engine = await openTestEngine()
  const { run: first } = await engine.submit({ workflow: sleepyWorkflow({ milliseconds: 2_000 }), inputs: {} })
  const { run: second } = await engine.submit({ workflow: slow(), inputs: {} })
  expect(engine.queue.cancel(second).state).toBe('cancelled')
  await untilEvent(engine, first, (event) => event.type === 'node.progress')
  const before = performance.now()
  engine.queue.cancel(first)
  expect((await untilEnded(engine, first)).type).toBe('run.cancelled')
  expect(performance.now() - before).toBeLessThan(1_500)
  expect(engine.store.record(first).state).toBe('cancelled')
})

it('kills a worker that does not stop, and runs the next job in a new one', async () => {
  const engine = await openTestEngine({ hardStopMs: 200 })
  const stubborn = sleepyWorkflow({ milliseconds: 600_000, stubborn: true })
  const { run } = await engine.submit({ workflow: stubborn, inputs: {} })
  await untilEvent(engine, run, (event) => event.type === 'node.started')
  const { pid } = engine.queue.worker
  engine.queue.cancel(run)
  expect((await untilEnded(engine, run)).type).toBe('run.cancelled')
  const { run: next } = await engine.submit({ workflow: quick(), inputs: {} })
  expect((await untilEnded(engine, next)).type).toBe('run.finished')
  expect(engine.queue.worker.pid).not.toBe(pid)
})

it('resumes a run after kill -9 of its worker, from what is in the cache', async () => {
  const engine = await openTestEngine()
  const folder = temporaryFolder()
  const paths = { log: join(folder, 'log'), calm: join(folder, 'calm') }
  const workflow = workflowOf({ boom: { type: 'test.crash', params: paths } }, 'boom')
  const { run } = await engine.submit({ workflow, inputs: {} })
  await untilEvent(engine, run, (event) => event.type === 'run.resumed')
  writeFileSync(paths.calm, '')
  const last = await untilEnded(engine, run)
  expect(last.type).toBe('run.finished')
  expect(eventsOf(engine, run).filter((event) => event.type === 'run.resumed').length).toBeGreaterThan(0)
})

it('gives a run up after three crashes of the worker, and goes on with the next', async () => {
  const engine = await openTestEngine()
  const log = join(temporaryFolder(), 'log')
  const { run } = await engine.submit({
    workflow: workflowOf({ boom: { type: 'test.crash', params: { log } } }, 'boom'),
    inputs: {},
  })
  const { run: next } = await engine.submit({ workflow: quick(), inputs: {} })
  const last = await untilEnded(engine, run)
  expect(last).toMatchObject({ type: 'run.failed', error: { code: 'worker_crashed' } })
  expect(readFileSync(log, 'utf8')).toBe('crashed\ncrashed\ncrashed\n')
  expect((await untilEnded(engine, next)).type).toBe('run.finished')
})

it('starts nothing while paused, and keeps the order it was given', async () => {
  const engine = await openTestEngine()
  engine.queue.pause()
  const ids: string[] = []
  for (let index = 0; index < 3; index++)
    ids.push((await engine.submit({ workflow: quick(), inputs: { amount: index + 1 } })).run)
  const { run: urgent } = await engine.submit({ workflow: quick(), inputs: { amount: 9 }, next: true })
  expect(engine.queue.state().queued.map((run) => run.id)).toEqual([urgent, ...ids])
  engine.queue.reorder([ids[2] as string, urgent])
  const order = [ids[2], urgent, ids[0], ids[1]]
  expect(engine.queue.state().queued.map((run) => run.id)).toEqual(order)
  expect(() => engine.queue.reorder(['nobody'])).toThrow(/Not waiting in the queue: nobody/)
  engine.queue.resume()
  await Promise.all(order.map((run) => untilEnded(engine, run as string)))
  const startedAt = order.map(
    (run) => eventsOf(engine, run as string).find((event) => event.type === 'run.started')?.id ?? 0,
  )
  expect(startedAt).toEqual([...startedAt].sort((a, b) => a - b))
})

it('deletes a run with its events, but not one that is going on', async () => {
  const engine = await openTestEngine()
  const { run } = await engine.submit({ workflow: quick(), inputs: {} })
  expect(() => engine.queue.delete(run)).toThrow(/cancel it first/)
  await untilEnded(engine, run)
  engine.queue.delete(run)
  expect(() => engine.store.record(run)).toThrow(/no run/)
  expect(engine.store.eventsOfRun(run)).toEqual([])
})

it('refuses an invalid workflow with every issue, and stores nothing', async () => {
  const engine = await openTestEngine()
  const workflow = workflowOf(
    {
      a: { type: 'test.nmber' },
      b: { type: 'test.add-one', params: { x: 1 }, links: { value: { node: 'a', port: 'value' } } },
    },
    'b',
  )
  const error = await engine.submit({ workflow, inputs: {} }).catch((reason) => reason)
  expect(error.code).toBe('workflow_invalid')
  expect(error.details.issues.map((issue: { code: string }) => issue.code).sort()).toEqual([
    'unknown_node_type',
    'unknown_param',
  ])
  expect(engine.store.list(10)).toEqual([])
})

it('strips paths of this machine from errors', async () => {
  const engine = await openTestEngine()
  const workflow = workflowOf(
    { one: { type: 'test.number' }, bad: { type: 'test.fail', links: { value: { node: 'one', port: 'value' } } } },
    'bad',
  )
  const { run } = await engine.submit({ workflow, inputs: {} })
  const last = await untilEnded(engine, run)
  expect(last).toMatchObject({ type: 'run.failed', error: { code: 'media_unreadable', node: 'bad' } })
  expect(JSON.stringify(eventsOf(engine, run))).not.toContain(process.cwd())
})

it('runs a chain of 2,000 nodes with all its events in order', async () => {
  const engine = await openTestEngine()
  const { run } = await engine.submit({ workflow: chainWorkflow(2_000), inputs: {} })
  const last = await untilEnded(engine, run)
  expect(last).toMatchObject({ type: 'run.finished', outputs: [{ name: 'result', value: 2_000 }] })
  expect(eventsOf(engine, run).filter((event) => event.type === 'node.finished')).toHaveLength(2_000)
})

it('empties its scratch space when a run ends', async () => {
  const engine = await openTestEngine()
  const { run } = await engine.submit({ workflow: quick(), inputs: {} })
  await untilEnded(engine, run)
  await expect.poll(() => existsSync(join(engine.folder.scratch, run))).toBe(false)
})
