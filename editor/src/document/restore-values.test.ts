import { parseWorkflow } from '@beatloom/core'
import { expect, it } from 'vitest'
import { createDocumentStore } from './document-store.ts'
import { restoreValues, valuesOfRun } from './restore-values.ts'

const graph = (steps: number, type = 'sampler.sample') =>
  parseWorkflow({
    beatloom: 1,
    inputs: { seed: { node: 'sampler', param: 'seed' } },
    nodes: { sampler: { type, params: { steps, seed: '1' } }, other: { type: 'x.y', params: { deep: [steps] } } },
  })

it('R5: restores the values of a run as one step, with those given by an input, and leaves the rest alone', () => {
  const store = createDocumentStore()
  store.getState().open(graph(8), 'd')
  const ran = graph(12)
  const { recipe, count } = restoreValues(graph(8), ran, valuesOfRun(ran, { seed: '99', nobody: 1 }))
  expect(count).toBe(3)
  store.getState().edit(recipe)
  expect(store.getState().workflow.nodes.sampler?.params).toEqual({ steps: 12, seed: '99' })
  expect(store.getState().workflow.nodes.other?.params).toEqual({ deep: [12] })
  store.getState().undo()
  expect(store.getState().workflow.nodes.sampler?.params).toEqual({ steps: 8, seed: '1' })
})

it('R5: takes nothing from a node that has become another type', () => {
  const ran = graph(12)
  expect(restoreValues(graph(8, 'sampler.other'), ran, valuesOfRun(ran, {})).count).toBe(1)
})
