import type { NodeDescriptor } from '@beatloom/core'
import { describe, expect, it } from 'vitest'
import { needsOf } from './file-needs.ts'
import { placeholderFor } from './placeholder.ts'
import { testDescriptors, testWorkflow } from './test-graph.ts'

describe('what a file needs', () => {
  it('lists the node types in use with their ports, and placeholders read them back', () => {
    const workflow = testWorkflow()
    workflow.needs = needsOf(workflow, testDescriptors, [])
    expect(workflow.needs.nodes['video.save']).toEqual({
      version: 1,
      inputs: { frames: 'FRAMES', audio: 'AUDIO' },
      outputs: {},
    })
    expect(Object.keys(workflow.needs.nodes)).toHaveLength(5)
    expect(placeholderFor(workflow, 'save').inputs).toEqual([
      { name: 'frames', type: 'FRAMES', optional: true },
      { name: 'audio', type: 'AUDIO', optional: true },
    ])
  })

  it('keeps the entries of types that are not installed, and drops those no longer used', () => {
    const workflow = testWorkflow()
    workflow.nodes = { odd: { type: 'nobody.knows', version: 2, params: {}, links: {} } }
    workflow.needs = { nodes: { 'nobody.knows': { any: 'thing' }, 'image.load': {} }, models: {} }
    expect(needsOf(workflow, testDescriptors, []).nodes).toEqual({ 'nobody.knows': { any: 'thing' } })
  })

  it('names models with size and hash', () => {
    const param = {
      name: 'model',
      description: '',
      schema: { type: 'string' },
      default: 'pocket',
      widget: 'model' as const,
    }
    const loader: NodeDescriptor = { ...testDescriptors.get('image.load')!, type: 'model.load', params: [param] }
    const workflow = testWorkflow()
    workflow.nodes = { loader: { type: 'model.load', version: 1, params: {}, links: {} } }
    const models = [{ name: 'pocket', title: 'Pocket', sizeBytes: 9, sha256: 'ab' }]
    expect(needsOf(workflow, new Map([['model.load', loader]]), models).models).toEqual({
      pocket: { sizeBytes: 9, sha256: 'ab' },
    })
  })
})
