import { comparePicture, SKIP_PICTURES } from './compare-picture.ts'
import { openFile, openGraph, shortPulse } from './helpers.ts'
import { runScene } from './run-scene.ts'
import { expect, type Page, test } from './test.ts'

/** Pictures of what runs, fails and is finished, in both themes and languages; see visual.spec.ts. */
test.skip(SKIP_PICTURES, 'BEATLOOM_VISUAL=skip: other fonts than the kept pictures have')
test.use({ testNodes: 'error-nodes.ts' })

/** A frame of one pixel around a card has to count, so little may differ. */
async function compare(page: Page, name: string): Promise<void> {
  const changing = [page.locator('.run-status, .run-strip, .node-state[data-state=done], .result-time, video')]
  await comparePicture(page, name, { changing, tolerance: 0.001 })
}

/** What a run will take depends on the machine, and the button is as wide as its words. */
async function fixQuote(page: Page): Promise<void> {
  await page.route('**/api/v1/plan', async (route) => {
    const answer = await (await route.fetch()).json()
    if (answer.quote) answer.quote.seconds = [3, 5]
    await route.fulfill({ json: answer })
  })
}

/** So that the picture is cached, whichever test comes first. */
test.beforeEach(async ({ request }) => {
  const workflow = JSON.parse(runScene({ type: 'test.failing', params: { code: '' } }))
  const { run } = await (await request.post('/api/v1/runs', { data: { workflow } })).json()
  const state = async () => (await (await request.get(`/api/v1/runs/${run.id}`)).json()).state
  await expect.poll(state).toBe('done')
})

const run = (page: Page) => page.locator('.toolbar .run-button').click()

// Songs of two lengths, so that neither run is cached and both listen for the beats.
for (const [look, colorScheme, locale, seconds] of [
  ['light-en', 'light', 'en-US', 4],
  ['dark-zh', 'dark', 'zh-CN', 5],
] as const) {
  test.describe(look, () => {
    test.use({ colorScheme, locale, contextOptions: { reducedMotion: 'reduce' } })

    test(`looks: a run that goes on, ${look}`, async ({ page }) => {
      await openGraph(page)
      await openFile(page, 'scene.json', runScene({ type: 'test.halfway' }))
      await run(page)
      await expect(page.locator('.node-state[data-state=running]')).toContainText(/62 ?%/)
      await expect(page.locator('.node[data-state=done], .node[data-state=cached]')).toHaveCount(2)
      await expect(page.locator('.node-previews img')).toBeVisible()
      await page.mouse.move(900, 300)
      await compare(page, `running-${look}`)
      await page.locator('.run-cancel').click()
      await expect(page.locator('.node[data-state=stopped]').first()).toBeVisible()
    })

    test(`looks: a run that failed, with the reason open, ${look}; and the notices`, async ({ page }) => {
      await fixQuote(page)
      await openGraph(page)
      await openFile(page, 'scene.json', runScene({ type: 'test.failing', params: { code: 'disk_full' } }))
      await run(page)
      await expect(page.locator('.node[data-state=failed]')).toBeVisible()
      await expect(page.locator('.node-previews img')).toBeVisible()
      await expect(page.locator('#run-quote')).toHaveAttribute('data-stale', 'false')
      await page.locator('.toolbar .run-failed').click()
      await expect(page.locator('.refused')).toBeVisible()
      await compare(page, `failed-${look}`)
      await page.keyboard.press('Escape')
      await page.locator('.notice-anchor button').click()
      await expect(page.locator('.notice-settings')).toBeVisible()
      await compare(page, `notices-${look}`)
    })

    test(`looks: the form with its result, ${look}`, async ({ page }) => {
      await openGraph(page)
      await openFile(page, 'pulse.json', await shortPulse(seconds))
      await page.goto('/')
      await page.locator('.generate .button').click()
      const video = page.locator('.result video')
      await expect(video).toBeVisible({ timeout: 60_000 })
      await video.evaluate((element: HTMLVideoElement) => {
        element.pause()
        element.currentTime = 0
      })
      await expect(page.locator('.result')).toContainText(`0:00 / 0:0${seconds}`)
      await expect(page.locator('.page-inputs')).toContainText('BPM')
      await page.mouse.move(4, 4)
      await compare(page, `form-finished-${look}`)
    })
  })
}
