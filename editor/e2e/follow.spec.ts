import { openFile } from './helpers.ts'
import { expect, type Page, test } from './test.ts'

// Nodes that take a moment, and one that works until it is stopped.
test.use({ testNodes: 'error-nodes.ts', viewport: { width: 1720, height: 900 } })

/** Two nodes so far apart that one look holds only one of them. */
const APART = JSON.stringify({
  beatloom: 1,
  title: 'Apart',
  nodes: {
    near: { type: 'test.slow', title: 'Near', params: { steps: 1 } },
    far: { type: 'test.halfway', title: 'Far', links: { value: { node: 'near', port: 'value' } } },
    show: { type: 'value.show', links: { value: { node: 'far', port: 'value' } } },
  },
  layout: { nodes: { near: [0, 0], far: [9000, 4000], show: [9400, 4000] }, groups: [] },
})

const node = (page: Page, id: string) => page.locator(`.react-flow__node[data-id=${id}]`)
const stateOf = (page: Page, id: string) => node(page, id).locator('.node')
const run = (page: Page) => page.locator('.toolbar').getByRole('button', { name: 'Run', exact: true }).click()
const cancel = (page: Page) => page.locator('.toolbar').getByRole('button', { name: 'Cancel' }).click()
const place = (page: Page) => page.locator('.react-flow__viewport').getAttribute('style')

async function lookAtNear(page: Page): Promise<void> {
  await page.keyboard.press('Control+f')
  await page.keyboard.type('Near')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect(node(page, 'near')).toBeInViewport()
  await expect(node(page, 'far')).not.toBeInViewport()
  await settled(page)
}

/** The view glides to what it is asked to show. */
async function settled(page: Page): Promise<void> {
  await expect
    .poll(async () => {
      const before = await place(page)
      await page.waitForTimeout(150)
      return (await place(page)) === before
    })
    .toBe(true)
}

test('R3: the view follows the node at work while it is asked to, else a press goes there; the choice is kept', async ({
  page,
}) => {
  await page.goto('/#graph')
  await expect(page.locator('.node').first()).toBeVisible()
  await openFile(page, 'apart.json', APART)
  await lookAtNear(page)
  const before = await place(page)

  await run(page)
  const working = page.locator('.run-status')
  await expect(stateOf(page, 'far')).toHaveAttribute('data-state', 'running')
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
  expect(await place(page), 'without follow mode the view stays where it is').toBe(before)
  await working.getByRole('button', { name: /left/ }).click()
  await expect(node(page, 'far')).toBeInViewport()

  await lookAtNear(page)
  const follow = working.getByRole('button', { name: 'Follow the node at work' })
  await follow.click()
  await expect(follow).toHaveAttribute('aria-pressed', 'true')
  await expect(node(page, 'far'), 'switched on while a node works').toBeInViewport()
  await cancel(page)
  await expect(stateOf(page, 'far')).toHaveAttribute('data-state', 'stopped')

  await page.reload()
  await expect(node(page, 'far')).toBeVisible()
  await lookAtNear(page)
  await run(page)
  await expect(node(page, 'far'), 'from one node to the next').toBeInViewport()
  await expect(node(page, 'near')).not.toBeInViewport()
  await cancel(page)
})
