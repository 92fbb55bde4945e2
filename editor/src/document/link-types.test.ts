import {
  createRegistry,
  defineNode,
  describeNode,
  PORT_TYPES,
  type PortType,
  parseWorkflow,
  prepareRun,
} from '@beatloom/core'
import { testHost } from '@beatloom/core/testing'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { refusalText } from '../canvas/links/refusal-text.ts'
import { translator } from '../i18n/index.ts'
import { checkLink, type LinkCheck } from './link-rules.ts'

/** Check 3 of the sheet: every pair of port types is accepted for good, or refused with a sentence. */

const blank = { version: 1, description: '', category: 'Test', params: z.object({}) }
const reroute = defineNode({
  ...blank,
  type: 'graph.reroute',
  title: 'Reroute',
  inputs: { in: { type: 'ANY' } },
  outputs: { out: { type: 'ANY' } },
  transparent: true,
  passThrough: { out: 'in' },
  run: ({ in: value }) => ({ out: value }),
})
const takesParams = defineNode({
  ...blank,
  type: 'test.params',
  title: 'Params',
  terminal: true,
  inputs: {},
  outputs: {},
  params: z.object({ number: z.number().default(0), yes: z.boolean().default(false), text: z.string().default('') }),
  run: () => ({}),
})

function nodesFor(from: PortType, to: PortType, list: { from: boolean; to: boolean }) {
  const gives = defineNode({
    ...blank,
    type: 'test.gives',
    title: 'Gives',
    inputs: {},
    outputs: { out: { type: from, list: list.from } },
    run: () => ({ out: null }) as never,
  })
  const takes = defineNode({
    ...blank,
    type: 'test.takes',
    title: 'Takes',
    terminal: true,
    inputs: { in: { type: to, list: list.to } },
    outputs: {},
    run: () => ({}),
  })
  const definitions = [gives, takes, reroute, takesParams]
  const registry = createRegistry(definitions)
  return { registry, descriptors: new Map(definitions.map((each) => [each.type, describeNode(each)])) }
}

/** The errors the engine would find before a run. */
async function engineErrors(workflow: ReturnType<typeof parseWorkflow>, registry: ReturnType<typeof createRegistry>) {
  const { issues } = await prepareRun(workflow, { registry, host: testHost() })
  return issues.filter(({ severity }) => severity === 'error')
}

function expectSentences(check: LinkCheck, ...named: string[]): void {
  if (check.ok) throw new Error('The link was accepted.')
  const words = (['en', 'zh'] as const).map((language) => refusalText(check.refusal, translator(language)))
  expect(words[0]).not.toBe(words[1])
  for (const text of words) for (const name of named) expect(text).toContain(name)
}

describe('check 3: pairs of port types', () => {
  it.each(PORT_TYPES)('%s to every type: linked for good, or refused in both languages', async (from) => {
    for (const to of PORT_TYPES) {
      for (const list of [
        { from: false, to: false },
        { from: true, to: false },
        { from: false, to: true },
        { from: true, to: true },
      ]) {
        const { registry, descriptors } = nodesFor(from, to, list)
        const workflow = parseWorkflow({
          beatloom: 1,
          nodes: { a: { type: 'test.gives' }, b: { type: 'test.takes' } },
        })
        const check = checkLink(
          workflow,
          descriptors,
          { node: 'a', port: 'out', side: 'output' },
          { node: 'b', port: 'in', side: 'input' },
        )
        if (!check.ok) {
          expectSentences(check, from, to)
          continue
        }
        const link = { node: 'a', port: 'out' }
        workflow.nodes['b']!.links = { in: check.list ? [link] : link }
        expect(await engineErrors(workflow, registry), `${from} → ${to}`).toEqual([])
      }
    }
  })

  it.each(PORT_TYPES)('%s through a reroute: linked for good, or refused in both languages', async (from) => {
    for (const to of PORT_TYPES) {
      const { registry, descriptors } = nodesFor(from, to, { from: false, to: false })
      const workflow = parseWorkflow({
        beatloom: 1,
        nodes: {
          a: { type: 'test.gives' },
          dot: { type: 'graph.reroute' },
          b: { type: 'test.takes', links: { in: { node: 'dot', port: 'out' } } },
        },
      })
      const check = checkLink(
        workflow,
        descriptors,
        { node: 'a', port: 'out', side: 'output' },
        { node: 'dot', port: 'in', side: 'input' },
      )
      if (!check.ok) {
        expectSentences(check, from, to)
        continue
      }
      workflow.nodes['dot']!.links = { in: { node: 'a', port: 'out' } }
      expect(await engineErrors(workflow, registry), `${from} → ${to}`).toEqual([])
    }
  })

  it.each(PORT_TYPES)('%s into params: linked for good, or refused in both languages', async (from) => {
    const { registry, descriptors } = nodesFor(from, 'ANY', { from: false, to: false })
    for (const [param, type] of [
      ['number', 'NUMBER'],
      ['yes', 'BOOLEAN'],
      ['text', 'TEXT'],
    ] as const) {
      const workflow = parseWorkflow({
        beatloom: 1,
        nodes: { a: { type: 'test.gives' }, b: { type: 'test.params' } },
      })
      const check = checkLink(
        workflow,
        descriptors,
        { node: 'a', port: 'out', side: 'output' },
        { node: 'b', port: param, side: 'input' },
      )
      expect(check.ok).toBe(from === type || from === 'ANY')
      if (!check.ok) {
        expectSentences(check, from, type)
        continue
      }
      workflow.nodes['b']!.links = { [param]: { node: 'a', port: 'out' } }
      expect(await engineErrors(workflow, registry), `${from} → ${param}`).toEqual([])
    }
  })
})
