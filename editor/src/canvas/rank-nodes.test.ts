import { expect, it } from 'vitest'
import { type Entry, rankNodes } from './rank-nodes.ts'

const entry = (title: string, words: string[] = [], description = ''): Entry => ({
  type: `x.${title.toLowerCase()}`,
  titles: [title],
  words,
  description,
})

const entries = [
  entry('Reload', [], 'opens again'),
  entry('Load model'),
  entry('Loader of things'),
  entry('Load'),
  entry('Open sound', ['load audio', 'jiazaiyinpin']),
  entry('Save', [], 'the opposite of load'),
]
const titles = (query: string) => rankNodes(query, entries).map((found) => found.titles[0])

it('puts exact titles first, then beginnings, insides, other words, descriptions', () => {
  expect(titles('load')).toEqual(['Load', 'Load model', 'Loader of things', 'Reload', 'Open sound', 'Save'])
})
it('finds by pinyin and by letters in order', () => {
  expect(titles('jiazai')).toEqual(['Open sound'])
  expect(titles('ldmdl')).toEqual(['Load model'])
})
it('finds nothing for nonsense and all for nothing', () => {
  expect(titles('qqq')).toEqual([])
  expect(titles(' ')).toHaveLength(entries.length)
})
