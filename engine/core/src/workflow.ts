import { z } from 'zod'
import { AppError } from './errors.ts'
import { layoutSchema } from './layout.ts'
import { readPlainNodes, readPlainOutputs } from './plain-shape.ts'

/** The file format version that this code writes. Older files are brought forward by `migrations`. */
export const WORKFLOW_VERSION = 1

const linkSchema = z.looseObject({ node: z.string(), port: z.string() })

const nodeSchema = z.looseObject({
  type: z.string().min(1),
  version: z.int().min(1).default(1),
  title: z.string().optional(),
  mode: z.enum(['mute', 'bypass']).optional(),
  params: z.record(z.string(), z.unknown()).default({}),
  /** By input name; several links feed a list input. */
  links: z.record(z.string(), z.union([linkSchema, z.array(linkSchema)])).default({}),
})

const inputSchema = z.looseObject({
  node: z.string(),
  param: z.string(),
  label: z.string().optional(),
  help: z.string().optional(),
  /** Narrower than the param's own range. */
  min: z.number().optional(),
  max: z.number().optional(),
  order: z.number().optional(),
  advanced: z.boolean().optional(),
  /** Kept off the form; the command line and HTTP still take it. */
  hidden: z.boolean().optional(),
  required: z.boolean().optional(),
})

const outputSchema = z.looseObject({
  node: z.string(),
  port: z.string(),
  label: z.string().optional(),
  order: z.number().optional(),
  /** Made, and not shown on the form. */
  hidden: z.boolean().optional(),
})

/** The saved file: values and links by name, layout apart. Keys nobody knows are kept. */
export const workflowSchema = z.looseObject({
  beatloom: z.int().min(1),
  title: z.string().default(''),
  description: z.string().optional(),
  inputs: z.record(z.string(), inputSchema).default({}),
  outputs: z.record(z.string(), outputSchema).default({}),
  nodes: z.record(z.string(), nodeSchema).default({}),
  needs: z
    .looseObject({
      nodes: z.record(z.string(), z.unknown()).default({}),
      models: z.record(z.string(), z.unknown()).default({}),
    })
    .default({ nodes: {}, models: {} }),
  layout: layoutSchema.default({ nodes: {}, groups: [] }),
})

export type Workflow = z.infer<typeof workflowSchema>
export type WorkflowNode = Workflow['nodes'][string]
export type WorkflowInput = Workflow['inputs'][string]

type RawFile = Record<string, unknown>

/** `migrations[n]` rewrites a file of version n as version n + 1. */
const migrations: Record<number, (file: RawFile) => RawFile> = {}

/**
 * Reads a workflow from its text or from parsed JSON.
 * @throws {AppError} `workflow_unreadable` when it is no JSON object of the right shape, `workflow_too_new` when a
 * newer Beatloom wrote it. Every shape problem is in `details.problems`.
 */
export function parseWorkflow(source: unknown): Workflow {
  let file = typeof source === 'string' ? parseJson(source) : source
  if (typeof file !== 'object' || file === null || Array.isArray(file)) {
    throw new AppError('workflow_unreadable', `A workflow is a JSON object; this is ${kindOf(file)}.`)
  }
  const version = (file as RawFile).beatloom
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    throw new AppError('workflow_unreadable', 'This JSON is no Beatloom workflow: it has no "beatloom" version number.')
  }
  if (version > WORKFLOW_VERSION) {
    throw new AppError(
      'workflow_too_new',
      `This workflow was saved by a newer Beatloom (file version ${version}; this one reads up to ${WORKFLOW_VERSION}).`,
    )
  }
  for (let from = version; from < WORKFLOW_VERSION; from++) {
    const migrate = migrations[from]
    if (!migrate) throw new Error(`No migration from workflow version ${from}`)
    file = { ...migrate(file as RawFile), beatloom: from + 1 }
  }
  const plain: Partial<Workflow> = {}
  const nodes = readPlainNodes((file as RawFile).nodes)
  const outputs = readPlainOutputs((file as RawFile).outputs)
  if (nodes) plain.nodes = nodes
  if (outputs) plain.outputs = outputs
  const rest = { ...(file as RawFile), ...(nodes ? { nodes: {} } : {}), ...(outputs ? { outputs: {} } : {}) }
  const parsed = workflowSchema.safeParse(rest)
  if (parsed.success) return { ...parsed.data, ...plain }
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'file'}: ${issue.message}`)
  throw new AppError('workflow_unreadable', `This file is no valid workflow: ${problems[0]}`, { details: { problems } })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new AppError('workflow_unreadable', `This file is not JSON: ${(cause as Error).message}.`, { cause })
  }
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'an array' : `a ${typeof value}`
}

const FILE_KEYS = ['beatloom', 'title', 'description', 'inputs', 'outputs', 'nodes', 'needs', 'layout']
const NODE_KEYS = ['type', 'version', 'title', 'mode', 'params', 'links']

/**
 * The saved text: keys in a stable order, one value per line, a newline at the end. Saving what was just opened
 * changes no byte, and git shows what a person changed.
 */
export function serializeWorkflow(workflow: Workflow): string {
  const ordered = orderKeys(workflow as RawFile, FILE_KEYS)
  const nodes: RawFile = {}
  for (const id of Object.keys(workflow.nodes).sort(compareNames)) {
    const { params, links, ...rest } = workflow.nodes[id] as WorkflowNode
    const node: RawFile = { ...rest }
    if (Object.keys(params).length > 0) node.params = sortDeep(params)
    if (Object.keys(links).length > 0) node.links = sortDeep(links)
    nodes[id] = orderKeys(node, NODE_KEYS)
  }
  ordered.inputs = sortDeep(workflow.inputs)
  ordered.outputs = sortDeep(workflow.outputs)
  ordered.nodes = nodes
  ordered.needs = sortDeep(workflow.needs)
  ordered.layout = sortDeep(workflow.layout)
  return `${format(ordered, '')}\n`
}

/** Like JSON.stringify with two spaces, but a list of numbers or a link stays on one line. */
function format(value: unknown, indent: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const inner = `${indent}  `
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item === 'number')) return `[${value.map((n) => JSON.stringify(n)).join(', ')}]`
    return `[\n${value.map((item) => inner + format(item, inner)).join(',\n')}\n${indent}]`
  }
  const entries = Object.entries(value).filter(([, item]) => item !== undefined)
  if (entries.length === 0) return '{}'
  if (entries.length === 2 && 'node' in value && 'port' in value)
    return formatLink(value as { node: string; port: string })
  return `{\n${entries.map(([key, item]) => `${inner}${JSON.stringify(key)}: ${format(item, inner)}`).join(',\n')}\n${indent}}`
}

const formatLink = (link: { node: string; port: string }): string =>
  `{ "node": ${JSON.stringify(link.node)}, "port": ${JSON.stringify(link.port)} }`

/** By code unit, the same on every machine and in every language. */
const compareNames = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function orderKeys(record: RawFile, first: readonly string[]): RawFile {
  const rest = Object.keys(record)
    .filter((key) => !first.includes(key))
    .sort(compareNames)
  const ordered: RawFile = {}
  for (const key of [...first, ...rest]) if (record[key] !== undefined) ordered[key] = record[key]
  return ordered
}

function sortDeep(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortDeep)
  if (typeof value !== 'object' || value === null) return value
  const sorted: RawFile = {}
  for (const key of Object.keys(value).sort(compareNames)) sorted[key] = sortDeep((value as RawFile)[key])
  return sorted
}

/** JSON text with keys sorted at every depth: the same for equal values, for hashing. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sortDeep(value))
}
