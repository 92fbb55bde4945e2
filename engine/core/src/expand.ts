import { z } from 'zod'
import { keyNode } from './cache-key.ts'
import { AppError } from './errors.ts'
import { fedParams, inputPort, parseTyped } from './fed-params.ts'
import { fileParams, referencesIn } from './file-params.ts'
import { eachLink, findCycle, type Links, topologicalOrder } from './graph.ts'
import type { RunHost } from './host.ts'
import { defineNode, type GivenNode, type NodeDefinition, type Registry, type SubGraph } from './node-definition.ts'
import { fits, type Link, type PortType } from './ports.ts'
import type { KeyParts, PreparedNode } from './prepared-run.ts'

interface Surroundings {
  registry: Registry
  host: RunHost
  /** Every node known so far, by full id. */
  nodes: ReadonlyMap<string, PreparedNode>
  /** What the ids of the nodes begin with; the parent's id when left out. */
  under?: string
}

/**
 * Checks and keys the nodes that a node put in its place. Their full ids are `parent/inner`. A link to an id that the
 * expansion does not hold reaches outwards: first the parent's own sub-graph, then the one around it.
 * @throws {AppError} `workflow_invalid` for an unknown type, port or param, a link of the wrong type, or a cycle.
 */
export async function prepareExpansion(
  parent: PreparedNode,
  expansion: SubGraph,
  { registry, host, nodes, under = parent.id }: Surroundings,
): Promise<{ nodes: PreparedNode[]; outputs: Record<string, Link> }> {
  const prefix = freePrefix(under, expansion, nodes)
  const scope = [prefix, ...parent.scope]
  const full = (id: string): string => {
    if (Object.hasOwn(expansion.nodes, id)) return prefix + id
    const outer = parent.scope.map((outside) => outside + id).find((candidate) => nodes.has(candidate))
    if (outer !== undefined) return outer
    throw new AppError('workflow_invalid', `The sub-graph of "${parent.id}" links to "${id}", which does not exist.`)
  }
  const fullLink = (link: Link): Link => ({ node: full(link.node), port: link.port })
  const links = new Map<string, Links>()
  for (const [id, node] of Object.entries(expansion.nodes)) {
    const entries = Object.entries('given' in node ? {} : (node.links ?? {})).map(([input, value]) => [
      input,
      Array.isArray(value) ? value.map(fullLink) : fullLink(value),
    ])
    links.set(prefix + id, Object.fromEntries(entries))
  }
  const linksOf = (id: string) => links.get(id) ?? {}
  const { order, stuck } = topologicalOrder([...links.keys()], linksOf)
  if (stuck.length > 0) {
    throw new AppError(
      'workflow_invalid',
      `The sub-graph of "${parent.id}" goes in a circle: ${findCycle(stuck, linksOf).join(' → ')}.`,
    )
  }
  const made = new Map<string, PreparedNode>()
  const find = (id: string) => made.get(id) ?? nodes.get(id)
  for (const id of order) {
    const inner = expansion.nodes[id.slice(prefix.length)]
    if (inner && 'given' in inner) {
      made.set(id, givenNode(id, inner, scope))
      continue
    }
    const definition = inner && registry.get(inner.type)
    if (!inner || !definition)
      throw new AppError(
        'workflow_invalid',
        `The sub-graph of "${parent.id}" uses the unknown node type "${inner?.type}".`,
      )
    const parsed = parseTyped(definition, inner.params ?? {}, fedParams(definition, Object.keys(linksOf(id))))
    if (!parsed.success)
      throw new AppError(
        'workflow_invalid',
        `Node "${id}": ${parsed.error.issues[0]?.path.join('.')} ${parsed.error.issues[0]?.message}`,
      )
    for (const [input, link] of eachLink(linksOf(id))) {
      const port = inputPort(definition, input)
      const output = find(link.node)?.definition.outputs[link.port]
      if (!port || !output || !fits(output, port).ok) {
        throw new AppError(
          'workflow_invalid',
          `Node "${id}": its input "${input}" cannot take "${link.port}" of "${link.node}".`,
        )
      }
    }
    const files = new Map<string, string>()
    for (const param of fileParams(definition)) {
      for (const reference of referencesIn(parsed.data[param]))
        files.set(reference, (await host.files.resolve(reference)).sha256)
    }
    const names = definition.modelsUsed?.(parsed.data) ?? []
    const models = await Promise.all(names.map((name) => host.models.fingerprint(name)))
    const node = keyNode(id, definition, parsed.data, linksOf(id), {
      hash: host.hash,
      keyOf: (source) => find(source)?.key ?? '',
      fileHash: (reference) => files.get(reference),
      models,
      scope,
    })
    made.set(id, inner.origin === undefined ? node : { ...node, origin: inner.origin })
  }
  const outputs = Object.fromEntries(Object.entries(expansion.outputs).map(([port, link]) => [port, fullLink(link)]))
  return { nodes: [...made.values()], outputs }
}

const GIVEN_PARAMS = z.object({})

/** A node that has run, as far as a run can tell: its value is there, and its key says which value it is. */
function givenNode(id: string, { given, type, list, key }: GivenNode, scope: readonly string[]): PreparedNode {
  const parts: KeyParts = { type: 'graph.given', version: 1, params: {}, files: {}, models: [], inputs: {} }
  const value = { list: list === true, items: list ? (given as unknown[]) : [given] }
  return {
    id,
    definition: givenDefinition(type, list === true),
    params: {},
    links: {},
    key,
    parts,
    scope,
    given: value,
  }
}

const givenDefinitions = new Map<string, NodeDefinition>()

function givenDefinition(type: PortType, list: boolean): NodeDefinition {
  const known = givenDefinitions.get(`${type} ${list}`)
  if (known) return known
  const definition = defineNode({
    type: 'graph.given',
    version: 1,
    title: 'Given',
    description: 'A value that is there already.',
    category: 'graph',
    cache: 'never',
    inputs: {},
    outputs: { value: { type, list } },
    params: GIVEN_PARAMS,
    run: () => {
      throw new Error('unreachable')
    },
  })
  givenDefinitions.set(`${type} ${list}`, definition)
  return definition
}

/** `parent/`, with more slashes where that would name a node that exists: ids are any strings. */
function freePrefix(parent: string, expansion: SubGraph, nodes: ReadonlyMap<string, PreparedNode>): string {
  let prefix = `${parent}/`
  while (Object.keys(expansion.nodes).some((id) => nodes.has(prefix + id))) prefix += '/'
  return prefix
}
