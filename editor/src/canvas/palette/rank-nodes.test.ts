import { expect, it } from 'vitest'
import { type Entry, rankNodes } from './rank-nodes.ts'

const entry = (title: string, more: Partial<Entry> = {}): Entry => ({
  type: `x.${title.toLowerCase()}`,
  titles: [title],
  aliases: [],
  words: [],
  description: '',
  ...more,
})

const entries = [
  entry('Save', { description: 'the opposite of load' }),
  entry('Look out and deal'),
  entry('Open sound', { aliases: ['load audio'], titles: ['Open sound', '加载音频', 'jiazaiyinpin', 'jzyp'] }),
  entry('Reload'),
  entry('Open, then load it'),
  entry('Fetch', { type: 'load.fetch' }),
  entry('Loader of things'),
  entry('Load'),
]
const titles = (query: string) => rankNodes(query, entries).map((found) => found.titles[0])

it('M2: orders by exact title, beginning, whole word, inside, alias, type, description, letters in order', () => {
  expect(titles('load')).toEqual([
    'Load',
    'Loader of things',
    'Open, then load it',
    'Reload',
    'Open sound',
    'Fetch',
    'Save',
    'Look out and deal',
  ])
})
it('M2: finds Chinese by its characters, its pinyin and the initials of that', () => {
  for (const query of ['加载', 'jiazai', 'jzyp']) expect(titles(query)).toEqual(['Open sound'])
})
it('M2: takes the humps of LoadImage for words', () => {
  expect(rankNodes('image', [entry('Reimaged'), entry('LoadImage')])[0]?.titles[0]).toBe('LoadImage')
})
it('M2: finds nothing for nonsense and all for nothing', () => {
  expect(titles('qqq')).toEqual([])
  expect(titles(' ')).toHaveLength(entries.length)
})
it('M2: ranks 200 nodes well within one keystroke', () => {
  const many = Array.from({ length: 200 }, (_, n) =>
    entry(`Node number ${n}`, {
      aliases: ['one', 'two', 'three'],
      description: 'Turns something into something else. '.repeat(4),
    }),
  )
  const start = performance.now()
  for (let n = 0; n < 10; n++) rankNodes('smthng', many)
  // Ten keystrokes; the sheet allows 10 ms each. Tenfold room for a busy machine.
  expect((performance.now() - start) / 10).toBeLessThan(100)
})
