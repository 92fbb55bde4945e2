import { keyNode } from './cache-key.ts'
import { checkClocks } from './check-clocks.ts'
import { applyInputs, checkDeclaredInputs } from './check-inputs.ts'
import { checkLinks, effectiveLinks } from './check-links.ts'
import { checkNode } from './check-nodes.ts'
import { resolveOutside } from './check-outside.ts'
import type { Draft } from './draft.ts'
import { type FactsByNode, factsOf, fileFactsOf } from './facts.ts'
import { Findings } from './findings.ts'
import { ancestorsOf, eachLink, findCycle, topologicalOrder } from './graph.ts'
import type { Issue } from './issues.ts'
import type { PreparedNode, PreparedRun, PrepareOptions } from './prepared-run.ts'
import { wantedOf, withReaders } from './wanted.ts'
import type { Workflow } from './workflow.ts'

/**
 * Checks a workflow from end to end and gathers every problem at once, each with node, port or param and the names
 * that would have been right. Problems that no wanted output depends on are warnings.
 * @returns `prepared` is null when a wanted output depends on a problem; `facts` is what is known of each output.
 */
export async function prepareRun(
  source: Workflow,
  options: PrepareOptions,
): Promise<{ issues: Issue[]; prepared: PreparedRun | null; facts: FactsByNode }> {
  const draft = checkedDraft(source, options)
  const { outputs, primary, secondary } = wantedOf(draft, options)
  const { order, cyclic } = sortNodes(draft)
  const files = options.fileFacts ? await fileFactsOf(draft, options.fileFacts) : new Map()
  const facts = factsOf(draft, order, files)
  checkClocks(draft, facts)
  const linksOf = (id: string) => draft.links.get(id)
  const asked = [...primary, ...secondary]
  const reached = ancestorsOf(asked, linksOf)
  const outside = await resolveOutside(draft, options.host, reached)

  // With no declared output, the terminal nodes are what is wanted.
  const must = primary.length > 0 && secondary.length > 0 ? ancestorsOf(primary, linksOf) : reached
  const issues: Issue[] = draft.findings.list.map(({ always, mild, ...issue }) => ({
    severity: always || (!mild && issue.node !== undefined && must.has(issue.node)) ? 'error' : 'warning',
    ...issue,
  }))
  if (issues.some((issue) => issue.severity === 'error')) return { issues, prepared: null, facts }
  const broken = draft.findings.list.flatMap((issue) => (issue.node === undefined || issue.mild ? [] : [issue.node]))
  const spoilt = withReaders(draft, [...broken, ...cyclic])
  const wanted = [...new Set([...primary, ...secondary.filter((id) => !spoilt.has(id))])]
  const needed = spoilt.size > 0 ? ancestorsOf(wanted, linksOf) : reached
  const nodes = keyedNodes(
    draft,
    options,
    order.filter((id) => needed.has(id)),
    outside,
  )
  return {
    issues,
    facts,
    prepared: {
      workflow: draft.workflow,
      registry: draft.registry,
      nodes,
      outputs,
      wanted,
      warnings: issues,
      files: Object.fromEntries(outside.files),
    },
  }
}

/** Everything that can be checked without touching files or models. */
function checkedDraft(source: Workflow, options: PrepareOptions): Draft {
  const workflow = { ...source, nodes: { ...source.nodes } }
  const draft: Draft = {
    workflow,
    registry: options.registry,
    findings: new Findings(workflow),
    definitions: new Map(),
    params: new Map(),
    links: new Map(),
  }
  applyInputs(draft, options.inputs ?? {})
  for (const id of Object.keys(workflow.nodes)) draft.links.set(id, effectiveLinks(draft, id))
  for (const [id, node] of Object.entries(workflow.nodes)) checkNode(draft, id, node)
  for (const id of draft.definitions.keys()) checkLinks(draft, id)
  checkDeclaredInputs(draft)
  return draft
}

/** All nodes, sources first; reports every circle of links, and names the nodes on them. */
function sortNodes(draft: Draft): { order: string[]; cyclic: string[] } {
  const linksOf = (id: string) => draft.links.get(id) ?? {}
  const cyclic: string[] = []
  let { order, stuck } = topologicalOrder([...draft.links.keys()], linksOf)
  while (stuck.length > 0) {
    const cycle = findCycle(stuck, linksOf)
    cyclic.push(...cycle)
    const message = `These nodes feed each other in a circle: ${cycle.join(' → ')}.`
    draft.findings.add({ code: 'cycle', message, node: cycle[0] as string })
    const rest = stuck.filter((id) => !cycle.includes(id))
    stuck = topologicalOrder(rest, linksOf).stuck
  }
  return { order, cyclic }
}

function keyedNodes(
  draft: Draft,
  { host }: PrepareOptions,
  order: string[],
  outside: { files: Map<string, string>; models: Map<string, string[]> },
): Map<string, PreparedNode> {
  const linksOf = (id: string) => draft.links.get(id) ?? {}
  const nodes = new Map<string, PreparedNode>()
  /** Of nodes in a loop: their keys without what each round sets anew. What a loop comes to depends on these alone. */
  const roundKeys = new Map<string, string>()
  for (const id of order) {
    const definition = draft.definitions.get(id)
    const params = draft.params.get(id)
    if (!definition || !params) continue
    const known = {
      hash: host.hash,
      fileHash: (reference: string) => outside.files.get(reference),
      models: outside.models.get(id) ?? [],
    }
    const keyOf = (source: string): string => nodes.get(source)?.key ?? ''
    const roundKeyOf = (source: string): string => roundKeys.get(source) ?? keyOf(source)
    const links = linksOf(id)
    const repeats = (input: string): boolean => definition.repeats?.includes(input) ?? false
    const node = keyNode(id, definition, params, links, {
      ...known,
      keyOf: (source, input) => (repeats(input) ? roundKeyOf(source) : keyOf(source)),
    })
    nodes.set(id, node)
    const inLoop = !definition.repeats && eachLink(links).some(([, link]) => roundKeys.has(link.node))
    if (inLoop || definition.roundParams) {
      const lasting = Object.entries(params).filter(([name]) => !definition.roundParams?.includes(name))
      // A loop repeats from its nearest start: what comes before that one is as it is.
      const sourceKeyOf = definition.roundParams ? keyOf : roundKeyOf
      const round = keyNode(id, definition, Object.fromEntries(lasting), links, { ...known, keyOf: sourceKeyOf })
      roundKeys.set(id, round.key)
    }
  }
  return nodes
}
