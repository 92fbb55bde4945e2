import type { NodeDescriptor, Workflow } from '@beatloom/core'
import { describe, expect, it } from 'vitest'
import { testDescriptors, testWorkflow } from '../document/test-graph.ts'
import { missingModels, missingNames } from './missing-models.ts'

const param = {
  name: 'model',
  description: '',
  schema: { type: 'string' },
  default: 'pocket',
  widget: 'model' as const,
}
const loader: NodeDescriptor = { ...testDescriptors.get('image.load')!, type: 'model.load', params: [param] }
const descriptors = new Map([...testDescriptors, ['model.load', loader]])
const HERE = new Set(['pocket'])

function workflowOf(nodes: Record<string, Partial<Workflow['nodes'][string]>>, models = {}): Workflow {
  const filled = Object.entries(nodes).map(([id, node]) => [
    id,
    { type: 'model.load', version: 1, params: {}, links: {}, ...node },
  ])
  return { ...testWorkflow(), nodes: Object.fromEntries(filled), needs: { nodes: {}, models } }
}

describe('models that are not installed', () => {
  it('are named once, with what the file says of them and every place that names them', () => {
    const workflow = workflowOf(
      { a: { params: { model: 'wan' } }, b: {}, c: { params: { model: 'wan' } }, d: { params: { model: 'bare' } } },
      { wan: { title: 'Wan', sizeBytes: 5, licence: 'Apache-2.0' } },
    )
    expect(missingModels(workflow, descriptors, HERE)).toEqual([
      {
        need: { name: 'wan', title: 'Wan', sizeBytes: 5, licence: 'Apache-2.0' },
        uses: [
          { node: 'a', param: 'model' },
          { node: 'c', param: 'model' },
        ],
      },
      { need: { name: 'bare' }, uses: [{ node: 'd', param: 'model' }] },
    ])
  })

  it('count by their default too, and not where a cable brings the name', () => {
    const workflow = workflowOf({ a: {}, b: { params: { model: 'wan' }, links: { model: { node: 'a', port: 'x' } } } })
    expect(missingModels(workflow, descriptors, HERE)).toEqual([])
    expect(missingModels(workflow, descriptors, new Set()).map(({ need }) => need.name)).toEqual(['pocket'])
  })

  it('are found at nodes of unknown types by what the file lists', () => {
    const workflow = workflowOf({ a: { type: 'other.load', params: { which: 'wan', mode: 'fast' } } }, { wan: {} })
    expect(missingModels(workflow, descriptors, HERE)).toEqual([
      { need: { name: 'wan' }, uses: [{ node: 'a', param: null }] },
    ])
  })

  it('are listed where only the file says so, and no longer once a node has changed its mind', () => {
    const opened = workflowOf({ a: { params: { model: 'wan' } } }, { wan: {}, extra: {} })
    const changed = workflowOf({ a: { params: { model: 'pocket' } } }, { wan: {}, extra: {} })
    const names = (now: Workflow) => missingModels(now, descriptors, HERE, opened).map(({ need }) => need.name)
    expect(names(opened)).toEqual(['wan', 'extra'])
    expect(names(changed)).toEqual(['extra'])
  })

  it('may be called like something every object has', () => {
    const workflow = workflowOf({ a: { params: { model: 'toString' } }, b: { params: { model: '__proto__' } } })
    expect(missingModels(workflow, descriptors, HERE).map(({ need }) => need)).toEqual([
      { name: 'toString' },
      { name: '__proto__' },
    ])
  })

  it('are told by the server’s sentences about a node, of which each quotes a name', () => {
    const second = { ...param, name: 'other' }
    const both = new Map([...descriptors, ['model.load', { ...loader, params: [param, second] }]])
    const workflow = workflowOf({ a: { params: { model: 'wan', other: 'wan2' } }, b: { params: { model: 'wan2' } } })
    const said = (node: string, name: string) => ({
      node,
      message: `Node "${node}": The model "${name}" is not installed.`,
    })
    expect(missingNames(workflow, both, [said('a', 'wan')])).toEqual(['wan'])
    expect(missingNames(workflow, both, [said('b', 'wan2')])).toEqual(['wan2'])
    expect(missingNames(workflow, both, [said('b', 'wan')])).toEqual([])
  })
})
