import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createRegistry, defineNode, describeNode, type ParamMeta } from './node-definition.ts'
import { prepareRun } from './prepare.ts'
import { runWorkflow, testHost } from './testing.ts'
import { parseWorkflow } from './workflow.ts'

const source = defineNode({
  type: 'test.number',
  version: 1,
  title: 'Number',
  description: '',
  category: 'Test',
  inputs: {},
  outputs: { number: { type: 'NUMBER' }, text: { type: 'TEXT' }, many: { type: 'NUMBER', list: true } },
  params: z.object({ value: z.number().default(0) }),
  run: (_inputs, { value }) => ({ number: value, text: `t${value}`, many: [value, value + 1] as number[] }),
})

const reader = defineNode({
  type: 'test.reader',
  version: 1,
  title: 'Reader',
  description: '',
  category: 'Test',
  inputs: { extra: { type: 'NUMBER', optional: true, lazy: true } },
  outputs: { text: { type: 'TEXT' } },
  params: z.object({
    count: z.int().min(0).max(10).default(1),
    mode: z.enum(['a', 'b']).default('a'),
    on: z.boolean().default(false),
    seed: z
      .string()
      .default('1')
      .meta({ widget: 'seed' } satisfies ParamMeta),
    model: z
      .string()
      .default('')
      .meta({ widget: 'model' } satisfies ParamMeta),
  }),
  check: ({ count }) => (count === 9 ? [{ param: 'count', message: 'Nine is not wanted.' }] : []),
  needs: (_inputs, { count }) => (count > 5 ? ['extra'] : []),
  run: ({ extra }, { count, mode, seed }) => ({ text: `${count} ${mode} ${seed} ${extra ?? '-'}` }),
})

const registry = createRegistry([source, reader])
const link = (node: string, port: string) => ({ node, port })

const graph = (value: number, links: Record<string, unknown>, params: Record<string, unknown> = {}) =>
  parseWorkflow({
    beatloom: 1,
    outputs: { text: link('reader', 'text') },
    nodes: {
      source: { type: 'test.number', params: { value } },
      reader: { type: 'test.reader', params, links },
    },
  })

const run = (workflow: ReturnType<typeof graph>) => runWorkflow(workflow, registry, testHost())
const keyOf = async (workflow: ReturnType<typeof graph>) =>
  (await prepareRun(workflow, { registry, host: testHost() })).prepared?.nodes.get('reader')?.key

describe('W3: a param fed by a link', () => {
  it('takes the value that comes along it instead of the typed one', async () => {
    const { last } = await run(graph(4, { count: link('source', 'number') }, { count: 7 }))
    expect(last).toMatchObject({ type: 'run.finished', outputs: [{ value: '4 a 1 -' }] })
  })

  it('names the port type that fits it, and none for models', () => {
    const ports = Object.fromEntries(describeNode(reader).params.map((param) => [param.name, param.port]))
    expect(ports).toEqual({ count: 'NUMBER', mode: 'TEXT', on: 'BOOLEAN', seed: 'NUMBER', model: undefined })
  })

  it('fails with the reason when the value is out of range, and when the node itself objects', async () => {
    const tooMany = await run(graph(11, { count: link('source', 'number') }))
    expect(tooMany.last).toMatchObject({ type: 'run.failed', error: { code: 'input_invalid', node: 'reader' } })
    const objected = await run(graph(9, { count: link('source', 'number') }))
    expect(JSON.stringify(objected.last)).toContain('Nine is not wanted.')
  })

  it('is refused before the run where the types differ or nothing can feed it', async () => {
    const issues = async (links: Record<string, unknown>) =>
      (await prepareRun(graph(1, links), { registry, host: testHost() })).issues.map((issue) => issue.code)
    expect(await issues({ count: link('source', 'text') })).toEqual(['type_mismatch'])
    expect(await issues({ model: link('source', 'text') })).toEqual(['unknown_input'])
    expect(await issues({ mode: link('source', 'text') })).toEqual([])
  })

  it('does not mind what is typed while it is linked, even a value out of range', async () => {
    const workflow = graph(2, { count: link('source', 'number') }, { count: 99 })
    const { issues, prepared } = await prepareRun(workflow, { registry, host: testHost() })
    expect(issues).toEqual([])
    expect(prepared).not.toBeNull()
  })

  it('decides about lazy inputs with the value that comes', async () => {
    const links = (value: number) => graph(value, { count: link('source', 'number'), extra: link('source', 'number') })
    expect((await run(links(6))).last).toMatchObject({ outputs: [{ value: '6 a 1 6' }] })
    expect((await run(links(5))).last).toMatchObject({ outputs: [{ value: '5 a 1 -' }] })
  })

  it('turns a number into the decimal text of a seed', async () => {
    const { last } = await run(graph(12, { seed: link('source', 'number') }))
    expect(last).toMatchObject({ outputs: [{ value: '1 a 12 -' }] })
  })

  it('runs once for each item of a list', async () => {
    const { events } = await run(graph(3, { count: link('source', 'many') }))
    expect(events.at(-1)?.type).toBe('run.finished')
    const { last } = await run(graph(10, { count: link('source', 'many') }))
    expect(last).toMatchObject({ type: 'run.failed', error: { code: 'input_invalid' } })
  })

  it('changes the cache key with the link and with what feeds it, not with the typed value', async () => {
    const fed = (value: number, typed: number) => graph(value, { count: link('source', 'number') }, { count: typed })
    const key = await keyOf(fed(1, 5))
    expect(await keyOf(fed(1, 6))).toBe(key)
    expect(await keyOf(fed(2, 5))).not.toBe(key)
    expect(await keyOf(graph(1, {}, { count: 5 }))).not.toBe(key)
  })
})
