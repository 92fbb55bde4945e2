import { parseWorkflow, serializeWorkflow } from '@beatloom/core'
import { describe, expect, it } from 'vitest'
import { readLeniently } from './read-leniently.ts'
import { testWorkflow } from './test-graph.ts'

describe('files that cannot be opened as they are', () => {
  it('of a newer version, everything this version knows is read and the rest is kept', () => {
    const file = { ...testWorkflow(), beatloom: 7, timeline: { tracks: [1, 2] } }
    expect(() => parseWorkflow(file)).toThrow(expect.objectContaining({ code: 'workflow_too_new' }))
    const { workflow, leftOut } = readLeniently(JSON.stringify(file))
    expect(leftOut).toEqual([])
    expect(workflow).toEqual({ ...testWorkflow(), timeline: { tracks: [1, 2] } })
  })

  it('damaged parts are left out and named, the others are read', () => {
    const file = JSON.parse(serializeWorkflow(testWorkflow()))
    file.nodes.song.type = 3
    file.nodes.save.links.audio = 'nowhere'
    file.inputs.picture.param = null
    file.layout = 'wide'
    const { workflow, leftOut } = readLeniently(JSON.stringify(file))
    expect(leftOut).toEqual(['layout', 'nodes.save', 'nodes.song', 'inputs.picture'])
    expect(Object.keys(workflow.nodes)).toEqual(['blend', 'photo', 'still'])
    expect(workflow.title).toBe('Test')
  })

  it.each(['', 'hello', '[]', 'null', '{"nodes":[{"id":1,"type":"KSampler"}]}', '{"beatloom":1}'])(
    '%j is no workflow at all',
    (text) => {
      expect(() => readLeniently(text)).toThrow(expect.objectContaining({ code: 'workflow_unreadable' }))
    },
  )
})
