import {
  AppError,
  executeRun,
  type Issue,
  isCancellation,
  type KeyParts,
  keyPartsOf,
  type ModelHost,
  type PreparedRun,
  prepareRun,
  type Registry,
  type Rehearsal,
  type ResultCache,
  type RunEventBody,
  type RunHost,
  rehearseRun,
  reportOf,
  type Workflow,
} from '@beatloom/core'
import type { FileLibrary } from '../files/file-library.ts'
import { hashText } from '../files/hash-file.ts'
import { createRunArtifacts } from '../files/run-artifacts.ts'
import type { DataFolder } from '../folder/data-folder.ts'
import type { KnownFiles } from '../quote/known-files.ts'
import { watchMemory } from './memory-watch.ts'
import type { Job } from './protocol.ts'

export interface JobServices {
  folder: DataFolder
  registry: Registry
  files: FileLibrary
  models: ModelHost
  cache: ResultCache
  knownFiles: KnownFiles
  otherWorkers: { forJob(job: Job): Promise<Pick<RunHost, 'otherWorkers'>> }
  /** Key parts of the last runs by workflow title, to say what changed since. */
  previous: Map<string, Record<string, KeyParts>>
}

/** Workflows whose last run is remembered for comparing. */
const REMEMBERED_WORKFLOWS = 8

/** A job's workflow checked against this machine. */
export interface PreparedJob {
  title: string
  issues: Issue[]
  prepared: PreparedRun | null
}

export async function prepareJob(job: Job, services: JobServices): Promise<PreparedJob> {
  const workflow = JSON.parse(job.workflow) as Workflow
  const host = { hash: hashText, files: services.files, models: services.models }
  const result = await prepareRun(workflow, { registry: services.registry, host, ...job.request })
  return { title: workflow.title, ...result }
}

/** Which rounds of its loops a job would make. */
export async function rehearseJob(job: Job, services: JobServices): Promise<Record<string, Rehearsal>> {
  const { folder, registry, files, models, cache, knownFiles } = services
  const host = { hash: hashText, files, models, cache, artifacts: createRunArtifacts(folder, job.run) }
  try {
    const asked = { registry, host, fileFacts: knownFiles.factsOf, ...job.request }
    const { prepared, facts } = await prepareRun(JSON.parse(job.workflow) as Workflow, asked)
    return prepared ? await rehearseRun(prepared, host, facts, new AbortController().signal) : {}
  } finally {
    await host.artifacts.dispose()
  }
}

/** Runs one job and hands out its events; the last one says how it ended, whatever happens. */
export async function runJob(
  job: Job,
  services: JobServices,
  preparing: Promise<PreparedJob>,
  signal: AbortSignal,
  emit: (event: RunEventBody) => void,
): Promise<void> {
  const startedAt = performance.now()
  const seconds = (): number => (performance.now() - startedAt) / 1000
  const artifacts = createRunArtifacts(services.folder, job.run)
  const memory = watchMemory()
  try {
    const host = {
      hash: hashText,
      files: services.files,
      artifacts,
      models: services.models,
      cache: services.cache,
      peakRssBytes: memory.peakBytes,
      previews: job.request.previews !== false,
      ...(await services.otherWorkers.forJob(job)),
    }
    const { title, issues, prepared } = await preparing
    if (!prepared) throw invalidWorkflow(issues)
    const previous = services.previous.get(title)
    remember(services.previous, title, keyPartsOf(prepared))
    for await (const event of executeRun(prepared, host, signal, previous ? { previous } : {})) emit(event)
  } catch (error) {
    if (isCancellation(error)) emit({ type: 'run.cancelled', seconds: seconds() })
    else {
      const report = reportOf(error)
      emit({ type: 'run.failed', error: report, errors: [report], outputs: [], seconds: seconds() })
    }
  } finally {
    memory.stop()
    await artifacts.dispose()
  }
}

/** One error for all that is wrong with a workflow: the first problem in words, all of them in the details. */
export function invalidWorkflow(issues: Issue[]): AppError {
  const errors = issues.filter((issue) => issue.severity === 'error')
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : ''
  return new AppError('workflow_invalid', `${errors[0]?.message ?? 'The workflow is not valid.'}${more}`, {
    details: { issues },
  })
}

function remember(map: JobServices['previous'], title: string, parts: Record<string, KeyParts>): void {
  map.delete(title)
  map.set(title, parts)
  const oldest = map.keys().next()
  if (map.size > REMEMBERED_WORKFLOWS && !oldest.done) map.delete(oldest.value)
}
