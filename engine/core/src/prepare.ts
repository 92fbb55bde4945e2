import { z } from 'zod'
import { AppError, reasonOf } from './errors.ts'
import {
  ancestorsOf,
  descendantsOf,
  eachLink,
  fileParams,
  findCycle,
  type Links,
  nearestName,
  topologicalOrder,
} from './graph.ts'
import type { RunHost } from './host.ts'
import type { Issue, IssueCode } from './issues.ts'
import type { NodeDefinition, Registry } from './node-definition.ts'
import { fits, type Link, type PortType } from './ports.ts'
import { canonicalJson, type Workflow, type WorkflowNode } from './workflow.ts'

/** What a cache key is made of, kept so that a later plan can say what changed. */
export interface KeyParts {
  type: string
  version: number
  /** Canonical JSON by param name. */
  params: Record<string, string>
  /** Content hash by file param. */
  files: Record<string, string>
  models: string[]
  /** Source node, port and the source's key, by input name. */
  inputs: Record<string, { node: string; port: string; key: string }[]>
}

export interface PreparedNode {
  id: string
  definition: NodeDefinition
  /** Parsed, defaults filled in. */
  params: Record<string, unknown>
  /** Bypassed nodes already taken out. */
  links: Links
  key: string
  parts: KeyParts
}

/** A workflow checked and ready to run. */
export interface PreparedRun {
  /** The file as it runs: inputs applied. */
  workflow: Workflow
  registry: Registry
  /** Every node that a wanted one needs, sources first. */
  nodes: Map<string, PreparedNode>
  /** Declared outputs that were asked for. */
  outputs: { name: string; node: string; port: string; type: PortType }[]
  /** Nodes to compute: those of the outputs, and terminal nodes. */
  wanted: string[]
  warnings: Issue[]
  /** SHA-256 by file reference. */
  files: Record<string, string>
}

export interface PrepareOptions {
  registry: Registry
  host: Pick<RunHost, 'hash' | 'files' | 'models'>
  /** Values for the declared inputs, by name. */
  inputs?: Record<string, unknown>
  /** Names of declared outputs wanted; all of them and every terminal node when left out. */
  outputs?: string[]
  /** Run to these nodes instead of to outputs. */
  nodes?: string[]
}

/**
 * Checks a workflow from end to end and gathers every problem at once, each with node, port or param and the names
 * that would have been right. Problems that no wanted output depends on are warnings.
 * @returns `prepared` is null when a wanted output depends on a problem.
 */
export async function prepareRun(
  source: Workflow,
  options: PrepareOptions,
): Promise<{ issues: Issue[]; prepared: PreparedRun | null }> {
  return new Preparation(source, options).run()
}

type Found = Omit<Issue, 'severity'>

class Preparation {
  readonly #registry: Registry
  readonly #options: PrepareOptions
  readonly #workflow: Workflow
  readonly #found: (Found & { always?: boolean })[] = []
  readonly #definitions = new Map<string, NodeDefinition>()
  readonly #params = new Map<string, Record<string, unknown>>()
  readonly #links = new Map<string, Links>()

  constructor(source: Workflow, options: PrepareOptions) {
    this.#options = options
    this.#registry = options.registry
    this.#workflow = { ...source, nodes: { ...source.nodes } }
  }

  async run(): Promise<{ issues: Issue[]; prepared: PreparedRun | null }> {
    this.#applyInputs()
    for (const [id, node] of Object.entries(this.#workflow.nodes)) this.#checkNode(id, node)
    for (const id of Object.keys(this.#workflow.nodes)) this.#links.set(id, this.#effectiveLinks(id))
    for (const id of this.#definitions.keys()) this.#checkLinks(id)
    this.#checkDeclaredInputs()
    const muted = this.#mutedNodes()
    const outputs = this.#wantedOutputs().filter((output) => !muted.has(output.node))
    const explicit = this.#options.nodes !== undefined || this.#options.outputs !== undefined
    const primary = [...outputs.map((output) => output.node), ...this.#wantedNodes()].filter((id) => !muted.has(id))
    const primaryIds = new Set(primary)
    const secondary = explicit ? [] : this.#terminalNodes().filter((id) => !primaryIds.has(id) && !muted.has(id))
    if (primary.length === 0 && secondary.length === 0 && this.#found.every((issue) => !issue.always)) {
      this.#add({
        code: 'no_outputs',
        message: 'Nothing to run: no output is declared and no node saves or shows anything.',
        always: true,
      })
    }
    const cyclic = this.#findCycles()
    const linksOf = (id: string) => this.#links.get(id)
    const needed = ancestorsOf([...primary, ...secondary], linksOf)
    const { files, models } = await this.#resolveOutside(needed)

    const broken = new Set(this.#found.flatMap((issue) => (issue.node === undefined ? [] : [issue.node])))
    for (const id of cyclic) broken.add(id)
    const spoilt = this.#withReaders(broken)
    const sound = (ids: string[]) => ids.filter((id) => !spoilt.has(id) && this.#definitions.has(id))
    // With no declared output, the terminal nodes are what is wanted.
    const must = ancestorsOf(primary.length > 0 ? primary : secondary, linksOf)
    for (const id of primary) must.add(id)
    const issues: Issue[] = this.#found.map(({ always, ...issue }) => ({
      severity: always || (issue.node !== undefined && must.has(issue.node)) ? 'error' : 'warning',
      ...issue,
    }))
    if (issues.some((issue) => issue.severity === 'error')) return { issues, prepared: null }
    const wanted = [...new Set([...primary, ...sound(secondary)])]
    const nodes = this.#keyedNodes(ancestorsOf(wanted, linksOf), files, models)
    const hashes: Record<string, string> = {}
    for (const [reference, sha256] of files) hashes[reference] = sha256
    return {
      issues,
      prepared: {
        workflow: this.#workflow,
        registry: this.#registry,
        nodes,
        outputs,
        wanted,
        warnings: issues,
        files: hashes,
      },
    }
  }

  #add(issue: Found & { always?: boolean }): void {
    this.#found.push(issue)
  }

  /** Writes the given input values into the params they stand for. */
  #applyInputs(): void {
    const declared = this.#workflow.inputs
    for (const [name, value] of Object.entries(this.#options.inputs ?? {})) {
      const input = Object.hasOwn(declared, name) ? declared[name] : undefined
      if (!input) {
        this.#add({
          code: 'unknown_input_name',
          message: `This workflow has no input "${name}"${didYouMean(name, Object.keys(declared))}.`,
          valid: Object.keys(declared),
          always: true,
        })
        continue
      }
      const node = this.#workflow.nodes[input.node]
      if (node) this.#workflow.nodes[input.node] = { ...node, params: { ...node.params, [input.param]: value } }
    }
  }

  #checkDeclaredInputs(): void {
    for (const [name, input] of Object.entries(this.#workflow.inputs)) {
      const definition = this.#definitions.get(input.node)
      if (!this.#workflow.nodes[input.node]) {
        this.#add({
          code: 'input_target_missing',
          message: `Input "${name}" points at node "${input.node}", which does not exist.`,
          valid: Object.keys(this.#workflow.nodes),
        })
      } else if (definition && !(input.param in definition.params.shape)) {
        const valid = Object.keys(definition.params.shape)
        this.#add({
          code: 'input_target_missing',
          message: `Input "${name}" points at param "${input.param}" of "${input.node}", which has no such param${didYouMean(input.param, valid)}.`,
          node: input.node,
          param: input.param,
          valid,
        })
      } else {
        this.#checkInputRange(name)
      }
    }
  }

  #checkInputRange(name: string): void {
    const input = this.#workflow.inputs[name]
    if (!input) return
    const value = this.#params.get(input.node)?.[input.param]
    if (typeof value !== 'number') return
    const low = input.min !== undefined && value < input.min
    const high = input.max !== undefined && value > input.max
    if (!low && !high) return
    this.#add({
      code: 'input_value_invalid',
      message: `${name} is ${value}; it must be ${rangeText(input.min, input.max)}.`,
      node: input.node,
      param: input.param,
    })
  }

  #checkNode(id: string, node: WorkflowNode): void {
    const definition = this.#registry.get(node.type)
    if (!definition) {
      const valid = [...this.#registry.keys()]
      this.#add({
        code: 'unknown_node_type',
        message: `Node "${id}" has the unknown type "${node.type}"${didYouMean(node.type, valid)}.`,
        node: id,
        valid,
      })
      return
    }
    if (node.version > definition.version) {
      this.#add({
        code: 'newer_node_version',
        message: `Node "${id}" (${definition.title}) was saved by a newer version (${node.version}; this Beatloom has ${definition.version}).`,
        node: id,
      })
      return
    }
    this.#definitions.set(id, definition)
    const params = migrateParams(definition, node)
    const shape = definition.params.shape
    for (const name of Object.keys(params)) {
      if (name in shape) continue
      const valid = Object.keys(shape)
      this.#add({
        code: 'unknown_param',
        message: `Node "${id}" (${definition.title}) has no param "${name}"${didYouMean(name, valid)}.`,
        node: id,
        param: name,
        valid,
      })
    }
    const parsed = definition.params.safeParse(params)
    if (!parsed.success) {
      for (const issue of parsed.error.issues) {
        const param = String(issue.path[0] ?? '')
        if (issue.code === 'unrecognized_keys') continue
        this.#add({
          code: 'param_invalid',
          message: `${this.#nameOfParam(id, param)}: ${sentence(issue.message)}`,
          node: id,
          param,
        })
      }
      return
    }
    this.#params.set(id, parsed.data)
    for (const problem of definition.check?.(parsed.data) ?? []) {
      this.#add({
        code: 'param_invalid',
        message: `${this.#nameOfParam(id, problem.param)}: ${problem.message}`,
        node: id,
        param: problem.param,
      })
    }
  }

  /** The declared input's name where there is one, since that is what the person typed. */
  #nameOfParam(id: string, param: string): string {
    const input = Object.entries(this.#workflow.inputs).find(
      ([, target]) => target.node === id && target.param === param,
    )
    return input ? `${input[0]} (node "${id}", param "${param}")` : `Node "${id}", param "${param}"`
  }

  /** A node's links with bypassed sources replaced by what feeds them. */
  #effectiveLinks(id: string): Links {
    const result: Links = {}
    for (const [input, value] of Object.entries(this.#workflow.nodes[id]?.links ?? {})) {
      if (Array.isArray(value)) result[input] = value.flatMap((link) => this.#throughBypass(id, input, link) ?? [])
      else {
        const link = this.#throughBypass(id, input, value)
        if (link) result[input] = link
      }
    }
    return result
  }

  #throughBypass(id: string, input: string, start: Link): Link | null {
    let link = start
    const seen = new Set<string>()
    for (;;) {
      const source = this.#workflow.nodes[link.node]
      if (source?.mode !== 'bypass' || seen.has(link.node)) return link
      seen.add(link.node)
      const inner = this.#registry.get(source.type)?.passThrough?.[link.port]
      const next = inner === undefined ? undefined : source.links[inner]
      if (!next || Array.isArray(next)) {
        this.#add({
          code: 'input_missing',
          message: `Node "${link.node}" is bypassed, but nothing passes through it to output "${link.port}".`,
          node: id,
          port: input,
        })
        return null
      }
      link = next
    }
  }

  #checkLinks(id: string): void {
    const definition = this.#definitions.get(id)
    const links = this.#links.get(id)
    if (!definition || !links || this.#workflow.nodes[id]?.mode === 'bypass') return
    for (const [input, value] of Object.entries(links)) {
      const port = Object.hasOwn(definition.inputs, input) ? definition.inputs[input] : undefined
      if (!port) {
        const valid = Object.keys(definition.inputs)
        this.#add({
          code: 'unknown_input',
          message: `Node "${id}" (${definition.title}) has no input "${input}"${didYouMean(input, valid)}.`,
          node: id,
          port: input,
          valid,
        })
        continue
      }
      if (Array.isArray(value) && value.length > 1 && !port.list) {
        this.#add({
          code: 'too_many_links',
          message: `Input "${input}" of node "${id}" takes one link and has ${value.length}.`,
          node: id,
          port: input,
        })
      }
      for (const link of Array.isArray(value) ? value : [value]) this.#checkLink(id, input, link)
    }
    for (const [input, port] of Object.entries(definition.inputs)) {
      const value = links[input]
      if (port.optional || (value !== undefined && !(Array.isArray(value) && value.length === 0))) continue
      if (this.#found.some((issue) => issue.node === id && issue.port === input)) continue
      this.#add({
        code: 'input_missing',
        message: `Node "${id}" (${definition.title}) needs its input "${input}" (${port.type}) linked.`,
        node: id,
        port: input,
      })
    }
  }

  #checkLink(id: string, input: string, link: Link): void {
    const port = this.#definitions.get(id)?.inputs[input]
    if (!port) return
    if (!Object.hasOwn(this.#workflow.nodes, link.node)) {
      const valid = Object.keys(this.#workflow.nodes)
      this.#add({
        code: 'link_node_missing',
        message: `Input "${input}" of node "${id}" is linked to node "${link.node}", which does not exist${didYouMean(link.node, valid)}.`,
        node: id,
        port: input,
        valid,
      })
      return
    }
    const source = this.#definitions.get(link.node)
    if (!source) return
    const output = Object.hasOwn(source.outputs, link.port) ? source.outputs[link.port] : undefined
    if (!output) {
      const valid = Object.keys(source.outputs)
      this.#add({
        code: 'link_port_missing',
        message: `Node "${link.node}" (${source.title}) has no output "${link.port}"${didYouMean(link.port, valid)}; input "${input}" of "${id}" is linked to it.`,
        node: id,
        port: input,
        valid,
      })
      return
    }
    const fit = fits(output, port)
    if (!fit.ok) {
      this.#add({
        code: 'type_mismatch',
        message: `Output "${link.port}" of "${link.node}" is ${fit.from}; input "${input}" of "${id}" takes ${fit.to}.`,
        node: id,
        port: input,
      })
    }
  }

  #mutedNodes(): Set<string> {
    const muted = Object.keys(this.#workflow.nodes).filter((id) => this.#workflow.nodes[id]?.mode === 'mute')
    if (muted.length === 0) return new Set()
    return this.#withReaders(muted)
  }

  /** These nodes and everything downstream of them. */
  #withReaders(ids: Iterable<string>): Set<string> {
    const from = [...ids]
    if (from.length === 0) return new Set()
    const readers = new Map<string, string[]>()
    for (const [id, links] of this.#links) {
      for (const [, link] of eachLink(links)) {
        const list = readers.get(link.node)
        if (list) list.push(id)
        else readers.set(link.node, [id])
      }
    }
    const all = descendantsOf(from, (id) => readers.get(id) ?? [])
    for (const id of from) all.add(id)
    return all
  }

  #wantedOutputs(): PreparedRun['outputs'] {
    if (this.#options.nodes) return []
    const declared = this.#workflow.outputs
    const names = this.#options.outputs ?? Object.keys(declared)
    const wanted: PreparedRun['outputs'] = []
    for (const name of names) {
      const output = Object.hasOwn(declared, name) ? declared[name] : undefined
      if (!output) {
        this.#add({
          code: 'unknown_output_name',
          message: `This workflow has no output "${name}"${didYouMean(name, Object.keys(declared))}.`,
          valid: Object.keys(declared),
          always: true,
        })
        continue
      }
      if (!Object.hasOwn(this.#workflow.nodes, output.node)) {
        this.#add({
          code: 'output_target_missing',
          message: `Output "${name}" points at node "${output.node}", which does not exist.`,
          valid: Object.keys(this.#workflow.nodes),
          always: true,
        })
        continue
      }
      const definition = this.#definitions.get(output.node)
      const port = definition?.outputs[output.port]
      if (definition && !port) {
        this.#add({
          code: 'output_target_missing',
          message: `Output "${name}" points at port "${output.port}" of "${output.node}", which has no such output.`,
          node: output.node,
          valid: Object.keys(definition.outputs),
        })
      }
      wanted.push({ name, node: output.node, port: output.port, type: port?.type ?? 'ANY' })
    }
    return wanted
  }

  #wantedNodes(): string[] {
    return (this.#options.nodes ?? []).filter((id) => {
      if (Object.hasOwn(this.#workflow.nodes, id)) return true
      this.#add({
        code: 'unknown_output_name',
        message: `There is no node "${id}" to run to.`,
        valid: Object.keys(this.#workflow.nodes),
        always: true,
      })
      return false
    })
  }

  #terminalNodes(): string[] {
    return [...this.#definitions].filter(([, definition]) => definition.terminal).map(([id]) => id)
  }

  #findCycles(): string[] {
    const linksOf = (id: string) => this.#links.get(id) ?? {}
    const { stuck } = topologicalOrder([...this.#links.keys()], linksOf)
    if (stuck.length === 0) return []
    const cycle = findCycle(stuck, linksOf)
    this.#add({
      code: 'cycle',
      message: `These nodes feed each other in a circle: ${cycle.join(' → ')}.`,
      node: cycle[0] as string,
      valid: [],
    })
    return cycle
  }

  /** Hashes of the files and models that the needed nodes name. */
  async #resolveOutside(needed: Set<string>): Promise<{ files: Map<string, string>; models: Map<string, string[]> }> {
    const files = new Map<string, string>()
    const models = new Map<string, string[]>()
    for (const id of needed) {
      const definition = this.#definitions.get(id)
      const params = this.#params.get(id)
      if (!definition || !params) continue
      for (const param of fileParams(definition)) {
        const reference = params[param]
        if (typeof reference !== 'string' || files.has(reference)) continue
        await this.#resolveFile(id, param, reference, files)
      }
      const names = definition.modelsUsed?.(params)
      if (names) models.set(id, await this.#fingerprints(id, names))
    }
    return { files, models }
  }

  async #resolveFile(id: string, param: string, reference: string, files: Map<string, string>): Promise<void> {
    if (reference === '') {
      this.#add({
        code: 'file_missing',
        message: `${this.#nameOfParam(id, param)}: no file is chosen.`,
        node: id,
        param,
      })
      return
    }
    try {
      files.set(reference, (await this.#options.host.files.resolve(reference)).sha256)
    } catch (error) {
      const code: IssueCode =
        error instanceof AppError && error.code === 'path_refused' ? 'file_refused' : 'file_missing'
      this.#add({ code, message: `${this.#nameOfParam(id, param)}: ${reasonOf(error)}`, node: id, param })
    }
  }

  async #fingerprints(id: string, names: string[]): Promise<string[]> {
    const prints: string[] = []
    for (const name of names) {
      try {
        prints.push(await this.#options.host.models.fingerprint(name))
      } catch (error) {
        this.#add({ code: 'model_missing', message: `Node "${id}": ${reasonOf(error)}`, node: id })
      }
    }
    return prints
  }

  #keyedNodes(
    needed: Set<string>,
    files: Map<string, string>,
    models: Map<string, string[]>,
  ): Map<string, PreparedNode> {
    const linksOf = (id: string) => this.#links.get(id) ?? {}
    const nodes = new Map<string, PreparedNode>()
    for (const id of topologicalOrder([...needed], linksOf).order) {
      const definition = this.#definitions.get(id)
      const params = this.#params.get(id)
      if (!definition || !params) continue
      nodes.set(
        id,
        keyNode(id, definition, params, linksOf(id), {
          hash: this.#options.host.hash,
          keyOf: (source) => nodes.get(source)?.key ?? '',
          fileHash: (reference) => files.get(reference),
          models: models.get(id) ?? [],
        }),
      )
    }
    return nodes
  }
}

/**
 * Gives a node its cache key: the hash of its type, version, params, file contents, models and the keys of its inputs.
 * A node whose result is not a function of these gets a key of its own each time.
 */
export function keyNode(
  id: string,
  definition: NodeDefinition,
  params: Record<string, unknown>,
  links: Links,
  known: {
    hash(text: string): string
    keyOf(id: string): string
    fileHash(reference: string): string | undefined
    models: string[]
  },
): PreparedNode {
  const parts: KeyParts = {
    type: definition.type,
    version: definition.version,
    params: {},
    files: {},
    models: known.models,
    inputs: {},
  }
  const fileNames = fileParams(definition)
  for (const [name, value] of Object.entries(params)) {
    const content = fileNames.includes(name) && typeof value === 'string' ? known.fileHash(value) : undefined
    if (content === undefined)
      parts.params[name] = typeof value === 'object' ? canonicalJson(value) : JSON.stringify(value)
    else parts.files[name] = content
  }
  for (const [input, link] of eachLink(links)) {
    const list = parts.inputs[input] ?? []
    list.push({ node: link.node, port: link.port, key: known.keyOf(link.node) })
    parts.inputs[input] = list
  }
  const nonce = definition.cache === 'never' ? crypto.randomUUID() : ''
  // Params come in the order of the schema and inputs are sorted here, so plain JSON is already canonical.
  const inputs = Object.keys(parts.inputs)
    .sort()
    .map((name) => [name, parts.inputs[name]?.map(({ port, key }) => [port, key])])
  const key = known.hash(
    JSON.stringify([parts.type, parts.version, parts.params, parts.files, parts.models, inputs, nonce]),
  )
  return { id, definition, params, links, key, parts }
}

function migrateParams(definition: NodeDefinition, node: WorkflowNode): Record<string, unknown> {
  let params = node.params
  for (let from = node.version; from < definition.version; from++)
    params = definition.migrations?.[from]?.(params) ?? params
  return params
}

/** ` (did you mean "x"?)`, or nothing. */
function didYouMean(name: string, valid: readonly string[]): string {
  const near = nearestName(name, valid)
  return near === null ? '' : ` (did you mean "${near}"?)`
}

function rangeText(min: number | undefined, max: number | undefined): string {
  if (min !== undefined && max !== undefined) return `from ${min} to ${max}`
  return min === undefined ? `at most ${max}` : `at least ${min}`
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`)

/** JSON Schema of one param, for messages and forms. */
export function paramSchema(definition: NodeDefinition, param: string): Record<string, unknown> | null {
  const field = definition.params.shape[param]
  return field
    ? (z.toJSONSchema(field as z.ZodType, { io: 'input', unrepresentable: 'any' }) as Record<string, unknown>)
    : null
}
