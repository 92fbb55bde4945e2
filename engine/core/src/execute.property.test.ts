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
const registry = createRegistry([sum])

/** Node i reads some of the nodes before it; ids are any strings. */
const graphs = fc
  .array(
    fc.record({
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
          minLength: nodes.length,
          maxLength: nodes.length,
        },
      ),
    }),
  )

type Graph = { nodes: { plus: number; later: boolean; reads: number[] }[]; ids: string[] }

const sourcesOf = (reads: number[], index: number) => (index === 0 ? [] : reads.map((read) => read % index))

function workflowOf({ nodes, ids }: Graph) {
  const entries = nodes.map(({ plus, later, reads }, index) => {
    const links = sourcesOf(reads, index).map((source) => ({ node: ids[source], port: 'sum' }))
    return [
      ids[index],
      { type: 'test.sum', params: { plus, later }, ...(links.length > 0 ? { links: { values: links } } : {}) },
    ]
  })
  const outputs = { result: { node: ids.at(-1), port: 'sum' } }
  return parseWorkflow({ beatloom: 1, nodes: Object.fromEntries(entries), outputs })
}

function expected({ nodes }: Graph): number {
  const values: number[] = []
  for (const [index, { plus, reads }] of nodes.entries()) {
    values.push(sourcesOf(reads, index).reduce((total, source) => total + (values[source] as number), plus))
  }
  return values.at(-1) as number
}

it('computes any graph of sums, cold and from the cache, and its file re-saves byte for byte', async () => {
  await fc.assert(
    fc.asyncProperty(graphs, async (graph) => {
      const workflow = workflowOf(graph)
      const host = testHost()
      const want = { type: 'run.finished', outputs: [{ name: 'result', value: expected(graph) }] }
      expect((await runWorkflow(workflow, registry, host)).last).toMatchObject(want)
      const again = await runWorkflow(workflow, registry, host)
      expect(again.last).toMatchObject(want)
      expect(again.events.some((event) => event.type === 'node.started')).toBe(false)
      const text = serializeWorkflow(workflow)
      expect(serializeWorkflow(parseWorkflow(text))).toBe(text)
    }),
    { numRuns: 100 },
  )
})
