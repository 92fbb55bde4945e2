import type { Draft } from './draft.ts'
import { inputPort } from './fed-params.ts'
import { didYouMean } from './findings.ts'
import type { Links } from './graph.ts'
import { fits, type Link } from './ports.ts'
import type { WorkflowNode } from './workflow.ts'

/** A node's links with bypassed and transparent sources replaced by what feeds them. */
export function effectiveLinks(draft: Draft, id: string): Links {
  const result: Links = {}
  for (const [input, value] of Object.entries(draft.workflow.nodes[id]?.links ?? {})) {
    if (Array.isArray(value)) result[input] = value.flatMap((link) => throughBypass(draft, id, input, link) ?? [])
    else {
      const link = throughBypass(draft, id, input, value)
      if (link) result[input] = link
    }
  }
  return result
}

/** Where a declared output or a wanted node really comes from. Null when nothing feeds it. */
export function sourceOf(draft: Draft, start: Link): Link | null {
  let link = start
  const seen = new Set<string>()
  for (;;) {
    const source = draft.workflow.nodes[link.node]
    const passes = source && passesThrough(draft, source)
    if (!passes || seen.has(link.node)) return link
    seen.add(link.node)
    const next = source.links[passes[link.port] ?? '']
    if (!next || Array.isArray(next)) return null
    link = next
  }
}

/** Output → input, for a node that runs nothing itself. */
function passesThrough(draft: Draft, node: WorkflowNode): Record<string, string> | null {
  if (node.mode === 'mute') return null
  const definition = draft.registry.get(node.type)
  return node.mode === 'bypass' || definition?.transparent ? (definition?.passThrough ?? {}) : null
}

function throughBypass(draft: Draft, id: string, input: string, start: Link): Link | null {
  let link = start
  const seen = new Set<string>()
  for (;;) {
    const source = draft.workflow.nodes[link.node]
    const passes = source && passesThrough(draft, source)
    if (!passes || seen.has(link.node)) return link
    seen.add(link.node)
    const inner = passes[link.port]
    const next = inner === undefined ? undefined : source.links[inner]
    // A reroute that nothing feeds is as good as no link.
    if (!next && inner !== undefined && source.mode !== 'bypass') return null
    if (!next || Array.isArray(next)) {
      draft.findings.add({
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

/** Every link of a node: its ends must exist and fit, and required inputs must be fed. */
export function checkLinks(draft: Draft, id: string): void {
  const definition = draft.definitions.get(id)
  const links = draft.links.get(id)
  if (!definition || definition.transparent || !links || draft.workflow.nodes[id]?.mode === 'bypass') return
  for (const [input, value] of Object.entries(links)) {
    const port = inputPort(definition, input)
    if (!port) {
      const valid = Object.keys(definition.inputs)
      draft.findings.add({
        code: 'unknown_input',
        message: `Node "${id}" (${definition.title}) has no input "${input}"${didYouMean(input, valid)}.`,
        node: id,
        port: input,
        valid,
      })
      continue
    }
    if (Array.isArray(value) && value.length > 1 && !port.list) {
      draft.findings.add({
        code: 'too_many_links',
        message: `Input "${input}" of node "${id}" takes one link and has ${value.length}.`,
        node: id,
        port: input,
      })
    }
    for (const link of Array.isArray(value) ? value : [value]) checkLink(draft, id, input, link)
  }
  for (const [input, port] of Object.entries(definition.inputs)) {
    const value = links[input]
    if (port.optional || (value !== undefined && !(Array.isArray(value) && value.length === 0))) continue
    if (draft.findings.list.some((issue) => issue.node === id && issue.port === input)) continue
    draft.findings.add({
      code: 'input_missing',
      message: `Node "${id}" (${definition.title}) needs its input "${input}" (${port.type}) linked.`,
      node: id,
      port: input,
    })
  }
}

function checkLink(draft: Draft, id: string, input: string, link: Link): void {
  const definition = draft.definitions.get(id)
  const port = definition && inputPort(definition, input)
  if (!port) return
  if (!Object.hasOwn(draft.workflow.nodes, link.node)) {
    const valid = Object.keys(draft.workflow.nodes)
    draft.findings.add({
      code: 'link_node_missing',
      message: `Input "${input}" of node "${id}" is linked to node "${link.node}", which does not exist${didYouMean(link.node, valid)}.`,
      node: id,
      port: input,
      valid,
    })
    return
  }
  const source = draft.definitions.get(link.node)
  if (!source) return
  const output = Object.hasOwn(source.outputs, link.port) ? source.outputs[link.port] : undefined
  if (!output) {
    const valid = Object.keys(source.outputs)
    draft.findings.add({
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
    draft.findings.add({
      code: 'type_mismatch',
      message: `Output "${link.port}" of "${link.node}" is ${fit.from}; input "${input}" of "${id}" takes ${fit.to}.`,
      node: id,
      port: input,
    })
  }
}
