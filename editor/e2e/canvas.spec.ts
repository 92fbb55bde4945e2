import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  drag,
  dropFile,
  emptyCanvas,
  GALLERY,
  galleryText,
  nodeNamed,
  openFile,
  openGraph,
  openTemplate,
  portOf,
  savedText,
  shortPulse,
} from './helpers.ts'
import { expect, type Page, test } from './test.ts'

const run = (page: Page) => page.locator('.toolbar').getByRole('button', { name: 'Run', exact: true }).click()

test.beforeEach(async ({ page }) => openGraph(page))

test('adds a node from the palette; undo and redo', async ({ page }) => {
  await emptyCanvas(page)
  await page.locator('.react-flow__pane').dblclick({ position: { x: 400, y: 300 } })
  const search = page.getByPlaceholder('Search nodes')
  await expect(search).toBeFocused()
  await search.fill('loadim')
  await page.keyboard.press('Enter')
  await expect(nodeNamed(page, 'LoadImage')).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(nodeNamed(page, 'LoadImage')).toHaveCount(0)
  await page.keyboard.press('Control+y')
  await expect(nodeNamed(page, 'LoadImage')).toBeVisible()
})

test('Shift+A connects the new node to the selected one, as one step', async ({ page }) => {
  await emptyCanvas(page)
  for (const query of ['LoadAudio', 'BeatDetect']) {
    await page.keyboard.press('Shift+A')
    await page.getByPlaceholder('Search nodes').fill(query)
    await page.keyboard.press('Enter')
  }
  await expect(page.locator('.react-flow__edge')).toHaveCount(1)
  // Adding nodes to an empty canvas is an edit, and edits never move the view.
  await expect(page.getByRole('button', { name: 'Zoom to 100 %' })).toHaveText('100 %')
  await page.keyboard.press('Control+z')
  await expect(page.locator('.react-flow__edge')).toHaveCount(0)
  await expect(page.locator('.node')).toHaveCount(1)
})

test('links by dragging, and refuses what does not fit with its reason', async ({ page }) => {
  const graph = {
    beatloom: 1,
    nodes: { picture: { type: 'image.load' }, song: { type: 'audio.load' }, beats: { type: 'beats.detect' } },
    layout: { nodes: { picture: [0, 0], song: [0, 420], beats: [480, 200] }, groups: [] },
  }
  await openFile(page, 'three.json', JSON.stringify(graph))
  const input = portOf(nodeNamed(page, 'BeatDetect'), 'input', 'Audio')
  await drag(page, portOf(nodeNamed(page, 'LoadImage'), 'output', 'Image'), input)
  await expect(page.getByRole('alert')).toContainText('This input takes AUDIO, and the cable carries IMAGE.')
  await expect(page.locator('.react-flow__edge')).toHaveCount(0)
  await drag(page, portOf(nodeNamed(page, 'LoadAudio'), 'output', 'Audio'), input)
  await expect(page.locator('.react-flow__edge')).toHaveCount(1)
})

test('a cable let go over empty canvas asks for a node that fits', async ({ page }) => {
  const graph = {
    beatloom: 1,
    nodes: { song: { type: 'audio.load' } },
    layout: { nodes: { song: [0, 0] }, groups: [] },
  }
  await openFile(page, 'song.json', JSON.stringify(graph))
  await drag(page, portOf(nodeNamed(page, 'LoadAudio'), 'output', 'Audio'), page.locator('.graph-map'))
  await page.keyboard.press('Escape')
  const handle = await portOf(nodeNamed(page, 'LoadAudio'), 'output', 'Audio').boundingBox()
  await page.mouse.move(handle!.x + 9, handle!.y + 9)
  await page.mouse.down()
  await page.mouse.move(handle!.x + 200, handle!.y + 60, { steps: 5 })
  await page.mouse.up()
  await expect(page.getByPlaceholder('Search nodes')).toBeFocused()
  await expect(page.getByRole('option', { name: 'LoadImage' })).toHaveCount(0)
  await page.keyboard.type('BeatDetect')
  await page.keyboard.press('Enter')
  await expect(page.locator('.react-flow__edge')).toHaveCount(1)
})

test('copies and pastes nodes with their inner links', async ({ page }) => {
  await openFile(page, 'pulse.json', await shortPulse())
  const before = await page.locator('.node').count()
  const links = await page.locator('.react-flow__edge').count()
  await page.locator('.react-flow__pane').click({ position: { x: 20, y: 20 } })
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Control+c')
  await page.keyboard.press('Control+v')
  await expect(page.locator('.node')).toHaveCount(before * 2)
  await expect(page.locator('.react-flow__edge')).toHaveCount(links * 2)
  await page.keyboard.press('Control+z')
  await expect(page.locator('.node')).toHaveCount(before)
})

test('saves the gallery files byte for byte, and opens what it saved', async ({ page }) => {
  for (const [name, title] of [
    ['song-video', 'Song video'],
    ['beat-pulse', 'Beat pulse'],
  ] as const) {
    await openTemplate(page, title)
    const text = await savedText(page)
    expect(text).toBe(await galleryText(name))
    await openFile(page, `${name}.json`, text)
    expect(await savedText(page)).toBe(text)
  }
})

test('keeps what it does not know: a node of an unknown type', async ({ page }) => {
  const file = JSON.parse(await galleryText('beat-pulse'))
  file.nodes.odd = {
    type: 'nobody.knows',
    version: 4,
    params: { deep: { list: [1, 2] } },
    links: { in: { node: 'picture', port: 'image' } },
  }
  await openFile(page, 'odd.json', JSON.stringify(file))
  await expect(nodeNamed(page, 'nobody.knows')).toContainText('not installed')
  expect(JSON.parse(await savedText(page)).nodes.odd).toEqual(file.nodes.odd)
})

test('runs with states on the nodes, previews, history, and opens the finished MP4', async ({ page }) => {
  await openFile(page, 'pulse.json', await shortPulse())
  await run(page)
  await expect(nodeNamed(page, 'BeatDetect').locator('.beat-ticks').first()).toBeVisible({ timeout: 20_000 })
  const save = nodeNamed(page, 'SaveMP4')
  await expect(save.locator('video')).toBeVisible({ timeout: 45_000 })
  await expect(save).toHaveAttribute('data-state', /done|cached/)

  await page.keyboard.press('q')
  const card = page.getByRole('complementary', { name: 'Queue and history' }).getByRole('article').first()
  await expect(card).toContainText('Done')
  const address = await save.locator('video').getAttribute('src')
  const video = await (await page.request.get(address!)).body()

  await openTemplate(page, 'Audio analysis')
  await dropFile(page, 'made-here.mp4', 'video/mp4', video)
  await expect(page.getByLabel('Title of the workflow')).toHaveValue('Beat pulse')
  await expect(page.getByText('Opened the workflow inside made-here.mp4.').first()).toBeVisible()

  await openTemplate(page, 'Audio analysis')
  await card.getByRole('button', { name: 'Open as graph' }).click()
  await expect(nodeNamed(page, 'SaveMP4')).toHaveAttribute('data-state', /done|cached/)
  await card.getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByRole('article')).toHaveCount(0)
})

test('a picture dropped on the canvas becomes a node that loads it', async ({ page }) => {
  await emptyCanvas(page)
  const picture = await readFile(join(GALLERY, 'samples/cover.jpg'))
  await dropFile(page, 'mine.jpg', 'image/jpeg', picture)
  await expect(nodeNamed(page, 'LoadImage')).toContainText('mine.jpg')
  await expect
    .poll(() => page.locator('.file-thumb').evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBeGreaterThan(0)
})

test('cancels a run, also from a page that was closed in between', async ({ page }) => {
  const file = JSON.parse(await galleryText('beat-pulse'))
  file.nodes[file.inputs.song.node].params.durationSeconds = 14
  await openFile(page, 'long.json', JSON.stringify(file))
  await run(page)
  await expect(page.locator('.node[data-state=running]').first()).toBeVisible({ timeout: 20_000 })
  await page.reload()
  await expect(page.locator('.node[data-state=running]').first()).toBeVisible()
  await page.getByRole('button', { name: 'Cancel', exact: true }).click()
  await expect(page.locator('.node[data-state=running]')).toHaveCount(0, { timeout: 10_000 })
  await expect(page.locator('.node[data-state=stopped]').first()).toBeVisible()
  await page.getByRole('radio', { name: 'Form' }).click()
  await expect(page.getByText('Cancelled.')).toBeVisible()
})

test('shows problems before a run, and goes to the node', async ({ page }) => {
  const graph = {
    beatloom: 1,
    nodes: { beats: { type: 'beats.detect' }, save: { type: 'video.save-mp4' } },
    layout: { nodes: { beats: [0, 0], save: [400, 0] }, groups: [] },
  }
  await openFile(page, 'broken.json', JSON.stringify(graph))
  const fix = page.getByRole('button', { name: /^Fix \d problem/ })
  await expect(fix).toBeVisible()
  await expect(nodeNamed(page, 'SaveMP4')).toHaveAttribute('data-problem', 'true')
  await fix.click()
  await page.locator('.problem-list .menu-item').first().click()
  await expect(page.locator('.node[data-selected=true]')).toHaveCount(1)
})

test('comes back with the last edit after a reload', async ({ page }) => {
  await openTemplate(page, 'Beat pulse')
  await page.getByLabel('Title of the workflow').fill('My pulse')
  await expect.poll(() => page.evaluate(() => JSON.stringify(localStorage))).toContain('My pulse')
  await page.reload()
  await expect(page.getByLabel('Title of the workflow')).toHaveValue('My pulse')
  await expect(page.getByRole('img', { name: 'Changed since it was last saved' })).toBeVisible()
})

test('renames, mutes, duplicates and deletes from the menu and by keys', async ({ page }) => {
  await openFile(page, 'pulse.json', await shortPulse())
  const save = nodeNamed(page, 'SaveMP4')
  await save.locator('.node-title').click({ button: 'right' })
  await page.getByRole('menuitem', { name: /^Duplicate/ }).click()
  await expect(nodeNamed(page, 'SaveMP4')).toHaveCount(2)
  await page.keyboard.press('Delete')
  await expect(nodeNamed(page, 'SaveMP4')).toHaveCount(1)
  await save.locator('.node-title').dblclick()
  await page.getByLabel('Name of the node').fill('Final cut')
  await page.keyboard.press('Enter')
  await nodeNamed(page, 'Final cut').locator('.node-title').click()
  await page.keyboard.press('Control+m')
  await expect(nodeNamed(page, 'Final cut')).toContainText('Muted')
})
