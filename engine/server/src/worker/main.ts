/** The process that runs jobs. It is forked with the data folder as its only argument and may be killed at any time. */
import { AppError, isTerminalEvent, type RunEventBody, reportOf } from '@beatloom/core'
import { DiskCache } from '../cache/disk-cache.ts'
import { FileLibrary } from '../files/file-library.ts'
import { dataFolderAt } from '../folder/data-folder.ts'
import { KnownFiles } from '../quote/known-files.ts'
import { loadRegistry } from '../registry.ts'
import { EventBatch } from './event-batch.ts'
import { lazyModels } from './lazy-models.ts'
import { OtherWorkers } from './other-workers.ts'
import type { FromWorker, Job, QuestionKind, Questions, ToWorker } from './protocol.ts'
import { ResultFacts } from './result-facts.ts'
import { type JobServices, type PreparedJob, prepareJob, rehearseJob, runJob } from './run-job.ts'

const [root] = process.argv.slice(2)
if (root === undefined || !process.send) throw new Error('This file is forked by Beatloom; it is not run by hand.')

const folder = dataFolderAt(root)
const cache = new DiskCache(folder.cache)
const resultFacts = new ResultFacts(cache)
const models = lazyModels(folder)
const otherWorkers = new OtherWorkers(folder, cache)
const running = new Map<string, AbortController>()
const jobs = new Set<Promise<void>>()
const expected = new Map<string, { job: Job; preparing: Promise<PreparedJob> }>()
const files = new FileLibrary(folder)
const services: JobServices = {
  folder,
  registry: await loadRegistry(),
  files,
  knownFiles: new KnownFiles(files, new Map()),
  models,
  cache,
  otherWorkers,
  previous: new Map(),
}

const answers: { [K in QuestionKind]: (ask: Questions[K]['ask']) => Promise<Questions[K]['answer']> } = {
  cached: async ({ keys }) => keys.filter((key) => cache.has(key)),
  facts: ({ results }) => resultFacts.of(results),
  rehearse: ({ workflow, request }) =>
    rehearseJob({ run: `rehearsal-${crypto.randomUUID()}`, workflow, request }, services),
  fingerprint: ({ name }) => services.models.fingerprint(name),
  models: async () => (await models.host()).list(),
  providers: async () => (await models.host()).providers(),
}

/** Nobody listens any more once the channel is closed: what is being sent then is lost, as after a kill. */
const send = (message: FromWorker): void => {
  if (process.connected) process.send?.(message, undefined, undefined, () => {})
}

async function run(job: Job, preparing: Promise<PreparedJob>): Promise<void> {
  const abort = new AbortController()
  running.set(job.run, abort)
  const batch = new EventBatch((events) => send({ type: 'events', run: job.run, events }))
  // The end is told when results are on disk: what a run has done then survives any kill.
  const ends: RunEventBody[] = []
  await runJob(job, services, preparing, abort.signal, (event) => {
    if (isTerminalEvent(event)) ends.push(event)
    else batch.add(event)
  })
  await cache.flush()
  for (const event of ends) batch.add(event)
  batch.flush()
  running.delete(job.run)
  send({ type: 'ended', run: job.run })
}

function start(job: Job, preparing: Promise<PreparedJob>): void {
  const running = run(job, preparing).finally(() => jobs.delete(running))
  jobs.add(running)
}

async function answer(id: number, kind: QuestionKind, ask: unknown): Promise<void> {
  try {
    send({ type: 'answer', id, value: await answers[kind](ask as never) })
  } catch (error) {
    send({ type: 'answer', id, error: reportOf(error) })
  }
}

async function close(): Promise<void> {
  for (const abort of running.values()) abort.abort(new AppError('run_cancelled', 'Beatloom is closing.'))
  await otherWorkers.close()
  await Promise.all(jobs)
  await cache.close()
  await models.close()
  process.exit(0)
}

process.on('message', (message: ToWorker) => {
  switch (message.type) {
    case 'expect': {
      const preparing = prepareJob(message.job, services)
      // Who takes the job up hears of a failure; nobody may.
      preparing.catch(() => {})
      expected.set(message.job.run, { job: message.job, preparing })
      return
    }
    case 'forget':
      expected.delete(message.run)
      return
    case 'run':
      // A worker beside others goes on from what they made.
      cache.refresh()
      start(message.job, prepareJob(message.job, services))
      return
    case 'run-expected': {
      const found = expected.get(message.run)
      expected.delete(message.run)
      if (found) start(found.job, found.preparing)
      return
    }
    case 'cancel':
      running.get(message.run)?.abort()
      return
    case 'ask':
      void answer(message.id, message.kind, message.ask)
      return
    case 'close':
      void close()
  }
})
// The server is gone: its successor starts a worker of its own.
process.on('disconnect', () => process.exit(0))

send({ type: 'ready' })
