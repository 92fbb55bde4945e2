import { dirname } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import {
  AppError,
  type Issue,
  type KeyParts,
  keyPartsOf,
  type ModelHost,
  type PreparedRun,
  prepareRun,
  type Registry,
  type RunHost,
  type Workflow,
} from '@beatloom/core'
import type { ProviderReport } from '@beatloom/models'
import { ContentStore } from './files/content-store.ts'
import { FileLibrary } from './files/file-library.ts'
import { hashText } from './files/hash-file.ts'
import { PublicView } from './files/public-view.ts'
import { createFolders, type DataFolder, dataFolderAt, emptyScratch } from './folder/data-folder.ts'
import { type FolderLock, lockFolder } from './folder/folder-lock.ts'
import { EventHub } from './jobs/event-hub.ts'
import { LatestPreviews } from './jobs/latest-previews.ts'
import { newRunId } from './jobs/run-id.ts'
import { RunQueue } from './jobs/run-queue.ts'
import { type Addition, ModelAdditions } from './models/model-additions.ts'
import { KnownFiles } from './quote/known-files.ts'
import { isWorthLearning } from './quote/learn-speeds.ts'
import { type Plan, Planner } from './quote/planner.ts'
import type { Refusal } from './quote/quote.ts'
import { SpeedBook } from './quote/speed-book.ts'
import { loadRegistry } from './registry.ts'
import { openDatabase } from './store/database.ts'
import { DraftStore } from './store/draft-store.ts'
import type { RunRequest } from './store/run-record.ts'
import { RunStore, type StoredEvent } from './store/run-store.ts'
import { JsonTable } from './store/small-stores.ts'
import { invalidWorkflow } from './worker/run-job.ts'

/** Graphs of thousands of nodes are not planned anew for what they could teach. */
const TEACHING_CHARACTERS = 500_000

export interface EngineOptions {
  dataRoot: string
  origin: 'server' | 'cli'
  /** The folder's lock when the caller already holds it. */
  lock?: FolderLock
  hardStopMs?: number
}

/** An installed model as people see it. */
export interface ModelFacts {
  name: string
  title: string
  family: string
  sizeBytes: number
  sha256: string
  licence: string | null
  /** Where it was added from; null for models that were put there. */
  source: string | null
  /** Part of Beatloom, and not to be removed. */
  bundled: boolean
  provider: string | null
}

/** What a person asks to run. */
export interface Submission extends RunRequest {
  workflow: Workflow
  title?: string
  next?: boolean
  /** Begin even what the quote says cannot be done here. */
  tryAnyway?: boolean
}

/** Everything behind the server's routes and the command line: one data folder, its runs, files and worker. */
export class Engine {
  readonly folder: DataFolder
  readonly lock: FolderLock
  readonly registry: Registry
  readonly store: RunStore
  readonly queue: RunQueue
  readonly hub = new EventHub()
  readonly previews = new LatestPreviews()
  readonly files: FileLibrary
  readonly assets: ContentStore
  readonly drafts: DraftStore
  readonly facts: JsonTable<unknown>
  readonly view: PublicView
  readonly additions: ModelAdditions
  readonly #database: DatabaseSync
  readonly #planner: Planner
  readonly #stopListening: () => void
  #learning: Promise<void> = Promise.resolve()
  readonly #fingerprints = new Map<string, Promise<string>>()
  readonly #previous = new Map<string, Record<string, KeyParts>>()

  private constructor(folder: DataFolder, lock: FolderLock, registry: Registry, options: EngineOptions) {
    this.folder = folder
    this.lock = lock
    this.registry = registry
    this.#database = openDatabase(folder.database)
    this.store = new RunStore(this.#database)
    this.drafts = new DraftStore(this.#database)
    this.facts = new JsonTable(this.#database, 'facts')
    this.files = new FileLibrary(folder)
    this.assets = new ContentStore(folder, 'assets')
    this.view = new PublicView(folder)
    this.additions = new ModelAdditions(folder, {
      // Plans ask anew what a model of that name is.
      changed: () => this.#fingerprints.clear(),
      told: (addition) => this.hub.publish([additionMessage(this.shownAddition(addition))]),
    })
    const { store, hub, previews, view } = this
    const settings = new JsonTable<unknown>(this.#database, 'settings')
    const { origin, hardStopMs } = options
    this.#stopListening = hub.subscribe((events) => {
      for (const { run, json } of events) if (isWorthLearning(json)) this.#learnFrom(run)
    })
    this.queue = new RunQueue({ folder, store, settings, hub, previews, view, origin, hardStopMs })
    this.#planner = new Planner({
      registry,
      host: this.#host,
      worker: this.queue.worker,
      files: new KnownFiles(this.files, this.facts),
      book: new SpeedBook(this.facts),
      folder: folder.root,
    })
  }

  /** @throws {AppError} `data_folder_busy` */
  static async open(options: EngineOptions): Promise<Engine> {
    const folder = dataFolderAt(options.dataRoot)
    createFolders(folder)
    const lock = options.lock ?? lockFolder(folder)
    try {
      emptyScratch(folder)
      return new Engine(folder, lock, await loadRegistry(), options)
    } catch (error) {
      lock.release()
      throw error
    }
  }

  /** Every problem of a workflow, and the run it would be where there is none that matters. */
  prepare(workflow: Workflow, request: RunRequest): Promise<{ issues: Issue[]; prepared: PreparedRun | null }> {
    return prepareRun(workflow, { registry: this.registry, host: this.#host, ...request })
  }

  /** What a run would do and take, without running anything. */
  plan(workflow: Workflow, request: RunRequest): Promise<Plan> {
    return this.#planner.plan(workflow, request, this.#previous.get(workflow.title))
  }

  /**
   * @throws {AppError} `workflow_invalid` with every issue in its details; the code of the quote's refusal where the run
   * cannot be done here, with `node`, `param` and `nearest` where a setting is known that fits.
   */
  async submit(submission: Submission): Promise<{ run: string; warnings: Issue[] }> {
    const { workflow, title, next, tryAnyway, ...request } = submission
    const job = { run: newRunId(), workflow: JSON.stringify(workflow), request }
    const callOff = await this.queue.expect(job)
    try {
      const { issues, prepared, facts } = await this.#planner.prepare(workflow, request)
      if (!prepared) throw invalidWorkflow(issues)
      const refusal = tryAnyway ? null : await this.#planner.refusalOf(prepared, facts, { workflow, request })
      if (refusal) throw refusedRun(refusal)
      this.queue.submit(job, { title: title || workflow.title || 'Untitled', next })
      this.#previous.set(workflow.title, keyPartsOf(prepared))
      return { run: job.run, warnings: issues }
    } catch (error) {
      callOff()
      throw error
    }
  }

  /** Installed models, each with the provider it runs on, and every provider with why it is not used. */
  async models(): Promise<{ models: ModelFacts[]; providers: ProviderReport[] }> {
    const [installed, providers] = await Promise.all([
      this.queue.worker.ask('models', {}),
      this.queue.worker.ask('providers', {}),
    ])
    // A command may have added or removed one beside this process.
    this.#fingerprints.clear()
    const models = installed.map(({ name, title, family, folder, sizeBytes, sha256, licence, source = null }) => {
      const provider = providers.find((report) => report.chosenFor.includes(name))?.provider ?? null
      const bundled = dirname(folder) !== this.additions.folder
      return { name, title, family, sizeBytes, sha256, licence, source, bundled, provider }
    })
    return { models, providers }
  }

  /** An addition as clients may see it. */
  shownAddition(addition: Addition): Addition {
    return { ...addition, error: addition.error && this.view.error(addition.error) }
  }

  async close(): Promise<void> {
    this.#stopListening()
    await this.additions.close()
    await this.#learning
    await this.queue.close()
    this.#database.close()
    this.lock.release()
  }

  get #host(): Pick<RunHost, 'hash' | 'files' | 'models'> {
    return { hash: hashText, files: this.files, models: this.#models }
  }

  /** Learns from a run that has just ended how fast its nodes are here. */
  #learnFrom(run: string): void {
    const { workflow, request } = this.store.jobOf(run)
    if (workflow.length > TEACHING_CHARACTERS) return
    const events = this.store.eventsOfRun(run)
    this.#learning = this.#learning
      .then(() => this.#planner.learn(JSON.parse(workflow) as Workflow, request, events))
      // A file that is gone by now, a full disk: the next run teaches as well.
      .catch(() => {})
  }

  /** For checking and planning alone: models run in the worker. */
  readonly #models: ModelHost = {
    run: () => notHere(),
    describe: () => notHere(),
    forget: () => notHere(),
    open: () => notHere(),
    release: () => notHere(),
    remember: () => notHere(),
    fingerprint: (name) => {
      const known = this.#fingerprints.get(name)
      if (known) return known
      const fingerprint = this.queue.worker.ask('fingerprint', { name })
      this.#fingerprints.set(name, fingerprint)
      // A model that is missing now may be installed later.
      fingerprint.catch(() => this.#fingerprints.delete(name))
      return fingerprint
    },
  }
}

/** Passes through like a preview: it belongs to no run, and nobody reads it back. */
const additionMessage = (addition: Addition): StoredEvent => ({
  id: 0,
  run: '',
  seq: 0,
  json: JSON.stringify({ id: 0, run: '', seq: 0, type: 'model.addition', addition }),
})

function refusedRun({ code, message, ...details }: Refusal): AppError {
  return new AppError(code, message, { details })
}

const notHere = (): Promise<never> => Promise.reject(new Error('The server process runs no models.'))
