import { fingersOn, middle, type Point } from './fingers.ts'
import { emptyCanvas, nodeNamed, openFile, portOf, savedText } from './helpers.ts'
import { expect, type Locator, type Page, test } from './test.ts'

/** A tablet: fingers only. */
test.use({ hasTouch: true, isMobile: true, viewport: { width: 1180, height: 820 } })

const links = (page: Page) => page.locator('.react-flow__edge')
const viewport = (page: Page) => page.locator('.react-flow__viewport').getAttribute('style')
const scale = async (page: Page) => Number(/scale\(([\d.]+)\)/.exec((await viewport(page)) ?? '')?.[1])
const headOf = (node: Locator) => node.locator('.node-head')

const GRAPH = {
  beatloom: 1,
  nodes: {
    song: { type: 'audio.load' },
    beats: { type: 'beats.detect' },
    prompt: { type: 'text.prompt' },
    curve: { type: 'curve.from-beats' },
  },
  layout: { nodes: { song: [0, 0], beats: [380, 0], prompt: [0, 380], curve: [760, 0] }, groups: [] },
}

test.beforeEach(async ({ page }) => {
  await page.goto('/#graph')
  await expect(page.locator('.react-flow__node').first()).toBeVisible({ timeout: 30_000 })
})

test('L6: one finger pans, two pinch, a tap selects, and a finger that rests opens the menu', async ({ page }) => {
  await openFile(page, 'graph.json', JSON.stringify(GRAPH))
  const fingers = await fingersOn(page)
  const free = { x: 900, y: 640 }
  for (const preset of ['mouse', 'trackpad']) {
    // From the same zoom, far from the largest.
    await page.keyboard.press('0')
    await expect.poll(() => scale(page), preset).toBe(1)
    const before = await viewport(page)
    await fingers.drag([free, { x: free.x + 60, y: free.y + 30 }])
    await expect.poll(() => viewport(page), preset).not.toBe(before)
    await expect(page.locator('.react-flow__selection')).toHaveCount(0)
    const zoom = await scale(page)
    const apart: [Point, Point][] = [
      [
        { x: 800, y: 620 },
        { x: 700, y: 560 },
      ],
      [
        { x: 900, y: 640 },
        { x: 1000, y: 700 },
      ],
    ]
    await fingers.drag(...apart)
    await expect.poll(() => scale(page), preset).toBeGreaterThan(zoom)
    await fingers.drag(...apart.map(([a, b]): [Point, Point] => [b, a]))
    if (preset === 'mouse')
      await page
        .locator('.zoom-bar')
        .getByRole('button', { name: /trackpad/i })
        .tap()
  }
  await page.keyboard.press('.')
  await expect(headOf(nodeNamed(page, 'LoadAudio'))).toBeInViewport()
  await headOf(nodeNamed(page, 'LoadAudio')).tap()
  await expect(nodeNamed(page, 'LoadAudio')).toHaveAttribute('data-selected', 'true')

  const head = await middle(headOf(nodeNamed(page, 'BeatDetect')))
  await fingers.put('touchStart', [head])
  await expect(page.getByRole('menu')).toBeVisible({ timeout: 3000 })
  await fingers.put('touchEnd', [])
  await expect(page.getByRole('menu')).toBeVisible()
  // The rest of the page is hidden from readers while a menu is open, so not by its role.
  await expect(page.locator('.node[aria-label=BeatDetect]')).toHaveAttribute('data-selected', 'true')
})

test('L6: tap a port, then another, and they are linked; a bad end says why; cables follow a finger', async ({
  page,
}) => {
  await openFile(page, 'graph.json', JSON.stringify(GRAPH))
  const output = portOf(nodeNamed(page, 'LoadAudio'), 'output', 'Audio')
  const input = portOf(nodeNamed(page, 'BeatDetect'), 'input', 'Audio')
  await output.tap()
  await expect(page.getByText('Now choose the port at the other end.')).toBeVisible()
  await expect(nodeNamed(page, 'BeatDetect').locator('.port[data-side=input]')).toHaveAttribute('data-fit', 'fits')
  await input.tap()
  await expect(links(page)).toHaveCount(1)
  await expect(page.getByText('Now choose the port at the other end.')).toHaveCount(0)

  await output.tap()
  await portOf(nodeNamed(page, 'Curve from beats'), 'input', 'Beats').tap()
  await expect(page.getByRole('alert')).toContainText('This input takes BEATS, and the cable carries AUDIO.')
  await expect(links(page)).toHaveCount(1)

  // The end at the input comes along with the finger, and let go in the open it is gone.
  const fingers = await fingersOn(page)
  await fingers.drag([await middle(input), { x: 900, y: 640 }])
  await expect(links(page)).toHaveCount(0)
  await fingers.drag([await middle(output), await middle(input)])
  await expect(links(page)).toHaveCount(1)
})

test('L6: ports and buttons are 44 px for fingers, and sliders stay still while their node is dragged', async ({
  page,
}) => {
  const { song, prompt: words } = GRAPH.nodes
  const layout = { nodes: { song: [0, 0], prompt: [420, 100] }, groups: [] }
  await openFile(page, 'graph.json', JSON.stringify({ beatloom: 1, nodes: { song, prompt: words }, layout }))
  await page.keyboard.press('.')
  await expect.poll(() => scale(page)).toBe(1)
  const output = portOf(nodeNamed(page, 'LoadAudio'), 'output', 'Audio')
  const reach = await output.evaluate((handle) => {
    const { x, y, width, height } = handle.getBoundingClientRect()
    const hit = (dx: number, dy: number) =>
      document.elementFromPoint(x + width / 2 + dx, y + height / 2 + dy) === handle
    return [hit(21, 0), hit(-21, 0), hit(0, 21), hit(0, -21)]
  })
  expect(reach).toEqual([true, true, true, true])
  for (const button of await page.locator('.zoom-bar button').all()) {
    const box = (await button.boundingBox())!
    expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(44)
  }

  const prompt = nodeNamed(page, 'Prompt')
  const values = async () => JSON.stringify(JSON.parse(await savedText(page)).nodes.prompt.params ?? {})
  const before = await values()
  const fingers = await fingersOn(page)
  const head = await middle(headOf(prompt))
  const slider = await middle(prompt.getByRole('slider').first())
  const away = { x: 260, y: -120 }
  await fingers.put('touchStart', [head])
  await fingers.move([[head, { x: head.x + 40, y: head.y }]], 4)
  await expect(page.locator('.canvas')).toHaveAttribute('data-node-drag', '')
  expect(await prompt.locator('.params').evaluate((form) => getComputedStyle(form).pointerEvents)).toBe('none')
  await fingers.move([
    [
      { x: head.x + 40, y: head.y },
      { x: head.x + away.x, y: head.y + away.y },
    ],
  ])
  await fingers.put('touchEnd', [])
  await expect.poll(async () => (await middle(headOf(prompt))).x).toBeGreaterThan(head.x + 150)
  expect(await values()).toBe(before)
  expect(await middle(prompt.getByRole('slider').first())).not.toEqual(slider)
})

test('L6: a tap straight after a cable that was let go with a flick counts', async ({ page }) => {
  await openFile(page, 'touch.json', JSON.stringify(GRAPH))
  const fingers = await fingersOn(page)
  const before = await links(page).count()
  const from = await middle(portOf(nodeNamed(page, 'Prompt'), 'output', 'Conditioning'))
  for (let flick = 1; flick <= 4; flick++) {
    await fingers.drag([from, { x: 760, y: 620 }])
    const best = page.getByRole('option').first()
    await expect(best).toBeVisible()
    const at = await middle(best)
    await fingers.put('touchStart', [at])
    await fingers.put('touchEnd', [])
    await expect(links(page)).toHaveCount(before + 1)
    await page.locator('.app-bar, header').getByRole('button', { name: 'Undo' }).tap()
    await expect(links(page)).toHaveCount(before)
  }
})

test('check 2: the same graph is built and run by touch', async ({ page }) => {
  test.setTimeout(120_000)
  await emptyCanvas(page)
  const fingers = await fingersOn(page)
  const search = page.getByPlaceholder('Search nodes')
  const pick = async (name: string) => {
    await search.fill(name)
    const best = page.getByRole('option').first()
    await expect(best).toContainText(name)
    await best.tap()
    await expect(nodeNamed(page, name)).toBeVisible()
  }
  const start = { x: 60, y: 200 }
  for (let tap = 0; tap < 2; tap++) {
    await fingers.put('touchStart', [start])
    await fingers.put('touchEnd', [])
  }
  await pick('Solid colour')
  await fingers.drag([await middle(portOf(nodeNamed(page, 'Solid colour'), 'output', 'Image')), { x: 420, y: 260 }])
  await pick('Hold picture')
  await fingers.drag([await middle(portOf(nodeNamed(page, 'Hold picture'), 'output', 'Frames')), { x: 800, y: 200 }])
  await pick('SaveMP4')
  await expect(links(page)).toHaveCount(2)
  await expect(page.locator('[role=menu]')).toHaveCount(0)
  await page.locator('.toolbar').getByRole('button', { name: /^Run/ }).first().tap()
  await expect(nodeNamed(page, 'SaveMP4')).toHaveAttribute('data-state', /done|cached/, { timeout: 90_000 })
})
