import { parseWorkflow } from '@beatloom/core'
import { expect, it } from 'vitest'
import { testDescriptors } from '../../document/test-graph.ts'
import { findInGraph } from './find-in-graph.ts'

const spell = (text: string) => (text.includes('加载图片') ? ['jiazaitupian'] : [])
const [type] = [...testDescriptors.keys()]
const workflow = parseWorkflow({
  beatloom: 1,
  nodes: {
    a: { type, title: 'Cover of the song', params: { file: 'samples/cover.jpg' } },
    b: { type: 'image.load', params: { note: `${'long '.repeat(60)}needle ${'long '.repeat(60)}` } },
  },
})
const find = (query: string) => findInGraph(workflow, testDescriptors, query, { language: 'en', spell })

it('K15: finds titles before values, and says where', () => {
  expect(find('cover').map(({ node, param }) => [node, param])).toEqual([
    ['a', null],
    ['a', 'file'],
  ])
})
it('K15: finds types, and shows a long value around the match', () => {
  expect(find('image.lo').map(({ node }) => node)).toContain('b')
  expect(find('needle')[0]?.detail).toMatch(/^note: …(long )+needle/)
  expect(find('nothing of the kind')).toEqual([])
  expect(find(' ')).toEqual([])
})
