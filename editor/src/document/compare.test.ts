import { parseWorkflow, serializeWorkflow } from '@beatloom/core'
import { describe, expect, it } from 'vitest'
import { compareWorkflows, isSame } from './compare.ts'
import { createDocumentStore } from './document-store.ts'
import { addLink, declareOutput, moveNodes, removeNodes, renameNode, setParam, setTitle } from './edits.ts'
import { testWorkflow } from './test-graph.ts'

function after(...recipes: Parameters<ReturnType<ReturnType<typeof createDocumentStore>['getState']>['edit']>[0][]) {
  const store = createDocumentStore()
  store.getState().open(testWorkflow(), 'd')
  for (const recipe of recipes) store.getState().edit(recipe)
  return compareWorkflows(testWorkflow(), store.getState().workflow)
}

describe('D6: comparing two states of a workflow', () => {
  it('a file that was saved and opened again is the same, and saves the same bytes', () => {
    const text = serializeWorkflow(testWorkflow())
    expect(isSame(compareWorkflows(testWorkflow(), parseWorkflow(text)))).toBe(true)
    expect(serializeWorkflow(parseWorkflow(text))).toBe(text)
  })

  it('tells what was added, removed, changed and rewired, each once', () => {
    const comparison = after(
      removeNodes(['song']),
      (draft) => {
        draft.nodes.camera = { type: 'image.load', version: 1, params: {}, links: {} }
      },
      setParam('photo', 'file', 'samples/other.jpg'),
      renameNode('still', 'Hold'),
      addLink({ from: { node: 'camera', port: 'image' }, to: { node: 'blend', port: 'a' } }, false),
    )
    expect(comparison.added).toEqual([{ id: 'camera', type: 'image.load', title: undefined }])
    expect(comparison.removed).toEqual([{ id: 'song', type: 'audio.load', title: undefined }])
    expect(comparison.changed).toEqual([
      {
        id: 'photo',
        type: 'image.load',
        title: undefined,
        changes: [{ name: 'file', before: 'samples/cover.jpg', after: 'samples/other.jpg' }],
      },
      {
        id: 'still',
        type: 'frames.still',
        title: 'Hold',
        changes: [{ name: 'title', before: undefined, after: 'Hold' }],
      },
    ])
    expect(comparison.rewired).toMatchObject([
      { id: 'blend', port: 'a', before: [{ node: 'photo' }], after: [{ node: 'camera' }] },
      { id: 'save', port: 'audio', before: [{ node: 'song' }], after: [] },
    ])
    expect(comparison.file).toEqual([])
  })

  it('counts moves in one number, and tells groups from places', () => {
    const moved = after(moveNodes({ photo: { x: 9, y: 9 }, save: { x: 0, y: 1 } }))
    expect(moved).toMatchObject({ added: [], removed: [], changed: [], rewired: [], moved: 2, regrouped: false })
    const grouped = after((draft) => {
      draft.layout.groups.push({ id: 'g', title: '', colour: 'grey', kind: 'frame', nodes: ['photo'] })
    })
    expect(grouped).toMatchObject({ moved: 0, regrouped: true })
  })

  it('tells of title, inputs and outputs, and of keys that only other versions know', () => {
    const { file } = after(setTitle('New'), declareOutput('still', 'still', 'frames'), (draft) => {
      draft.inputs.picture!.label = 'Photo'
      draft.colour = 'red'
    })
    expect(file.map((change) => change.name).sort()).toEqual(['colour', 'inputs.picture', 'outputs.still', 'title'])
  })

  it('another type under the same name is another node', () => {
    const { added, removed, changed } = after((draft) => {
      draft.nodes.song!.type = 'image.load'
    })
    expect([added, removed, changed]).toEqual([
      [{ id: 'song', type: 'image.load', title: undefined }],
      [{ id: 'song', type: 'audio.load', title: undefined }],
      [],
    ])
  })
})
