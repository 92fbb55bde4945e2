import { nodeNamed, openFile } from './helpers.ts'
import { expect, type Page, test } from './test.ts'

test.describe.configure({ timeout: 150_000 })
// Nodes that can be told to fail.
test.use({ testNodes: 'error-nodes.ts' })

test.beforeEach(async ({ page }) => {
  await page.goto('/#graph')
  await expect(page.locator('.node').first()).toBeVisible({ timeout: 20_000 })
})

type Nodes = Record<string, { type: string; title?: string; params?: object; links?: object; version?: number }>

const graph = (nodes: Nodes, more: object = {}): string =>
  JSON.stringify({
    beatloom: 1,
    title: 'Errors',
    nodes,
    layout: {
      nodes: Object.fromEntries(Object.keys(nodes).map((id, i) => [id, [(i % 4) * 320, Math.floor(i / 4) * 420]])),
      groups: [],
    },
    ...more,
  })

const run = (page: Page) => page.locator('.toolbar').getByRole('button', { name: 'Run', exact: true }).click()
const stateOf = (page: Page, name: string) => nodeNamed(page, name).locator('.node-state')
const value = (node: string) => ({ value: { node, port: 'value' } })
/** Codes that a node can end a run with. */
const CODES = [
  'node_failed',
  'input_invalid',
  'model_missing',
  'model_invalid',
  'provider_failed',
  'media_unreadable',
  'media_too_large',
  'media_write_failed',
  'ffmpeg_missing',
  'disk_full',
  'file_missing',
  'path_refused',
  'internal',
]

test('E1 E5: every code a node can fail with has a red frame, a sentence, a way out and its code in the details', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const nodes = Object.fromEntries(
    CODES.flatMap((code) => [
      [code, { type: 'test.failing', title: `Node ${code}`, params: { code } }],
      [`show-${code}`, { type: 'value.show', title: `Show ${code}`, links: value(code) }],
    ]),
  )
  await openFile(page, 'all.json', graph(nodes))
  // So many nodes are shown from afar at first, without their problems.
  await page.keyboard.press('0')
  await run(page)
  for (const code of CODES) {
    const node = nodeNamed(page, `Node ${code}`)
    await expect(node).toHaveAttribute('data-state', 'failed', { timeout: 20_000 })
    await expect(node.locator('.node-state')).toContainText('Failed')
    const alert = node.getByRole('alert')
    await expect(alert).toContainText('It broke at ~/secret.png.')
    await expect(alert.getByRole('button', { name: 'Retry' })).toHaveCount(1)
    await expect(alert.locator('details')).not.toHaveAttribute('open')
    await expect(alert.locator('pre')).toContainText(`code: ${code}`)
  }
  expect(await page.locator('.node', { hasText: 'maria' }).count()).toBe(0)
  const first = nodeNamed(page, 'Node disk_full').getByRole('alert')
  await first.locator('summary').press('Enter')
  await first.getByRole('button', { name: 'Copy the details' }).press('Enter')
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toContain('code: disk_full')
  expect(copied).not.toContain('maria')
  await expect(stateOf(page, 'Show disk_full')).toHaveAttribute('data-state', 'skipped')
  // Named as on the canvas, not by its id in the file.
  await expect(nodeNamed(page, 'Show disk_full')).toContainText('"Node disk_full" did not finish')
  await page.getByRole('button', { name: 'Language: switch to Chinese' }).click()
  for (const code of CODES) {
    await expect(nodeNamed(page, `Node ${code}`).getByRole('alert')).toContainText(/[\u4e00-\u9fff]/)
  }
})

test('E1: too large gets a smaller size, a missing model an installed one, a missing file another', async ({
  page,
}) => {
  await openFile(
    page,
    'ways.json',
    graph({
      big: { type: 'test.failing', title: 'Big', params: { code: 'media_too_large' } },
      show: { type: 'value.show', links: value('big') },
    }),
  )
  await run(page)
  const fix = nodeNamed(page, 'Big').getByRole('button', { name: 'Set Size to 512' })
  await fix.click()
  await expect(nodeNamed(page, 'Big').getByRole('spinbutton', { name: 'Size' })).toHaveValue('512')

  await openFile(
    page,
    'parts.json',
    graph({
      model: { type: 'model.load', params: { model: 'nobody-has-this' } },
      picture: { type: 'image.load', params: { file: 'samples/gone.jpg' } },
      odd: { type: 'frames.still', links: { image: { node: 'picture', port: 'image' } } },
      save: { type: 'video.save-mp4', links: { frames: { node: 'picture', port: 'image' } } },
    }),
  )
  await expect(page.getByRole('button', { name: /^Fix \d problems/ })).toBeVisible()
  const chooser = page.waitForEvent('filechooser')
  await nodeNamed(page, 'LoadImage').getByRole('button', { name: 'Choose another file' }).click()
  await chooser
  await nodeNamed(page, 'SaveMP4').getByRole('button', { name: 'Remove the link' }).click()
  await expect(nodeNamed(page, 'SaveMP4').getByRole('button', { name: 'Remove the link' })).toHaveCount(0)
})

test('E2: all problems are listed at once, and a click goes into the field', async ({ page }) => {
  await openFile(
    page,
    'broken.json',
    graph(
      {
        big: { type: 'test.failing', title: 'Big', params: { size: 3 } },
        far: { type: 'image.load', params: { file: 'samples/gone.jpg' } },
        save: { type: 'video.save-mp4', links: { frames: { node: 'far', port: 'image' } } },
      },
      { outputs: { video: { node: 'save', port: 'video' }, value: { node: 'big', port: 'value' } } },
    ),
  )
  const fix = page.getByRole('button', { name: /^Fix \d problems/ })
  await fix.click()
  const list = page.getByRole('dialog', { name: 'Problems' })
  await expect(list.getByRole('button')).toHaveCount(Number(/\d+/.exec((await fix.textContent()) ?? '')?.[0]))
  await list.getByRole('button', { name: /^Big · Size/ }).click()
  await expect(nodeNamed(page, 'Big').getByRole('spinbutton', { name: 'Size' })).toBeFocused()
  await expect(nodeNamed(page, 'Big')).toHaveAttribute('data-selected', 'true')
  await nodeNamed(page, 'Big').getByRole('button', { name: 'Reset the value' }).click()
  await expect(nodeNamed(page, 'Big')).toHaveAttribute('data-problem', 'false')
})

test('E3: what is upstream of a failure is kept, and Retry goes on from there', async ({ page }) => {
  await openFile(
    page,
    'chain.json',
    graph({
      start: { type: 'test.failing', title: 'Start', params: { code: '' } },
      broken: { type: 'test.failing', title: 'Broken', links: value('start') },
      show: { type: 'value.show', title: 'Show', links: value('broken') },
    }),
  )
  await run(page)
  await expect(stateOf(page, 'Broken')).toHaveAttribute('data-state', 'failed', { timeout: 20_000 })
  await expect(stateOf(page, 'Start')).toHaveAttribute('data-state', 'done')
  await nodeNamed(page, 'Broken').getByRole('textbox', { name: 'Code' }).fill('')
  await page.keyboard.press('Tab')
  await nodeNamed(page, 'Broken').getByRole('button', { name: 'Retry' }).click()
  await expect(stateOf(page, 'Show')).toHaveAttribute('data-state', 'done', { timeout: 20_000 })
  await expect(stateOf(page, 'Start')).toHaveAttribute('data-state', 'cached')
})

test('E1 E5: a worker that dies, a run that is cancelled, files that are no workflow: each says so', async ({
  page,
}) => {
  await openFile(
    page,
    'crash.json',
    graph({ crash: { type: 'test.crashing' }, show: { type: 'value.show', links: value('crash') } }),
  )
  await run(page)
  const failed = page.locator('.toolbar').getByRole('button', { name: 'Failed' })
  await failed.click({ timeout: 40_000 })
  const why = page.getByRole('dialog', { name: 'Failed' })
  await expect(why).toContainText('The run was tried 3 times')
  await expect(why.locator('pre')).toContainText('code: worker_crashed')
  await page.keyboard.press('Escape')

  await openFile(
    page,
    'slow.json',
    graph({
      slow: { type: 'test.slow', title: 'Slow', params: { steps: 600 } },
      show: { type: 'value.show', links: value('slow') },
    }),
  )
  await run(page)
  await expect(stateOf(page, 'Slow')).toContainText(/\d+ of 600 · \d %/, { timeout: 20_000 })
  await page.locator('.toolbar').getByRole('button', { name: 'Cancel' }).click()
  await expect(stateOf(page, 'Slow')).toHaveAttribute('data-state', 'stopped', { timeout: 10_000 })

  const open = async (text: string): Promise<void> => {
    await page.keyboard.press('Control+o')
    const field = page.getByRole('dialog').locator('input[type=file]')
    await field.setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from(text) })
  }
  await open('{"hello": 1}')
  await expect(page.locator('.toast').filter({ hasText: /workflow/ })).toBeVisible()
  await page.keyboard.press('Escape')
  await open(JSON.stringify({ beatloom: 99, nodes: {} }))
  await expect(page.getByRole('dialog', { name: 'Saved by a newer Beatloom' })).toBeVisible()
  await page.keyboard.press('Escape')
})

test('R2: a tick of one node repaints its own state and the bar, and no other node', async ({ page }) => {
  await openFile(
    page,
    'slow.json',
    graph(
      {
        slow: { type: 'test.slow', title: 'Slow', params: { steps: 40 } },
        other: { type: 'test.failing', title: 'Other', params: { code: '' } },
        show: { type: 'value.show', title: 'Show', links: value('slow') },
      },
      { outputs: { a: { node: 'other', port: 'value' }, b: { node: 'slow', port: 'value' } } },
    ),
  )
  await run(page)
  await expect(stateOf(page, 'Slow')).toContainText(/[3-9] of 40/, { timeout: 20_000 })
  const changed = await page.evaluate(async () => {
    const places = new Set<string>()
    const watcher = new MutationObserver((records) => {
      for (const { target } of records) {
        const element = target instanceof Element ? target : target.parentElement
        const card = element?.closest('.react-flow__node')
        const inside = element?.closest('.node-state, .node-bar, .toolbar')
        if (card && !inside) places.add(`node ${card.getAttribute('data-id')}`)
        else if (card) places.add(`state ${card.getAttribute('data-id')}`)
        else if (element?.closest('.toolbar')) places.add('toolbar')
      }
    })
    watcher.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true })
    await new Promise((resolve) => setTimeout(resolve, 1500))
    watcher.disconnect()
    return [...places].sort()
  })
  expect(changed).toEqual(['state slow', 'toolbar'])
})
