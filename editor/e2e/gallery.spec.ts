import { openGraph } from './helpers.ts'
import { expect, test } from './test.ts'

test('D8: the gallery shows what each template makes, what it needs and whether it can run here', async ({ page }) => {
  await openGraph(page)
  await page.keyboard.press('Control+o')
  const dialog = page.getByRole('dialog')
  const cards = dialog.locator('.template')
  await expect(cards.first()).toContainText('Song video')
  expect(await cards.count()).toBeGreaterThan(2)
  for (const card of await cards.all()) {
    await card.scrollIntoViewIfNeeded()
    const picture = card.locator('img')
    await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(200)
    await expect(card.locator('.template-about')).not.toBeEmpty()
    await expect(card.locator('.template-standing')).toHaveText(
      /^(Ready|Needs .+ \(.+ GB\)|.+ of memory, and there .+)/,
    )
  }
  await expect(cards.first().locator('[data-standing=ready]')).toHaveText('Ready')
  await expect(cards.filter({ hasText: 'Stable Diffusion text to picture' })).toContainText(
    'Needs stable-diffusion-v1-5',
  )
  await dialog.getByRole('button', { name: 'see what is in a song' }).click()
  await expect(cards).toHaveCount(1)
  await expect(cards).toContainText('Audio analysis')
  await dialog.getByRole('button', { name: 'make a music video' }).click()
  await expect(cards).toContainText(['Song video', 'Words over time'])
})

test('D8: a template that needs a download, or is too large here, says so with its sizes', async ({ page }) => {
  await page.route('**/api/v1/workflows', async (route) => {
    const answer = await route.fetch()
    const { workflows } = await answer.json()
    const model = { name: 'wan22', sizeBytes: 27e9 }
    workflows[1] = { ...workflows[1], standing: 'download', missing: [model] }
    workflows[2] = { ...workflows[2], standing: 'too-large', memory: { neededBytes: 27e9, availableBytes: 8e9 } }
    await route.fulfill({ json: { workflows } })
  })
  await openGraph(page)
  await page.keyboard.press('Control+o')
  const cards = page.getByRole('dialog').locator('.template')
  await expect(cards.nth(1)).toContainText('Needs wan22 (27.00 GB)')
  await expect(cards.nth(2)).toContainText('take 27.00 GB of memory, and there are 8.00 GB')
})

test('D8: people who ask for less motion are shown stills', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await openGraph(page)
  const loops: string[] = []
  page.on('request', (request) => {
    if (request.url().includes('kind=loop')) loops.push(request.url())
  })
  await page.keyboard.press('Control+o')
  const picture = page.getByRole('dialog').locator('.template img').first()
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.currentSrc)).toContain('kind=still')
  expect(loops).toEqual([])
})

test('D8: on first use a music video from the sample media is at most two clicks away', async ({ page }) => {
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Song video')
  await expect(page.getByRole('region', { name: 'Picture' }).locator('img.step-thumb')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Song' }).locator('.waveform-bars').first()).toBeVisible()
  const started = page.waitForResponse(
    (answer) => answer.url().endsWith('/api/v1/runs') && answer.request().method() === 'POST',
  )
  await page.getByRole('button', { name: 'Generate' }).click()
  const { run } = await (await started).json()
  expect(run.title).toBe('Song video')
  await page.request.post(`/api/v1/runs/${run.id}/cancel`)
})

test('D8: in the graph the same is two clicks from the gallery, and a template opens as a copy of one’s own', async ({
  page,
}) => {
  await openGraph(page)
  await page.keyboard.press('Control+o')
  await page.getByRole('dialog').locator('.template', { hasText: 'Song video' }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
  const started = page.waitForResponse(
    (answer) => answer.url().endsWith('/api/v1/runs') && answer.request().method() === 'POST',
  )
  await page.locator('.toolbar').getByRole('button', { name: 'Run', exact: true }).click()
  const { run } = await (await started).json()
  await page.request.post(`/api/v1/runs/${run.id}/cancel`)
  await page.getByLabel('Title of the workflow').fill('My own')
  await page.keyboard.press('Control+o')
  await expect(page.getByRole('dialog').locator('.template').first()).toContainText('Song video')
})
