import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { GALLERY, nodeNamed } from './helpers.ts'
import { expect, type Locator, type Page, test } from './test.ts'

const search = (page: Page) => page.getByPlaceholder('Search nodes')
const focusIsOnNode = (page: Page) =>
  page.evaluate(() => document.activeElement?.classList.contains('react-flow__node') ?? false)
const hasFocus = (element: Locator) => element.evaluate((found) => found === document.activeElement)

/** Everything a pointer of any kind did, so that nothing in here is done by one. */
const POINTER_EVENTS = ['pointerdown', 'mousedown', 'touchstart', 'wheel', 'dragstart', 'drop']

async function watchPointers(page: Page): Promise<void> {
  await page.addInitScript((types) => {
    const seen: string[] = []
    Object.assign(window, { pointed: seen })
    for (const type of types) addEventListener(type, () => seen.push(type), true)
  }, POINTER_EVENTS)
}
const pointed = (page: Page) => page.evaluate(() => (window as unknown as { pointed: string[] }).pointed)

async function add(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Shift+A')
  await expect(search(page)).toBeFocused()
  await page.keyboard.type(name)
  await expect(page.locator('.palette [cmdk-item]').first()).toHaveText(name)
  await page.keyboard.press('Enter')
  await expect(nodeNamed(page, name)).toBeVisible()
  await expect.poll(() => focusIsOnNode(page)).toBe(true)
}

/** Nodes that lie over another, which only a pointer would get out of each other's way at once. */
const covered = (page: Page) =>
  page.locator('.react-flow__node').evaluateAll((nodes) => {
    const boxes = nodes.map((node) => node.getBoundingClientRect())
    const isOver = (a: DOMRect, b: DOMRect) =>
      a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
    return nodes.flatMap((node, at) =>
      boxes.some((box, other) => other < at && isOver(box, boxes[at]!)) ? [node.textContent] : [],
    )
  })

/** Find leads to a node wherever it is; Escape leaves the focus on it. */
async function goTo(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+f')
  await expect(page.getByRole('combobox', { name: 'Find in the graph' })).toBeFocused()
  await page.keyboard.type(name)
  await expect(page.locator('.react-flow__node.selected').getByRole('region', { name, exact: true })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.locator('.react-flow__node:focus').getByRole('region', { name, exact: true })).toBeVisible()
}

/** C on the node: its port, then the other end. */
async function link(page: Page, from: string, port: string, to: string): Promise<void> {
  await goTo(page, from)
  const before = await page.locator('.react-flow__edge').count()
  await page.keyboard.press('c')
  await expect(page.getByPlaceholder('Link from which port?')).toBeFocused()
  await page.keyboard.type(port)
  await page.keyboard.press('Enter')
  await expect(page.getByPlaceholder(`Link ${from} · ${port} to…`)).toBeFocused()
  await page.keyboard.type(to)
  await expect(page.getByRole('option').first()).toContainText(to)
  await page.keyboard.press('Enter')
  await expect(page.locator('.react-flow__edge')).toHaveCount(before + 1)
  await expect.poll(() => focusIsOnNode(page)).toBe(true)
}

/** Tab until it is there; a person would see the focus ring come to it. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  for (let n = 0; n < 40 && !(await hasFocus(wanted)); n++) await page.keyboard.press('Tab')
  await expect(wanted).toBeFocused()
}

/** Enter opens the fields of a node, Tab goes through them. */
async function toField(page: Page, node: string, field: (node: Locator) => Locator): Promise<void> {
  await goTo(page, node)
  await page.keyboard.press('Enter')
  await expect.poll(() => focusIsOnNode(page)).toBe(false)
  await tabTo(page, field(nodeNamed(page, node)))
}

async function chooseFile(page: Page, node: string, file: string): Promise<void> {
  await toField(page, node, (within) => within.locator('input[type=file]'))
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Space')])
  // The dialog of the system is all that is not done by key here.
  await chooser.setFiles(join(GALLERY, 'samples', file))
  await expect(nodeNamed(page, node)).toContainText(file)
}

async function setNumber(page: Page, node: string, name: string, value: number): Promise<void> {
  await toField(page, node, (within) => within.getByRole('spinbutton', { name, exact: true }))
  await page.keyboard.press('Control+a')
  await page.keyboard.type(String(value))
  await page.keyboard.press('Enter')
}

async function setChoice(page: Page, node: string, name: string, choice: string): Promise<void> {
  const group = (within: Locator) => within.getByRole('radiogroup', { name, exact: true })
  await toField(page, node, (within) => group(within).getByRole('radio', { checked: true }))
  const wanted = group(nodeNamed(page, node)).getByRole('radio', { name: choice, exact: true })
  for (let n = 0; n < 6 && !(await hasFocus(wanted)); n++) await page.keyboard.press('ArrowRight')
  await expect(wanted).toBeChecked()
}

test('check 1: by keyboard alone, from an empty tab to a song video made of shots', async ({ page }) => {
  // Three seconds of frames are painted and encoded, on whatever machine this is.
  test.setTimeout(240_000)
  await watchPointers(page)
  await page.goto('/#graph')
  await expect(page.locator('.react-flow__node').first()).toBeVisible()
  await page.keyboard.press('Alt+n')
  await expect(page.locator('.react-flow__node')).toHaveCount(0)

  await add(page, 'LoadImage')
  await page.keyboard.press('Escape')
  await add(page, 'LoadAudio')
  // Placed while one node is selected, each is linked to it.
  for (const name of ['BeatDetect', 'Plan shots', 'Each shot', 'Pulse picture', 'Render shots', 'Assemble']) {
    await add(page, name)
  }
  await expect(page.locator('.react-flow__edge')).toHaveCount(6)
  expect(await covered(page)).toEqual([])
  for (const [from, port, to] of [
    ['LoadAudio', 'Audio', 'Plan shots · Audio'],
    ['LoadAudio', 'Audio', 'Each shot · Audio'],
    ['LoadAudio', 'Audio', 'Assemble · Audio'],
    ['LoadImage', 'Image', 'Plan shots · Pictures'],
    ['LoadImage', 'Image', 'Each shot · Pictures'],
    ['BeatDetect', 'Beats', 'Each shot · Beats'],
    ['Plan shots', 'Shots', 'Render shots · Shots'],
    ['Plan shots', 'Shots', 'Assemble · Plan'],
    ['Each shot', 'Audio', 'Pulse picture · Audio'],
  ] as const) {
    await link(page, from, port, to)
  }
  await chooseFile(page, 'LoadImage', 'cover.jpg')
  await chooseFile(page, 'LoadAudio', 'song.mp3')
  await setNumber(page, 'LoadAudio', 'Duration', 3)
  await setChoice(page, 'Plan shots', 'Pace', 'Fast')
  await setNumber(page, 'Plan shots', 'Frame rate', 24)
  await setChoice(page, 'Pulse picture', 'Resolution', '480p')
  await setChoice(page, 'Pulse picture', 'Frame rate', '24')

  await goTo(page, 'Assemble')
  await page.keyboard.press('Control+Enter')
  await expect(nodeNamed(page, 'Assemble').locator('video')).toBeVisible({ timeout: 150_000 })
  await expect(nodeNamed(page, 'Assemble')).toContainText('24 fps · 72')
  await expect(page.getByRole('button', { name: 'Show the result' })).toBeVisible()
  await page.keyboard.press('v')
  const result = page.getByRole('dialog', { name: 'Result' })
  const video = result.locator('video')
  await expect.poll(() => video.evaluate((element: HTMLVideoElement) => element.currentTime)).toBeGreaterThan(0.2)
  expect(await video.evaluate((element: HTMLVideoElement) => element.duration)).toBeCloseTo(3, 1)
  await tabTo(page, result.getByRole('link', { name: 'Download' }))
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')])
  const bytes = await readFile(await download.path())
  expect(bytes.subarray(4, 8).toString('latin1')).toBe('ftyp')
  expect(bytes.includes('beatloom_workflow')).toBe(true)
  await page.keyboard.press('Escape')
  await expect(result).toBeHidden()
  // Back where it was, to go on from there.
  await expect(page.locator('.react-flow__node:focus').getByRole('region', { name: 'Assemble' })).toBeVisible()
  expect(await pointed(page)).toEqual([])
})
