import { eachLink } from './graph.ts'
import type { ResultCache } from './host.ts'
import { STREAMED_TYPES } from './ports.ts'
import type { KeyParts, PreparedNode, PreparedRun } from './prepared-run.ts'

export interface PlannedNode {
  node: string
  action: 'run' | 'cached' | 'unneeded'
  /** Why it runs: the first thing that changed, in a sentence. */
  reason: string
}

/** Whether a node's result can be taken from the cache at all: streams are rebuilt from their recipe instead. */
export function isCacheable(node: PreparedNode): boolean {
  if (node.definition.cache === 'never' || node.definition.cache === 'recipe') return false
  for (const name in node.definition.outputs) {
    const port = node.definition.outputs[name]
    if (port && STREAMED_TYPES.has(port.type)) return false
  }
  return true
}

/**
 * Which nodes a run would compute, and why, without running anything. Walks up from the wanted nodes and stops where
 * the cache has the answer.
 * @param previous key parts of the last run of this workflow, by node id, to say what changed since.
 */
export function planOf(
  prepared: PreparedRun,
  cache: Pick<ResultCache, 'has'>,
  previous?: Record<string, KeyParts>,
): PlannedNode[] {
  const actions = new Map<string, 'run' | 'cached'>()
  const stack = [...prepared.wanted]
  while (stack.length > 0) {
    const id = stack.pop() as string
    const node = prepared.nodes.get(id)
    if (!node || actions.has(id)) continue
    const cached = isCacheable(node) && cache.has(node.key)
    actions.set(id, cached ? 'cached' : 'run')
    if (!cached) for (const [, link] of eachLink(node.links)) stack.push(link.node)
  }
  return [...prepared.nodes.values()].map((node) => {
    const action = actions.get(node.id) ?? 'unneeded'
    return { node: node.id, action, reason: action === 'run' ? reasonToRun(node, previous?.[node.id]) : '' }
  })
}

/** Key parts by node id: keep them with a run, so that the next plan can compare. */
export function keyPartsOf(prepared: PreparedRun): Record<string, KeyParts> {
  const parts: Record<string, KeyParts> = {}
  for (const node of prepared.nodes.values()) parts[node.id] = node.parts
  return parts
}

function reasonToRun(node: PreparedNode, before: KeyParts | undefined): string {
  if (node.definition.cache === 'never') return 'runs every time'
  if (!before) return 'not run before'
  const now = node.parts
  if (before.type !== now.type) return `was a ${before.type} before`
  if (before.version !== now.version) return `the node type changed (version ${before.version} → ${now.version})`
  const param = firstDifference(before.params, now.params)
  if (param) return `param "${param}" changed`
  const file = firstDifference(before.files, now.files)
  if (file) return `the file of "${file}" changed`
  if (before.models.join() !== now.models.join()) return 'the model, its provider or the runtime changed'
  for (const input of new Set([...Object.keys(before.inputs), ...Object.keys(now.inputs)])) {
    const reason = inputDifference(input, before.inputs[input] ?? [], now.inputs[input] ?? [])
    if (reason) return reason
  }
  if (isCacheable(node)) return 'no longer in the cache'
  return node.definition.cache === 'recipe'
    ? 'is made anew whenever it is needed'
    : 'frames are made anew when they are read'
}

function firstDifference(before: Record<string, string>, now: Record<string, string>): string | null {
  for (const name of new Set([...Object.keys(before), ...Object.keys(now)])) {
    if (before[name] !== now[name]) return name
  }
  return null
}

function inputDifference(
  input: string,
  before: KeyParts['inputs'][string],
  now: KeyParts['inputs'][string],
): string | null {
  if (before.length !== now.length)
    return now.length === 0 ? `input "${input}" is no longer linked` : `input "${input}" has other links`
  for (const [index, link] of now.entries()) {
    const old = before[index]
    if (!old || old.node !== link.node || old.port !== link.port)
      return `input "${input}" comes from elsewhere ("${link.node}")`
    if (old.key !== link.key) return `input "${input}" changed (from "${link.node}")`
  }
  return null
}
