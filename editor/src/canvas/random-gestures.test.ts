import { GROUP_COLOURS, parseWorkflow, serializeWorkflow, type Workflow } from '@beatloom/core'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { toggleDeclaredInput } from '../document/declare-input.ts'
import { documentStore } from '../document/document-store.ts'
import {
  allLinks,
  declareOutput,
  removeLink,
  removeLinksOfPort,
  renameNode,
  setParam,
  setTitle,
} from '../document/edits.ts'
import { renameGroup } from '../document/group-edits.ts'
import { groupTree, isBox } from '../document/group-tree.ts'
import { insertIntoLink, moveLinks } from '../document/link-edits.ts'
import { checkLink } from '../document/link-rules.ts'
import { labelPort } from '../document/marks.ts'
import { resetParams } from '../document/param-edits.ts'
import { testDescriptors } from '../document/test-graph.ts'
import { fillCatalog } from '../view/catalog-store.ts'
import {
  copySelection,
  deleteSelection,
  duplicateSelection,
  link,
  muteSelection,
  pasteText,
  placeNode,
} from './actions.ts'
import { alignSelection, distributeSelection, nudgeSelection, tidySelection } from './arrange-actions.ts'
import { canvasStore, selectedIds, selectedItems, selectOnly } from './canvas-store.ts'
import {
  collapseSelection,
  colourSelection,
  enterGroup,
  groupSelection,
  leaveFrames,
  leaveGroup,
  markSelection,
  subgraphSelection,
  toggleFullSelection,
  ungroupSelection,
} from './groups/group-actions.ts'
import { applyChanges, commitDrag } from './groups/group-drag.ts'
import { deleteJoining, insertReroute, tagSelected } from './links/link-actions.ts'
import { bypassSelection } from './nodes/bypass-actions.ts'
import { followDocument } from './use-document-sync.ts'

/** A frame, a collapsed frame, a sub-graph within a sub-graph, a reroute, a bypassed and a muted node. */
const START = (): Workflow =>
  parseWorkflow({
    beatloom: 1,
    title: 'Everything',
    nodes: {
      photo: { type: 'image.load', params: { file: 'a.jpg' } },
      other: { type: 'image.load', mode: 'mute' },
      way: { type: 'graph.reroute', links: { in: { node: 'photo', port: 'image' } } },
      blend: {
        type: 'image.blend',
        mode: 'bypass',
        links: { a: { node: 'way', port: 'out' }, b: { node: 'other', port: 'image' } },
      },
      stack: {
        type: 'image.stack',
        links: {
          images: [
            { node: 'blend', port: 'image' },
            { node: 'photo', port: 'image' },
          ],
        },
      },
      still: { type: 'frames.still', links: { image: { node: 'blend', port: 'image' } } },
      song: { type: 'audio.load' },
      save: {
        type: 'video.save',
        links: { frames: { node: 'still', port: 'frames' }, audio: { node: 'song', port: 'audio' } },
      },
      lost: { type: 'not.installed', params: { a: 1 }, links: { x: { node: 'photo', port: 'image' } } },
    },
    inputs: { picture: { node: 'photo', param: 'file' } },
    outputs: { video: { node: 'save', port: 'video' } },
    layout: {
      nodes: {
        photo: [0, 0],
        other: [0, 300],
        way: [330, 20],
        blend: [400, 0],
        stack: [800, 0],
        still: [800, 300],
        song: [400, 600],
        save: [1200, 0],
      },
      groups: [
        { id: 'pictures', title: 'Pictures', colour: 'green', nodes: ['photo', 'other'] },
        { id: 'outer', kind: 'subgraph', nodes: ['blend'], at: [400, 0] },
        { id: 'inner', kind: 'subgraph', nodes: ['still', 'stack'], parent: 'outer', at: [800, 0] },
        { id: 'end', nodes: ['save'], collapsed: true, at: [1200, 0] },
      ],
      marks: { song: { pinned: true, labels: { 'output.audio': 'Tune' } }, save: { locked: true } },
      links: { 'song.audio>save.audio': { tag: true } },
    },
  })

const MOST_NODES = 40
const FEWEST_NODES = 4
const doc = () => documentStore.getState()
const pick = <T>(list: readonly T[], n: number): T | undefined => list[n % Math.max(1, list.length)]

interface Dice {
  a: number
  b: number
  c: number
}

/** Drags what is selected as the canvas does: changes while it moves, one edit at the end. */
function drag(by: { x: number; y: number }): void {
  const dragged = canvasStore.getState().nodes.filter(({ selected, draggable }) => selected && draggable !== false)
  const moves = dragged.map(({ id, position }) => ({
    id,
    type: 'position' as const,
    position: { x: position.x + by.x, y: position.y + by.y },
    dragging: true,
  }))
  canvasStore.setState(({ nodes }) => ({ nodes: applyChanges(moves, nodes) }))
  commitDrag(dragged)
}

const GESTURES: Record<string, (dice: Dice) => void> = {
  add: ({ a, b, c }) =>
    placeNode(pick([...testDescriptors.keys()], a)!, { screen: { x: 0, y: 0 }, at: { x: b, y: c }, port: null }),
  delete: deleteSelection,
  deleteJoining,
  link: ({ a, b, c }) => {
    const ids = Object.keys(doc().workflow.nodes)
    const [from, to] = [pick(ids, a), pick(ids, b)]
    const output = pick(testDescriptors.get(doc().workflow.nodes[from ?? '']?.type ?? '')?.outputs ?? [], c)
    const input = pick(testDescriptors.get(doc().workflow.nodes[to ?? '']?.type ?? '')?.inputs ?? [], c)
    if (from && to && output && input)
      link({ node: from, port: output.name, side: 'output' }, { node: to, port: input.name, side: 'input' })
  },
  moveLink: ({ a, b }) => {
    const old = pick(allLinks(doc().workflow), a)
    const node = pick(Object.keys(doc().workflow.nodes), b)
    const output = testDescriptors.get(doc().workflow.nodes[node ?? '']?.type ?? '')?.outputs[0]
    if (!old || !node || !output) return
    const from = { node, port: output.name }
    const check = checkLink(doc().workflow, testDescriptors, { ...from, side: 'output' }, { ...old.to, side: 'input' })
    if (check.ok) doc().edit(moveLinks([{ old, now: { from, to: old.to }, list: check.list }]))
  },
  unlink: ({ a }) => {
    const ends = pick(allLinks(doc().workflow), a)
    if (ends) doc().edit(removeLink(ends))
  },
  unlinkPort: ({ a }) => {
    const ends = pick(allLinks(doc().workflow), a)
    if (ends) doc().edit(removeLinksOfPort(ends.from, 'output'))
  },
  reroute: ({ a, b, c }) => {
    const ends = pick(allLinks(doc().workflow), a)
    if (ends) insertReroute(ends, { x: b, y: c })
  },
  intoLink: ({ a, b }) => {
    const ends = pick(allLinks(doc().workflow), a)
    const node = pick(Object.keys(doc().workflow.nodes), b)
    const recipe = ends && node && insertIntoLink(doc().workflow, testDescriptors, ends, node)
    if (recipe) doc().edit(recipe)
  },
  tag: tagSelected,
  copyPaste: ({ a, b, c }) => {
    const text = copySelection()
    if (text) pasteText(text, { x: a, y: b }, c % 2 === 0)
  },
  duplicate: duplicateSelection,
  mute: muteSelection,
  bypass: bypassSelection,
  group: groupSelection,
  ungroup: ungroupSelection,
  subgraph: subgraphSelection,
  leaveFrames,
  collapse: collapseSelection,
  pin: () => markSelection('pinned'),
  lock: () => markSelection('locked'),
  colour: ({ a }) => colourSelection(pick(GROUP_COLOURS, a)!),
  nudge: ({ a, b }) => nudgeSelection({ x: (a % 3) * 8, y: (b % 3) * 64 }),
  drag: ({ a, b }) => drag({ x: (a % 900) - 450, y: (b % 900) - 450 }),
  align: ({ a }) => alignSelection(pick(['left', 'right', 'top', 'bottom'] as const, a)!),
  distribute: distributeSelection,
  tidy: tidySelection,
  type: ({ a, b }) => {
    for (const id of selectedIds().slice(0, 1))
      doc().edit(setParam(id, `p${a % 3}`, { deep: [b] }), `param:${id}.p${a % 3}`)
  },
  reset: () => doc().edit(resetParams(selectedIds())),
  rename: ({ a }) => {
    for (const id of selectedIds().slice(0, 1)) doc().edit(renameNode(id, a % 2 ? `Name ${a}` : ''))
  },
  renameGroup: ({ a, b }) => {
    const group = pick(doc().workflow.layout.groups, a)
    if (group) doc().edit(renameGroup(group.id, b % 2 ? `Group ${b}` : ''))
  },
  label: ({ a, b }) => {
    const [id] = selectedIds()
    if (id) doc().edit(labelPort(id, a % 2 ? 'input' : 'output', `port${a % 3}`, b % 2 ? `Label ${b}` : ''))
  },
  title: ({ a }) => doc().edit(setTitle(`Title ${a}`), 'title'),
  declare: ({ a }) => {
    for (const id of selectedIds().slice(0, 1)) doc().edit(toggleDeclaredInput(id, `p${a % 3}`))
  },
  output: ({ a }) => {
    for (const id of selectedIds().slice(0, 1)) doc().edit(declareOutput(`out${a % 3}`, id, 'image'))
  },
  undo: () => doc().undo(),
  redo: () => doc().redo(),
}
/** What moves the view alone. */
const LOOKS: Record<string, (dice: Dice) => void> = {
  select: ({ a, b, c }) => {
    const items = canvasStore.getState().nodes.flatMap(({ id, type }) => (type === 'stub' ? [] : [id]))
    selectOnly([pick(items, a), pick(items, b), pick(items, c)].flatMap((id) => id ?? []))
  },
  selectAll: () => selectOnly(canvasStore.getState().nodes.map(({ id }) => id)),
  enter: ({ a }) => {
    const boxes = doc().workflow.layout.groups.filter(isBox)
    const box = pick(boxes, a)
    if (box && groupTree(doc().workflow).groups.has(box.id)) enterGroup(box.id)
  },
  leave: () => leaveGroup(),
  ports: toggleFullSelection,
}

let stop = () => {}
beforeEach(() => {
  const blend = testDescriptors.get('image.blend')!
  fillCatalog([...testDescriptors.values(), { ...blend, passThrough: { image: 'a' } }])
  stop = followDocument()
})
afterEach(() => stop())

/** Nothing is drawn twice, every line has both ends, and nodes are in one place. */
function expectSound(): void {
  const { nodes, edges } = canvasStore.getState()
  const items = new Set(nodes.map(({ id }) => id))
  expect(items.size).toBe(nodes.length)
  for (const edge of edges) expect(items.has(edge.source) && items.has(edge.target), edge.id).toBe(true)
  for (const node of nodes) expect(Number.isFinite(node.position.x + node.position.y), node.id).toBe(true)
  const { workflow } = doc()
  const members = workflow.layout.groups.flatMap((group) => group.nodes)
  expect(new Set(members).size).toBe(members.length)
  for (const id of members) expect(id in workflow.nodes, `${id} is gone and still in a group`).toBe(true)
  for (const id of selectedItems()) expect(items.has(id)).toBe(true)
}

it('C3, §10.5: 300 random gestures with groups, sub-graphs, reroutes and bypassed nodes, undone, give the start; redone, the end', () => {
  const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31))
  console.info(`random gestures, seed ${seed}`)
  const dice = fc.record({ a: fc.nat(5000), b: fc.nat(5000), c: fc.nat(5000) })
  const edits = fc.tuple(fc.constantFrom(...Object.keys(GESTURES)), dice)
  const looks = fc.tuple(fc.constantFrom(...Object.keys(LOOKS)), dice)
  const gesture = fc.tuple(looks, edits)
  const used = new Set<string>()
  fc.assert(
    fc.property(fc.array(gesture, { minLength: 300, maxLength: 300 }), (steps) => {
      doc().open(START(), 'random')
      const start = serializeWorkflow(doc().workflow)
      for (const [[look, view], [name, dice]] of steps) {
        LOOKS[look]!(view)
        const before = doc().history.past.length
        // Copies of copies would fill the graph, and an empty one takes few gestures: it is kept to a usual size.
        const full = Object.keys(doc().workflow.nodes).length > MOST_NODES && /copy|duplicate|add/i.test(name)
        const few = Object.keys(doc().workflow.nodes).length < FEWEST_NODES
        GESTURES[full ? 'delete' : few ? 'undo' : name]!(dice)
        const made = doc().history.past.length - before
        if (made > 0) used.add(name)
        expect(made, `${name} is one step`).toBeLessThanOrEqual(1)
        expectSound()
      }
      while (doc().history.future.length > 0) doc().redo()
      const end = serializeWorkflow(doc().workflow)
      const count = doc().history.past.length
      for (let n = 0; n < count; n++) doc().undo()
      expect(doc().history.past).toHaveLength(0)
      expect(serializeWorkflow(doc().workflow)).toBe(start)
      expect(doc().workflow).toEqual(START())
      expectSound()
      for (let n = 0; n < count; n++) doc().redo()
      expect(serializeWorkflow(doc().workflow)).toBe(end)
      expectSound()
    }),
    { seed, numRuns: 3, endOnFailure: true },
  )
  expect(used.size, 'kinds of gestures that changed something').toBeGreaterThan(20)
}, 120_000)
