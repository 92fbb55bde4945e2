import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseWorkflow, serializeWorkflow } from '@beatloom/core'
import { describe, expect, it } from 'vitest'
import { createDocumentStore } from './document-store.ts'
import { moveNodes } from './edits.ts'

const GALLERY = join(import.meta.dirname, '../../../workflows')
const files = readdirSync(GALLERY).filter((name) => name.endsWith('.json') && name !== 'package.json')

describe('saving', () => {
  it.each(files)('%s opened and saved is the same bytes', (name) => {
    const text = readFileSync(join(GALLERY, name), 'utf8')
    const store = createDocumentStore()
    store.getState().open(parseWorkflow(text), 'd')
    expect(serializeWorkflow(store.getState().workflow)).toBe(text)
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
})
