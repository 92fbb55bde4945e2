import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readPlainNodes, readPlainOutputs } from './plain-shape.ts'
import { parseWorkflow, workflowSchema } from './workflow.ts'

const anything = fc.oneof(fc.jsonValue(), fc.constantFrom('mute', 'bypass', 'x', '', 1, 0, 1.5, 2 ** 60))

/** @param wrong how many of 60 values are anything at all instead of what belongs there. */
function files(wrong: 0 | 1) {
  const often = <T>(good: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
    fc.oneof({ weight: 60 - wrong, arbitrary: good as fc.Arbitrary<unknown> }, { weight: wrong, arbitrary: anything })
  const name = fc.oneof(
    { weight: 60 - wrong, arbitrary: fc.constantFrom('a', 'b', 'constructor', '') },
    { weight: wrong, arbitrary: fc.constant('__proto__') },
  )
  const beside = wrong ? { note: anything } : {}
  const link = often(fc.record({ node: often(fc.string()), port: often(fc.string()), ...beside }, optional(wrong)))
  const node = fc.record(
    {
      type: often(fc.constant('test.number')),
      version: often(fc.constant(2)),
      title: often(fc.string()),
      mode: often(fc.constantFrom('mute', 'bypass')),
      params: often(fc.dictionary(name, fc.jsonValue())),
      links: often(fc.dictionary(name, fc.oneof(link, fc.array(link)))),
      ...(wrong ? { colour: anything } : {}),
    },
    { requiredKeys: ['type'] },
  )
  const output = fc.record(
    {
      node: often(fc.string()),
      port: often(fc.string()),
      label: often(fc.string()),
      order: often(fc.integer()),
      hidden: often(fc.boolean()),
    },
    { requiredKeys: ['node', 'port'] },
  )
  return fc.record({
    beatloom: fc.constant(1),
    nodes: often(fc.dictionary(name, often(node))),
    outputs: often(fc.dictionary(name, often(output))),
  })
}

const optional = (wrong: 0 | 1): { requiredKeys: [] } | undefined => (wrong ? { requiredKeys: [] } : undefined)

// As text and back: own keys called "__proto__" come from there alone.
const asRead = (made: unknown) => JSON.parse(JSON.stringify(made))

test('reading plain shapes gives what the schema gives, for every right file', () => {
  fc.assert(
    fc.property(files(0), (made) => {
      expect(readPlainNodes(asRead(made).nodes)).not.toBeNull()
      expect(readPlainOutputs(asRead(made).outputs)).not.toBeNull()
      expect(parseWorkflow(asRead(made))).toEqual(workflowSchema.parse(asRead(made)))
    }),
    { numRuns: 150 },
  )
})

test('and for wrong ones', () => {
  fc.assert(
    fc.property(files(1), (made) => {
      const expected = workflowSchema.safeParse(asRead(made))
      if (expected.success) expect(parseWorkflow(asRead(made))).toEqual(expected.data)
      else expect(() => parseWorkflow(asRead(made))).toThrow('no valid workflow')
    }),
    { numRuns: 300 },
  )
})

test('what was read shares no record with its source', () => {
  const source = { a: { type: 't', params: { x: 1 }, links: { i: { node: 'b', port: 'o' } } } }
  const nodes = readPlainNodes(source)
  expect(nodes).toEqual({ a: { ...source.a, version: 1 } })
  expect(nodes?.a).not.toBe(source.a)
  expect(nodes?.a?.params).not.toBe(source.a.params)
  expect(nodes?.a?.links.i).not.toBe(source.a.links.i)
})
