import { nodeNamed, openFile } from './helpers.ts'
import { type BrowserContext, expect as expectSoon, type Page, test } from './test.ts'

const expect = expectSoon.configure({ timeout: 20_000 })

const fileOf = (title: string): string =>
  JSON.stringify({
    beatloom: 1,
    title,
    nodes: { song: { type: 'audio.load' }, picture: { type: 'image.load' }, other: { type: 'image.load' } },
    layout: {
      nodes: { song: [0, 0], picture: [0, 300], other: [400, 300] },
      groups: [{ id: 'inner', kind: 'subgraph', nodes: ['song', 'picture'], at: [0, 0] }],
    },
  })

const viewOf = (page: Page) => page.locator('.react-flow__viewport').getAttribute('style')
const titleOf = (page: Page) => page.getByRole('textbox', { name: 'Title of the workflow' })
const wayIn = (page: Page) => page.getByRole('navigation', { name: 'Where you are in the graph' })

/** Two steps nearer, and the view as it is then. */
async function zoomIn(page: Page): Promise<string> {
  const before = await viewOf(page)
  const zoom = page.getByRole('button', { name: 'Zoom in' })
  await zoom.click()
  await zoom.click()
  await expect.poll(() => viewOf(page)).not.toBe(before)
  return (await viewOf(page)) ?? ''
}

/** Somebody else at the browser's store of drafts, for whom every write waits, as on a machine that is busy. */
async function holdStore(context: BrowserContext): Promise<() => Promise<void>> {
  const busy = await context.newPage()
  await busy.goto('/api/v1/system')
  await busy.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const opening = indexedDB.open('beatloom')
        opening.onsuccess = () => {
          const drafts = opening.result.transaction('drafts', 'readwrite').objectStore('drafts')
          const turn = () => {
            if (document.title !== 'done') drafts.get('none').onsuccess = turn
          }
          drafts.get('none').onsuccess = () => {
            resolve()
            turn()
          }
        }
      }),
  )
  return async () => {
    await busy.evaluate(() => {
      document.title = 'done'
    })
    await busy.close()
  }
}

/** What every page of this browser keeps for drafts that may not have been written. */
const leftBehind = (page: Page): Promise<string[]> =>
  page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('beatloom.left.')))

/** Two documents; the first is on screen and was edited. */
async function openTwo(page: Page): Promise<void> {
  await page.goto('/#graph')
  await expect(page.locator('.node').first()).toBeVisible()
  await openFile(page, 'one.json', fileOf('One'))
  await openFile(page, 'two.json', fileOf('Two'))
  await expect(titleOf(page)).toHaveValue('Two')
  await page.keyboard.press('Alt+1')
  await titleOf(page).fill('First')
  await page.keyboard.press('Enter')
}

/** The same, with the edit in both stores. */
async function openSettled(page: Page): Promise<void> {
  const isSaved = (response: { url(): string; request(): { method(): string } }) =>
    response.request().method() === 'PUT' && response.url().includes('/drafts/')
  await Promise.all([page.waitForResponse(isSaved), openTwo(page)])
}

test('C3 D3: an edit, the place, the selection and the sub-graph of the last moment survive a reload, though neither store was in time', async ({
  page,
  context,
}) => {
  await openSettled(page)
  await page.locator('.box').getByRole('button', { name: 'Open the sub-graph' }).click()
  await expect(nodeNamed(page, 'LoadAudio')).toBeVisible()
  await expect.poll(() => leftBehind(page)).toEqual([])
  const letGo = await holdStore(context)
  await page.route('**/api/v1/drafts/**', (route) =>
    route.request().method() === 'PUT' ? route.abort() : route.continue(),
  )
  await nodeNamed(page, 'LoadAudio').locator('.node-title').click()
  await expect(page.locator('.node[data-selected=true]')).toHaveCount(1)
  await titleOf(page).fill('Done in the last moment')
  await page.keyboard.press('Enter')
  const view = await zoomIn(page)
  await page.reload({ waitUntil: 'commit' })
  await page.unroute('**/api/v1/drafts/**')
  const sent = page.waitForRequest((request) => request.method() === 'PUT' && request.url().includes('/drafts/'))
  await letGo()

  await expect(titleOf(page)).toHaveValue('Done in the last moment')
  await expect(page.locator('.react-flow__viewport')).toHaveAttribute('style', view)
  await expect(wayIn(page)).toContainText('Sub-graph')
  await expect(page.locator('.node[data-selected=true]')).toHaveAccessibleName('LoadAudio')
  // Both stores have it now, without another edit; nothing is left lying about.
  expect((await sent).postDataJSON().title).toBe('Done in the last moment')
  await expect.poll(() => leftBehind(page)).toEqual([])
  await page.keyboard.press('Control+z')
  await expect(titleOf(page)).toHaveValue('First')
})

test('C3: a tab put aside in the last moment comes back where it was', async ({ page, context }) => {
  await openSettled(page)
  const letGo = await holdStore(context)
  const view = await zoomIn(page)
  await page.keyboard.press('Alt+2')
  await expect(titleOf(page)).toHaveValue('Two')
  await page.reload({ waitUntil: 'commit' })
  await letGo()
  await expect(titleOf(page)).toHaveValue('Two')
  await page.keyboard.press('Alt+1')
  await expect(titleOf(page)).toHaveValue('First')
  await expect(page.locator('.react-flow__viewport')).toHaveAttribute('style', view)
})
