import { createRegistry, parseWorkflow, prepareRun } from '@beatloom/core'
import { runWorkflow, testHost } from '@beatloom/core/testing'
import { describe, expect, it } from 'vitest'
import { valueNodes } from '../values/index.ts'
import { reroute } from './reroute.ts'

const registry = createRegistry([reroute, ...valueNodes])
const link = (node: string, port: string) => ({ node, port })
const three = { type: 'value.number', params: { value: 3 } }

/** a → dot → dot-2 → sum.a, and dot → sum.b */
const graph = (nodes: Record<string, unknown> = {}) =>
  parseWorkflow({
    beatloom: 1,
    outputs: { total: { node: 'sum', port: 'sum' } },
    nodes: {
      a: three,
      dot: { type: 'graph.reroute', links: { in: link('a', 'number') } },
      'dot-2': { type: 'graph.reroute', links: { in: link('dot', 'out') } },
      sum: { type: 'value.add', links: { a: link('dot-2', 'out'), b: link('dot', 'out') } },
      ...nodes,
    },
  })

const keyOfSum = async (workflow: ReturnType<typeof graph>) =>
  (await prepareRun(workflow, { registry, host: testHost() })).prepared?.nodes.get('sum')?.key

describe('a reroute', () => {
  it('hands on what feeds it, through several, and runs nothing itself', async () => {
    const report = await runWorkflow(graph(), registry, testHost())
    expect(report.last).toMatchObject({ type: 'run.finished', outputs: [{ name: 'total', value: 6 }] })
    expect([report.didRun('a'), report.didRun('sum')]).toEqual([true, true])
    expect([report.didRun('dot'), report.didRun('dot-2')]).toEqual([false, false])
  })

  it('leaves the cache key as it was without it', async () => {
    const direct = { type: 'value.add', links: { a: link('a', 'number'), b: link('a', 'number') } }
    const key = await keyOfSum(graph())
    expect(key).toMatch(/^[0-9a-f]{64}$/)
    expect(await keyOfSum(graph({ sum: direct }))).toBe(key)
  })

  it('has the type of what feeds it: a text behind it does not fit a number', async () => {
    const a = { type: 'value.boolean' }
    const dot = { type: 'graph.reroute', links: { in: link('a', 'boolean') } }
    const { issues } = await prepareRun(graph({ a, dot }), { registry, host: testHost() })
    expect(issues.map((issue) => [issue.code, issue.node, issue.port])).toEqual([
      ['type_mismatch', 'sum', 'a'],
      ['type_mismatch', 'sum', 'b'],
    ])
  })

  it('that nothing feeds is as good as no link', async () => {
    const { issues } = await prepareRun(graph({ dot: { type: 'graph.reroute' } }), { registry, host: testHost() })
    expect(issues.map((issue) => [issue.code, issue.node, issue.port])).toEqual([
      ['input_missing', 'sum', 'a'],
      ['input_missing', 'sum', 'b'],
    ])
  })

  it('can be a declared output, and run to', async () => {
    const workflow = { ...graph(), outputs: { total: link('dot-2', 'out') } }
    const whole = await runWorkflow(workflow, registry, testHost())
    expect(whole.last).toMatchObject({ outputs: [{ name: 'total', value: 3 }] })
    const { prepared } = await prepareRun(graph(), { registry, host: testHost(), nodes: ['dot-2'] })
    expect(prepared?.wanted).toEqual(['a'])
  })

  it('that is muted stops what is behind it', async () => {
    const dot = { type: 'graph.reroute', mode: 'mute', links: { in: link('a', 'number') } }
    const { issues, prepared } = await prepareRun(graph({ dot }), { registry, host: testHost() })
    expect(prepared).toBeNull()
    expect(issues.map((issue) => issue.code)).toEqual(['no_outputs'])
  })
})
