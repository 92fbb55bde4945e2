import { serializeWorkflow } from '@beatloom/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { copyNodes, planPaste } from './clipboard.ts'
import { toggleDeclaredInput } from './declare-input.ts'
import { createDocumentStore, isDirty } from './document-store.ts'
import { addLink, addNode, freshId, moveNodes, removeNodes, renameNode, setParam, toggleMode } from './edits.ts'
import { checkLink } from './link-rules.ts'
import { testDescriptors, testWorkflow } from './test-graph.ts'

function openStore() {
  let now = 0
  const store = createDocumentStore(() => now)
  store.getState().open(testWorkflow(), 'draft')
  return {
    store,
    state: store.getState,
    wait: (ms: number) => {
      now += ms
    },
  }
}

describe('C3: undo', () => {
  it('goes on after a reload with every step there was, at least 200 of them', () => {
    const { state } = openStore()
    for (let n = 0; n < 200; n++) state().edit(setParam('photo', 'n', n))
    for (let n = 0; n < 50; n++) state().undo()
    const { workflow, savedWorkflow, history } = state()
    // What a browser's database gives back: equal, and nothing shared.
    const kept = structuredClone({ workflow, savedWorkflow, history })
    const later = createDocumentStore()
    later.getState().restore({ ...kept, draftId: 'draft', readOnly: false })
    for (let n = 0; n < 150; n++) later.getState().undo()
    expect(later.getState().workflow).toEqual(testWorkflow())
    expect(later.getState().history.past).toHaveLength(0)
    for (let n = 0; n < 200; n++) later.getState().redo()
    expect(later.getState().workflow.nodes.photo?.params.n).toBe(199)
  })

  it('typing after a reload never joins the step from before it', () => {
    const { state } = openStore()
    state().edit(setParam('photo', 'note', 'a'), 'param:photo.note')
    const { workflow, savedWorkflow, history } = state()
    state().restore({ workflow, savedWorkflow, history, draftId: 'draft', readOnly: false })
    state().edit(setParam('photo', 'note', 'ab'), 'param:photo.note')
    expect(state().history.past).toHaveLength(2)
  })

  it('D4: changes nothing in a document that another window writes', () => {
    const { state } = openStore()
    state().edit(renameNode('photo', 'Cover'))
    const { workflow, savedWorkflow, history } = state()
    state().restore({ workflow, savedWorkflow, history, draftId: 'draft', readOnly: true })
    state().edit(renameNode('photo', 'Other'))
    state().undo()
    expect(state().workflow).toEqual(workflow)
    expect(state().refusedEdits).toBe(1)
  })

  it('merges typing until a pause of 800 ms', () => {
    const { state, wait } = openStore()
    for (const text of ['s', 'sl', 'slow']) {
      state().edit(setParam('photo', 'note', text), 'param:photo.note')
      wait(200)
    }
    wait(800)
    state().edit(setParam('photo', 'note', 'slower'), 'param:photo.note')
    expect(state().history.past).toHaveLength(2)
    state().undo()
    expect(state().workflow.nodes.photo?.params.note).toBe('slow')
    state().undo()
    expect(state().workflow.nodes.photo?.params.note).toBeUndefined()
  })

  it('a slider drag is one step, though the hand rests on the way', () => {
    const { state, wait } = openStore()
    state().hold(true)
    for (const value of [1, 2, 3]) {
      state().edit(setParam('photo', 'n', value), 'param:photo.n')
      wait(2000)
    }
    state().hold(false)
    expect(state().history.past).toHaveLength(1)
    state().edit(setParam('photo', 'n', 4), 'param:photo.n')
    expect(state().history.past).toHaveLength(2)
  })

  it('starts a new step after the field was left', () => {
    const { state } = openStore()
    state().edit(setParam('photo', 'note', 'a'), 'param:photo.note')
    state().seal()
    state().edit(setParam('photo', 'note', 'ab'), 'param:photo.note')
    expect(state().history.past).toHaveLength(2)
  })

  it('takes a gesture of several edits back at once', () => {
    const { state } = openStore()
    state().gesture(() => {
      state().edit(addNode('show', testDescriptors.get('value.show')!, { x: 5, y: 5 }))
      state().edit(addLink({ from: { node: 'photo', port: 'image' }, to: { node: 'show', port: 'value' } }, false))
    })
    expect(state().history.past).toHaveLength(1)
    state().undo()
    expect(state().workflow).toEqual(testWorkflow())
  })

  it('keeps at least 200 steps', () => {
    const { state } = openStore()
    for (let n = 0; n < 220; n++) state().edit(setParam('photo', 'n', n))
    for (let n = 0; n < 220; n++) state().undo()
    expect(state().workflow).toEqual(testWorkflow())
  })

  it('makes no step of an edit that changes nothing', () => {
    const { state } = openStore()
    state().edit(setParam('photo', 'file', 'samples/cover.jpg'))
    expect(state().history.past).toHaveLength(0)
  })

  it('removing a node takes its links, declarations and place along, and undo brings them back', () => {
    const { state } = openStore()
    state().edit(removeNodes(['photo', 'save']))
    const { workflow } = state()
    expect(workflow.nodes.blend?.links).toEqual({})
    expect(workflow.inputs).toEqual({})
    expect(workflow.outputs).toEqual({})
    expect(workflow.layout.nodes.photo).toBeUndefined()
    state().undo()
    expect(state().workflow).toEqual(testWorkflow())
  })

  it('is dirty while it would save as other bytes, and clean again after undo', () => {
    const { state } = openStore()
    expect(isDirty(state())).toBe(false)
    state().edit(renameNode('photo', 'Cover'))
    expect(isDirty(state())).toBe(true)
    state().undo()
    expect(isDirty(state())).toBe(false)
  })
})

it('C3: any edits, undone fully, give the start again, and redone, the end', () => {
  const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31))
  console.info(`random edits, seed ${seed}`)
  const types = [...testDescriptors.keys()]
  const step = fc.tuple(fc.nat(8), fc.nat(1000), fc.nat(1000), fc.boolean())
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 60 }), (steps) => {
      const { state, wait } = openStore()
      const start = serializeWorkflow(state().workflow)
      for (const [kind, a, b, pause] of steps) {
        if (pause) wait(1000)
        const { workflow } = state()
        const ids = Object.keys(workflow.nodes)
        const one = ids[a % ids.length] ?? 'none'
        const two = ids[b % ids.length] ?? 'none'
        const type = types[a % types.length]!
        if (kind === 0) state().edit(addNode(freshId(workflow, type), testDescriptors.get(type)!, { x: a, y: b }))
        if (kind === 1) state().edit(removeNodes([one, two]))
        if (kind === 2) state().edit(setParam(one, `p${b % 3}`, { deep: [a, b] }), `param:${one}.p${b % 3}`)
        if (kind === 3) state().edit(moveNodes({ [one]: { x: a, y: b } }))
        if (kind === 4) state().edit(renameNode(one, b % 2 ? `Name ${b}` : ''))
        if (kind === 5) state().edit(toggleMode([one, two], b % 2 ? 'mute' : 'bypass'))
        if (kind === 6) state().edit(toggleDeclaredInput(one, `p${b % 3}`))
        if (kind === 7) {
          const clip = copyNodes(workflow, [one, two], {})
          state().edit(planPaste(workflow, clip, { x: a, y: b }, true).recipe)
        }
        if (kind === 8) {
          const output = testDescriptors.get(workflow.nodes[one]?.type ?? '')?.outputs[0]?.name ?? ''
          const input = testDescriptors.get(workflow.nodes[two]?.type ?? '')?.inputs[0]?.name ?? ''
          const check = checkLink(
            workflow,
            testDescriptors,
            { node: one, port: output, side: 'output' },
            { node: two, port: input, side: 'input' },
          )
          if (check.ok) state().edit(addLink(check, check.list))
        }
      }
      const end = serializeWorkflow(state().workflow)
      const count = state().history.past.length
      for (let n = 0; n < count; n++) state().undo()
      expect(serializeWorkflow(state().workflow)).toBe(start)
      expect(state().workflow).toEqual(testWorkflow())
      for (let n = 0; n < count; n++) state().redo()
      expect(serializeWorkflow(state().workflow)).toBe(end)
    }),
    { seed, numRuns: 120 },
  )
})
