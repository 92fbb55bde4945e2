import { bigGraph } from '../bench/big-graph.ts'
import { dropFile, emptyCanvas, openGraph } from './helpers.ts'
import { expect, type Page, test } from './test.ts'

const NODES = 500

async function openLarge(page: Page): Promise<void> {
  await openGraph(page)
  await emptyCanvas(page)
  const text = JSON.stringify(bigGraph(NODES, 20))
  await dropFile(page, 'large.json', 'application/json', Buffer.from(text))
  await expect(page.locator('.react-flow__node')).toHaveCount(NODES)
  await expect(page.locator('.far-picture')).toBeVisible()
}

const viewportOf = (page: Page) =>
  page.locator('.react-flow__viewport').evaluate((element) => {
    const matrix = new DOMMatrix(getComputedStyle(element).transform)
    return { x: matrix.e, y: matrix.f, zoom: matrix.a }
  })

test('C6, check 13: 500 nodes open as one drawing, get their fields where one looks, and keep typing, palette and undo', async ({
  page,
}) => {
  await openLarge(page)
  await expect.poll(async () => (await viewportOf(page)).zoom).toBeLessThan(0.4)
  // From afar: a place for every node, found by name, and no field at all.
  await expect(page.getByRole('region', { name: 'Number', exact: true }).first()).toBeAttached()
  await expect(page.locator('.node')).toHaveCount(0)
  await expect(page.locator('.far-picture image')).toHaveCount(20)

  await page.keyboard.press('0')
  await expect(page.locator('.node').first()).toBeVisible()
  // They are filled in frame by frame.
  const drawnOn = () =>
    page.locator('.react-flow__node').evaluateAll((nodes) => {
      const canvas = document.querySelector('.canvas')!.getBoundingClientRect()
      const onScreen = nodes.filter((node) => {
        const { left, top, right, bottom } = node.getBoundingClientRect()
        return right > canvas.left && left < canvas.right && bottom > canvas.top && top < canvas.bottom
      })
      return { onScreen: onScreen.length, empty: onScreen.filter((node) => !node.querySelector('.node')).length }
    })
  await expect.poll(drawnOn).toMatchObject({ empty: 0 })
  expect((await drawnOn()).onScreen).toBeGreaterThan(3)
  expect(await page.locator('.node').count()).toBeLessThan(120)

  const field = page.locator('.node textarea').first()
  await field.fill('typed on a large graph')
  await field.blur()
  await expect(field).toHaveValue('typed on a large graph')
  await page.locator('.react-flow__pane').click({ position: { x: 5, y: 300 } })
  await page.keyboard.press('Control+z')
  await expect(field).not.toHaveValue('typed on a large graph')

  await page.keyboard.press('Shift+A')
  await page.getByPlaceholder('Search nodes').fill('reroute')
  await page.keyboard.press('Enter')
  await expect(page.locator('.react-flow__node')).toHaveCount(NODES + 1)
})

test('C6: while the canvas moves it is one layer, and a click on it is still a click', async ({ page }) => {
  await openLarge(page)
  const layer = () => page.locator('.react-flow__viewport').evaluate((element) => getComputedStyle(element).willChange)
  expect(await layer()).toBe('auto')
  await page.mouse.move(700, 450)
  await page.mouse.down({ button: 'middle' })
  await page.mouse.move(760, 480, { steps: 3 })
  expect(await layer()).toBe('transform')
  await page.mouse.up({ button: 'middle' })
  await expect.poll(layer).toBe('auto')
  await page.mouse.dblclick(12, 400)
  await expect(page.getByPlaceholder('Search nodes')).toBeFocused()
})

test('C5: the minimap shows the graph, leads where it is clicked or dragged, and can be hidden', async ({ page }) => {
  await openLarge(page)
  const map = page.getByRole('img', { name: 'Minimap' })
  await page.keyboard.press('0')
  const box = (await map.boundingBox())!
  await page.mouse.click(box.x + 30, box.y + 30)
  const corner = await viewportOf(page)
  await page.mouse.move(box.x + 30, box.y + 30)
  await page.mouse.down()
  await page.mouse.move(box.x + 150, box.y + 100, { steps: 5 })
  await page.mouse.up()
  const middle = await viewportOf(page)
  // The view went right and down, so the graph went left and up.
  expect(middle.x).toBeLessThan(corner.x - 1000)
  expect(middle.y).toBeLessThan(corner.y - 1000)

  const painted = await map.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
    return data.some((value, index) => index % 4 === 3 && value > 0)
  })
  expect(painted).toBe(true)
  // The frame around what is on screen is as large as the window shows of the graph.
  const framed = () =>
    map.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
      const { data, width } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
      const columns = new Set<number>()
      for (let at = 0; at < data.length; at += 4) if (data[at]! > data[at + 2]! + 80) columns.add((at / 4) % width)
      return columns.size
    })
  const wide = await framed()
  expect(wide).toBeGreaterThan(4)
  const { width, height } = page.viewportSize()!
  await page.setViewportSize({ width: 1000, height })
  await expect.poll(framed).toBeLessThan(wide)
  await page.setViewportSize({ width, height })
  await expect.poll(framed).toBe(wide)
  await page.keyboard.press('Alt+m')
  await expect(map).toHaveCount(0)
  await page.keyboard.press('Alt+m')
  await expect(map).toBeVisible()
})
