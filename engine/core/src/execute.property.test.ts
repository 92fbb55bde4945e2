import fc from 'fast-check'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { createRegistry, defineNode } from './node-definition.ts'
import { runWorkflow, testHost } from './testing.ts'
import { parseWorkflow, serializeWorkflow } from './workflow.ts'

const sum = defineNode({
  type: 'test.sum',
  version: 1,
  title: 'Sum',
  description: '',
  category: 'test',
  inputs: { values: { type: 'NUMBER', list: true, optional: true } },
  outputs: { sum: { type: 'NUMBER' } },
  params: z.object({ plus: z.number().default(0), later: z.boolean().default(false) }),
  run({ values }, { plus, later }) {
    const outputs = { sum: (values ?? []).reduce((total, value) => total + value, plus) }
    return later ? Promise.resolve(outputs) : outputs
  },
})
/** Runs once for each value of a list. */
const doubled = defineNode({
  type: 'test.double',
  version: 1,
  title: 'Double',
  description: '',
  category: 'test',
  inputs: { value: { type: 'NUMBER', optional: true } },
  outputs: { sum: { type: 'NUMBER' } },
  params: z.object({ plus: z.number().default(0), later: z.boolean().default(false) }),
  run({ value }, { plus, later }) {
    const outputs = { sum: 2 * (value ?? 0) + plus }
    return later ? Promise.resolve(outputs) : outputs
  },
})
const spread = defineNode({
  type: 'test.spread',
  version: 1,
  title: 'Spread',
  description: '',
  category: 'test',
  inputs: { values: { type: 'NUMBER', list: true, optional: true } },
  outputs: { sum: { type: 'NUMBER', list: true } },
  params: z.object({ plus: z.number().default(0), later: z.boolean().default(false) }),
  run({ values }, { plus, later }) {
    const outputs = { sum: [...(values ?? []), plus] }
    return later ? Promise.resolve(outputs) : outputs
  },
})
const registry = createRegistry([sum, doubled, spread])

/** Node i reads some of the nodes before it, doubles the first of them alone; ids are any strings. */
const graphs = fc
  .array(
    fc.record({
      type: fc.constantFrom('sum' as const, 'double' as const, 'spread' as const),
      plus: fc.integer({ min: -5, max: 5 }),
      later: fc.boolean(),
      reads: fc.array(fc.nat(), { maxLength: 3 }),
    }),
    {
      minLength: 1,
      maxLength: 12,
    },
  )
  .chain((nodes) =>
    fc.record({
      nodes: fc.constant(nodes),
      ids: fc.uniqueArray(
        fc.string({ minLength: 1 }).filter((id) => id !== '__proto__'),
        {
          minLength: nodes.length + 1,
          maxLength: nodes.length + 1,
        },
      ),
    }),
  )

interface GraphNode {
  type: 'sum' | 'double' | 'spread'
  plus: number
  later: boolean
  reads: number[]
}
interface Graph {
  nodes: GraphNode[]
  ids: string[]
}

const sourcesOf = ({ type, reads }: GraphNode, index: number): number[] => {
  const sources = index === 0 ? [] : reads.map((read) => read % index)
  return type === 'double' ? sources.slice(0, 1) : sources
}

/** The graph, and a node "all" that adds up `plus` and what every other gives. */
function workflowOf({ nodes, ids }: Graph, plus: number) {
  const linksTo = (sources: number[]) => sources.map((source) => ({ node: ids[source], port: 'sum' }))
  const entries = nodes.map((node, index): [string, object] => {
    const [first, ...more] = linksTo(sourcesOf(node, index))
    const links = node.type === 'double' ? { value: first } : { values: [first, ...more] }
    const params = { plus: node.plus, later: node.later }
    return [ids[index] as string, { type: `test.${node.type}`, params, ...(first ? { links } : {}) }]
  })
  const values = linksTo([...nodes.keys()])
  entries.push([ids.at(-1) as string, { type: 'test.sum', params: { plus }, links: { values } }])
  const outputs = { result: { node: ids.at(-1), port: 'sum' } }
  return parseWorkflow({ beatloom: 1, nodes: Object.fromEntries(entries), outputs })
}

function expected({ nodes }: Graph): number {
  const given: number[][] = []
  for (const [index, node] of nodes.entries()) {
    const values = sourcesOf(node, index).flatMap((source) => given[source] as number[])
    const isFed = sourcesOf(node, index).length > 0
    if (node.type === 'sum') given.push([values.reduce((total, value) => total + value, node.plus)])
    else if (node.type === 'spread') given.push([...values, node.plus])
    else given.push((isFed ? values : [0]).map((value) => 2 * value + node.plus))
  }
  return given.flat().reduce((total, value) => total + value, 0)
}

it('computes any graph, cold, from the cache and from the cache of another graph, and its file re-saves byte for byte', async () => {
  await fc.assert(
    fc.asyncProperty(graphs, async (graph) => {
      const workflow = workflowOf(graph, 0)
      const host = testHost()
      const want = { type: 'run.finished', outputs: [{ name: 'result', value: expected(graph) }] }
      expect((await runWorkflow(workflow, registry, host)).last).toMatchObject(want)
      const again = await runWorkflow(workflow, registry, host)
      expect(again.last).toMatchObject(want)
      expect(again.events.some((event) => event.type === 'node.started')).toBe(false)
      // Everything but the sum at the end is read from the cache.
      const more = await runWorkflow(workflowOf(graph, 1), registry, host)
      expect(more.last).toMatchObject({ outputs: [{ value: expected(graph) + 1 }] })
      expect(more.events.filter((event) => event.type === 'node.started')).toHaveLength(1)
      const text = serializeWorkflow(workflow)
      expect(serializeWorkflow(parseWorkflow(text))).toBe(text)
    }),
    { numRuns: 100 },
  )
})
