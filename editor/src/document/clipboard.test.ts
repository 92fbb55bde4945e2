import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { copyNodes, planPaste, readClip } from './clipboard.ts'
import { createDocumentStore } from './document-store.ts'
import { testWorkflow } from './test-graph.ts'

const PLACES = { photo: { x: 0, y: 0 }, blend: { x: 300, y: 40 }, still: { x: 600, y: 0 } }

function paste(keepOutside: boolean, into = testWorkflow()) {
  const text = JSON.stringify(copyNodes(testWorkflow(), ['blend', 'still'], PLACES), null, 2)
  const store = createDocumentStore()
  store.getState().open(into, 'd')
  const plan = planPaste(into, readClip(text)!, { x: 1000, y: 500 }, keepOutside)
  store.getState().edit(plan.recipe)
  return { plan, workflow: store.getState().workflow }
}

describe('C1: copy and paste', () => {
  it('keeps links inside the selection under fresh names, and drops those to the outside', () => {
    const { plan, workflow } = paste(false)
    expect(plan.ids).toEqual(['blend-2', 'still-2'])
    expect(workflow.nodes['still-2']?.links).toEqual({ image: { node: 'blend-2', port: 'image' } })
    expect(workflow.nodes['blend-2']?.links).toEqual({})
    expect(workflow.layout.nodes['blend-2']).toEqual([1000, 540])
    expect(workflow.layout.nodes['still-2']).toEqual([1300, 500])
  })

  it('joins outside links again where asked, and counts both kinds', () => {
    const { plan, workflow } = paste(true)
    expect(workflow.nodes['blend-2']?.links).toEqual({ a: { node: 'photo', port: 'image' } })
    expect(plan).toMatchObject({ joined: 1, open: 0 })
  })

  it('in another document takes the only node of the same type, and leaves the rest open', () => {
    const one = testWorkflow()
    one.nodes = { camera: { type: 'image.load', version: 1, params: {}, links: {} } }
    expect(paste(true, one).workflow.nodes.blend?.links).toEqual({ a: { node: 'camera', port: 'image' } })
    const two = testWorkflow()
    two.nodes = { ...one.nodes, other: { type: 'image.load', version: 1, params: {}, links: {} } }
    const { plan, workflow } = paste(true, two)
    expect(workflow.nodes.blend?.links).toEqual({})
    expect(plan).toMatchObject({ joined: 0, open: 1 })
  })

  it('is found again in the middle of a message', () => {
    const text = JSON.stringify(copyNodes(testWorkflow(), ['blend'], PLACES), null, 2)
    expect(readClip(`Try this:\n\`\`\`json\n${text}\n\`\`\`\nbye`)).toEqual(readClip(text))
    expect(Object.keys(readClip(text)?.nodes ?? {})).toEqual(['blend'])
  })

  it('takes any garbage for what it is, and never breaks', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.json(), fc.constantFrom('{', '}', '}{', '\0')),
        (text) => readClip(text) === null,
      ),
    )
    const broken = {
      beatloomClip: 1,
      nodes: { a: { type: 'x', links: { in: { node: 'gone', port: 'y' } } } },
      outside: [3],
    }
    const workflow = testWorkflow()
    const plan = planPaste(workflow, readClip(JSON.stringify(broken))!, { x: 0, y: 0 }, true)
    expect(plan).toMatchObject({ ids: ['a'], joined: 0, open: 1 })
  })

  it('takes other text for what it is', () => {
    expect(readClip('hello')).toBeNull()
    expect(readClip('{"beatloom":1}')).toBeNull()
    expect(readClip('{"beatloomClip":1,"nodes":{"a":{"type":3}}}')).toBeNull()
  })
})
