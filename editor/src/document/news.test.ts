import { parseWorkflow } from '@beatloom/core'
import { expect, it } from 'vitest'
import { newsOf } from './news.ts'

const graph = (nodes: Record<string, unknown>) => parseWorkflow({ beatloom: 1, nodes })
const a = { type: 'image.load' }
const b = { type: 'image.preview', links: { image: { node: 'a', port: 'image' } } }

it('L5: an edit is told as nodes and links that came and went', () => {
  expect(newsOf(graph({ a }), graph({ a, b }))).toEqual([
    { kind: 'added', nodes: ['b'] },
    { kind: 'linked', count: 1 },
  ])
  expect(newsOf(graph({ a, b }), graph({ a }))).toEqual([{ kind: 'removed', nodes: ['b'] }])
  expect(newsOf(graph({ a, b }), graph({ a, b: { type: 'image.preview' } }))).toEqual([{ kind: 'unlinked', count: 1 }])
})
it('L5: muting is told, typing a value is not', () => {
  expect(newsOf(graph({ a }), graph({ a: { ...a, mode: 'mute' } }))).toEqual([{ kind: 'mute', nodes: ['a'] }])
  expect(newsOf(graph({ a: { ...a, mode: 'mute' } }), graph({ a }))).toEqual([{ kind: 'active', nodes: ['a'] }])
  expect(newsOf(graph({ a }), graph({ a: { ...a, params: { file: 'x' } } }))).toEqual([])
})
