/** Helpers for tests of nodes and runs. Node.js only; the product does not import this file. */
import { createHash } from 'node:crypto'
import { AppError } from './errors.ts'
import type { RunEventBody } from './events.ts'
import { executeRun } from './execute.ts'
import { createMemoryCache, type RunHost } from './host.ts'
import type { Blocked, Expansion, NodeContext, NodeDefinition, Registry, SubGraphs } from './node-definition.ts'
import { prepareRun } from './prepare.ts'
import type { PrepareOptions } from './prepared-run.ts'
import type { Display, ModelHost } from './services.ts'
import { parseWorkflow, type Workflow } from './workflow.ts'

const noModels: ModelHost = {
  run: async () => Promise.reject(new AppError('model_missing', 'This test has no models.')),
  describe: async () => Promise.reject(new AppError('model_missing', 'This test has no models.')),
  forget: async () => {},
  release: async () => {},
  remember: (_key, make) => make(),
  open: async (name) => Promise.reject(new AppError('model_missing', `There is no model "${name}".`)),
  fingerprint: async (name) => Promise.reject(new AppError('model_missing', `There is no model "${name}".`)),
}

/** For nodes that run no sub-graphs. */
export const noSubGraphs: SubGraphs = {
  bodyOf: () => {
    throw new Error('This test has no loop.')
  },
  run: () => Promise.reject(new Error('This test runs no sub-graphs.')),
  isCached: () => Promise.reject(new Error('This test runs no sub-graphs.')),
}

/** A host with a memory cache and no files or models; hand in what the test needs. */
export function testHost(overrides: Partial<RunHost> = {}): RunHost {
  return {
    hash: (text) => createHash('sha256').update(text).digest('hex'),
    files: {
      resolve: async (reference) => Promise.reject(new AppError('file_missing', `There is no file "${reference}".`)),
    },
    artifacts: {
      adopt: async (path, name) => ({ path, name, sha256: createHash('sha256').update(path).digest('hex') }),
      scratch: async (suffix) => Promise.reject(new Error(`This test has no scratch files (${suffix}).`)),
    },
    models: noModels,
    cache: createMemoryCache(),
    ...overrides,
  }
}

/** A node's outputs where it neither expands nor blocks. */
type PlainOutputs<D extends NodeDefinition> =
  Exclude<Awaited<ReturnType<D['run']>>, Expansion> extends infer O ? { [K in keyof O]: Exclude<O[K], Blocked> } : never

/** Calls a node's `run` with parsed params and collects what it shows. */
export async function runNode<D extends NodeDefinition>(
  definition: D,
  inputs: Parameters<D['run']>[0],
  params: Record<string, unknown> = {},
  services: Partial<NodeContext> = {},
): Promise<PlainOutputs<D> & { display: Display[] }> {
  const host = testHost()
  const display: Display[] = []
  const context: NodeContext = {
    nodeId: 'test',
    signal: new AbortController().signal,
    progress: () => {},
    preview: () => {},
    display: (item) => display.push(item),
    files: host.files,
    artifacts: host.artifacts,
    models: host.models,
    links: {},
    subGraphs: noSubGraphs,
    showNow: () => {},
    checkpoint: () => {},
    provenance: async () => ({ workflow: '{}', files: {} }),
    ...services,
  }
  const outputs = await definition.run(inputs as never, definition.params.parse(params) as never, context)
  return Object.assign(outputs as object, { display }) as PlainOutputs<D> & { display: Display[] }
}

/** What a run did, in the words tests use. */
export interface RunReport {
  events: RunEventBody[]
  didRun(node: string): boolean
  wasCached(node: string): boolean
  last: RunEventBody
}

/** Prepares and runs a workflow to its end. @throws {Error} listing the issues when it is not valid. */
export async function runWorkflow(
  source: Workflow | Record<string, unknown>,
  registry: Registry,
  host: RunHost,
  options: Omit<Partial<PrepareOptions>, 'registry' | 'host'> & { signal?: AbortSignal } = {},
): Promise<RunReport> {
  const { signal, ...rest } = options
  const { issues, prepared } = await prepareRun(parseWorkflow(source), { registry, host, ...rest })
  if (!prepared) throw new Error(issues.map((issue) => `${issue.code}: ${issue.message}`).join('\n'))
  const events: RunEventBody[] = []
  for await (const event of executeRun(prepared, host, signal ?? new AbortController().signal)) events.push(event)
  const has = (type: string, node: string) =>
    events.some((event) => event.type === type && 'node' in event && event.node === node)
  return {
    events,
    didRun: (node) => has('node.started', node),
    wasCached: (node) => has('node.cached', node),
    last: events.at(-1) as RunEventBody,
  }
}
