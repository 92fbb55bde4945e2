import { expect, it } from 'vitest'
import { z } from 'zod'
import { estimateRun } from './cost.ts'
import { AppError } from './errors.ts'
import { createRegistry, defineNode, type GivenNode, type SubGraph } from './node-definition.ts'
import { planOf } from './plan.ts'
import { prepareRun } from './prepare.ts'
import { runWorkflow, testHost } from './testing.ts'
import { parseWorkflow } from './workflow.ts'

const NUMBER = { type: 'NUMBER' } as const
let squared: number[] = []
let collected: number[] = []
/** Whether each square was told that it is repeated. */
let repetitions: (boolean | undefined)[] = []

const source = defineNode({
  type: 'test.source',
  version: 1,
  title: 'Source',
  description: '',
  category: 'test',
  inputs: {},
  outputs: { value: NUMBER },
  params: z.object({ value: z.number().default(3) }),
  run: (_inputs, { value }) => ({ value }),
})

const each = defineNode({
  type: 'test.each',
  version: 1,
  title: 'Each',
  description: '',
  category: 'test',
  loop: 'start',
  inputs: {},
  outputs: { item: NUMBER, before: NUMBER },
  params: z.object({}),
  run: () => ({ item: 0, before: 0 }),
})

const square = defineNode({
  type: 'test.square',
  version: 1,
  title: 'Square',
  description: '',
  category: 'test',
  inputs: { value: NUMBER, plus: { ...NUMBER, optional: true }, before: { ...NUMBER, optional: true } },
  outputs: { value: NUMBER },
  params: z.object({}),
  async run({ value, plus, before }, _params, { repeated }) {
    repetitions.push(repeated)
    if (value === 13) throw new AppError('input_invalid', 'Thirteen is refused.')
    squared.push(value)
    return { value: value * value + (plus ?? 0) + (before ?? 0) }
  },
})

/** Repeats what lies between `test.each` and itself for each number, each round told the result of the one before. */
const collect = defineNode({
  type: 'test.collect',
  version: 1,
  title: 'Collect',
  description: '',
  category: 'test',
  inputs: { value: { ...NUMBER, lazy: true } },
  outputs: { values: { ...NUMBER, list: true } },
  params: z.object({ items: z.array(z.number()).default([1, 2]) }),
  async run(_inputs, { items }, { subGraphs, progress }) {
    const { start, nodes, ends } = subGraphs.bodyOf(['value'])
    const values: number[] = []
    for (const [round, item] of items.entries()) {
      const given = (value: number): GivenNode => ({ given: value, type: 'NUMBER', key: `number ${value}` })
      const graph: SubGraph = { nodes: { item: given(item), before: given(values.at(-1) ?? 0) }, outputs: {} }
      for (const [id, node] of Object.entries(nodes)) {
        const links = Object.entries(node.links).map(([input, link]) => {
          const { node: from, port } = [link].flat()[0] as { node: string; port: string }
          return [input, from === start.id ? { node: port, port: 'value' } : { node: from, port }]
        })
        graph.nodes[id] = { ...node, links: Object.fromEntries(links) }
      }
      graph.outputs.value = ends.value as { node: string; port: string }
      values.push((await subGraphs.run(graph, `round ${round}`)).value as number)
      progress(round + 1, items.length)
    }
    collected = values
    return { values }
  },
})

const registry = createRegistry([source, each, square, collect])
const host = testHost()

const workflow = (items: number[]) => ({
  beatloom: 1,
  title: 'Loop',
  outputs: { values: { node: 'collect', port: 'values' } },
  nodes: {
    outside: { type: 'test.source', version: 1 },
    each: { type: 'test.each', version: 1 },
    square: {
      type: 'test.square',
      version: 1,
      links: {
        value: { node: 'each', port: 'item' },
        before: { node: 'each', port: 'before' },
        plus: { node: 'outside', port: 'value' },
      },
    },
    collect: {
      type: 'test.collect',
      version: 1,
      params: { items },
      links: { value: { node: 'square', port: 'value' } },
    },
  },
})

const namesOf = (events: readonly { type: string }[]) =>
  events.flatMap((event) => ('node' in event ? [`${event.type} ${event.node as string}`] : []))

it('repeats what lies between the start and the end of a loop, and nothing outside of it', async () => {
  squared = []
  const { events, last } = await runWorkflow(workflow([1, 2, 5]), registry, host)
  expect(last.type).toBe('run.finished')
  expect(squared).toEqual([1, 2, 5])
  // 1 + 3 = 4; 4 + 3 + 4 = 11; 25 + 3 + 11 = 39.
  expect(collected).toEqual([4, 11, 39])
  expect(namesOf(events).filter((name) => name === 'node.started outside')).toHaveLength(1)
})

it('tells the nodes of a round that they are repeated, and the same nodes alone that they are not', async () => {
  repetitions = []
  await runWorkflow(workflow([1, 2]), registry, testHost())
  expect(repetitions).toEqual([true, true])
  repetitions = []
  await runWorkflow(workflow([1, 2]), registry, testHost(), { nodes: ['square'] })
  expect(repetitions).toEqual([false])
})

it('takes the rounds that did not change from the cache', async () => {
  squared = []
  await runWorkflow(workflow([1, 2, 6]), registry, host)
  expect(squared).toEqual([6])
  squared = []
  const { events } = await runWorkflow(workflow([1, 2]), registry, host)
  expect(squared).toEqual([])
  expect(namesOf(events)).toContain('node.cached square')
})

it('lets the copies speak as the node that they stand for', async () => {
  const { events } = await runWorkflow(workflow([21, 22]), registry, testHost())
  const names = namesOf(events)
  expect(names.every((name) => /^[a-z.]+ (outside|square|collect)$/.test(name))).toBe(true)
  const finished = events.findLast((event) => event.type === 'node.finished' && event.node === 'square')
  expect(finished).toMatchObject({ times: 2 })
})

it('names the node of the workflow when a round fails, and keeps the rounds before', async () => {
  const own = testHost()
  squared = []
  const { last } = await runWorkflow(workflow([4, 13, 5]), registry, own)
  expect(last).toMatchObject({
    type: 'run.failed',
    error: { code: 'input_invalid', node: 'square', message: 'Node "square" (Square) failed: Thirteen is refused.' },
  })
  await runWorkflow(workflow([4, 5]), registry, own)
  expect(squared).toEqual([4, 5])
})

it('ends when the run is cancelled in the middle of a round', async () => {
  const stop = new AbortController()
  const slow = defineNode({
    ...square,
    run: async (_inputs, _params, { signal }) => {
      setTimeout(() => stop.abort(), 5)
      await new Promise((_resolve, reject) =>
        signal.addEventListener('abort', () => reject(new DOMException('stop', 'AbortError'))),
      )
      return { value: 0 }
    },
  })
  const { last } = await runWorkflow(workflow([1]), createRegistry([source, each, slow, collect]), testHost(), {
    signal: stop.signal,
  })
  expect(last.type).toBe('run.cancelled')
})

it('refuses a loop that nothing begins', async () => {
  const broken = workflow([1])
  broken.nodes.square.links = { value: { node: 'outside', port: 'value' } } as typeof broken.nodes.square.links
  const { last } = await runWorkflow(broken, registry, testHost())
  expect(last).toMatchObject({ type: 'run.failed', error: { code: 'input_invalid', node: 'collect' } })
})

it('reckons with as many rounds as there are shots, or as a rehearsal says will run', async () => {
  const costly = defineNode({ ...square, cost: () => ({ work: 10 }) })
  const planned = defineNode({ ...source, facts: () => ({ value: { shotCount: 7 } }) })
  const many = defineNode({ ...each, inputs: { plan: NUMBER } })
  const own = createRegistry([planned, many, costly, collect])
  const file = workflow([1])
  file.nodes.each = { ...file.nodes.each, links: { plan: { node: 'outside', port: 'value' } } } as never
  const { prepared, facts } = await prepareRun(parseWorkflow(file), { registry: own, host: testHost() })
  if (!prepared) throw new Error('The workflow is not valid.')
  const plan = planOf(prepared, { has: () => false })
  const speed = () => ({ low: 1, middle: 1, high: 1 })
  const secondsOf = (...rest: [Parameters<typeof estimateRun>[4]?]) =>
    estimateRun(prepared, plan, facts, speed, ...rest).nodeSeconds.get('square')
  expect(secondsOf()).toBe(70)
  expect(secondsOf({ collect: { start: 'each', rounds: 7, missing: [3, 5] } })).toBe(20)
  expect(secondsOf({ collect: { start: 'each', rounds: 7, missing: [] } })).toBe(0)
})
