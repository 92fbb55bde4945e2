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

  const param = {
    name: 'model',
    description: '',
    schema: { type: 'string' },
    default: 'pocket',
    widget: 'model' as const,
  }
  const loader: NodeDescriptor = { ...testDescriptors.get('image.load')!, type: 'model.load', params: [param] }
  const descriptors = new Map([['model.load', loader]])
  const pocket = { name: 'pocket', title: 'Pocket', licence: 'MIT', sizeBytes: 9, sha256: 'ab', bundled: true }
  const loading = (params: Record<string, unknown>, models: Record<string, unknown> = {}) => ({
    ...testWorkflow(),
    nodes: { loader: { type: 'model.load', version: 1, params, links: {} } },
    needs: { nodes: {}, models },
  })

  it('names models with size and hash, and no more of those that everybody has', () => {
    expect(needsOf(loading({}), descriptors, [pocket]).models).toEqual({ pocket: { sizeBytes: 9, sha256: 'ab' } })
  })

  it('tells the next person where to get a model, and of a folder on this machine nothing', () => {
    const commit = '0123456789abcdef0123456789abcdef01234567'
    const wan = {
      name: 'wan',
      title: 'Wan',
      family: 'wan-t2v',
      licence: 'Apache-2.0',
      source: `ada/wan@${commit}`,
      sizeBytes: 9,
      sha256: 'ab',
      bundled: false,
    }
    const facts = { title: 'Wan', family: 'wan-t2v', licence: 'Apache-2.0', sizeBytes: 9, sha256: 'ab' }
    const workflow = loading({ model: 'wan' })
    expect(needsOf(workflow, descriptors, [wan]).models).toEqual({ wan: { ...facts, source: wan.source } })
    expect(needsOf(workflow, descriptors, [{ ...wan, source: '/home/ada/wan' }]).models).toEqual({ wan: facts })
    const said = { source: 'https://example.com/wan', licence: 'MIT', memoryBytes: 7, sizeBytes: 8, note: 'kept' }
    const local = { ...wan, licence: null, source: '/home/ada/wan' }
    expect(needsOf(loading({ model: 'wan' }, { wan: said }), descriptors, [local]).models).toEqual({
      wan: { ...facts, licence: 'MIT', source: said.source, memoryBytes: 7, note: 'kept' },
    })
  })

  it('keeps what it says of models that only nodes of unknown types name', () => {
    const workflow = testWorkflow()
    workflow.nodes = { odd: { type: 'nobody.knows', version: 2, params: { a: 'wan', b: 3 }, links: {} } }
    workflow.needs = { nodes: {}, models: { wan: { sizeBytes: 4 }, gone: { sizeBytes: 5 } } }
    expect(needsOf(workflow, testDescriptors, []).models).toEqual({ wan: { sizeBytes: 4 } })
  })
})
