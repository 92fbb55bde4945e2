import type { Draft } from './draft.ts'
import { callParams, fedParams } from './fed-params.ts'
import { fileParams, referencesIn } from './file-params.ts'
import { eachLink, type Links } from './graph.ts'
import type { NodeDefinition } from './node-definition.ts'
import type { PreparedNode } from './prepared-run.ts'
import type { FactsByPort, ValueFacts } from './value-facts.ts'

/** What is known of every output, by node. */
export type FactsByNode = Map<string, FactsByPort>

/** Asks the host about the files that nodes name, all at once. A file that cannot be read has no facts. */
export async function fileFactsOf(
  draft: Draft,
  lookUp: (reference: string) => Promise<ValueFacts | null>,
): Promise<Map<string, ValueFacts>> {
  const found = new Map<string, ValueFacts>()
  const references = new Set<string>()
  for (const [id, definition] of draft.definitions) {
    if (!definition.facts) continue
    for (const param of fileParams(definition)) {
      for (const reference of referencesIn(draft.params.get(id)?.[param])) references.add(reference)
    }
  }
  await Promise.all(
    [...references].map(async (reference) => {
      const facts = await lookUp(reference).catch(() => null)
      if (facts) found.set(reference, facts)
    }),
  )
  return found
}

/**
 * Carries what is known along the links, from the sources on, without running anything.
 * @param order every node, sources first.
 */
export function factsOf(draft: Draft, order: readonly string[], files: ReadonlyMap<string, ValueFacts>): FactsByNode {
  const facts: FactsByNode = new Map()
  for (const id of order) {
    const definition = draft.definitions.get(id)
    const links = draft.links.get(id)
    if (!definition || !links) continue
    const isPassing = definition.transparent || draft.workflow.nodes[id]?.mode === 'bypass'
    if (!isPassing && !definition.facts) continue
    const inputs = inputFactsOf(definition, links, facts)
    const found = isPassing ? passedOn(definition, inputs) : factsOfNode(draft, id, definition, inputs, files)
    if (found) facts.set(id, found)
  }
  return facts
}

/** What is known of each linked input: nothing yet where it is an empty record; of a list one record for each value. */
export function inputFactsOf(
  definition: NodeDefinition,
  links: Links,
  facts: FactsByNode,
): Record<string, ValueFacts | ValueFacts[]> {
  const inputs: Record<string, ValueFacts | ValueFacts[]> = {}
  const factsOfLink = (link: { node: string; port: string }): ValueFacts => facts.get(link.node)?.[link.port] ?? {}
  for (const input in links) {
    const value = links[input]
    if (value === undefined) continue
    if (definition.inputs[input]?.list)
      inputs[input] = [value]
        .flat()
        .map(factsOfLink)
        .flatMap((known) => known.items ?? [known])
    else {
      const link = Array.isArray(value) ? value[0] : value
      if (link) inputs[input] = factsOfLink(link)
    }
  }
  return inputs
}

/** The params with values that links bring; null where one of those is not known yet, or does not fit. */
export function knownParams(
  definition: NodeDefinition,
  params: Record<string, unknown>,
  inputs: Record<string, ValueFacts | ValueFacts[]>,
): Record<string, unknown> | null {
  const fed = fedParams(definition, Object.keys(inputs))
  if (fed.length === 0) return params
  const brought: Record<string, unknown> = {}
  for (const name of fed) {
    const value = (inputs[name] as ValueFacts).value
    if (value === undefined) return null
    brought[name] = value
  }
  try {
    return callParams(definition, params, brought)
  } catch {
    // The run will say what is wrong with the value; until then nothing follows from it.
    return null
  }
}

/**
 * How often each node runs: as often as there are shots between a node that begins a loop and the one that repeats what
 * follows it, and once elsewhere.
 * @param known rounds of loops, by the node that begins them, where more than facts tell of them.
 */
export function roundsOf(
  nodes: Iterable<PreparedNode>,
  facts: FactsByNode,
  known: ReadonlyMap<string, number> = new Map(),
): Map<string, number> {
  const rounds = new Map<string, number>()
  for (const { id, definition, links } of nodes) {
    // What a loop asks for lazily lies inside of it, and it itself runs once.
    const sources = eachLink(links).flatMap(([input, link]) => (definition.inputs[input]?.lazy ? [] : [link]))
    if (definition.loop === 'start') {
      const shots = sources.map((link) => facts.get(link.node)?.[link.port]?.shotCount ?? 1)
      rounds.set(id, known.get(id) ?? Math.max(1, ...shots))
      continue
    }
    const inside = sources.flatMap((link) => rounds.get(link.node) ?? [])
    if (inside.length > 0) rounds.set(id, Math.max(...inside))
  }
  return rounds
}

function factsOfNode(
  draft: Draft,
  id: string,
  definition: NodeDefinition,
  inputs: Record<string, ValueFacts | ValueFacts[]>,
  files: ReadonlyMap<string, ValueFacts>,
): FactsByPort | null {
  const params = knownParams(definition, draft.params.get(id) ?? {}, inputs)
  if (!params || !draft.params.has(id)) return null
  const fileFacts: Record<string, ValueFacts | ValueFacts[] | undefined> = {}
  for (const name of fileParams(definition)) {
    const value = params[name]
    const known = (reference: string) => files.get(reference)
    fileFacts[name] = Array.isArray(value) ? value.map((each) => known(each) ?? {}) : known(String(value))
  }
  const once = (inputs: Record<string, ValueFacts | ValueFacts[]>) =>
    withErrors(definition.facts?.(inputs, params, fileFacts) ?? {}, inputs)
  const calls = callFactsOf(inputs)
  return worthTelling(calls ? joinedFacts(calls.map(once)) : once(inputs))
}

/** The input facts of each call of a node that runs once for each value of a list; null where it runs once. */
export function callFactsOf(
  inputs: Record<string, ValueFacts | ValueFacts[]>,
): Record<string, ValueFacts | ValueFacts[]>[] | null {
  const counts = Object.values(inputs).flatMap((known) => (Array.isArray(known) ? [] : (known.items?.length ?? [])))
  if (counts.length === 0) return null
  const at = (known: ValueFacts | ValueFacts[], index: number) =>
    Array.isArray(known) || !known.items ? known : (known.items[Math.min(index, known.items.length - 1)] ?? {})
  return Array.from({ length: counts.includes(0) ? 0 : Math.max(...counts) }, (_, index) =>
    Object.fromEntries(Object.entries(inputs).map(([name, known]) => [name, at(known, index)])),
  )
}

/** The facts of several calls as those of lists, as the calls' outputs will be. */
function joinedFacts(calls: Record<string, ValueFacts | undefined>[]): Record<string, ValueFacts | undefined> {
  const names = new Set(calls.flatMap((call) => Object.keys(call)))
  return Object.fromEntries(
    [...names].map((name) => {
      const items = calls.flatMap((call) => call[name]?.items ?? [call[name] ?? {}])
      return [name, { ...items[0], items }]
    }),
  )
}

/** A length that comes from others is as inexact as the worst of them, unless the node says better. */
function withErrors(
  outputs: Record<string, ValueFacts | undefined>,
  inputs: Record<string, ValueFacts | ValueFacts[]>,
): Record<string, ValueFacts | undefined> {
  const inherited = Math.max(
    0,
    ...Object.values(inputs)
      .flat()
      .map((known) => known.durationErrorSeconds ?? 0),
  )
  const entries = Object.entries(outputs).map(([name, told]) => {
    if (!told) return [name, told] as const
    const { durationErrorSeconds: said, ...known } = told
    const error = known.durationSeconds === undefined ? 0 : (said ?? inherited)
    return [name, error > 0 ? { ...known, durationErrorSeconds: error } : known] as const
  })
  return Object.fromEntries(entries)
}

function passedOn(
  { passThrough = {} }: NodeDefinition,
  inputs: Record<string, ValueFacts | ValueFacts[]>,
): FactsByPort | null {
  const passed: Record<string, ValueFacts | undefined> = {}
  for (const [output, input] of Object.entries(passThrough)) {
    const known = inputs[input]
    if (known && !Array.isArray(known)) passed[output] = known
  }
  return worthTelling(passed)
}

function worthTelling(outputs: Record<string, ValueFacts | undefined>): FactsByPort | null {
  const entries = Object.entries(outputs).filter(([, facts]) => facts && Object.keys(facts).length > 0)
  return entries.length > 0 ? (Object.fromEntries(entries) as FactsByPort) : null
}
