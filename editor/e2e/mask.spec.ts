import { nodeNamed, openFile, openGraph, savedText } from './helpers.ts'
import { expect, type Page, test } from './test.ts'

test.beforeEach(async ({ page }) => openGraph(page))

const WORKFLOW = JSON.stringify({
  beatloom: 1,
  title: 'Mask',
  nodes: {
    picture: { type: 'image.load', params: { file: 'samples/cover.jpg' } },
    paint: { type: 'mask.paint', links: { image: { node: 'picture', port: 'image' } } },
  },
  layout: { nodes: { picture: [0, 0], paint: [420, 0] }, groups: [] },
})

interface Stroke {
  mode: string
  radius: number
  points: [number, number][]
}

const strokesOf = async (page: Page): Promise<Stroke[]> =>
  JSON.parse(await savedText(page)).nodes.paint.params?.strokes ?? []

test('a mask is painted over the picture by pointer and by key, erased, taken back and undone', async ({ page }) => {
  await openFile(page, 'mask.json', WORKFLOW)
  const node = nodeNamed(page, 'Paint mask')
  const ground = node.getByRole('application')
  await expect(ground.locator('img')).toHaveJSProperty('complete', true)
  const { x, y, width, height } = (await ground.boundingBox())!
  // The sample picture is 16:9, and so is what is painted on.
  expect(width / height).toBeCloseTo(16 / 9, 1)

  await page.mouse.move(x + 0.25 * width, y + 0.5 * height)
  await page.mouse.down()
  await page.mouse.move(x + 0.75 * width, y + 0.5 * height, { steps: 8 })
  await page.mouse.up()
  const [drawn] = await strokesOf(page)
  expect(drawn?.mode).toBe('add')
  expect(drawn!.points.length).toBeGreaterThan(4)
  expect(drawn!.points[0]![0]).toBeCloseTo(0.25, 1)
  expect(drawn!.points.at(-1)![0]).toBeCloseTo(0.75, 1)

  await ground.focus()
  for (const key of ['e', 'ArrowLeft', 'ArrowLeft', '+', ' ']) await page.keyboard.press(key)
  await expect(node.getByRole('button', { name: 'Erase' })).toHaveAttribute('aria-pressed', 'true')
  const [, erased] = await strokesOf(page)
  expect(erased).toMatchObject({ mode: 'erase', radius: 0.075 })
  expect(erased!.points[0]![0]).toBeCloseTo(0.71, 1)

  await page.keyboard.press('Backspace')
  expect(await strokesOf(page)).toHaveLength(1)
  await node.getByRole('button', { name: 'Clear' }).click()
  expect(await strokesOf(page)).toHaveLength(0)
  await page.keyboard.press('Control+z')
  await expect.poll(async () => (await strokesOf(page)).length).toBe(1)
})
