import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { DiskCache } from '../cache/disk-cache.ts'
import { dataFolderAt } from '../folder/data-folder.ts'
import { makeSong } from '../testing/kill-song.ts'
import { temporaryFolder } from '../testing/test-engine.ts'
import { OtherWorkers } from './other-workers.ts'
import type { Job } from './protocol.ts'
import { otherWorkerEnvironments } from './worker-count.ts'

const never = new AbortController().signal
let open: { cache: DiskCache; workers: OtherWorkers }[] = []
beforeEach(() => {
  vi.stubEnv('BEATLOOM_WORKERS', '2')
  open = []
})
afterEach(async () => {
  vi.unstubAllEnvs()
  for (const { cache, workers } of open) {
    await workers.close()
    await cache.close()
  }
})

function openWorkers() {
  const root = temporaryFolder()
  const folder = dataFolderAt(root)
  const cache = new DiskCache(folder.cache)
  const workers = new OtherWorkers(folder, cache)
  open.push({ cache, workers })
  return { root, cache, workers }
}

const jobOf = (type: string, params: Record<string, unknown>, inputs = {}): Job => ({
  run: 'run1',
  workflow: JSON.stringify({
    beatloom: 1,
    title: '',
    inputs: type === 'test.sleep' ? { length: { node: 'a', param: 'milliseconds' } } : {},
    outputs: {},
    nodes: {
      first: { type: 'test.fail', version: 1, params: {}, links: {} },
      a: { type, version: 1, params, links: {} },
    },
  }),
  request: { inputs },
})

it('runs a node elsewhere with other params and without some links, and finds its result in the cache', async () => {
  const { root, cache, workers } = openWorkers()
  const log = join(root, 'log')
  const job = jobOf('test.sleep', { milliseconds: 20 }, { length: 60_000 })
  const workflow = JSON.parse(job.workflow)
  workflow.nodes.a.links.value = { node: 'first', port: 'value' }
  const { otherWorkers } = await workers.forJob({ ...job, workflow: JSON.stringify(workflow) })
  expect(otherWorkers?.count).toBe(1)
  expect(cache.sizes.diskBytes).toBe(0)
  const change = { node: 'a', params: { milliseconds: 200, log }, unlinked: ['value'] }
  expect(await otherWorkers?.run(0, change, never)).toBe(true)
  expect(readFileSync(log, 'utf8')).toBe('started\n')
  expect(cache.sizes.diskBytes).toBeGreaterThan(0)
})

it('says so when a node fails there, is cancelled, or takes its process along; after two deaths nobody is asked', async () => {
  const { root, workers } = openWorkers()
  const log = join(root, 'log')
  const run = async (job: Job, change: object = {}, signal = never) =>
    (await workers.forJob(job)).otherWorkers?.run(0, { node: 'a', params: {}, unlinked: [], ...change }, signal)
  expect(await run(jobOf('test.stumble', {}))).toBe(false)
  const abort = new AbortController()
  const cancelled = run(jobOf('test.sleep', { milliseconds: 20_000 }), {}, abort.signal)
  setTimeout(() => abort.abort(), 300)
  expect(await cancelled).toBe(false)
  for (const deaths of [1, 2, 2]) {
    expect(await run(jobOf('test.crash', { log }))).toBe(false)
    expect(readFileSync(log, 'utf8')).toBe('crashed\n'.repeat(deaths))
  }
})

it('counts a worker for each card of CUDA, and as many as are asked for', async () => {
  const count = async (env: NodeJS.ProcessEnv) => (await otherWorkerEnvironments(env)).length
  expect(await count({})).toBe(0)
  expect(await count({ BEATLOOM_WORKERS: '3' })).toBe(2)
  expect(await count({ BEATLOOM_WORKERS: '1', CUDA_VISIBLE_DEVICES: '0,1' })).toBe(0)
  expect(await count({ BEATLOOM_WORKERS: 'many' })).toBe(0)
  expect((await otherWorkerEnvironments({ BEATLOOM_WORKERS: '2' }))[0]).toEqual({ BEATLOOM_WORKERS: '1' })
})

it('makes the shots of a song in two workers to the same frames as in one, also when one of them is killed', {
  timeout: 240_000,
}, async ({ skip }) => {
  if (process.platform !== 'linux') skip('Processes are looked up with ps, as on Linux.')
  const alone = await makeSong(join(temporaryFolder(), 'alone'), [])
  const together = await makeSong(join(temporaryFolder(), 'together'), [{ afterMs: 0, who: 'helper' }], 2)
  expect(together).toEqual(alone)
})
