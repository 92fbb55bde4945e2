import { expect, it } from 'vitest'
import { createDocumentStore } from './document-store.ts'
import { beatsOutput, gridBehind, insertGrid } from './insert-beat-edits.ts'
import { testDescriptors } from './test-graph.ts'
import { musicDescriptors, musicWorkflow } from './test-music.ts'

const from = { node: 'found', port: 'found' }

it('P3: beats are changed by hand behind the node that found them, for all that take them, as one step', () => {
  const store = createDocumentStore()
  store.getState().open(musicWorkflow(), 'test')
  const before = store.getState().workflow
  expect(beatsOutput(before, musicDescriptors, 'found')).toEqual(from)
  const put = insertGrid(before, musicDescriptors, from, { x: 10, y: 20 })
  store.getState().edit(put!.recipe)
  const { nodes, outputs, layout } = store.getState().workflow
  const changed = { node: put!.id, port: 'changed' }
  expect(nodes[put!.id]?.links).toEqual({ beats: from, sound: { node: 'song', port: 'audio' } })
  expect([nodes['one']?.links['beats'], nodes['two']?.links['beats']]).toEqual([changed, changed])
  expect(outputs['beats']).toMatchObject(changed)
  expect(layout.nodes[put!.id]).toEqual([10, 20])
  expect(gridBehind(store.getState().workflow, musicDescriptors, from)).toBe(put!.id)
  store.getState().undo()
  expect(store.getState().workflow).toEqual(before)
})

it('nothing is put in where nothing fits: no such node type, or no beats', () => {
  expect(insertGrid(musicWorkflow(), testDescriptors, from, { x: 0, y: 0 })).toBeNull()
  expect(beatsOutput(musicWorkflow(), musicDescriptors, 'song')).toBeNull()
  expect(gridBehind(musicWorkflow(), musicDescriptors, from)).toBeNull()
})
