import { nodeNamed, openFile, openGraph, shortPulse } from './helpers.ts'
import { expect, type Page, test } from './test.ts'

test.describe.configure({ timeout: 150_000 })

const toolbar = (page: Page) => page.locator('.toolbar')
const runButton = (page: Page) => toolbar(page).getByRole('button', { name: 'Run', exact: true })
const queue = (page: Page) => page.getByRole('complementary', { name: 'Queue and history' })
const cards = (page: Page) => queue(page).getByRole('feed').getByRole('article')

/** A run that takes long enough to look at while it goes on. */
async function longPulse(): Promise<string> {
  const file = JSON.parse(await shortPulse(14))
  file.title = 'Long pulse'
  return JSON.stringify(file)
}

test('R1 R2 R3 R5 R8: the quote, every node state, the bar, and the result of a short run', async ({ page }) => {
  await openGraph(page)
  await openFile(page, 'pulse.json', await shortPulse(3))
  await expect(page.locator('#run-quote')).toContainText(/of \d+ nodes/)
  await toolbar(page).getByRole('button', { name: 'What this run will take' }).click()
  const quote = page.getByRole('dialog', { name: 'What this run will take' })
  for (const fact of ['Time', 'Peak memory', 'Disk', 'Nodes']) await expect(quote).toContainText(fact)
  await expect(quote.getByRole('heading', { name: 'Will run' })).toBeVisible()
  await expect(quote).toContainText('It has not run before.')
  await page.keyboard.press('Escape')
  await runButton(page).click()
  await expect(page.locator('.node-state[data-state=running]').first()).toBeVisible({ timeout: 20_000 })
  await expect(toolbar(page).getByRole('progressbar')).toBeVisible()
  await expect(page).toHaveTitle(/^\d+ % · .+ left · Beatloom$/)
  const show = toolbar(page).getByRole('button', { name: 'Show the result' })
  await expect(show).toBeVisible({ timeout: 45_000 })
  await expect(page).toHaveTitle('Beatloom')
  const save = nodeNamed(page, 'SaveMP4')
  await expect(save.locator('.node-state')).toContainText(/\d s/)
  await expect(save.locator('.node-state')).toContainText('Done')
  await save.getByRole('button', { name: 'Why did this run?' }).click()
  await expect(page.getByRole('dialog', { name: 'Why did this run?' })).toContainText('It has not run before.')
  await page.keyboard.press('Escape')
  await show.click()
  const result = page.getByRole('dialog', { name: 'Result' })
  await expect(result.locator('video')).toBeVisible()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    result.getByRole('link', { name: 'Download' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/\.mp4$/)
  await result.getByRole('button', { name: 'Show in assets' }).click()
  const assets = page.getByRole('complementary', { name: 'Assets' })
  await expect(assets.locator('[data-revealed=true]')).toContainText('.mp4')
  // The same again is all in the cache, and the quote says so before.
  await expect(page.locator('#run-quote')).toHaveText(/All done already|of \d+ nodes/)
  await runButton(page).click()
  await expect(save.locator('.node-state')).toHaveAttribute('data-state', 'cached')
  await expect(save.locator('.node-state')).toContainText('Cached')
})

test('K1 K2 K3 R4: queue by keys, order by buttons, keys and drag, pause, cancel, retry, command line', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openGraph(page)
  await openFile(page, 'long.json', await longPulse())
  await page.keyboard.press('q')
  await queue(page).getByRole('button', { name: 'Pause' }).click()
  await expect(queue(page)).toContainText('Paused: what waits does not start.')
  const waiting = queue(page).locator('.queue-item')
  const title = page.getByLabel('Title of the workflow')
  for (const [index, name] of ['First', 'Second', 'Third'].entries()) {
    await title.fill(name)
    await title.press(index === 2 ? 'Control+Shift+Enter' : 'Control+Enter')
    await expect(waiting).toHaveCount(index + 1)
  }
  await expect(waiting).toContainText(['Third', 'First', 'Second'])
  await waiting.nth(2).getByRole('button', { name: 'Run next' }).click()
  await expect(waiting).toContainText(['Second', 'Third', 'First'])
  await waiting.nth(0).getByRole('button', { name: 'Move down' }).click()
  await expect(waiting).toContainText(['Third', 'Second', 'First'])
  await waiting
    .nth(2)
    .getByRole('button', { name: /^Move “First”/ })
    .press('ArrowUp')
  await expect(waiting).toContainText(['Third', 'First', 'Second'])
  const [grip, top] = [await waiting.nth(2).locator('.queue-grip').boundingBox(), await waiting.nth(0).boundingBox()]
  await page.mouse.move(grip!.x + 8, grip!.y + 12)
  await page.mouse.down()
  await page.mouse.move(grip!.x + 8, top!.y + 60, { steps: 4 })
  await page.mouse.move(grip!.x + 8, top!.y + 4, { steps: 4 })
  await page.mouse.up()
  await expect(waiting).toContainText(['Second', 'Third', 'First'])
  const order = async () =>
    (await (await page.request.get('/api/v1/queue')).json()).queued.map((run: { title: string }) => run.title)
  await expect.poll(order).toEqual(['Second', 'Third', 'First'])
  await waiting.nth(1).getByRole('button', { name: 'Copy as command line' }).click()
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toMatch(/^beatloom run third\.json --picture samples\/cover\.jpg .*--duration 14/)
  await waiting.nth(1).getByRole('button', { name: 'Cancel' }).click()
  await waiting.nth(1).getByRole('button', { name: 'Cancel' }).click()
  await expect(waiting).toHaveCount(1)
  await queue(page).getByRole('button', { name: 'Resume' }).click()
  await expect(queue(page).locator('.run-card[data-state=running]')).toContainText('Second')
  await page.locator('.react-flow__pane').click({ position: { x: 20, y: 20 } })
  await page.keyboard.press('Control+Alt+Enter')
  const over = cards(page).filter({ hasText: 'Second' })
  await expect(over).toContainText('Cancelled', { timeout: 15_000 })
  await over.getByRole('button', { name: 'Retry from where it stopped' }).click()
  await expect(queue(page).locator('.run-card[data-state=running]')).toContainText('Second')
  await queue(page).locator('.run-card[data-state=running]').getByRole('button', { name: 'Cancel' }).click()
  await expect(queue(page).locator('.run-card[data-state=running]')).toHaveCount(0, { timeout: 15_000 })
  // Only what the selected node needs: the beats need the song and nothing else.
  await openFile(page, 'pulse.json', await shortPulse(3.5))
  await nodeNamed(page, 'BeatDetect').locator('.node-title').click()
  await page.keyboard.press('Shift+Enter')
  await expect(nodeNamed(page, 'BeatDetect').locator('.node-state')).toHaveAttribute('data-state', /done|cached/, {
    timeout: 20_000,
  })
  await expect(nodeNamed(page, 'LoadImage').locator('.node-state')).toHaveCount(0)
  await expect(nodeNamed(page, 'SaveMP4').locator('.node-state')).toHaveCount(0)
})

test('R1: a job that cannot be done here is refused, with the nearest setting that fits and a button for it', async ({
  page,
}) => {
  // What this machine can hold decides; so the answer of a smaller one is put in its place.
  let fits = false
  await page.route('**/api/v1/plan', async (route) => {
    const answer = await (await route.fetch()).json()
    const pulse = Object.entries<{ type: string; params: { resolution?: string } }>(
      route.request().postDataJSON().workflow.nodes,
    ).find(([, node]) => node.type === 'frames.pulse')
    fits = pulse?.[1].params.resolution === '480p'
    if (pulse && !fits && answer.quote) {
      const message = 'This run needs about 9 GB of memory and this machine has 4 GB.'
      answer.quote.refusal = {
        code: 'not_enough_memory',
        message,
        node: pulse[0],
        param: 'resolution',
        nearest: '480p',
      }
    }
    await route.fulfill({ json: answer })
  })
  await openGraph(page)
  const file = JSON.parse(await shortPulse(3))
  for (const node of Object.values<{ type: string; params: object }>(file.nodes))
    if (node.type === 'frames.pulse') node.params = { ...node.params, resolution: '720p' }
  await openFile(page, 'large.json', JSON.stringify(file))
  await toolbar(page).getByRole('button', { name: 'Not possible here' }).click()
  const refused = page.getByRole('dialog', { name: 'Not possible here' })
  await expect(refused).toContainText('needs about 9 GB')
  // Who knows better may try: the server is told to begin it all the same.
  const begun = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/runs'))
  await refused.getByRole('button', { name: 'Try anyway' }).click()
  expect((await begun).postDataJSON()).toMatchObject({ tryAnyway: true })
  await page.getByRole('button', { name: 'Cancel', exact: true }).click()
  await toolbar(page).getByRole('button', { name: 'Not possible here' }).click()
  await refused.getByRole('button', { name: 'Set Resolution to 480p' }).click()
  await expect(page.locator('#run-quote')).toBeVisible()
  expect(fits).toBe(true)
})

test('R5 R7 K16: history search, differences, compare, restore, delete; assets onto the canvas; a job that ends unseen', async ({
  page,
}) => {
  await openGraph(page)
  const file = JSON.parse(await shortPulse(3))
  const pulse = Object.values<{ type: string; params: Record<string, unknown> }>(file.nodes).find(
    (node) => node.type === 'frames.pulse',
  )!
  const results: string[] = []
  for (const zoomAmount of [0.11, 0.22]) {
    pulse.params = { ...pulse.params, zoomAmount }
    const answer = await page.request.post('/api/v1/runs', { data: { workflow: file, title: 'Two tries' } })
    results.push((await answer.json()).run.id)
  }
  await openFile(page, 'pulse.json', await shortPulse(3))
  await page.locator('.react-flow__pane').click({ position: { x: 20, y: 20 } })
  await page.keyboard.press('q')
  const newer = cards(page).filter({ hasText: 'Two tries' }).first()
  await expect(newer).toContainText('Zoom amount 0.11 0.22', { timeout: 90_000 })
  await expect
    .poll(() => newer.locator('.run-thumb img').evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBeGreaterThan(100)
  const search = queue(page).getByRole('searchbox', { name: 'Search titles and values' })
  await search.fill('two tries')
  await expect(cards(page)).toHaveCount(2)
  await search.fill('nothing like this')
  await expect(queue(page)).toContainText('No run fits this search.')
  await search.fill('0.22')
  await expect(cards(page)).toHaveCount(1)
  await newer.getByRole('button', { name: 'Compare' }).click()
  const compare = page.getByRole('dialog', { name: 'Compare two runs' })
  await expect(compare.locator('video')).toHaveCount(2)
  await expect(compare.getByRole('row', { name: /Zoom amount 0\.11 0\.22/ })).toBeVisible()
  await page.keyboard.press('Escape')
  await newer.getByRole('button', { name: 'Restore its values here' }).click()
  await expect(page.getByRole('spinbutton', { name: 'Zoom amount' })).toHaveValue('0.22')
  await newer.getByRole('button', { name: 'Delete' }).click()
  await expect(cards(page)).toHaveCount(0)

  await page.locator('.react-flow__pane').click({ position: { x: 20, y: 20 } })
  await page.keyboard.press('a')
  const assets = page.getByRole('complementary', { name: 'Assets' })
  const before = await page.locator('.node').count()
  await assets.getByRole('searchbox', { name: 'Search names' }).fill('pulse')
  // The list follows what is typed a moment later.
  for (const card of await assets.getByRole('article').all()) await expect(card).toContainText(/pulse/i)
  await page.waitForLoadState('networkidle')
  await assets
    .getByRole('article')
    .first()
    .dragTo(page.locator('.react-flow__pane'), { targetPosition: { x: 30, y: 30 } })
  await expect(page.locator('.node')).toHaveCount(before + 1)
  await assets
    .getByRole('button', { name: /^Put .*mp4 on the canvas/ })
    .first()
    .click()
  await expect(page.locator('.node')).toHaveCount(before + 2)

  await page.getByRole('button', { name: 'Notices' }).click()
  await page.getByRole('switch', { name: 'Done: Play a sound' }).click()
  await expect(page.getByRole('switch', { name: 'Done: Play a sound' })).toHaveAttribute('aria-checked', 'true')
  await expect(page.getByRole('switch', { name: 'Failed: Play a sound' })).toHaveAttribute('aria-checked', 'false')
  await page.evaluate(() => Object.defineProperty(document, 'hidden', { configurable: true, get: () => true }))
  await page.request.post('/api/v1/runs', { data: { workflow: file, title: 'Two tries' } })
  await expect(page).toHaveTitle('✓ Beatloom', { timeout: 30_000 })
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => false })
    document.dispatchEvent(new Event('visibilitychange'))
  })
  await expect(page).toHaveTitle('Beatloom')
  expect(results).toHaveLength(2)
})
