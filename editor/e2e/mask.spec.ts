import { fingersOn, type Point } from './fingers.ts'
import { nodeNamed, openFile, openGraph, savedText } from './helpers.ts'
import { expect, type Locator, type Page, test } from './test.ts'

test.beforeEach(async ({ page }) => openGraph(page))

const picture = { node: 'picture', port: 'image' }
const FILE = {
  beatloom: 1,
  title: 'Mask',
  inputs: { strokes: { label: 'What moves', node: 'paint', param: 'strokes', advanced: false } },
  nodes: {
    picture: { type: 'image.load', params: { file: 'samples/cover.jpg' } },
    paint: { type: 'mask.paint', links: { image: picture } },
  },
  layout: { nodes: { picture: [0, 0], paint: [420, 0] }, groups: [] },
}
const WORKFLOW = JSON.stringify(FILE)
/** Painted over another mask: the bright parts of the picture. */
const CORRECTED = JSON.stringify({
  ...FILE,
  nodes: {
    ...FILE.nodes,
    bright: { type: 'mask.from-image', links: { image: picture } },
    paint: { type: 'mask.paint', links: { image: picture, mask: { node: 'bright', port: 'mask' } } },
  },
  layout: { nodes: { picture: [0, 0], bright: [0, 420], paint: [420, 0] }, groups: [] },
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

test('a mask that starts from another one shows it once it is known, to be corrected', async ({ page }) => {
  await openFile(page, 'mask.json', CORRECTED)
  const node = nodeNamed(page, 'Paint mask')
  const start = node.locator('.mask-box svg image')
  const show = node.getByRole('button', { name: 'Show where it starts' })
  await expect(show).toBeVisible()
  await expect(start).toHaveCount(0)
  await show.click()
  await expect(start).toHaveCount(1)
  await expect(show).toHaveCount(0)
  const address = (await start.getAttribute('href')) ?? ''
  expect((await page.request.get(address)).headers()['content-type']).toBe('image/jpeg')
  // The sun lies in it and the grass does not.
  const [sun, grass] = await page.evaluate(async (source) => {
    const image = new Image()
    image.src = source
    await image.decode()
    const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight)
    const context = canvas.getContext('2d')!
    context.drawImage(image, 0, 0)
    const at = (x: number, y: number) =>
      context.getImageData(x * image.naturalWidth, y * image.naturalHeight, 1, 1).data[0]!
    return [at(0.53, 0.08), at(0.5, 0.9)]
  }, address)
  expect(sun).toBeGreaterThan(230)
  expect(grass).toBeLessThan(60)
  // What is made otherwise starts elsewhere.
  await nodeNamed(page, 'Picture to mask').getByRole('switch', { name: 'Invert' }).click()
  await expect(show).toBeVisible()
  await expect(start).toHaveCount(0)
})

test.describe('by touch', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 1180, height: 820 } })
  const view = (page: Page) => page.locator('.react-flow__viewport').getAttribute('style')

  async function placesOn(ground: Locator): Promise<(x: number, y: number) => Point> {
    await expect(ground.locator('img')).toHaveJSProperty('complete', true)
    const box = (await ground.boundingBox())!
    return (x, y) => ({ x: box.x + x * box.width, y: box.y + y * box.height })
  }

  test('L6: one finger paints and erases and moves nothing else; a second one takes the stroke back', async ({
    page,
  }) => {
    await openFile(page, 'mask.json', WORKFLOW)
    const node = nodeNamed(page, 'Paint mask')
    const ground = node.getByRole('application')
    const at = await placesOn(ground)
    const fingers = await fingersOn(page)
    const before = await view(page)

    await fingers.drag([at(0.2, 0.2), at(0.2, 0.8)])
    expect(await strokesOf(page)).toHaveLength(1)
    // A finger that rests asks for no menu here: it sets the brush down.
    await fingers.put('touchStart', [at(0.7, 0.5)])
    await page.waitForTimeout(900)
    await fingers.put('touchEnd', [])
    await expect(page.getByRole('menu')).toHaveCount(0)
    await node.getByRole('button', { name: 'Erase' }).tap()
    await fingers.drag([at(0.2, 0.5), at(0.6, 0.5)])
    const strokes = await strokesOf(page)
    expect(strokes.map(({ mode }) => mode)).toEqual(['add', 'add', 'erase'])
    expect(strokes[0]!.points.at(-1)![1]).toBeCloseTo(0.8, 1)
    expect(strokes[1]!.points).toHaveLength(1)
    expect(await view(page)).toBe(before)
    // One stroke is one step.
    await page.keyboard.press('Control+z')
    expect(await strokesOf(page)).toHaveLength(2)
    await node.getByRole('button', { name: 'Last stroke back' }).tap()
    expect(await strokesOf(page)).toHaveLength(1)

    await fingers.put('touchStart', [at(0.4, 0.5)])
    await fingers.put('touchStart', [at(0.4, 0.5), at(0.6, 0.5)])
    await fingers.move([
      [at(0.4, 0.5), at(0.2, 0.4)],
      [at(0.6, 0.5), at(0.8, 0.6)],
    ])
    await fingers.put('touchEnd', [])
    expect(await strokesOf(page)).toHaveLength(1)
  })

  test.describe('on a phone', () => {
    test.use({ viewport: { width: 360, height: 640 } })
    test('the form keeps still under the finger that paints, and scrolls beside it', async ({ page }) => {
      await openFile(page, 'mask.json', CORRECTED)
      await page.getByRole('radio', { name: 'Form' }).tap()
      const ground = page.getByRole('application')
      await page.getByRole('button', { name: 'Show where it starts' }).tap()
      await expect(ground.locator('svg image')).toHaveCount(1)
      await ground.scrollIntoViewIfNeeded()
      const at = await placesOn(ground)
      const fingers = await fingersOn(page)
      const scrolled = () => page.evaluate(() => scrollY)
      const before = await scrolled()
      await fingers.drag([at(0.3, 0.9), at(0.4, 0.1)])
      await expect(ground).toHaveAccessibleName('Paint here; 1 strokes')
      expect(await scrolled()).toBe(before)
      const beside = (await page.getByText('Draw with one finger').boundingBox())!
      await fingers.drag([
        { x: beside.x + 40, y: beside.y + 4 },
        { x: beside.x + 40, y: beside.y - 200 },
      ])
      await expect.poll(scrolled).toBeGreaterThan(before)
      await expect(ground).toHaveAccessibleName('Paint here; 1 strokes')
    })
  })
})
