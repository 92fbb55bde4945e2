import { readFile } from 'node:fs/promises'
import { drag, emptyCanvas, nodeNamed, openFile, openTemplate, shortPulse } from './helpers.ts'
import { type BrowserContext, expect as expectSoon, type Locator, type Page, test } from './test.ts'

// Several windows at once on a machine that may be busy.
const expect = expectSoon.configure({ timeout: 20_000 })
test.describe.configure({ timeout: 120_000 })

async function openGraph(page: Page): Promise<void> {
  await page.goto('/#graph')
  await expect(page.locator('.node').first()).toBeVisible()
}

const row = (page: Page): Locator => page.getByRole('tablist', { name: 'Open documents' })
const tab = (page: Page, name: string | RegExp): Locator => row(page).getByRole('tab', { name })
const titles = (page: Page): Promise<string[]> => row(page).locator('.tab-title').allTextContents()
const active = (page: Page): Locator => row(page).locator('[role=tab][aria-selected=true]')

const graphOf = (title: string, nodes: Record<string, unknown> = { song: { type: 'audio.load' } }): string =>
  JSON.stringify({ beatloom: 1, title, nodes, layout: { nodes: { song: [0, 0], picture: [0, 300] }, groups: [] } })

const openTitled = (page: Page, title: string) => openFile(page, `${title}.json`, graphOf(title))

/** Gives the selected title to a node, which is one edit. */
async function renameNode(page: Page, from: string, to: string): Promise<void> {
  await nodeNamed(page, from).locator('.node-title').dblclick()
  await page.keyboard.type(to)
  await page.keyboard.press('Enter')
  await expect(nodeNamed(page, to)).toBeVisible()
}

/** Waits until the last edit is in the browser's store and on the server. */
async function untilKept(page: Page): Promise<void> {
  await page.waitForResponse((response) => response.request().method() === 'PUT' && /\/drafts\//.test(response.url()))
}

test.beforeEach(async ({ page }) => openGraph(page))

test('K14 D5 M16: tabs open, rename, go by number, mark what is unsaved, ask once, close, come back and keep their row', async ({
  page,
}) => {
  // The untouched template gives its place to the first file; files give theirs to nobody.
  await openTitled(page, 'One')
  expect(await titles(page)).toEqual(['One'])
  await openTitled(page, 'Two')
  await page.keyboard.press('Alt+n')
  await expect(page.locator('.node')).toHaveCount(0)
  expect(await titles(page)).toEqual(['One', 'Two', 'Untitled'])

  await page.keyboard.press('Alt+1')
  await expect(active(page)).toHaveText('One')
  await expect(nodeNamed(page, 'LoadAudio')).toBeVisible()
  await page.keyboard.press('Alt+9')
  await expect(active(page)).toHaveText('Untitled')
  await page.keyboard.press('Alt+2')

  // By double click and by F2; empty text restores the default.
  await active(page).dblclick()
  await page.keyboard.type('Second')
  await page.keyboard.press('Enter')
  await expect(tab(page, /^Second, not saved/)).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Title of the workflow' })).toHaveValue('Second')
  await active(page).press('F2')
  await page.getByRole('textbox', { name: 'Name of the document' }).fill('')
  await page.keyboard.press('Enter')
  await expect(active(page)).toHaveText('Untitled')
  await page.locator('.react-flow__pane').click({ position: { x: 40, y: 500 } })
  await page.keyboard.press('Control+z')
  await expect(active(page)).toHaveText('Second')

  // A dirty tab is asked about once; staying loses nothing.
  await page.keyboard.press('Alt+w')
  const question = page.getByRole('alertdialog')
  await expect(question).toContainText('Second')
  await question.getByRole('button', { name: 'Keep open' }).click()
  expect(await titles(page)).toEqual(['One', 'Second', 'Untitled'])
  await page.keyboard.press('Alt+w')
  await question.getByRole('button', { name: 'Close without saving' }).click()
  await expect(tab(page, /Second/)).toHaveCount(0)
  await page.keyboard.press('Alt+Shift+W')
  await expect(active(page)).toHaveText('Second')
  expect(await titles(page)).toEqual(['One', 'Second', 'Untitled'])
  // With its undo history.
  await page.keyboard.press('Control+z')
  await expect(active(page)).toHaveText('Two')
  await page.keyboard.press('Control+y')

  // Save as puts a file beside the old one and takes its name.
  await page.keyboard.press('Control+Shift+S')
  await page.getByRole('textbox', { name: 'File name' }).fill('Second take')
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')])
  expect(download.suggestedFilename()).toBe('second-take.json')
  expect(JSON.parse(await readFile(await download.path(), 'utf8')).title).toBe('Second take')
  await expect(active(page)).toHaveAccessibleName('Second take')

  // By keyboard along the row, and by dragging.
  await active(page).press('Control+Shift+ArrowLeft')
  expect(await titles(page)).toEqual(['Second take', 'One', 'Untitled'])
  await expect(tab(page, 'Second take')).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(active(page)).toHaveText('One')
  await expect(tab(page, 'One')).toBeFocused()
  await drag(page, tab(page, 'One'), row(page).locator('.tab').last().locator('.tab-close'))
  await expect.poll(() => titles(page)).toEqual(['Second take', 'Untitled', 'One'])

  await page.reload()
  await expect(active(page)).toHaveText('One')
  expect(await titles(page)).toEqual(['Second take', 'Untitled', 'One'])

  await tab(page, 'One').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Close other tabs' }).click()
  await expect(row(page).getByRole('tab')).toHaveCount(1)
  // The last one leaves an empty tab behind, never an empty window.
  await tab(page, 'One').press('Delete')
  await expect(active(page)).toHaveText('Untitled')
  await page.getByRole('button', { name: 'More about tabs' }).click()
  await page.getByRole('menuitem', { name: /Reopen closed tab/ }).click()
  await expect(active(page)).toHaveText('One')
})

test('C3: undo belongs to the tab, survives a reload, and moves neither the view nor results', async ({ page }) => {
  await openFile(page, 'pulse.json', await shortPulse(3.5))
  const toolbar = page.locator('.toolbar')
  await toolbar.getByRole('button', { name: 'Run', exact: true }).click()
  const result = nodeNamed(page, 'SaveMP4').locator('video')
  await expect(result).toBeVisible({ timeout: 90_000 })
  const state = nodeNamed(page, 'SaveMP4').locator('.node-state')
  await expect(state).toHaveAttribute('data-state', 'done')

  // One step: a drag of a node, whatever its length; then a word typed; then another after a pause.
  const song = nodeNamed(page, 'LoadAudio')
  const header = song.locator('.node-title')
  const before = await song.boundingBox()
  const grip = await header.boundingBox()
  await page.mouse.move(grip!.x + 10, grip!.y + 8)
  await page.mouse.down()
  await page.mouse.move(grip!.x + 60, grip!.y + 60, { steps: 6 })
  await page.mouse.up()
  const title = page.getByRole('textbox', { name: 'Title of the workflow' })
  const first = await title.inputValue()
  await title.focus()
  await page.keyboard.press('End')
  await page.keyboard.type(' take', { delay: 30 })
  await page.waitForTimeout(900) // the pause itself is what ends a step
  await page.keyboard.type(' two', { delay: 30 })
  await page.keyboard.press('Enter')
  await expect(title).toHaveValue(`${first} take two`)

  await openTitled(page, 'Other')
  await renameNode(page, 'LoadAudio', 'Mine')
  await page.keyboard.press('Alt+1')
  await expect(title).toHaveValue(`${first} take two`)
  await expect(result).toBeVisible()
  await page.getByRole('button', { name: 'Zoom in' }).click()
  await untilStill(page)
  const view = await page.locator('.react-flow__viewport').getAttribute('style')

  await page.reload()
  await expect(title).toHaveValue(`${first} take two`)
  await expect(result).toBeVisible()
  await expect(page.locator('.react-flow__viewport')).toHaveAttribute('style', view ?? '')
  await page.keyboard.press('Control+z')
  await expect(title).toHaveValue(`${first} take`)
  await page.keyboard.press('Control+z')
  await expect(title).toHaveValue(first)
  await page.keyboard.press('Control+z')
  await expect(page.getByRole('button', { name: 'Undo' })).toBeDisabled()
  await expect(page.locator('.react-flow__viewport')).toHaveAttribute('style', view ?? '')
  await expect(result).toBeVisible()
  await expect(state).toHaveAttribute('data-state', 'done')
  await page.keyboard.press('Control+y')
  await page.keyboard.press('Control+y')
  await page.keyboard.press('Control+y')
  await expect(title).toHaveValue(`${first} take two`)
  expect(before).not.toBeNull()
  // The other tab kept its own step all the while.
  await page.keyboard.press('Alt+2')
  await expect(title).toHaveValue('Other')
  await page.keyboard.press('Control+z')
  await expect(nodeNamed(page, 'LoadAudio')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Undo' })).toBeDisabled()
})

test('C3 K4 D5: while a tab is being read it says so, keys are meant for it, and clicks do nothing to the other one', async ({
  page,
}) => {
  await openTitled(page, 'One')
  await renameNode(page, 'LoadAudio', 'Song of one')
  await openTitled(page, 'Two')
  await renameNode(page, 'LoadAudio', 'Song of two')
  await untilKept(page)
  await page.reload()
  await expect(nodeNamed(page, 'Song of two')).toBeVisible()

  let letGo = (): void => undefined
  const held = new Promise<void>((resolve) => {
    letGo = resolve
  })
  await page.route(/\/drafts\/d-/, async (route) => {
    await held
    await route.continue()
  })
  const asked = page.waitForRequest((request) => request.method() === 'GET' && /\/drafts\/d-/.test(request.url()))
  await page.keyboard.press('Alt+1')
  await asked
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Control+x')
  await expect(page.getByRole('tab', { name: 'One, opening' })).toHaveAttribute('aria-busy', 'true')
  const undo = (await page.getByRole('button', { name: 'Undo' }).boundingBox())!
  await page.mouse.click(undo.x + undo.width / 2, undo.y + undo.height / 2)
  // Nothing of it is done to the tab that is still on screen.
  await expect(active(page)).toHaveText('Two')
  await expect(nodeNamed(page, 'Song of two')).toBeVisible()
  letGo()
  await expect(active(page)).toHaveText('One')
  await expect(page.locator('.tab-name[aria-busy="true"]')).toHaveCount(0)
  await expect(page.locator('.node')).toHaveCount(0)
  await page.keyboard.press('Control+z')
  await expect(nodeNamed(page, 'LoadAudio')).toBeVisible()
  await page.keyboard.press('Control+y')
  await expect(page.locator('.node')).toHaveCount(0)
  await page.keyboard.press('Alt+2')
  await expect(nodeNamed(page, 'Song of two')).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(nodeNamed(page, 'LoadAudio')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Undo' })).toBeDisabled()
})

async function untilStill(page: Page): Promise<void> {
  const read = () => page.locator('.react-flow__viewport').getAttribute('style')
  let last = ''
  await expect
    .poll(async () => {
      const [now, same] = [(await read()) ?? '', last]
      last = now
      return now === same
    })
    .toBe(true)
}

test('D5: a tab tells that its run goes on while another is on screen', async ({ page }) => {
  await openFile(page, 'pulse.json', await shortPulse(6))
  const name = await active(page).locator('.tab-title').textContent()
  await page.locator('.toolbar').getByRole('button', { name: 'Run', exact: true }).click()
  await page.keyboard.press('Alt+n')
  await expect(tab(page, new RegExp(`^${name}.*running`))).toBeVisible()
  await expect(tab(page, name ?? '')).toHaveAccessibleName(name ?? '', { timeout: 90_000 })
  await page.keyboard.press('Alt+1')
  await expect(nodeNamed(page, 'SaveMP4').locator('video')).toBeVisible()
})

async function secondWindow(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  await openGraph(page)
  return page
}

for (const locks of [true, false]) {
  test(`D4: a second window on the same document is told, may look, save a copy or take over ${locks ? '' : '(no Web Locks)'}`, async ({
    context,
    page: unused,
  }) => {
    await unused.close()
    if (!locks) {
      // As on a page that came over plain http from another machine.
      await context.addInitScript(() => Object.defineProperty(Navigator.prototype, 'locks', { value: undefined }))
    }
    const one = await secondWindow(context)
    await openTitled(one, 'Shared')
    await Promise.all([untilKept(one), renameNode(one, 'LoadAudio', 'First name')])

    const two = await secondWindow(context)
    await expect(active(two)).toHaveAccessibleName(/^Shared.*view only/)
    await expect(two.getByText('This document is open in another window.')).toBeVisible()
    await expect(one.getByText('another window')).toHaveCount(0)
    await expect(nodeNamed(two, 'First name')).toBeVisible()

    // Looking folds the notice away; whatever is tried changes nothing, and brings it back.
    await two.getByRole('button', { name: 'Just view' }).click()
    await expect(two.getByText('This document is open in another window.')).toHaveCount(0)
    await nodeNamed(two, 'First name').click({ position: { x: 40, y: 12 } })
    await two.keyboard.press('Delete')
    await expect(nodeNamed(two, 'First name')).toBeVisible()
    await expect(two.getByText('This document is open in another window.')).toBeVisible()

    // A copy is a document of its own.
    await two.getByRole('button', { name: 'Save a copy' }).click()
    await expect(active(two)).toHaveAccessibleName(/^Shared \(copy\)/)
    await renameNode(two, 'First name', 'Copied name')
    await expect(nodeNamed(one, 'First name')).toBeVisible()

    // Taking over goes on from the other's last edit, with its history; the other is told and looks on.
    await renameNode(one, 'First name', 'Latest name')
    await one.evaluate(() => dispatchEvent(new Event('focus')))
    const three = await secondWindow(context)
    await expect(active(three)).toHaveAccessibleName(/^Shared, .*view only/)
    // Looking on is looking at what happens there.
    await renameNode(one, 'Latest name', 'Latest of all')
    await expect(nodeNamed(three, 'Latest of all')).toBeVisible()
    await one.keyboard.press('Control+z')
    await expect(nodeNamed(three, 'Latest name')).toBeVisible()
    await three.getByRole('button', { name: 'Take over' }).click()
    await expect(three.locator('.notice')).toHaveCount(0)
    await expect(nodeNamed(three, 'Latest name')).toBeVisible()
    await expect(one.getByText('Another window took this document over.')).toBeVisible()
    await expect(active(one)).toHaveAccessibleName(/view only/)
    await renameNode(three, 'Latest name', 'Taken name')
    await three.keyboard.press('Control+z')
    await three.keyboard.press('Control+z')
    await expect(nodeNamed(three, 'First name')).toBeVisible()
    await one.bringToFront()
    await one.getByRole('button', { name: 'Take over' }).click()
    await expect(nodeNamed(one, 'First name')).toBeVisible()
    await expect(one.locator('.notice')).toHaveCount(0)
    await expect(active(three)).toHaveAccessibleName(/view only/)
    // With the other window gone the document is simply open here.
    await one.close()
    await three.evaluate(() => dispatchEvent(new Event('focus')))
    await expect(three.locator('.notice')).toHaveCount(0)
    await renameNode(three, 'First name', 'Last name')
  })
}

test('D4: two devices on one draft: nothing is overwritten, and each way out works', async ({ page, browser }) => {
  await openTitled(page, 'Travelling')
  await Promise.all([untilKept(page), renameNode(page, 'LoadAudio', 'From desk')])
  const elsewhere = await browser.newContext()
  const phone = await elsewhere.newPage()
  await openGraph(phone)
  await phone.keyboard.press('Control+o')
  await phone
    .getByRole('dialog')
    .getByRole('button', { name: /^Travelling/ })
    .first()
    .click()
  await expect(nodeNamed(phone, 'From desk')).toBeVisible()
  await Promise.all([untilKept(phone), renameNode(phone, 'From desk', 'From phone')])

  // The desk did nothing meanwhile: coming back to it shows the newer version, one undo from its own.
  await page.evaluate(() => dispatchEvent(new Event('focus')))
  await expect(nodeNamed(page, 'From phone')).toBeVisible()
  // Kept in between: what is undone and redone at once is as it was, and needs no keeping.
  await Promise.all([untilKept(page), page.keyboard.press('Control+z')])
  await expect(nodeNamed(page, 'From desk')).toBeVisible()
  await Promise.all([untilKept(page), page.keyboard.press('Control+y')])

  // Both go on: whoever writes second is told.
  await Promise.all([untilKept(phone), renameNode(phone, 'From phone', 'Phone again')])
  const notice = phone.getByRole('alert').filter({ hasText: 'also changed on another device' })
  await expect(notice).toBeVisible()
  await notice.getByRole('button', { name: 'Show what changed' }).click()
  await expect(phone.getByRole('dialog')).toContainText('Phone again')
  await phone.keyboard.press('Escape')
  await notice.getByRole('button', { name: 'Keep mine' }).click()
  await expect(notice).toHaveCount(0)

  await Promise.all([untilKept(page), renameNode(page, 'From phone', 'Desk again')])
  const told = page.getByRole('alert').filter({ hasText: 'also changed on another device' })
  await told.getByRole('button', { name: 'Use theirs' }).click()
  await expect(nodeNamed(page, 'Phone again')).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(nodeNamed(page, 'Desk again')).toBeVisible()
  await elsewhere.close()
})

test('D3: a full browser storage is told once and the server goes on; when both fail it is told loudly', async ({
  page,
  context,
}) => {
  await context.addInitScript(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('The quota has been exceeded.', 'QuotaExceededError')
    }
    Storage.prototype.setItem = () => {
      throw new DOMException('The quota has been exceeded.', 'QuotaExceededError')
    }
  })
  await page.reload()
  await expect(page.locator('.node').first()).toBeVisible()
  await openTitled(page, 'Crowded')
  const full = page.getByText('This browser has no room left for drafts.')
  await Promise.all([untilKept(page), renameNode(page, 'LoadAudio', 'Kept there')])
  await expect(full).toBeVisible()
  await page.locator('.notice').getByRole('button', { name: 'Dismiss' }).click()
  await Promise.all([untilKept(page), renameNode(page, 'Kept there', 'Kept again')])
  await expect(full).toHaveCount(0)

  await page.route('**/api/v1/drafts/**', (route) => route.abort())
  await renameNode(page, 'Kept again', 'In danger')
  const loud = page.getByRole('alert').filter({ hasText: 'not kept anywhere' })
  await expect(loud).toBeVisible()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    loud.getByRole('button', { name: 'Save to a file' }).click(),
  ])
  expect(await readFile(await download.path(), 'utf8')).toContain('In danger')
  await page.unroute('**/api/v1/drafts/**')
  await expect(loud).toHaveCount(0)
})

test('D1 D5: a dirty tab is never replaced; many tabs scroll and all are reached', async ({ page }) => {
  await emptyCanvas(page)
  await page.keyboard.press('Shift+A')
  await page.getByPlaceholder('Search nodes').fill('LoadAudio')
  await page.keyboard.press('Enter')
  await expect(nodeNamed(page, 'LoadAudio')).toBeVisible()
  await openTemplate(page, 'Song video')
  expect(await titles(page)).toEqual(['Untitled', 'Song video'])
  await page.setViewportSize({ width: 700, height: 700 })
  for (let n = 1; n <= 9; n++) await openTitled(page, `Number ${n}`)
  await expect(active(page)).toBeInViewport()
  await page.keyboard.press('Alt+1')
  await expect(active(page)).toBeInViewport()
  await expect(nodeNamed(page, 'LoadAudio')).toBeVisible()
  await page.keyboard.press('Alt+9')
  await expect(active(page)).toHaveText('Number 9')
  await page.getByRole('button', { name: 'More about tabs' }).click()
  await page.getByRole('menuitemradio', { name: 'Number 3' }).click()
  await expect(active(page)).toHaveText('Number 3')
})
