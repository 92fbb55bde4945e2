import { type Group, parseWorkflow, serializeWorkflow, type Workflow } from '@beatloom/core'
import { produce } from 'immer'
import { describe, expect, it } from 'vitest'
import { copyNodes, planPaste, readClip } from './clipboard.ts'
import { createDocumentStore } from './document-store.ts'
import { addNode, moveNodes, removeNodes } from './edits.ts'
import {
  dissolveGroups,
  frameToSubgraph,
  freshGroupId,
  makeGroup,
  moveIntoGroup,
  renameGroup,
  toggleCollapsed,
} from './group-edits.ts'
import { groupTree, levelOf, membersOf, pathTo } from './group-tree.ts'
import { labelPort, toggleMark } from './marks.ts'
import { testDescriptors, testWorkflow } from './test-graph.ts'

const placesIn = ({ layout }: Workflow) =>
  Object.fromEntries(Object.entries(layout.nodes).map(([id, [x, y]]) => [id, { x, y }]))
const grouped = (nodes: string[], kind: Group['kind'] = 'frame', groups: string[] = []) =>
  produce(testWorkflow(), makeGroup('group', { nodes, groups }, { kind, at: { x: 276, y: -56 } }))

describe('K7: groups', () => {
  it('take their members along from other groups, nest where all members were, and vanish when empty', () => {
    const outer = grouped(['photo', 'blend', 'still'])
    const inner = produce(outer, makeGroup('inner', { nodes: ['blend', 'still'], groups: [] }, { kind: 'frame' }))
    expect(inner.layout.groups).toMatchObject([
      { id: 'group', nodes: ['photo'] },
      { id: 'inner', nodes: ['blend', 'still'], parent: 'group' },
    ])
    expect(membersOf(inner, 'group').sort()).toEqual(['blend', 'photo', 'still'])
    const emptied = produce(inner, removeNodes(['blend', 'still']))
    expect(emptied.layout.groups.map(({ id }) => id)).toEqual(['group'])
    expect(produce(emptied, removeNodes(['photo'])).layout.groups).toEqual([])
    const mixed = produce(inner, makeGroup('wide', { nodes: ['blend', 'song'], groups: [] }, { kind: 'frame' }))
    expect(mixed.layout.groups.find(({ id }) => id === 'wide')?.parent).toBeUndefined()
  })

  it('come apart into the group around them', () => {
    const inner = produce(
      grouped(['photo', 'blend', 'still']),
      makeGroup('inner', { nodes: ['blend', 'still'], groups: [] }, { kind: 'frame' }),
    )
    const apart = produce(inner, dissolveGroups(['inner'], placesIn(inner)))
    expect(apart.layout.groups).toMatchObject([{ id: 'group', nodes: ['photo', 'blend', 'still'] }])
    expect(apart.layout.nodes).toEqual(inner.layout.nodes)
    expect(produce(apart, dissolveGroups(['group'], placesIn(apart))).layout.groups).toEqual([])
  })

  it('collapse in their place; moved and opened again, members come along', () => {
    const start = grouped(['blend', 'still'])
    const { at: _, ...group } = start.layout.groups[0]!
    const frame: Workflow = { ...start, layout: { ...start.layout, groups: [group] } }
    const closed = produce(frame, toggleCollapsed(['group'], placesIn(frame)))
    expect(closed.layout.groups[0]).toMatchObject({ collapsed: true, at: [276, -56] })
    const moved = produce(closed, (draft) => {
      draft.layout.groups[0]!.at = [376, 44]
    })
    const open = produce(moved, toggleCollapsed(['group'], placesIn(moved)))
    expect(open.layout.groups[0]).toEqual(group)
    expect(open.layout.nodes.blend).toEqual([400, 100])
    expect(open.layout.nodes.still).toEqual([700, 100])
    expect(open.layout.nodes.photo).toEqual([0, 0])
    expect(produce(closed, toggleCollapsed(['group'], placesIn(closed)))).toEqual(frame)
  })

  it('take things in and let them out again', () => {
    const start = grouped(['blend', 'still'])
    const more = produce(start, moveIntoGroup({ nodes: ['song'], groups: [] }, 'group'))
    expect(more.layout.groups[0]?.nodes).toEqual(['blend', 'still', 'song'])
    const less = produce(more, moveIntoGroup({ nodes: ['blend', 'still', 'song'], groups: [] }, null))
    expect(less.layout.groups).toEqual([])
    expect(produce(start, moveIntoGroup({ nodes: [], groups: ['group'] }, 'group'))).toBe(start)
  })

  it('M16: an empty title is the default again', () => {
    const named = produce(grouped(['blend']), renameGroup('group', '  Look '))
    expect(named.layout.groups[0]?.title).toBe('Look')
    expect(produce(named, renameGroup('group', ' ')).layout.groups[0]?.title).toBe('')
  })

  it('are read soundly from files with loops, doubles and gaps', () => {
    const odd = parseWorkflow({
      beatloom: 1,
      nodes: { a: { type: 'x' } },
      layout: {
        groups: [
          { id: 'one', parent: 'two', nodes: ['a', 'gone'] },
          { id: 'two', parent: 'one', nodes: ['a'] },
          { id: 'two', nodes: ['a'] },
          { id: 'lost', parent: 'nobody' },
          { id: 'self', parent: 'self', kind: 'subgraph' },
        ],
      },
    })
    const tree = groupTree(odd)
    expect([...tree.parents.values()]).toEqual([null, null, null, null])
    expect(membersOf(odd, 'one')).toEqual(['a'])
    expect(membersOf(odd, 'two')).toEqual([])
    expect(levelOf(tree, null)).toMatchObject({ frames: ['one', 'two', 'lost'], boxes: ['self'] })
    expect(serializeWorkflow(produce(odd, moveNodes({ a: { x: 1, y: 1 } })))).toContain('"nobody"')
  })
})

describe('K8: sub-graphs', () => {
  it('hide their members from the level around, and show them from inside', () => {
    const box = grouped(['blend', 'still'], 'subgraph')
    const tree = groupTree(box)
    expect(levelOf(tree, null).standing('blend')).toEqual({ at: 'box', box: 'group' })
    expect(levelOf(tree, null).standing('photo')).toEqual({ at: 'here' })
    expect(levelOf(tree, 'group').standing('blend')).toEqual({ at: 'here' })
    expect(levelOf(tree, 'group').standing('photo')).toEqual({ at: 'outside' })
  })

  it('nest: the way to an inner one goes through the outer one, and frames between do not count', () => {
    const outer = grouped(['blend', 'still', 'song'], 'subgraph')
    const frame = produce(outer, makeGroup('frame', { nodes: ['blend', 'still'], groups: [] }, { kind: 'frame' }))
    const inner = produce(frame, makeGroup('deep', { nodes: ['still'], groups: [] }, { kind: 'subgraph' }))
    const tree = groupTree(inner)
    expect(pathTo(tree, 'deep')).toEqual(['group', 'deep'])
    expect(pathTo(tree, tree.groupOf.get('blend'))).toEqual(['group'])
    expect(levelOf(tree, null).standing('still')).toEqual({ at: 'box', box: 'group' })
    expect(levelOf(tree, 'group').standing('still')).toEqual({ at: 'box', box: 'deep' })
    expect(levelOf(tree, 'group').frames).toEqual(['frame'])
  })

  it('a frame turns into one where it stands, and apart again nothing has moved', () => {
    const frame = grouped(['blend', 'still'])
    const box = produce(frame, frameToSubgraph('group', placesIn(frame)))
    expect(box.layout.groups[0]).toMatchObject({ kind: 'subgraph', at: [276, -56] })
    const apart = produce(box, dissolveGroups(['group'], placesIn(box)))
    expect(apart).toEqual(testWorkflow())
  })

  it('new nodes join the one whose inside is on screen, as part of the same step', () => {
    const store = createDocumentStore()
    store.getState().open(grouped(['blend', 'still'], 'subgraph'), 'd')
    store.setState({ home: 'group' })
    store.getState().edit(addNode('show', testDescriptors.get('value.show')!, { x: 0, y: 0 }))
    store.getState().edit(makeGroup('inner', { nodes: ['show'], groups: [] }, { kind: 'frame' }))
    expect(store.getState().workflow.layout.groups).toMatchObject([
      { id: 'group', nodes: ['blend', 'still'] },
      { id: 'inner', nodes: ['show'], parent: 'group' },
    ])
    store.getState().undo()
    store.getState().undo()
    expect(store.getState().workflow).toEqual(grouped(['blend', 'still'], 'subgraph'))
  })
})

describe('copies', () => {
  it('K7: take along groups that are whole, under fresh names, nested as they were', () => {
    const outer = grouped(['blend', 'still', 'song'], 'subgraph')
    const start = produce(outer, makeGroup('inner', { nodes: ['still'], groups: [] }, { kind: 'frame' }))
    const marked = produce(start, (draft) => {
      toggleMark(['blend'], 'collapsed')(draft)
      toggleMark(['blend'], 'pinned')(draft)
    })
    const clip = copyNodes(marked, ['blend', 'still', 'song'], placesIn(marked))
    const plan = planPaste(marked, readClip(JSON.stringify(clip))!, { x: 1000, y: 1000 }, false)
    const pasted = produce(marked, plan.recipe)
    expect(pasted.layout.groups.slice(2)).toMatchObject([
      { id: 'group-2', kind: 'subgraph', nodes: ['blend-2', 'load'], at: [1000, 1000] },
      { id: 'group-3', nodes: ['still-2'], parent: 'group-2' },
    ])
    expect(pasted.layout.marks).toEqual({ blend: { collapsed: true, pinned: true }, 'blend-2': { collapsed: true } })
    expect(freshGroupId(pasted)).toBe('group-4')
  })

  it('leave behind groups that are only partly copied, and the one that is on screen', () => {
    const start = grouped(['blend', 'still'], 'subgraph')
    expect(copyNodes(start, ['blend'], placesIn(start)).groups).toEqual([])
    expect(copyNodes(start, ['blend', 'still'], placesIn(start), 'group').groups).toEqual([])
    expect(copyNodes(start, ['blend', 'still'], placesIn(start)).groups).toHaveLength(1)
  })
})

describe('marks', () => {
  it('K10: go on and off again without a trace, and leave with their node', () => {
    const start = testWorkflow()
    const marked = produce(start, toggleMark(['photo', 'song'], 'locked'))
    expect(marked.layout.marks).toEqual({ photo: { locked: true }, song: { locked: true } })
    expect(produce(marked, toggleMark(['photo', 'song'], 'locked'))).toEqual(start)
    const partly = produce(marked, toggleMark(['photo', 'blend'], 'locked'))
    expect(Object.keys(partly.layout.marks ?? {}).sort()).toEqual(['blend', 'photo', 'song'])
    expect(produce(marked, removeNodes(['photo'])).layout.marks).toEqual({ song: { locked: true } })
  })

  it('M16: a port label is kept by side and port; an empty one brings the default back', () => {
    const start = testWorkflow()
    const named = produce(start, labelPort('blend', 'input', 'a', ' Under '))
    expect(named.layout.marks?.blend?.labels).toEqual({ 'input.a': 'Under' })
    expect(produce(named, labelPort('blend', 'input', 'a', ''))).toEqual(start)
  })
})
