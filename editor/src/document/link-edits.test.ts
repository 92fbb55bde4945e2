import { describe, expect, it } from 'vitest'
import { createDocumentStore } from './document-store.ts'
import { allLinks, linkKey, removeLink, removeNodes } from './edits.ts'
import {
  addIntoLink,
  freshReroute,
  insertIntoLink,
  linksAt,
  moveLinks,
  removeJoining,
  toggleTags,
} from './link-edits.ts'
import { checkLink, portOf } from './link-rules.ts'
import { testDescriptors, testWorkflow } from './test-graph.ts'

function open(workflow = testWorkflow()) {
  const store = createDocumentStore()
  store.getState().open(workflow, 'test')
  return store.getState
}
const keys = (workflow: ReturnType<typeof testWorkflow>) => allLinks(workflow).map(linkKey)
const blendToStill = { from: { node: 'blend', port: 'image' }, to: { node: 'still', port: 'image' } }

describe('M9: moving ends', () => {
  it('keeps the place of a link in a list input', () => {
    const workflow = testWorkflow()
    const link = (node: string) => ({ node, port: 'image' })
    workflow.nodes['stack'] = {
      type: 'image.stack',
      version: 1,
      params: {},
      links: { images: [link('photo'), link('blend')] },
    }
    workflow.nodes['other'] = { type: 'image.load', version: 1, params: {}, links: {} }
    const get = open(workflow)
    const to = { node: 'stack', port: 'images' }
    get().edit(moveLinks([{ old: { from: link('photo'), to }, now: { from: link('other'), to }, list: true }]))
    expect(get().workflow.nodes['stack']?.links['images']).toEqual([link('other'), link('blend')])
  })

  it('moves every link of an output to another, and back with one undo', () => {
    const workflow = testWorkflow()
    workflow.nodes['save']!.links['poster'] = { node: 'blend', port: 'image' }
    workflow.nodes['other'] = { type: 'image.load', version: 1, params: {}, links: {} }
    const get = open(workflow)
    const from = { node: 'other', port: 'image' }
    const moving = linksAt(get().workflow, blendToStill.from, 'output')
    expect(moving).toHaveLength(2)
    get().edit(moveLinks(moving.map((old) => ({ old, now: { from, to: old.to }, list: false }))))
    expect(linksAt(get().workflow, from, 'output')).toHaveLength(2)
    expect(linksAt(get().workflow, blendToStill.from, 'output')).toEqual([])
    get().undo()
    expect(get().workflow).toEqual(workflow)
  })
})

describe('M11: nodes in links', () => {
  it('puts a reroute into a link, and its type is that of what passes through', () => {
    const get = open()
    const fresh = freshReroute(get().workflow, testDescriptors)!
    get().edit(addIntoLink(blendToStill, fresh.descriptor, fresh.id, { x: 500, y: 20 }, false))
    expect(keys(get().workflow)).toContain('blend.image>reroute.in')
    expect(keys(get().workflow)).toContain('reroute.out>still.image')
    expect(keys(get().workflow)).not.toContain('blend.image>still.image')
    const end = { node: 'reroute', port: 'out', side: 'output' as const }
    expect(portOf(get().workflow, testDescriptors, end)?.type).toBe('IMAGE')
    get().edit(removeLink({ from: blendToStill.from, to: { node: 'reroute', port: 'in' } }))
    expect(portOf(get().workflow, testDescriptors, end)?.type).toBe('IMAGE')
    get().edit(removeLink({ from: { node: 'reroute', port: 'out' }, to: blendToStill.to }))
    expect(portOf(get().workflow, testDescriptors, end)?.type).toBe('ANY')
  })

  it('a reroute takes only what the inputs it feeds take', () => {
    const get = open()
    const fresh = freshReroute(get().workflow, testDescriptors)!
    get().edit(addIntoLink(blendToStill, fresh.descriptor, fresh.id, { x: 0, y: 0 }, false))
    const into = { node: 'reroute', port: 'in', side: 'input' as const }
    const check = (node: string, port: string) =>
      checkLink(get().workflow, testDescriptors, { node, port, side: 'output' }, into)
    expect(check('photo', 'image')).toMatchObject({ ok: true })
    expect(check('song', 'audio')).toMatchObject({ refusal: { code: 'type_mismatch', from: 'AUDIO', to: 'IMAGE' } })
  })

  it('puts a free node into a link where both halves fit, and leaves others alone', () => {
    const workflow = testWorkflow()
    workflow.nodes['loose'] = { type: 'image.blend', version: 1, params: {}, links: {} }
    const get = open(workflow)
    get().edit(insertIntoLink(workflow, testDescriptors, blendToStill, 'loose')!)
    expect(keys(get().workflow)).toContain('blend.image>loose.a')
    expect(keys(get().workflow)).toContain('loose.image>still.image')
    const audio = { from: { node: 'song', port: 'audio' }, to: { node: 'save', port: 'audio' } }
    expect(insertIntoLink(workflow, testDescriptors, audio, 'loose')).toBeNull()
    expect(insertIntoLink(workflow, testDescriptors, blendToStill, 'blend')).toBeNull()
  })
})

describe('M12: deleting and joining', () => {
  it('joins the neighbours of a reroute and of a node whose types fit', () => {
    const get = open()
    const fresh = freshReroute(get().workflow, testDescriptors)!
    get().edit(addIntoLink(blendToStill, fresh.descriptor, fresh.id, { x: 0, y: 0 }, false))
    get().edit(removeJoining(get().workflow, testDescriptors, ['reroute', 'blend']))
    expect(keys(get().workflow)).toContain('photo.image>still.image')
    expect(Object.keys(get().workflow.nodes)).not.toContain('blend')
  })

  it('joins nothing where types differ, and plain deleting joins nothing at all', () => {
    const get = open()
    get().edit(removeJoining(get().workflow, testDescriptors, ['still']))
    expect(keys(get().workflow)).toEqual(['photo.image>blend.a', 'song.audio>save.audio'])
    get().undo()
    get().edit(removeNodes(['blend']))
    expect(linksAt(get().workflow, blendToStill.to, 'input')).toEqual([])
  })
})

it('C4: a name tag is kept in the layout and goes with its link', () => {
  const get = open()
  get().edit(toggleTags([blendToStill]))
  expect(get().workflow.layout.links).toEqual({ 'blend.image>still.image': { tag: true } })
  get().edit(removeLink(blendToStill))
  expect(get().workflow.layout.links).toBeUndefined()
  get().undo()
  get().edit(toggleTags([blendToStill]))
  expect(get().workflow.layout.links).toBeUndefined()
})
