import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseWorkflow, serializeWorkflow } from '@beatloom/core'
import { describe, expect, it } from 'vitest'
import { viewStore } from '../view/view-store.ts'
import { createDocumentStore, isDirty } from './document-store.ts'
import { moveNodes } from './edits.ts'

const GALLERY = join(import.meta.dirname, '../../../workflows')
const files = readdirSync(GALLERY).filter((name) => name.endsWith('.json') && name !== 'package.json')

describe('D6: saving', () => {
  it.each(files)('%s opened and saved is the same bytes', (name) => {
    const text = readFileSync(join(GALLERY, name), 'utf8')
    const store = createDocumentStore()
    store.getState().open(parseWorkflow(text), 'd')
    expect(serializeWorkflow(store.getState().workflow)).toBe(text)
  })

  it.each(files)('L2: %s saved under one language and opened under the other is the same bytes', (name) => {
    const saveIn = (language: 'en' | 'zh', text: string): string => {
      viewStore.setState({ language })
      const store = createDocumentStore()
      store.getState().open(parseWorkflow(text), 'd')
      return serializeWorkflow(store.getState().workflow)
    }
    const text = readFileSync(join(GALLERY, name), 'utf8')
    const chinese = saveIn('zh', text)
    expect(chinese).toBe(text)
    expect(saveIn('en', chinese)).toBe(text)
  })

  it('keeps nodes of unknown types, their values and links, while others are edited', () => {
    const odd = {
      type: 'nobody.knows',
      version: 7,
      params: { list: [1, { a: null }], text: '　' },
      links: { in: { node: 'a', port: 'x' } },
      note: 'kept',
    }
    const text = serializeWorkflow(
      parseWorkflow({ beatloom: 1, nodes: { a: { type: 'image.load' }, odd }, extra: { any: 'thing' } }),
    )
    const store = createDocumentStore()
    store.getState().open(parseWorkflow(text), 'd')
    store.getState().edit(moveNodes({ a: { x: 10, y: 20 } }))
    const saved = JSON.parse(serializeWorkflow(store.getState().workflow))
    expect(saved.nodes.odd).toEqual(odd)
    expect(saved.extra).toEqual({ any: 'thing' })
    store.getState().undo()
    expect(serializeWorkflow(store.getState().workflow)).toBe(text)
  })

  it('D6: saved twice is the same bytes twice, and undoing past a save loses nothing the file remembered', () => {
    const needs = { nodes: { 'nobody.knows': { inputs: { in: 'IMAGE' } } }, models: {} }
    const opened = parseWorkflow({ beatloom: 1, nodes: { odd: { type: 'nobody.knows' } }, needs })
    const store = createDocumentStore()
    store.getState().open(opened, 'd')
    store.getState().edit((draft) => {
      draft.nodes.odd!.type = 'image.load'
    })
    const written = { ...store.getState().workflow, needs: { nodes: { 'image.load': { version: 1 } }, models: {} } }
    store.getState().markSaved(written)
    expect(isDirty(store.getState())).toBe(false)
    expect(serializeWorkflow(store.getState().savedWorkflow)).toBe(serializeWorkflow(written))
    store.getState().undo()
    expect(isDirty(store.getState())).toBe(true)
    expect(store.getState().workflow).toEqual(opened)
  })
})
