import { parseWorkflow, serializeWorkflow, type Workflow } from '@beatloom/core'
import { describe, expect, it } from 'vitest'
import { createDocumentStore } from './document-store.ts'
import { setTitle } from './edits.ts'
import { missingTypes, replaceType } from './substitutes.ts'
import { testDescriptors, testWorkflow } from './test-graph.ts'

/** The test graph with its blend replaced by a type nobody has. */
function withUnknown(needs: Record<string, unknown> = {}): Workflow {
  const file = JSON.parse(serializeWorkflow(testWorkflow()))
  file.nodes.blend = {
    type: 'fancy.blend',
    version: 9,
    title: 'Mix',
    params: { strength: 0.5, file: 'kept', own: [1, { deep: true }] },
    links: { first: { node: 'photo', port: 'image' } },
  }
  file.nodes.still.links.image = { node: 'blend', port: 'mixed' }
  file.needs = { nodes: needs, models: {} }
  return parseWorkflow(file)
}

const REMEMBERED = { 'fancy.blend': { inputs: { first: 'IMAGE', second: 'IMAGE' }, outputs: { mixed: 'IMAGE' } } }

describe('E4: node types that are not installed', () => {
  it('are named with the nodes that use them, and substitutes have the same port types', () => {
    expect(missingTypes(withUnknown(REMEMBERED), testDescriptors)).toEqual([
      { type: 'fancy.blend', nodes: ['blend'], substitutes: ['image.blend'] },
    ])
    expect(missingTypes(testWorkflow(), testDescriptors)).toEqual([])
  })

  it('where the file remembers no ports, the links tell their types', () => {
    const [missing] = missingTypes(withUnknown(), testDescriptors)
    expect(missing?.substitutes).toEqual(['image.blend'])
  })

  it('a substitute takes links and same-named values over, as one step that undoes to the same bytes', () => {
    const descriptors = new Map(testDescriptors)
    const blend = testDescriptors.get('image.blend')!
    const strength = { name: 'strength', description: '', schema: { type: 'number' }, default: 1 }
    descriptors.set('image.blend', { ...blend, version: 3, params: [strength] })
    const workflow = withUnknown(REMEMBERED)
    const store = createDocumentStore()
    store.getState().open(workflow, 'd')
    const [missing] = missingTypes(workflow, descriptors)
    store.getState().edit(replaceType(workflow, missing!, descriptors.get('image.blend')!, descriptors))
    const now = store.getState().workflow
    expect(now.nodes.blend).toEqual({
      type: 'image.blend',
      version: 3,
      title: 'Mix',
      params: { strength: 0.5 },
      links: { a: { node: 'photo', port: 'image' } },
    })
    expect(now.nodes.still?.links).toEqual({ image: { node: 'blend', port: 'image' } })
    expect(missingTypes(now, descriptors)).toEqual([])
    store.getState().undo()
    expect(serializeWorkflow(store.getState().workflow)).toBe(serializeWorkflow(workflow))
  })

  it('are saved byte for byte while others are edited', () => {
    const text = serializeWorkflow(withUnknown(REMEMBERED))
    const store = createDocumentStore()
    store.getState().open(parseWorkflow(text), 'd')
    store.getState().edit(setTitle('Other'))
    expect(serializeWorkflow(store.getState().workflow)).toBe(text.replace('"title": "Test"', '"title": "Other"'))
  })
})
