import { parseWorkflow, serializeWorkflow, type Workflow } from '@beatloom/core'
import { produce } from 'immer'
import { expect, it } from 'vitest'
import { toggleDeclaredInput, toggleDeclaredOutput } from './declare-input.ts'
import { declaredOutputs } from './declared-fields.ts'
import type { Recipe } from './document-store.ts'
import { changeInput, faceOfFile, moved, orderInputs, orderOutputs, setFaceOfFile } from './form-edits.ts'

const start = parseWorkflow({
  beatloom: 1,
  nodes: { a: { type: 'text.prompt' }, b: { type: 'text.prompt' } },
  inputs: { text: { node: 'a', param: 'text', label: 'Words', help: 'What to say' } },
  outputs: { text: { node: 'a', port: 'text' } },
})
const after = (...recipes: Recipe[]): Workflow =>
  recipes.reduce<Workflow>((file, recipe) => produce(file, recipe), start)

it('A1: a value joins the form under a free name and leaves it again', () => {
  const both = after(toggleDeclaredInput('b', 'text'))
  expect(both.inputs['b-text']).toEqual({ node: 'b', param: 'text' })
  expect(serializeWorkflow(produce(both, toggleDeclaredInput('b', 'text')))).toBe(serializeWorkflow(start))
})

it('A1: a result joins the form and leaves it again', () => {
  const both = after(toggleDeclaredOutput('b', 'text'))
  expect(both.outputs['b-text']).toEqual({ node: 'b', port: 'text' })
  expect(produce(both, toggleDeclaredOutput('b', 'text')).outputs).toEqual(start.outputs)
})

it('A1: what is emptied leaves the file, so an undone word leaves no trace', () => {
  const file = after(
    changeInput('text', { label: 'Say', hidden: true, min: 1 }),
    changeInput('text', { help: '', hidden: false, min: undefined }),
  )
  expect(file.inputs.text).toEqual({ node: 'a', param: 'text', label: 'Say' })
})

it('A1: the form keeps the order it is given, and the file carries it', () => {
  const file = after(
    toggleDeclaredOutput('b', 'text'),
    orderOutputs(['b-text', 'text']),
    toggleDeclaredInput('b', 'text'),
    orderInputs(['b-text', 'text']),
  )
  const read = parseWorkflow(serializeWorkflow(file))
  expect(declaredOutputs(read).map(({ name }) => name)).toEqual(['b-text', 'text'])
  expect([read.inputs['b-text']?.order, read.inputs.text?.order]).toEqual([0, 1])
})

it('A1: an item moves one place, and not past the ends', () => {
  expect(moved(['a', 'b', 'c'], 'c', -1)).toEqual(['a', 'c', 'b'])
  expect(moved(['a', 'b', 'c'], 'a', 1)).toEqual(['b', 'a', 'c'])
  expect(moved(['a', 'b'], 'a', -1)).toEqual(['a', 'b'])
})

it('A1: a file may ask to open as form or graph, and can be made to leave it open again', () => {
  const asked = after(setFaceOfFile('graph'))
  expect(faceOfFile(parseWorkflow(serializeWorkflow(asked)))).toBe('graph')
  expect(serializeWorkflow(produce(asked, setFaceOfFile(null)))).toBe(serializeWorkflow(start))
})
