import { parseWorkflow } from '@beatloom/core'
import { expect, it } from 'vitest'
import { flowOrder, groupKey, nodeKey, outlineRows } from './outline-rows.ts'

const workflow = parseWorkflow({
  beatloom: 1,
  nodes: {
    save: { type: 'x.save', links: { in: { node: 'load', port: 'out' } } },
    load: { type: 'x.load' },
    lone: { type: 'x.lone' },
  },
  layout: { nodes: {}, groups: [{ id: 'g', title: 'Ends', nodes: ['lone'] }] },
})
const rows = (...open: string[]) =>
  outlineRows({ workflow, descriptors: new Map(), issues: [], isOpen: (key) => open.includes(key) })

it('L4: lists what feeds before what is fed', () => {
  expect(flowOrder(workflow)).toEqual(['load', 'lone', 'save'])
})
it('L4: shows groups with their nodes inside, and counts each level', () => {
  expect(rows().map(({ key, level, place, count }) => [key, level, place, count])).toEqual([
    [groupKey('g'), 1, 1, 3],
    [nodeKey('load'), 1, 2, 3],
    [nodeKey('save'), 1, 3, 3],
  ])
  expect(rows(groupKey('g')).map(({ key, level }) => [key, level])[1]).toEqual([nodeKey('lone'), 2])
})
it('L4: an open node lists where its inputs come from and where its outputs go', () => {
  const ports = rows(nodeKey('load'), nodeKey('save')).filter((row) => row.kind === 'port')
  expect(ports.map(({ node, end, others }) => [node, end.side, others])).toEqual([
    ['load', 'output', [{ node: 'save', port: 'in', side: 'input' }]],
    ['save', 'input', [{ node: 'load', port: 'out', side: 'output' }]],
  ])
})
it('L4: nodes in a loop are listed too', () => {
  const loop = parseWorkflow({
    beatloom: 1,
    nodes: {
      a: { type: 'x', links: { in: { node: 'b', port: 'o' } } },
      b: { type: 'x', links: { in: { node: 'a', port: 'o' } } },
    },
  })
  expect(flowOrder(loop).toSorted()).toEqual(['a', 'b'])
})
