import { expect, it } from 'vitest'
import { z } from 'zod'
import { costOf } from './cost.ts'
import { AppError } from './errors.ts'
import { referencesIn } from './file-params.ts'
import { createRegistry, defineNode, describeNode } from './node-definition.ts'
import { prepareRun } from './prepare.ts'
import { testHost } from './testing.ts'
import { parseWorkflow } from './workflow.ts'

const about = { version: 1, description: 'For a test.', category: 'Test' } as const
const none = () => Promise.reject(new Error('Nothing runs in this test.'))
const album = defineNode({
  ...about,
  type: 'test.album',
  title: 'Album',
  inputs: {},
  outputs: { images: { type: 'IMAGE', list: true } },
  params: z.object({
    files: z.array(z.string()).max(4).default([]).meta({ widget: 'file', accept: 'image', several: true }),
  }),
  facts: (_inputs, _params, { files = [] }) => ({ images: { ...files[0], items: files } }),
  run: none,
})
const cut = defineNode({
  ...about,
  type: 'test.cut',
  title: 'Cut',
  inputs: { image: { type: 'IMAGE' } },
  outputs: { image: { type: 'IMAGE' } },
  params: z.object({}),
  facts: ({ image }) => ({ image: image?.width === undefined ? {} : { width: image.width / 2 } }),
  // Memory is what one call takes; the calls come one after another.
  cost: (_params, { image }, outputs) =>
    image?.width === undefined ? null : { work: image.width, memoryBytes: outputs.image?.width ?? 0, diskBytes: 1 },
  run: none,
})
const collage = defineNode({
  ...about,
  type: 'test.collage',
  title: 'Collage',
  inputs: { images: { type: 'IMAGE', list: true } },
  outputs: { image: { type: 'IMAGE' } },
  params: z.object({}),
  facts: ({ images = [] }) => ({ image: { width: images.reduce((sum, { width = 0 }) => sum + width, 0) } }),
  run: none,
})

const WIDTHS: Record<string, number> = { a: 100, b: 60, c: 40 }
const host = testHost({
  files: {
    resolve: async (name) => {
      if (!(name in WIDTHS)) throw new AppError('file_missing', `There is no file "${name}".`)
      return { path: name, name, sha256: name.repeat(3) }
    },
  },
})
const prepared = (files: unknown) =>
  prepareRun(
    parseWorkflow({
      beatloom: 1,
      outputs: { all: { node: 'all', port: 'image' } },
      nodes: {
        album: { type: 'test.album', version: 1, params: { files } },
        cut: { type: 'test.cut', version: 1, links: { image: { node: 'album', port: 'images' } } },
        all: {
          type: 'test.collage',
          version: 1,
          links: {
            images: [
              { node: 'cut', port: 'image' },
              { node: 'album', port: 'images' },
            ],
          },
        },
      },
    }),
    {
      registry: createRegistry([album, cut, collage]),
      host,
      fileFacts: async (name) => (WIDTHS[name] ? { width: WIDTHS[name] } : null),
    },
  )

it('knows each value of a list: what follows is known once for each, and an input of lists takes them all', async () => {
  const { facts, issues } = await prepared(['a', 'b', 'c'])
  expect(issues).toEqual([])
  expect(facts.get('cut')).toEqual({ image: { width: 50, items: [{ width: 50 }, { width: 30 }, { width: 20 }] } })
  expect(facts.get('all')).toEqual({ image: { width: 50 + 30 + 20 + 100 + 60 + 40 } })
})

it('adds up what a node costs that runs once for each value of a list', async () => {
  const { facts, prepared: run } = await prepared(['a', 'b', 'c'])
  const node = run?.nodes.get('cut')
  expect(node && costOf(node, facts)).toEqual({ work: 200, memoryBytes: 50, diskBytes: 3 })
})

it('says which file of a list is missing, once for each, and that none is chosen', async () => {
  const messages = async (files: unknown) => (await prepared(files)).issues.map(({ code, message }) => [code, message])
  expect(await messages(['gone', 'a', 'gone', 'lost'])).toEqual([
    ['file_missing', 'Node "album", param "files": There is no file "gone".'],
    ['file_missing', 'Node "album", param "files": There is no file "lost".'],
  ])
  expect(await messages([])).toEqual([['file_missing', 'Node "album", param "files": no file is chosen.']])
})

it('goes by what is in the files, in their order, and keeps their hashes', async () => {
  const keyOf = async (files: unknown) => (await prepared(files)).prepared?.nodes.get('album')?.key
  expect(await keyOf('a')).toBe(await keyOf(['a']))
  expect(await keyOf(['a', 'b'])).not.toBe(await keyOf(['b', 'a']))
  const { prepared: run } = await prepared(['b', 'a'])
  expect(run?.files).toEqual({ a: 'aaa', b: 'bbb' })
  expect(run?.nodes.get('album')?.parts.files).toEqual({ files: 'bbb aaa' })
})

it('tells the editor that several are taken, and at most how many', () => {
  const [param] = describeNode(album).params
  expect(param).toMatchObject({ widget: 'file', several: true, default: [], schema: { type: 'array', maxItems: 4 } })
  expect(param?.port).toBeUndefined()
})

it('reads references from one text or a list, leaving out what is empty', () => {
  expect([referencesIn('a'), referencesIn(['a', '', 'b']), referencesIn(''), referencesIn(undefined)]).toEqual([
    ['a'],
    ['a', 'b'],
    [],
    [],
  ])
})
