import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readPlainNodes, readPlainOutputs } from './plain-shape.ts'
import { parseWorkflow, workflowSchema } from './workflow.ts'

const anything = fc.oneof(fc.jsonValue(), fc.constantFrom('mute', 'bypass', 'x', '', 1, 0, 1.5, 2 ** 60))
const often = <T>(good: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 60, arbitrary: good as fc.Arbitrary<unknown> }, { weight: 1, arbitrary: anything })
const name = fc.oneof(
  { weight: 60, arbitrary: fc.constantFrom('a', 'b', 'constructor', '') },
  { weight: 1, arbitrary: fc.constant('__proto__') },
)
const link = often(
  fc.record({ node: often(fc.string()), port: often(fc.string()), note: anything }, { requiredKeys: [] }),
)
const node = fc.record(
  {
    type: often(fc.constant('test.number')),
    version: often(fc.constant(2)),
    title: often(fc.string()),
    mode: often(fc.constantFrom('mute', 'bypass')),
    params: often(fc.dictionary(name, fc.jsonValue())),
    links: often(fc.dictionary(name, fc.oneof(link, fc.array(link)))),
    colour: anything,
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
const file = fc.record({
  beatloom: fc.constant(1),
  nodes: often(fc.dictionary(name, often(node))),
  outputs: often(fc.dictionary(name, often(output))),
})

test('reading plain shapes gives what the schema gives, for right files and wrong ones', () => {
  let plain = 0
  fc.assert(
    fc.property(file, (made) => {
      // As text and back: own keys called "__proto__" come from there alone.
      const read = () => JSON.parse(JSON.stringify(made))
      const expected = workflowSchema.safeParse(read())
      if (readPlainNodes(read().nodes) && readPlainOutputs(read().outputs)) plain++
      if (expected.success) expect(parseWorkflow(read())).toEqual(expected.data)
      else expect(() => parseWorkflow(read())).toThrow('no valid workflow')
    }),
    { numRuns: 300 },
  )
  expect(plain).toBeGreaterThan(20)
})

test('what was read shares no record with its source', () => {
  const source = { a: { type: 't', params: { x: 1 }, links: { i: { node: 'b', port: 'o' } } } }
  const nodes = readPlainNodes(source)
  expect(nodes).toEqual({ a: { ...source.a, version: 1 } })
  expect(nodes?.a).not.toBe(source.a)
  expect(nodes?.a?.params).not.toBe(source.a.params)
  expect(nodes?.a?.links.i).not.toBe(source.a.links.i)
})
