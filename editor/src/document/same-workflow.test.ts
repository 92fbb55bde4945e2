import { parseWorkflow, serializeWorkflow } from '@beatloom/core'
import { expect, it } from 'vitest'
import { sameWorkflow } from './same-workflow.ts'
import { testWorkflow } from './test-graph.ts'

it('tells documents that save as the same bytes from those that do not', () => {
  const one = testWorkflow()
  const again = parseWorkflow(JSON.parse(serializeWorkflow(one)))
  expect(sameWorkflow(one, again)).toBe(true)
  const turned = { ...again, nodes: Object.fromEntries(Object.entries(again.nodes).reverse()) }
  expect(sameWorkflow(one, turned)).toBe(true)
  expect(sameWorkflow(one, { ...again, description: undefined })).toBe(true)
  expect(sameWorkflow(one, { ...again, title: `${again.title}!` })).toBe(false)
  const [first = ''] = Object.keys(again.nodes)
  const { [first]: _gone, ...fewer } = again.nodes
  expect(sameWorkflow(one, { ...again, nodes: fewer })).toBe(false)
  expect(sameWorkflow({ ...again, nodes: fewer }, one)).toBe(false)
})
