import { join } from 'node:path'
import { emptyCanvas, GALLERY, nodeNamed, openFile, openGraph, portOf, shortPulse } from './helpers.ts'
import { expect, type Page, test } from './test.ts'

const search = (page: Page) => page.getByPlaceholder('Search nodes')
const commands = (page: Page) => page.getByPlaceholder('Search commands')
const focusedNode = (page: Page) =>
  page.evaluate(() => document.activeElement?.closest<HTMLElement>('.react-flow__node')?.dataset.id ?? null)
const onItself = (page: Page) =>
  page.evaluate(() => document.activeElement?.classList.contains('react-flow__node') ?? false)
const pane = (page: Page) => page.locator('.react-flow__pane')

const THREE = JSON.stringify({
  beatloom: 1,
  title: 'Three',
  nodes: {
    picture: { type: 'image.load' },
    song: { type: 'audio.load' },
    beats: { type: 'beats.detect', links: { audio: { node: 'song', port: 'audio' } } },
  },
  layout: { nodes: { picture: [0, 0], song: [0, 420], beats: [480, 430] }, groups: [] },
})

test.beforeEach(async ({ page }) => openGraph(page))

test('M1: the palette opens by double-click, by Tab after a click on the canvas, by Shift+A and by /', async ({
  page,
}) => {
  await emptyCanvas(page)
  const ways = {
    'double-click': () => pane(page).dblclick({ position: { x: 500, y: 300 } }),
    tab: async () => {
      await pane(page).click({ position: { x: 500, y: 300 } })
      await page.keyboard.press('Tab')
    },
    'Shift+A': () => page.keyboard.press('Shift+A'),
    '/': () => page.keyboard.press('/'),
  }
  for (const [way, act] of Object.entries(ways)) {
    await act()
    await expect(search(page), way).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(search(page), way).toBeHidden()
  }
})

test('M2: the palette finds by type, alias, category, description, Chinese and pinyin, and shows ports and help', async ({
  page,
}) => {
  await page.keyboard.press('Shift+A')
  const first = page.locator('.palette [cmdk-item]').first()
  for (const query of ['LoadImage', 'image.load', '加载图片', 'jiazaitupian', 'jztp']) {
    await search(page).fill(query)
    await expect(first, query).toHaveText('LoadImage')
    await expect(first, query).toHaveAttribute('aria-selected', 'true')
  }
  await search(page).fill('load')
  await expect(page.locator('.palette [cmdk-item]').nth(1)).toBeVisible()
  const help = page.locator('.palette-help')
  const before = (await help.textContent()) ?? ''
  await page.keyboard.press('ArrowDown')
  await expect(help).not.toHaveText(before)
  await page.locator('.palette [cmdk-item]', { hasText: 'LoadAudio' }).hover()
  await expect(help).toContainText('Audio')
  await search(page).fill('qqqq')
  await expect(page.getByText('No node fits.')).toBeVisible()
})

test('M17: the menu opens by the right button, the menu key and a long press; every entry shows its keys', async ({
  page,
}) => {
  await openFile(page, 'three.json', THREE)
  const menu = page.getByRole('menu')
  const title = nodeNamed(page, 'LoadImage').locator('.node-title')
  await title.click({ button: 'right' })
  await expect(menu.getByRole('menuitem', { name: /^Rename/ })).toBeVisible()
  for (const item of await menu.getByRole('menuitem').all()) {
    await expect(item.locator('kbd')).not.toBeEmpty()
  }
  await page.keyboard.press('Escape')
  await expect(menu).toBeHidden()
  await title.click()
  await page.keyboard.press('Shift+F10')
  await expect(menu.getByRole('menuitem', { name: /^Run to here/ })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(menu).toBeHidden()
  const box = (await nodeNamed(page, 'LoadAudio').locator('.node-title').boundingBox())!
  const at = { clientX: box.x + 20, clientY: box.y + 8, pointerType: 'touch', isPrimary: true, pointerId: 5 }
  await nodeNamed(page, 'LoadAudio').locator('.node-title').dispatchEvent('pointerdown', at)
  await expect(menu.getByRole('menuitem', { name: /^Run to here/ })).toBeVisible({ timeout: 2000 })
  await expect(page.locator('.react-flow__node.selected')).toHaveAttribute('data-id', 'song')
})

test('K4, K6, K12: undo and redo, delete, and zoom by their keys', async ({ page }) => {
  await openFile(page, 'three.json', THREE)
  await nodeNamed(page, 'LoadImage').locator('.node-title').click()
  await page.keyboard.press('Delete')
  await expect(nodeNamed(page, 'LoadImage')).toHaveCount(0)
  await page.keyboard.press('Control+z')
  await expect(nodeNamed(page, 'LoadImage')).toBeVisible()
  await page.keyboard.press('Control+Shift+Z')
  await expect(nodeNamed(page, 'LoadImage')).toHaveCount(0)
  await page.keyboard.press('Control+z')
  await nodeNamed(page, 'LoadImage').locator('.node-title').click()
  await page.keyboard.press('Backspace')
  await expect(nodeNamed(page, 'LoadImage')).toHaveCount(0)
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+y')
  await expect(nodeNamed(page, 'LoadImage')).toHaveCount(0)
  const zoom = page.locator('.zoom-value')
  await page.keyboard.press('0')
  await expect(zoom).toHaveText('100 %')
  await page.keyboard.press('-')
  await expect(zoom).not.toHaveText('100 %')
  await page.keyboard.press('+')
  await expect(zoom).toHaveText('100 %')
  await page.keyboard.press('-')
  await page.keyboard.press('-')
  const out = (await zoom.textContent()) ?? ''
  await page.keyboard.press('.')
  await expect(zoom).not.toHaveText(out)
  await expect(page.locator('.graph-map')).toBeVisible()
  await page.keyboard.press('Alt+m')
  await expect(page.locator('.graph-map')).toBeHidden()
})

test('K15: every command by its name, in either language; find jumps to titles, values and types', async ({ page }) => {
  await openFile(page, 'pulse.json', await shortPulse())
  await page.keyboard.press('Control+k')
  await expect(commands(page)).toBeFocused()
  await commands(page).fill('minimap')
  await page.keyboard.press('Enter')
  await expect(page.locator('.graph-map')).toBeHidden()
  await page.keyboard.press('Control+k')
  await commands(page).fill('xiaoditu')
  await expect(page.getByRole('option').first()).toHaveText(/Minimap/)
  await page.keyboard.press('Escape')

  await page.keyboard.press('Control+f')
  const find = page.getByRole('combobox', { name: 'Find in the graph' })
  await find.fill('cover.jpg')
  await expect(page.locator('.find-hits [role=option]')).toContainText('cover.jpg')
  const selected = page.locator('.react-flow__node.selected')
  await expect(selected).toHaveCount(1)
  await expect(selected).toContainText('LoadImage')
  await find.fill('video.save')
  await expect(selected).toContainText('SaveMP4')
  await find.fill('load')
  await page.keyboard.press('Enter')
  await expect(page.locator('.find-count')).toHaveText(/^2 of \d/)
  await page.keyboard.press('Escape')
  await expect(find).toBeHidden()
  await expect.poll(() => focusedNode(page)).not.toBeNull()
})

test('K15: the shortcut sheet is searchable; keys are changed after a warning, kept over a reload, and reset', async ({
  page,
}) => {
  await page.keyboard.press('?')
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await sheet.getByRole('searchbox').fill('duplicate')
  await expect(sheet.getByRole('listitem')).toHaveCount(1)
  await sheet.getByRole('button', { name: 'New keys for “Duplicate”' }).click()
  const field = sheet.getByRole('textbox', { name: 'Keys for “Duplicate”' })
  await expect(field).toBeFocused()
  await page.keyboard.press('Control+w')
  await expect(sheet.getByRole('alert')).toContainText('needs these keys')
  await page.keyboard.press('Control+m')
  await expect(sheet.getByRole('alert')).toContainText('“Mute” has these keys already')
  await sheet.getByRole('button', { name: 'Use them here' }).click()
  await expect(sheet.getByRole('listitem')).toContainText('Ctrl M')
  await page.keyboard.press('Escape')
  await page.reload()
  await openGraph(page)
  await openFile(page, 'three.json', THREE)
  await nodeNamed(page, 'LoadImage').locator('.node-title').click()
  await page.keyboard.press('Control+m')
  await expect(nodeNamed(page, 'LoadImage')).toHaveCount(2)
  await page.keyboard.press('?')
  await sheet.getByRole('button', { name: 'Reset all' }).click()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+m')
  await expect(nodeNamed(page, 'LoadImage').filter({ hasText: 'Muted' })).toHaveCount(1)
})

test('K15 K5: copy, cut and paste get other keys like any command; the browser’s own then do nothing to nodes', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openFile(page, 'three.json', THREE)
  await page.keyboard.press('?')
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  const bind = async (name: string, keys: string) => {
    await sheet.getByRole('button', { name: `New keys for “${name}”`, exact: true }).click()
    await page.keyboard.press(keys)
  }
  await bind('Copy', 'Alt+k')
  await bind('Cut', 'Alt+x')
  await bind('Paste', 'Alt+j')
  // These are the browser's, but for another command.
  await bind('Paste with outside links', 'Control+v')
  await page.keyboard.press('Escape')

  const images = nodeNamed(page, 'LoadImage')
  const copied = () => page.evaluate(() => navigator.clipboard.readText())
  await page.evaluate(() => navigator.clipboard.writeText('before'))
  await nodeNamed(page, 'BeatDetect').locator('.node-title').click()
  await page.keyboard.press('Control+c')
  await page.keyboard.press('Control+x')
  expect(await copied()).toBe('before')
  await page.keyboard.press('Alt+k')
  await expect.poll(copied).toContain('beats.detect')
  await page.keyboard.press('Alt+j')
  await expect(nodeNamed(page, 'BeatDetect')).toHaveCount(2)
  await expect(page.locator('.react-flow__edge')).toHaveCount(1)
  await page.keyboard.press('Control+v')
  await expect(nodeNamed(page, 'BeatDetect')).toHaveCount(3)
  await expect(page.locator('.react-flow__edge')).toHaveCount(2)
  await images.locator('.node-title').click()
  await page.keyboard.press('Alt+x')
  await expect(images).toHaveCount(0)
})

test('K16: library, inspector and focus mode by their keys; queue and assets too', async ({ page }) => {
  await openFile(page, 'three.json', THREE)
  await page.keyboard.press('n')
  const library = page.getByRole('complementary', { name: 'Node library' })
  await library.getByRole('searchbox').fill('resize')
  await page.keyboard.press('Enter')
  await expect(page.locator('.react-flow__node')).toHaveCount(4)
  await library.getByRole('searchbox').fill('')
  const dataTransfer = await page.evaluateHandle(() => new DataTransfer())
  await library.getByRole('button', { name: 'LoadAudio' }).dispatchEvent('dragstart', { dataTransfer })
  for (const type of ['dragenter', 'dragover', 'drop'])
    await page.locator('.canvas').dispatchEvent(type, { dataTransfer, clientX: 900, clientY: 300 })
  await expect(nodeNamed(page, 'LoadAudio')).toHaveCount(2)
  await page.keyboard.press('Escape')
  await library.getByRole('button', { name: 'Close' }).click()
  await expect(library).toBeHidden()

  await nodeNamed(page, 'BeatDetect').locator('.node-title').click()
  await page.keyboard.press('i')
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  await expect(inspector).toContainText('from LoadAudio · Audio')
  await inspector.getByRole('textbox', { name: 'Name of the node' }).fill('Beats of it')
  await expect(nodeNamed(page, 'Beats of it')).toBeVisible()
  await nodeNamed(page, 'LoadImage').locator('.node-title').click()
  await nodeNamed(page, 'Resize image')
    .locator('.node-title')
    .click({ modifiers: ['Shift'] })
  await expect(inspector).toContainText('2 nodes')
  await page.keyboard.press('i')
  await expect(inspector).toBeHidden()

  for (const [key, name] of [
    ['q', 'Queue and history'],
    ['a', 'Assets'],
  ] as const) {
    await page.keyboard.press(key)
    await expect(page.getByRole('complementary', { name })).toBeVisible()
    await page.keyboard.press(key)
    await expect(page.getByRole('complementary', { name })).toBeHidden()
  }
  await page.keyboard.press('f')
  await expect(page.locator('.toolbar')).toBeHidden()
  await expect(page.locator('.zoom-bar')).toBeHidden()
  await expect(page.locator('.canvas')).toBeVisible()
  await page.keyboard.press('f')
  await expect(page.locator('.toolbar')).toBeVisible()
})

test('K17: F6 and Shift+F6 go from region to region and back to where the focus was', async ({ page }) => {
  await openFile(page, 'three.json', THREE)
  await page.keyboard.press('q')
  await page.keyboard.press('i')
  const region = () =>
    page.evaluate(() => {
      const found = document.activeElement?.closest('.tab-bar, .toolbar, .canvas, aside.panel')
      return found?.classList.contains('panel')
        ? found.getAttribute('aria-label')
        : (found?.className.split(' ')[0] ?? null)
    })
  const visited = new Set<string | null>()
  for (let n = 0; n < 6; n++) {
    const before = await region()
    await page.keyboard.press('F6')
    await expect.poll(region).not.toBe(before)
    visited.add(await region())
  }
  for (const name of ['toolbar', 'canvas', 'Inspector', 'Queue and history']) expect([...visited]).toContain(name)
  const here = await region()
  await page.keyboard.press('F6')
  await expect.poll(region).not.toBe(here)
  await page.keyboard.press('Shift+F6')
  await expect.poll(region).toBe(here)
})

test('L3: by keyboard alone: into the canvas, from node to node, along links, into fields and back, and out again', async ({
  page,
}) => {
  await openFile(page, 'three.json', THREE)
  for (let n = 0; n < 40 && (await focusedNode(page)) === null; n++) await page.keyboard.press('Tab')
  expect(await focusedNode(page)).toBe('picture')
  await page.keyboard.press('ArrowDown')
  expect(await focusedNode(page)).toBe('song')
  await page.keyboard.press('ArrowRight')
  expect(await focusedNode(page)).toBe('beats')
  await page.keyboard.press('Control+ArrowLeft')
  expect(await focusedNode(page)).toBe('song')
  await page.keyboard.press('Control+ArrowRight')
  expect(await focusedNode(page)).toBe('beats')
  await expect(page.locator('.react-flow__node.selected')).toHaveAttribute('data-id', 'beats')
  const ring = await page
    .locator('.react-flow__node[data-id=beats]')
    .evaluate((element) => Number.parseFloat(getComputedStyle(element).outlineWidth))
  expect(ring).toBeGreaterThanOrEqual(2)
  await page.keyboard.press('Enter')
  expect(await focusedNode(page)).toBe('beats')
  expect(await onItself(page)).toBe(false)
  await page.keyboard.press('Escape')
  expect(await onItself(page)).toBe(true)
  // Tab moves on, one stop for the whole graph, and never opens the palette.
  await page.keyboard.press('Tab')
  expect(await focusedNode(page)).toBeNull()
  await expect(search(page)).toBeHidden()
  await page.keyboard.press('Shift+Tab')
  expect(await focusedNode(page)).toBe('beats')
  await page.keyboard.press('Shift+Tab')
  expect(await page.evaluate(() => document.activeElement?.closest('.canvas'))).toBeNull()
  // Moving nodes needs no pointer either.
  await page.keyboard.press('F6')
  for (let n = 0; n < 8 && (await focusedNode(page)) === null; n++) await page.keyboard.press('F6')
  await page.keyboard.press('m')
  const left = () =>
    page.locator('.react-flow__node[data-id=beats]').evaluate((e) => new DOMMatrix(getComputedStyle(e).transform).e)
  const before = await left()
  await page.keyboard.press('ArrowRight')
  await expect.poll(left).toBe(before + 8)
  await page.keyboard.press('m')
})

test('L3: C on a node or port starts a link; a list of fitting ports follows; Enter links', async ({ page }) => {
  await openFile(page, 'three.json', THREE)
  const edges = page.locator('.react-flow__edge')
  await expect(edges).toHaveCount(1)
  await nodeNamed(page, 'BeatDetect').locator('.node-title').click()
  await page.keyboard.press('Alt+r')
  await expect(edges).toHaveCount(0)
  await portOf(nodeNamed(page, 'LoadAudio'), 'output', 'Audio').focus()
  await page.keyboard.press('c')
  await expect(page.getByRole('dialog', { name: 'Link LoadAudio · Audio to…' })).toBeVisible()
  await expect(page.getByRole('option').first()).toContainText('BeatDetect · Audio')
  await page.keyboard.press('Enter')
  await expect(edges).toHaveCount(1)
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect.poll(() => focusedNode(page)).toBe('song')
  // From a node: first which port.
  await nodeNamed(page, 'LoadImage').locator('.node-title').click()
  await page.keyboard.press('c')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('option', { name: 'A new node that fits…' })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(search(page)).toBeFocused()
  await search(page).fill('Preview image')
  await page.keyboard.press('Enter')
  await expect(edges).toHaveCount(2)
})

test('L5: nodes say title, state, problems and links; one polite voice tells changes, runs and refusals', async ({
  page,
}) => {
  const file = JSON.parse(THREE)
  file.nodes.save = { type: 'video.save-mp4', links: { audio: { node: 'song', port: 'audio' } } }
  await openFile(page, 'three.json', JSON.stringify(file))
  const voice = page.locator('p[role=status][aria-live=polite]')
  await expect(page.locator('.react-flow__node[data-id=beats]')).toHaveAccessibleName('BeatDetect, 1 link')
  await expect(page.locator('.react-flow__node[data-id=save]')).toHaveAccessibleName(/^SaveMP4, 1 problem, 1 link$/)
  await nodeNamed(page, 'LoadImage').locator('.node-title').click()
  await page.keyboard.press('Delete')
  await expect(voice).toContainText('LoadImage deleted.')
  await page.keyboard.press('Control+z')
  await expect(voice).toContainText('Undone. LoadImage added.')
  await page.keyboard.press('?')
  await page.getByRole('dialog').press('Escape')
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest('.canvas') !== null)).toBe(true)

  await openFile(page, 'pulse.json', await shortPulse(7))
  const heard = await page.evaluateHandle(() => {
    const all: string[] = []
    const element = document.querySelector('p[role=status][aria-live=polite]')!
    new MutationObserver(() => all.push(element.textContent ?? '')).observe(element, {
      childList: true,
      subtree: true,
      characterData: true,
    })
    return all
  })
  await page.keyboard.press('Control+Enter')
  await expect.poll(() => heard.evaluate((all) => all.join(' | ')), { timeout: 45_000 }).toContain('Done')
  const spoken = await heard.evaluate((all) => all.join(' | '))
  expect(spoken).toContain('Running')
  const steps = [...spoken.matchAll(/(\d+) %/g)].map((match) => Number(match[1]))
  for (const step of steps) expect(step % 10).toBe(0)
})

test('check 1: keyboard only, from an empty tab to the finished video', async ({ page }) => {
  test.setTimeout(120_000)
  await emptyCanvas(page)
  async function add(name: string): Promise<void> {
    await page.keyboard.press('Shift+A')
    await expect(search(page)).toBeFocused()
    await page.keyboard.type(name)
    await expect(page.locator('.palette [cmdk-item]').first()).toHaveText(name)
    await page.keyboard.press('Enter')
    await expect(nodeNamed(page, name)).toBeVisible()
    await expect.poll(() => onItself(page)).toBe(true)
  }
  /** From the node with the focus: its port, then the other end. */
  async function link(port: string, to: string): Promise<void> {
    const before = await page.locator('.react-flow__edge').count()
    await page.keyboard.press('c')
    await page.keyboard.type(port)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('option', { name: 'A new node that fits…' })).toBeVisible()
    await page.keyboard.type(to)
    await expect(page.getByRole('option').first()).toContainText(to)
    await page.keyboard.press('Enter')
    await expect(page.locator('.react-flow__edge')).toHaveCount(before + 1)
    await expect.poll(() => onItself(page)).toBe(true)
  }
  async function goTo(name: string): Promise<void> {
    await page.keyboard.press('Control+f')
    await page.keyboard.type(name)
    await expect(page.locator('.react-flow__node.selected')).toContainText(name)
    await page.keyboard.press('Escape')
    await expect(page.locator('.react-flow__node:focus')).toContainText(name)
  }
  await add('LoadImage')
  await add('LoadAudio')
  await page.keyboard.press('Escape')
  await goTo('LoadAudio')
  // Placed while one node is selected, each is linked to it: the song is analysed, its beats make a curve.
  for (const name of ['BeatDetect', 'Curve from beats', 'Pulse picture', 'SaveMP4']) await add(name)
  await goTo('LoadImage')
  await link('Image', 'Pulse picture · Picture')
  await goTo('LoadAudio')
  await link('Audio', 'Pulse picture · Audio')
  await goTo('LoadAudio')
  await link('Audio', 'SaveMP4 · Audio')
  // The picture and the song, chosen in the fields of their nodes.
  for (const [node, file] of [
    ['LoadImage', 'cover.jpg'],
    ['LoadAudio', 'song.mp3'],
  ] as const) {
    await goTo(node)
    await page.keyboard.press('Enter')
    await expect(nodeNamed(page, node).locator('input[type=file]')).toBeFocused()
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Space')])
    await chooser.setFiles(join(GALLERY, 'samples', file))
    await expect(nodeNamed(page, node)).toContainText(file)
  }
  await page.keyboard.press('Control+Enter')
  const save = nodeNamed(page, 'SaveMP4')
  await expect(save.locator('video')).toBeVisible({ timeout: 90_000 })
  await goTo('SaveMP4')
  await page.keyboard.press('q')
  const queue = page.getByRole('complementary', { name: 'Queue and history' })
  await expect(queue.getByRole('article').first()).toContainText('Done')
  await page.keyboard.press('Enter')
  expect(await focusedNode(page)).not.toBeNull()
  const address = await save.locator('video').getAttribute('src')
  expect((await page.request.get(address!)).headers()['content-type']).toBe('video/mp4')
})
