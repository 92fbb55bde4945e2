import { type Group, parseWorkflow, type Workflow } from '@beatloom/core'
import { produce } from 'immer'
import { beforeEach, describe, expect, it } from 'vitest'
import { forgetPlaces } from '../document/auto-layout.ts'
import { documentStore, type Recipe } from '../document/document-store.ts'
import { moveNodes, renameNode, setParam } from '../document/edits.ts'
import { makeGroup, moveBoxes } from '../document/group-edits.ts'
import { toggleMark } from '../document/marks.ts'
import { testDescriptors, testWorkflow } from '../document/test-graph.ts'
import { type Drawn, flowModel } from './flow-model.ts'
import { portAtHandle } from './groups/group-ids.ts'

const NOTHING: Drawn = { nodes: [], edges: [] }
const TOP = { path: [], fullBoxes: [] }
const MEASURED = { measured: { width: 280, height: 200 } }

/** As React Flow leaves it: every node measured. */
function drawn(workflow: Workflow, view = TOP as { path: string[]; fullBoxes: string[] }, before = NOTHING): Drawn {
  const first = flowModel(workflow, testDescriptors, view, before)
  const sized = first.nodes.map((node) => (node.type === 'frame' || node.measured ? node : { ...node, ...MEASURED }))
  return flowModel(workflow, testDescriptors, view, { nodes: sized, edges: first.edges })
}

const inGroup = (kind: Group['kind'], nodes = ['blend', 'still']): Workflow =>
  produce(testWorkflow(), makeGroup('g', { nodes, groups: [] }, { kind, at: { x: 276, y: -56 } }))
const itemsOf = ({ nodes }: Drawn) => nodes.map(({ id, type }) => `${type} ${id}`)
const linesOf = ({ edges }: Drawn) => edges.map((e) => `${e.source}.${e.sourceHandle} → ${e.target}.${e.targetHandle}`)

beforeEach(forgetPlaces)

/** A chain of a thousand nodes, every hundred of them in a frame. */
function thousand(): Workflow {
  const ids = Array.from({ length: 1000 }, (_, n) => `n${n}`)
  return parseWorkflow({
    beatloom: 1,
    nodes: Object.fromEntries(
      ids.map((id, n) => [
        id,
        { type: 'image.blend', links: n > 0 ? { a: { node: `n${n - 1}`, port: 'image' } } : {} },
      ]),
    ),
    layout: {
      nodes: Object.fromEntries(ids.map((id, n) => [id, [(n % 40) * 340, Math.floor(n / 40) * 300]])),
      groups: Array.from({ length: 10 }, (_, g) => ({ id: `g${g}`, nodes: ids.slice(g * 100, g * 100 + 50) })),
    },
  })
}

describe('what is drawn of a large graph', () => {
  const start = thousand()
  const before = drawn(start)
  const after = (...recipes: Recipe[]): Drawn =>
    flowModel(
      recipes.reduce((workflow, recipe) => produce(workflow, recipe), start),
      testDescriptors,
      TOP,
      before,
    )
  const changes = (now: Drawn) => ({
    nodes: now.nodes.filter((node, index) => node !== before.nodes[index]).map(({ id }) => id),
    edges: now.edges.filter((edge, index) => edge !== before.edges[index]).length,
  })

  it('C6: typing into a field changes no object, not even the lists', () => {
    const now = after(setParam('n500', 'note', 'x'), renameNode('n7', 'Name'))
    expect(before.nodes).toHaveLength(1010)
    expect(now.nodes).toBe(before.nodes)
    expect(now.edges).toBe(before.edges)
  })

  it('C6: moving one node changes that one and the frame around it', () => {
    expect(changes(after(moveNodes({ n70: { x: 5, y: 5 } })))).toEqual({ nodes: ['n70'], edges: 0 })
    expect(changes(after(moveNodes({ n3: { x: 5, y: -5 } })))).toEqual({ nodes: ['group:g0', 'n3'], edges: 0 })
  })

  it('C6: marking one node changes that one', () => {
    expect(changes(after(toggleMark(['n70'], 'pinned')))).toEqual({ nodes: ['n70'], edges: 0 })
    expect(changes(after(toggleMark(['n70'], 'locked')))).toEqual({ nodes: [], edges: 0 })
  })
})

describe('groups as they are drawn', () => {
  it('K7: a frame lies behind and around its members', () => {
    const { nodes } = drawn(inGroup('frame'))
    const frame = nodes.find(({ id }) => id === 'group:g')
    // Members at 300,0 and 600,0, each 280 × 200: 24 px to the sides and below, 56 px above.
    expect(frame).toMatchObject({ type: 'frame', position: { x: 276, y: -56 }, width: 628, height: 280 })
    expect(frame!.zIndex! + 1000).toBeLessThan(0)
    expect(nodes).toHaveLength(6)
  })

  it('K7, K8: a box stands for its members, with the ports through which links cross its border', () => {
    const box = drawn(inGroup('subgraph'))
    expect(itemsOf(box)).toEqual(['workflow photo', 'workflow song', 'workflow save', 'box group:g'])
    expect(linesOf(box)).toEqual([
      'photo.image → group:g.blend.a',
      'group:g.still.frames → save.frames',
      'song.audio → save.audio',
    ])
    expect(box.nodes.at(-1)?.data.ports).toEqual([
      { node: 'blend', port: 'a', side: 'input', linked: true },
      { node: 'still', port: 'frames', side: 'output', linked: true },
    ])
    const collapsed = produce(inGroup('frame'), (draft) => {
      draft.layout.groups[0]!.collapsed = true
    })
    expect(linesOf(drawn(collapsed))).toEqual(linesOf(box))
  })

  it('K7: all ports of a box are shown where asked for', () => {
    const full = drawn(inGroup('subgraph'), { path: [], fullBoxes: ['g'] })
    expect(full.nodes.at(-1)?.data.ports?.filter(({ linked }) => !linked)).toEqual([
      { node: 'blend', port: 'b', side: 'input', linked: false },
    ])
  })

  it('K8: inside, links that cross the border end at stubs beyond it', () => {
    const inside = drawn(inGroup('subgraph'), { path: ['g'], fullBoxes: [] })
    expect(itemsOf(inside)).toEqual([
      'workflow blend',
      'workflow still',
      'stub stub:output:photo.image',
      'stub stub:input:save.frames',
    ])
    expect(linesOf(inside)).toEqual([
      'stub:output:photo.image.photo.image → blend.a',
      'blend.image → still.image',
      'still.frames → stub:input:save.frames.save.frames',
    ])
    const [, , left, right] = inside.nodes
    expect(left!.position.x).toBeLessThan(300)
    expect(right!.position.x).toBeGreaterThan(880)
  })

  it('K8: a box that moves stays the same box, and its links the same links', () => {
    const before = drawn(inGroup('subgraph'))
    const moved = produce(inGroup('subgraph'), moveBoxes({ g: { x: 9, y: 9 } }))
    const now = flowModel(moved, testDescriptors, TOP, before)
    expect(now.nodes.at(-1)?.position).toEqual({ x: 9, y: 9 })
    expect(now.nodes.at(-1)?.data).toBe(before.nodes.at(-1)?.data)
    expect(now.edges).toBe(before.edges)
  })

  it('K10: pinned nodes cannot be dragged, nor a frame or box whose every member is pinned', () => {
    const pin = (workflow: Workflow, ids: string[]) => drawn(produce(workflow, toggleMark(ids, 'pinned')))
    const fixed = ({ nodes }: Drawn) => nodes.filter(({ draggable }) => draggable === false).map(({ id }) => id)
    expect(fixed(pin(inGroup('frame'), ['blend']))).toEqual(['blend'])
    expect(fixed(pin(inGroup('frame'), ['blend', 'still']))).toEqual(['group:g', 'blend', 'still'])
    expect(fixed(pin(inGroup('subgraph'), ['blend', 'still']))).toEqual(['group:g'])
  })
})

it('K7: a handle of a box names the port of the node inside, whatever dots are in its id', () => {
  documentStore
    .getState()
    .open(parseWorkflow({ beatloom: 1, nodes: { a: { type: 'x' }, 'a.b': { type: 'x' }, 'c.d': { type: 'x' } } }), 'd')
  expect(portAtHandle('c.d', 'in')).toEqual({ node: 'c.d', port: 'in' })
  expect(portAtHandle('group:g', 'c.d.in')).toEqual({ node: 'c.d', port: 'in' })
  expect(portAtHandle('stub:output:c.d.in', 'c.d.in')).toEqual({ node: 'c.d', port: 'in' })
})
