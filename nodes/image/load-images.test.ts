import { writeFile } from 'node:fs/promises'
import { createRegistry, type Display, type Image, parseWorkflow, prepareRun } from '@beatloom/core'
import { runNode, testHost } from '@beatloom/core/testing'
import { encodeImage } from '@beatloom/media'
import { handleOf, type ScratchFolder, scratchFolder } from '@beatloom/media/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadImages } from './load-images.ts'
import { resizeImage } from './resize-image.ts'

let folder: ScratchFolder
beforeAll(async () => {
  folder = await scratchFolder()
  await writeFile(folder.file('red.png'), await encodeImage(flat(40, 20, 200), { format: 'png' }))
  await writeFile(folder.file('tall.png'), await encodeImage(flat(30, 90, 60), { format: 'png' }))
  await writeFile(folder.file('words.jpg'), 'hello')
})
afterAll(() => folder.remove())

const flat = (width: number, height: number, value: number): Image => ({
  ...{ width, height, channels: 3 },
  data: new Uint8Array(width * height * 3).fill(value),
})

let scratchCount = 0
const services = {
  files: { resolve: (reference: string) => handleOf(folder.file(reference)) },
  artifacts: {
    scratch: async (suffix: string) => folder.file(`scratch-${scratchCount++}${suffix}`),
    adopt: async (path: string, name: string) => ({ path, name, sha256: '1'.repeat(64) }),
  },
}
const load = async (files: string[], longestSide = 4096) =>
  (await runNode(loadImages, {}, { files, longestSide }, services)) as { images: Image[]; display: Display[] }

it('LoadImages gives every picture in the order of the files, and shows each', async () => {
  const { images, display } = await load(['tall.png', 'red.png', 'tall.png'])
  expect(images).toEqual([flat(30, 90, 60), flat(40, 20, 200), flat(30, 90, 60)])
  expect(display.map((item) => item.kind === 'image' && [item.width, item.height])).toEqual([
    [30, 90],
    [40, 20],
    [30, 90],
  ])
})

it('LoadImages scales down what is larger and says of how many', async () => {
  const { images, display } = await load(['tall.png', 'red.png'], 64)
  expect(images.map(({ width, height }) => [width, height])).toEqual([
    [21, 64],
    [40, 20],
  ])
  expect(display.at(-1)).toEqual({
    kind: 'note',
    code: 'image_scaled',
    text: 'Scaled down to 64 pixels on their longer side: 1 of 2 pictures.',
  })
})

it('LoadImages says which picture cannot be read, and that none is chosen', async () => {
  await expect(load(['red.png', 'words.jpg', 'tall.png'])).rejects.toMatchObject({
    code: 'media_unreadable',
    message: expect.stringMatching(/^Picture 2 of 3: "words\.jpg"/),
    details: { param: 'files', index: 1 },
  })
  await expect(load([])).rejects.toMatchObject({ code: 'file_missing', message: 'No picture is chosen.' })
})

describe('LoadImages in a workflow', () => {
  const registry = createRegistry([loadImages, resizeImage])
  const sizes: Record<string, [number, number]> = { wide: [5000, 2500], tall: [300, 900] }
  const host = testHost({ files: { resolve: async (name) => ({ path: name, name, sha256: name }) } })
  const prepared = (files: unknown) =>
    prepareRun(
      parseWorkflow({
        beatloom: 1,
        outputs: { small: { node: 'small', port: 'image' } },
        nodes: {
          load: { type: 'image.load-several', version: 1, params: { files } },
          small: { type: 'image.resize', version: 1, links: { image: { node: 'load', port: 'images' } } },
        },
      }),
      {
        registry,
        host,
        fileFacts: async (name) => (sizes[name] ? { width: sizes[name][0], height: sizes[name][1] } : null),
      },
    )

  it('knows the size of each picture before it runs, scaled to the longest side', async () => {
    const { facts } = await prepared(['wide', 'tall', 'strange'])
    const items = [{ width: 2560, height: 1280 }, { width: 300, height: 900 }, {}]
    expect(facts.get('load')).toEqual({ images: { width: 2560, height: 1280, items } })
    expect(facts.get('small')?.image?.items).toHaveLength(3)
  })

  it('takes one name for a list of one, with the same result', async () => {
    const [one, list, other] = await Promise.all([prepared('wide'), prepared(['wide']), prepared(['wide', 'tall'])])
    const keyOf = ({ prepared }: Awaited<typeof one>) => prepared?.nodes.get('load')?.key
    expect(one.issues).toEqual([])
    expect(one.prepared?.nodes.get('load')?.params.files).toEqual(['wide'])
    expect(keyOf(one)).toBe(keyOf(list))
    expect(keyOf(other)).not.toBe(keyOf(list))
  })

  it('is another result in another order', async () => {
    const [one, other] = await Promise.all([prepared(['wide', 'tall']), prepared(['tall', 'wide'])])
    expect(one.prepared?.nodes.get('load')?.key).not.toBe(other.prepared?.nodes.get('load')?.key)
  })

  it('refuses none, and too many, each in a sentence with a code', async () => {
    for (const none of [[], '', ['']]) {
      expect((await prepared(none)).issues).toMatchObject([
        { code: 'file_missing', node: 'load', param: 'files', message: expect.stringContaining('no file is chosen') },
      ])
    }
    expect((await prepared(Array(65).fill('wide'))).issues).toMatchObject([
      { code: 'param_invalid', node: 'load', param: 'files', message: expect.stringContaining('at most 64 pictures') },
    ])
  })
})
