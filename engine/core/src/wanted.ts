import { sourceOf } from './check-links.ts'
import type { Draft } from './draft.ts'
import { didYouMean } from './findings.ts'
import { descendantsOf, eachLink } from './graph.ts'
import type { PreparedRun, PrepareOptions } from './prepared-run.ts'

/** What a run is for. */
export interface Wanted {
  outputs: PreparedRun['outputs']
  /** Nodes that were asked for by an output or by name. */
  primary: string[]
  /** Terminal nodes that run beside them when nothing was named. */
  secondary: string[]
}

export function wantedOf(draft: Draft, options: Pick<PrepareOptions, 'outputs' | 'nodes'>): Wanted {
  const muted = mutedNodes(draft)
  const outputs = wantedOutputs(draft, options).filter((output) => !muted.has(output.node))
  const primary = [...outputs.map((output) => output.node), ...wantedNodes(draft, options)].filter(
    (id) => !muted.has(id),
  )
  const known = new Set(primary)
  const named = options.nodes !== undefined || options.outputs !== undefined
  const secondary = named ? [] : terminalNodes(draft).filter((id) => !known.has(id) && !muted.has(id))
  if (primary.length === 0 && secondary.length === 0 && draft.findings.list.every((issue) => !issue.always)) {
    draft.findings.add({
      code: 'no_outputs',
      message: 'Nothing to run: no output is declared and no node saves or shows anything.',
      always: true,
    })
  }
  return { outputs, primary, secondary }
}

function wantedOutputs(draft: Draft, options: Pick<PrepareOptions, 'outputs' | 'nodes'>): PreparedRun['outputs'] {
  if (options.nodes) return []
  const declared = draft.workflow.outputs
  const names = options.outputs ?? Object.keys(declared)
  const wanted: PreparedRun['outputs'] = []
  for (const name of names) {
    const output = Object.hasOwn(declared, name) ? declared[name] : undefined
    if (!output) {
      draft.findings.add({
        code: 'unknown_output_name',
        message: `This workflow has no output "${name}"${didYouMean(name, Object.keys(declared))}.`,
        valid: Object.keys(declared),
        always: true,
      })
      continue
    }
    if (!Object.hasOwn(draft.workflow.nodes, output.node)) {
      draft.findings.add({
        code: 'output_target_missing',
        message: `Output "${name}" points at node "${output.node}", which does not exist.`,
        valid: Object.keys(draft.workflow.nodes),
        always: true,
      })
      continue
    }
    const source = sourceOf(draft, { node: output.node, port: output.port })
    if (!source) {
      draft.findings.add({
        code: 'input_missing',
        message: `Output "${name}" comes from node "${output.node}", which passes on what feeds it, and nothing does.`,
        node: output.node,
      })
      continue
    }
    const definition = draft.definitions.get(source.node)
    const port = definition?.outputs[source.port]
    if (definition && !port) {
      draft.findings.add({
        code: 'output_target_missing',
        message: `Output "${name}" points at port "${source.port}" of "${source.node}", which has no such output.`,
        node: source.node,
        valid: Object.keys(definition.outputs),
      })
    }
    wanted.push({ name, ...source, type: port?.type ?? 'ANY' })
  }
  return wanted
}

function wantedNodes(draft: Draft, options: Pick<PrepareOptions, 'nodes'>): string[] {
  return (options.nodes ?? []).flatMap((id) => {
    if (Object.hasOwn(draft.workflow.nodes, id)) return sourceNodes(draft, id)
    draft.findings.add({
      code: 'unknown_output_name',
      message: `There is no node "${id}" to run to.`,
      valid: Object.keys(draft.workflow.nodes),
      always: true,
    })
    return []
  })
}

/** The node itself, or, where it passes on what feeds it, the nodes that do. */
function sourceNodes(draft: Draft, id: string): string[] {
  const outputs = Object.keys(draft.definitions.get(id)?.outputs ?? {})
  const sources = outputs.flatMap((port) => sourceOf(draft, { node: id, port })?.node ?? [])
  return sources.length > 0 && !sources.includes(id) ? [...new Set(sources)] : [id]
}

function terminalNodes(draft: Draft): string[] {
  return [...draft.definitions].filter(([, definition]) => definition.terminal).map(([id]) => id)
}

function mutedNodes(draft: Draft): Set<string> {
  const muted = Object.keys(draft.workflow.nodes).filter((id) => draft.workflow.nodes[id]?.mode === 'mute')
  if (muted.length === 0) return new Set()
  return withReaders(draft, muted)
}

/** These nodes and everything downstream of them. */
export function withReaders(draft: Draft, ids: Iterable<string>): Set<string> {
  const from = [...ids]
  if (from.length === 0) return new Set()
  const readers = new Map<string, string[]>()
  for (const [id, links] of draft.links) {
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
