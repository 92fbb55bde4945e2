import AxeBuilder from '@axe-core/playwright'
import { emptyCanvas, galleryText, nodeNamed, openFile, openGraph, shortPulse } from './helpers.ts'
import { expect, type Page, test } from './test.ts'

/**
 * Serious and critical findings, by rule and place. Disabled controls are exempt from contrast, as WCAG has it.
 * @param part what has come since the last look; without it the whole page.
 */
async function problems(page: Page, state: string, theme: 'dark' | 'light', part?: string): Promise<string[]> {
  const axe = new AxeBuilder({ page })
  if (part) axe.include(part)
  // Structure is the same in both themes, colours are not.
  const { violations } = await (theme === 'light' ? axe.withRules(['color-contrast']) : axe).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.slice(0, 3).map((node) => `${state}: ${id} at ${node.target.join(' ')}`))
}

const settled = (page: Page) =>
  page.evaluate(() =>
    Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined))),
  )

for (const theme of ['dark', 'light'] as const) {
  test(`L1, L5: no serious finding of axe on any page, panel or dialog, ${theme}`, async ({ page }) => {
    test.setTimeout(240_000)
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    const found: string[] = []
    async function look(state: string, part?: string): Promise<void> {
      await settled(page)
      found.push(...(await problems(page, state, theme, part)))
    }
    await page.goto('/')
    await expect(page.getByRole('button', { name: 'Generate' })).toBeVisible()
    await page.getByRole('button', { name: 'More' }).click()
    await look('form')
    await openGraph(page)
    await openFile(page, 'pulse.json', await shortPulse())
    await expect(nodeNamed(page, 'SaveMP4')).toBeVisible()
    await look('graph')
    async function chooseEnd(): Promise<void> {
      await focused.press('c')
      await page.getByRole('option').first().click()
      await expect(page.getByRole('option', { name: 'A new node that fits…' })).toBeVisible()
    }
    async function closeChanged(): Promise<void> {
      await page.getByLabel('Title of the workflow').fill('Changed')
      await page.keyboard.press('Enter')
      await page.keyboard.press('Alt+w')
    }
    const focused = page.locator('.react-flow__node').filter({ has: nodeNamed(page, 'LoadImage') })
    const overlays: [string, () => Promise<unknown>, string][] = [
      ['node palette', () => page.keyboard.press('Shift+A'), '.palette'],
      ['all commands', () => page.keyboard.press('Control+k'), '.search-dialog'],
      ['find', () => page.keyboard.press('Control+f'), '.find-bar'],
      ['shortcuts', () => page.keyboard.press('?'), '[role=dialog]'],
      ['open', () => page.keyboard.press('Control+o'), '[role=dialog]'],
      ['save as', () => page.keyboard.press('Control+Shift+S'), '[role=dialog]'],
      ['compare', () => page.keyboard.press('Alt+Shift+C'), '[role=dialog]'],
      ['share', () => page.getByRole('button', { name: 'Share…' }).click(), '[role=dialog]'],
      ['notices', () => page.getByRole('button', { name: 'Notices' }).click(), '.notice-settings'],
      ['quote', () => page.getByRole('button', { name: 'What this run will take' }).click(), '.quote-details'],
      ['ports of a node', () => focused.press('c'), '.search-dialog'],
      ['ends of a link', chooseEnd, '.search-dialog'],
      ['close with unsaved changes', closeChanged, '[role=alertdialog]'],
    ]
    for (const [name, open, part] of overlays) {
      await open()
      await expect(page.locator(part), name).toBeVisible()
      await look(name, part)
      await page.keyboard.press('Escape')
      await expect(page.locator(part), name).toBeHidden()
    }
    await nodeNamed(page, 'LoadImage').locator('.node-title').click({ button: 'right' })
    await expect(page.getByRole('menu')).toBeVisible()
    await look('menu', '[role=menu]')
    await page.keyboard.press('Escape')
    for (const [name, key] of [
      ['inspector', 'i'],
      ['library', 'n'],
      ['queue', 'q'],
      ['assets', 'a'],
    ] as const) {
      await page.keyboard.press(key)
      await expect(page.locator('aside.panel').first(), name).toBeVisible()
      await look(name, 'aside.panel')
      if (name !== 'queue') await page.keyboard.press(key)
    }
    await page.keyboard.press('Shift+O')
    await expect(page.getByRole('tree')).toBeVisible()
    await page.getByRole('treeitem').first().press('ArrowRight')
    await look('outline')
    await page.keyboard.press('Shift+G')
    await emptyCanvas(page)
    await look('empty canvas')
    expect(found).toEqual([])
  })
}

test('L1: dark, light and as the system, without a reload; text 4.5:1 and controls 3:1 in both', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' })
  await openGraph(page)
  const theme = () => page.evaluate(() => document.documentElement.dataset.theme)
  expect(await theme()).toBe('dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await expect.poll(theme).toBe('light')
  await page.keyboard.press('Shift+T')
  await expect.poll(theme).toBe('dark')
  for (const wanted of ['dark', 'light']) {
    await expect.poll(theme).toBe(wanted)
    const ratios = await page.evaluate(() => {
      const probe = document.body.appendChild(document.createElement('i'))
      const channel = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
      const light = (token: string) => {
        probe.style.color = `var(${token})`
        const [r = 0, g = 0, b = 0] = getComputedStyle(probe)
          .color.match(/[\d.]+/g)!
          .map(Number)
        return 0.2126 * channel(r / 255) + 0.7152 * channel(g / 255) + 0.0722 * channel(b / 255)
      }
      const ratio = (a: string, b: string) => {
        const [high, low] = [light(a), light(b)].sort((x, y) => y - x) as [number, number]
        return (high + 0.05) / (low + 0.05)
      }
      const texts = ['--text', '--text-2', '--bad', '--good', '--warn', '--accent', '--violet']
      const grounds = ['--ground', '--surface', '--surface-2']
      const all: [string, number, number][] = []
      for (const text of texts)
        for (const ground of grounds) all.push([`${text} on ${ground}`, ratio(text, ground), 4.5])
      all.push(['--on-accent on --accent', ratio('--on-accent', '--accent'), 4.5])
      for (const control of ['--focus', '--line-strong', '--accent'])
        for (const ground of grounds) all.push([`${control} on ${ground}`, ratio(control, ground), 3])
      probe.remove()
      return all
    })
    expect(ratios.filter(([, ratio, least]) => ratio < least)).toEqual([])
    await page.keyboard.press('Shift+T')
  }
})

test('L1: reduced motion is respected', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await openGraph(page)
  await page.keyboard.press('Control+k')
  const longest = await page.evaluate(() =>
    Math.max(
      0,
      ...[...document.querySelectorAll('*')].flatMap((element) => {
        const { animationDuration, transitionDuration } = getComputedStyle(element)
        return [animationDuration, transitionDuration].flatMap((text) => text.split(',').map(Number.parseFloat))
      }),
    ),
  )
  expect(longest).toBeLessThanOrEqual(0.001)
})

/** Everything that can be pressed or typed in lies within the window's width, or in something that scrolls to it. */
async function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [
      ...document.querySelectorAll<HTMLElement>(
        '.toolbar button, .toolbar input, .tab-bar button, main.page button, aside.panel button',
      ),
    ]
      .filter((element) => element.checkVisibility() && !element.closest('.react-flow'))
      .filter((element) => {
        const { left, right, width } = element.getBoundingClientRect()
        const scrolls = element.closest('.tab-list, [data-scrolls]')
        return width > 0 && !scrolls && (left < -1 || right > innerWidth + 1)
      })
      .map((element) => element.getAttribute('aria-label') ?? element.textContent),
  )
}

test('L1: usable at 400 % zoom and with text at 200 %, as form, graph and outline', async ({ page }) => {
  const faces = ['#', '#graph', '#outline']
  await page.setViewportSize({ width: 320, height: 512 })
  for (const face of faces) {
    await page.goto(`/${face}`)
    await expect(page.getByRole('radio', { name: 'Graph' })).toBeVisible()
    await expect(page.getByRole('button', { name: /^(Run|Generate|Fix)/ }).first()).toBeVisible()
    expect(await page.evaluate(() => document.documentElement.scrollWidth), face).toBeLessThanOrEqual(320)
    expect(await cutOff(page), face).toEqual([])
  }
  await page.goto('/#graph')
  const height = () => page.locator('.canvas').evaluate((element) => element.clientHeight)
  await expect.poll(height).toBeGreaterThan(240)
  await page.setViewportSize({ width: 1280, height: 800 })
  for (const face of faces) {
    await page.goto(`/${face}`)
    await page.addStyleTag({ content: ':root { font-size: 32px !important }' })
    await expect(page.getByRole('radio', { name: 'Graph' })).toBeVisible()
    expect(await page.evaluate(() => document.documentElement.scrollWidth), face).toBeLessThanOrEqual(1280)
    expect(await cutOff(page), face).toEqual([])
  }
})

test('L1: with text at 200 % nothing in a node leaves its card, and long port names are read in full', async ({
  page,
}) => {
  await openGraph(page)
  const file = JSON.parse(await galleryText('song-video'))
  file.nodes.small = { type: 'image.resize', title: 'Make the picture smaller for the model' }
  file.layout.nodes.small = [0, -500]
  file.layout.marks = {
    small: {
      labels: {
        'input.image': 'The picture that comes from the camera',
        'output.image': 'Donaudampfschifffahrtsgesellschaftskapitän',
      },
    },
  }
  await openFile(page, 'large-text.json', JSON.stringify(file))
  await nodeNamed(page, 'Make the picture smaller for the model').focus()
  await page.addStyleTag({ content: ':root { font-size: 32px !important }' })
  await page.keyboard.press('0')
  const port = nodeNamed(page, 'Make the picture smaller for the model').locator('.port-name').first()
  await expect(port).toHaveCSS('font-size', '26px')
  const faults = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('.node')].flatMap((card) => {
      const { left, right } = card.getBoundingClientRect()
      const parts = card.querySelectorAll<HTMLElement>(
        '.node-head *, .ports *:not(.port-handle, .port-handle *), .params *',
      )
      return [...parts]
        .filter((part) => part.checkVisibility() && !part.closest('.react-flow__handle, .visually-hidden, [hidden]'))
        .flatMap((part) => {
          const box = part.getBoundingClientRect()
          const isCut = part.matches('.port-name') && part.scrollWidth > part.clientWidth + 1
          const isOut = box.width > 0 && (box.left < left - 1 || box.right > right + 1)
          return isCut || isOut ? [`${card.ariaLabel}: ${part.className || part.tagName} ${part.textContent}`] : []
        })
    }),
  )
  expect(faults).toEqual([])
})
