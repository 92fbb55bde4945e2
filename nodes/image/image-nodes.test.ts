import { readFile, writeFile } from 'node:fs/promises'
import { type Display, type Image, readEmbeddedFromBytes } from '@beatloom/core'
import { runNode } from '@beatloom/core/testing'
import { encodeImage, imageFacts, readImage } from '@beatloom/media'
import { handleOf, never, type ScratchFolder, scratchFolder } from '@beatloom/media/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { loadImage } from './load-image.ts'
import { previewImage } from './preview-image.ts'
import { resizeImage } from './resize-image.ts'
import { savePng } from './save-png.ts'

let folder: ScratchFolder
beforeAll(async () => {
  folder = await scratchFolder()
})
afterAll(() => folder.remove())

let scratchCount = 0
const services = {
  files: { resolve: (reference: string) => handleOf(folder.file(reference)) },
  artifacts: {
    scratch: async (suffix: string) => folder.file(`scratch-${scratchCount++}${suffix}`),
    adopt: async (path: string, name: string) => ({ path, name, sha256: '1'.repeat(64) }),
  },
}

/** Brightness runs from 0 at the left to 255 at the right. */
function ramp(width: number, height: number): Image {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, i) =>
    Math.round(((Math.floor(i / 3) % width) / (width - 1)) * 255),
  )
  return { width, height, channels: 3, data }
}

const shown = (display: Display[], kind: Display['kind']) => display.filter((item) => item.kind === kind)

it('LoadImage gives the pixels and shows a thumbnail of at most 640 pixels', async () => {
  await writeFile(folder.file('wide.png'), await encodeImage(ramp(1600, 400), { format: 'png' }))
  const { image, display } = await runNode(loadImage, {}, { file: 'wide.png' }, services)
  expect(image).toEqual(ramp(1600, 400))
  const [item] = shown(display, 'image') as Extract<Display, { kind: 'image' }>[]
  expect(item).toMatchObject({ width: 1600, height: 400, file: { name: 'wide thumbnail.jpg' } })
  expect(await imageFacts(item!.file.path)).toMatchObject({ format: 'jpeg', width: 640, height: 160 })
})

it('P1: keeps the whole picture beside its thumbnail for a close look, and none where the thumbnail is whole', async () => {
  const image = async (width: number) =>
    shown((await runNode(previewImage, { image: ramp(width, 40) }, {}, services)).display, 'image')[0]
  const large = (await image(1000)) as Extract<Display, { kind: 'image' }>
  expect(await imageFacts(large.full!.path)).toMatchObject({ format: 'jpeg', width: 1000, height: 40 })
  expect(await image(600)).not.toHaveProperty('full')
})

it('LoadImage scales a larger picture down and says so', async () => {
  await writeFile(folder.file('large.png'), await encodeImage(ramp(400, 200), { format: 'png' }))
  const { image, display } = await runNode(loadImage, {}, { file: 'large.png', longestSide: 100 }, services)
  expect(image).toMatchObject({ width: 100, height: 50 })
  expect(shown(display, 'note')).toEqual([
    { kind: 'note', code: 'image_scaled', text: expect.stringContaining('400 × 200 to 100 × 50') },
  ])
})

it('LoadImage passes the reason on when the file is no picture', async () => {
  await writeFile(folder.file('words.jpg'), 'hello')
  await expect(runNode(loadImage, {}, { file: 'words.jpg' }, services)).rejects.toMatchObject({
    code: 'media_unreadable',
  })
})

it('Preview image shows what comes in', async () => {
  const { display } = await runNode(previewImage, { image: ramp(100, 40) }, {}, services)
  expect(display).toMatchObject([{ kind: 'image', width: 100, height: 40 }])
})

it('Resize image covers, fits within, or stretches', async () => {
  const to = async (fit: string) =>
    (await runNode(resizeImage, { image: ramp(200, 50) }, { width: 80, height: 80, fit }, services)).image as Image
  const cover = await to('cover')
  expect([cover.width, cover.height]).toEqual([80, 80])
  // The middle quarter remains, so the ramp runs from 3/8 to 5/8 of the range.
  expect(cover.data[0]).toBeGreaterThan(85)
  expect(cover.data[79 * 3]).toBeLessThan(170)
  const within = await to('within')
  expect([within.width, within.height]).toEqual([80, 20])
  const stretched = await to('stretch')
  expect([stretched.width, stretched.height]).toEqual([80, 80])
  expect(stretched.data[0]).toBeLessThan(10)
})

it('SavePNG keeps every pixel and carries the workflow', async () => {
  const provenance = { workflow: '{"title":"漢字 = ;"}\n', files: { 'samples/a.png': 'b'.repeat(64) } }
  const save = { ...services, provenance: async () => provenance }
  const { display } = await runNode(savePng, { image: ramp(30, 20) }, { name: 'still' }, save)
  const [item] = shown(display, 'image') as Extract<Display, { kind: 'image' }>[]
  expect(item!.file.name).toBe('still.png')
  expect(readEmbeddedFromBytes(await readFile(item!.file.path))).toEqual(provenance)
  expect(await readImage(item!.file.path, never)).toEqual(ramp(30, 20))
})
