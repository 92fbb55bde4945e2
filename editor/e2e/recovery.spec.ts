import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nodeNamed, openFile } from './helpers.ts'
import { type OwnServer, startServer } from './own-server.ts'
import { type BrowserContext, expect as expectSoon, type Page, test } from './test.ts'

const expect = expectSoon.configure({ timeout: 30_000 })
test.describe.configure({ timeout: 180_000 })

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as { port: number }
  await new Promise((resolve) => probe.close(resolve))
  return port
}

const napOf = (title: string, milliseconds: number): string =>
  JSON.stringify({
    beatloom: 1,
    title,
    nodes: {
      nap: { type: 'test.sleep', params: { milliseconds } },
      save: { type: 'test.save', links: { value: { node: 'nap', port: 'value' } } },
    },
    outputs: { result: { node: 'save', port: 'file' } },
    layout: { nodes: { nap: [0, 0], save: [420, 0] }, groups: [] },
  })

const tabs = (page: Page) => page.getByRole('tablist', { name: 'Open documents' }).getByRole('tab')
const shownTitles = (page: Page): Promise<string[]> => tabs(page).locator('.tab-title').allTextContents()

async function openGraph(page: Page, url: string, hash = '#graph'): Promise<void> {
  await page.goto(`${url}/${hash}`)
  await expect(page.locator('.tab-bar')).toBeVisible()
}

async function rename(page: Page, from: string, to: string): Promise<void> {
  await nodeNamed(page, from).locator('.node-title').dblclick()
  await page.keyboard.type(to)
  await page.keyboard.press('Enter')
  await expect(nodeNamed(page, to)).toBeVisible()
}

/** The draft that bears the title, as the server has it. */
async function serverDraft(url: string, title: string): Promise<string> {
  const { drafts } = await (await fetch(`${url}/api/v1/drafts`)).json()
  const id = drafts.find((draft: { title: string }) => draft.title === title)?.id
  return id ? (await fetch(`${url}/api/v1/drafts/${id}`)).text() : ''
}

/** The renderer dies as in a crash of the browser: no event is heard by anybody. */
async function crash(context: BrowserContext, page: Page): Promise<void> {
  const session = await context.newCDPSession(page)
  const crashed = page.waitForEvent('crash')
  session.send('Page.crash').catch(() => undefined)
  await crashed
  await page.close()
}

let data = ''
let servers: OwnServer[] = []
const start = async (port: number): Promise<OwnServer> => {
  const server = await startServer({ data, port, testNodes: 'test-nodes.ts' })
  servers.push(server)
  return server
}

test.beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'beatloom-recovery-'))
  servers = []
})
test.afterEach(async () => {
  for (const server of servers) if (server.child.exitCode === null && !server.child.killed) await server.kill()
  rmSync(data, { recursive: true, force: true, maxRetries: 5 })
})

test('D3, check 6: a page killed in the middle of a gesture comes back with all tabs, marked, and shows what changed', async ({
  context,
  page,
}) => {
  const { url } = await start(await freePort())
  await openGraph(page, url)
  await openFile(page, 'one.json', napOf('First', 1000))
  await rename(page, 'Sleep', 'Renamed nap')
  await openFile(page, 'two.json', napOf('Second', 1000))
  await openFile(page, 'three.json', napOf('Third', 1000))
  await page.keyboard.press('Alt+1')
  await rename(page, 'Save', 'Renamed save')
  await expect.poll(() => serverDraft(url, 'First')).toContain('Renamed save')

  // A node is being dragged when everything ends: that gesture alone is lost.
  const grip = await nodeNamed(page, 'Renamed save').locator('.node-title').boundingBox()
  await page.mouse.move(grip!.x + 10, grip!.y + 8)
  await page.mouse.down()
  await page.mouse.move(grip!.x + 120, grip!.y + 90, { steps: 5 })
  await crash(context, page)

  const later = await context.newPage()
  await openGraph(later, url)
  await expect.poll(() => shownTitles(later)).toEqual(['First', 'Second', 'Third'])
  await expect(tabs(later).first()).toHaveAccessibleName('First, not saved to a file, recovered')
  await expect(tabs(later).nth(1)).toHaveAccessibleName('Second')
  await expect(nodeNamed(later, 'Renamed nap')).toBeVisible()
  await expect(nodeNamed(later, 'Renamed save')).toBeVisible()
  const notice = later.locator('.notice').filter({ hasText: '“First” was recovered' })
  await notice.getByRole('button', { name: 'Show what changed' }).click()
  await expect(later.getByRole('dialog')).toContainText('Renamed save')
  await later.keyboard.press('Escape')
  // With the steps that led there.
  await later.keyboard.press('Control+z')
  await expect(nodeNamed(later, 'Save')).toBeVisible()
  await later.keyboard.press('Control+z')
  await expect(notice).toHaveCount(0)
  await expect(tabs(later).first()).toHaveAccessibleName('First')
})

test('D3 R4 R6, check 6: kill -9 of the server in the middle of a run and of editing: nothing is lost, the run goes on, the page heals', async ({
  context,
  page,
  browser,
}) => {
  const port = await freePort()
  const first = await start(port)
  await openGraph(page, first.url)
  await openFile(page, 'nap.json', napOf('Long nap', 20_000))
  await page.locator('.toolbar').getByRole('button', { name: 'Run', exact: true }).click()
  await expect(page.locator('.moving-preview img')).toBeAttached()
  await first.kill()

  const banner = page.locator('.banner')
  await expect(banner).toContainText('Connection lost')
  await rename(page, 'Sleep', 'Edited in the dark')
  await openFile(page, 'other.json', napOf('Opened in the dark', 1000))
  await rename(page, 'Sleep', 'Also edited')
  await expect(page.locator('.notice')).toHaveCount(0)

  const second = await start(port)
  await expect(banner).toBeHidden()
  await expect.poll(() => serverDraft(second.url, 'Long nap')).toContain('Edited in the dark')
  await expect.poll(() => serverDraft(second.url, 'Opened in the dark')).toContain('Also edited')
  await expect(tabs(page).first()).toHaveAccessibleName(/Long nap, .*(running|waiting)/)
  await page.keyboard.press('Alt+1')
  await expect(nodeNamed(page, 'Edited in the dark')).toBeVisible()
  await expect(page.locator('.moving-preview img')).toBeAttached()

  // The page closes, and the job does not care; another device sees how it stands, with the picture there is now.
  const { runs } = await (await fetch(`${second.url}/api/v1/runs?limit=1`)).json()
  const run: string = runs[0].id
  await page.close()
  const phone = await (await browser.newContext({ viewport: { width: 390, height: 800 } })).newPage()
  await phone.goto(`${second.url}/#run=${run}`)
  await expect(phone.getByRole('button', { name: /Cancel/ })).toBeVisible()
  await expect(phone.locator('.moving-preview img, .run-progress img').first()).toBeAttached()
  const back = await context.newPage()
  await openGraph(back, second.url)
  await expect(tabs(back).first()).toHaveAccessibleName(/Long nap, not saved to a file(, running)?$/)
  await expect
    .poll(async () => (await (await fetch(`${second.url}/api/v1/runs/${run}`)).json()).state, { timeout: 90_000 })
    .toBe('done')
  await expect(tabs(back).first()).toHaveAccessibleName('Long nap, not saved to a file')
  await phone.context().close()
})

test('R6: who opens a run on another device sees its step and its latest preview at once, not at the next one', async ({
  page,
}) => {
  const { url } = await start(await freePort())
  const answer = await fetch(`${url}/api/v1/runs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ workflow: JSON.parse(napOf('Very long nap', 150_000)) }),
  })
  const { run } = await answer.json()
  const step = async () => (await (await fetch(`${url}/api/v1/runs/${run.id}`)).json()).nodes.nap?.step
  // One step takes fifteen seconds: what is seen before the second was kept for whoever comes.
  await expect.poll(step, { timeout: 60_000 }).toBe(1)
  await page.goto(`${url}/#graph&run=${run.id}`)
  await expect(page.locator('.moving-preview img')).toHaveAttribute('src', 'data:image/png;base64,AQ==')
  await expect(nodeNamed(page, 'Sleep')).toContainText('1 of 10')
  expect(await step()).toBe(1)
  await fetch(`${url}/api/v1/runs/${run.id}/cancel`, { method: 'POST' })
})
