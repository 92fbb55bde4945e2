import { COMMAND_NAMES } from './command-names.ts'
import { emptyCanvas, nodeNamed, openFile, openGraph, savedText, shortPulse } from './helpers.ts'
import { expect, type Page, test } from './test.ts'

const row = (page: Page, text: string | RegExp) => page.getByRole('treeitem').filter({ hasText: text }).first()
const details = (page: Page) => page.getByRole('region', { name: 'Selected' })

test.beforeEach(async ({ page }) => openGraph(page))

test('L4: the outline shows nodes, values, links and state, shares the selection, edits and runs', async ({ page }) => {
  test.setTimeout(120_000)
  await openFile(page, 'pulse.json', await shortPulse(4))
  await nodeNamed(page, 'BeatDetect').locator('.node-title').click()
  await page.getByRole('radio', { name: 'Outline' }).click()
  await expect(page).toHaveURL(/#outline$/)
  await expect(page.getByRole('tree')).toBeVisible()
  await expect(row(page, 'BeatDetect')).toHaveAttribute('aria-selected', 'true')

  // Arrows go through the tree; a node opens to what it holds.
  await row(page, 'BeatDetect').focus()
  await page.keyboard.press('ArrowRight')
  await expect(row(page, 'from LoadAudio · Audio')).toHaveAttribute('aria-level', '2')
  await expect(row(page, /^Beats.*to .+ · Beats/)).toBeVisible()
  await expect(row(page, 'Tempo hint')).toBeVisible()

  // Delete on an input unlinks; Enter on it lists what fits.
  await row(page, 'from LoadAudio · Audio').click()
  await page.keyboard.press('Delete')
  await expect(row(page, /Audio.*not linked/)).toBeVisible()
  await expect(row(page, 'BeatDetect')).toContainText('problem')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Link BeatDetect · Audio to…' })).toBeVisible()
  await page.keyboard.type('LoadAudio')
  await page.keyboard.press('Enter')
  await expect(row(page, 'from LoadAudio · Audio')).toBeVisible()

  // Values are edited with the widgets of the canvas; Esc comes back to the tree.
  await row(page, 'Tempo hint').click()
  await page.keyboard.press('Enter')
  await expect(
    details(page)
      .getByRole('spinbutton', { name: 'Tempo hint' })
      .or(details(page).getByRole('textbox', { name: 'Tempo hint' })),
  ).toBeFocused()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('96')
  await page.keyboard.press('Enter')
  await expect(row(page, 'Tempo hint')).toContainText('96')
  await page.keyboard.press('Escape')
  await expect(row(page, 'Tempo hint')).toBeFocused()

  // The usual commands.
  await row(page, 'LoadImage').click()
  await page.keyboard.press('Control+m')
  await expect(row(page, 'LoadImage')).toContainText('Muted')
  await page.keyboard.press('Control+m')
  await page.keyboard.press('Control+d')
  await expect(page.getByRole('treeitem').filter({ hasText: 'LoadImage' })).toHaveCount(2)
  await page.keyboard.press('Delete')
  await expect(page.getByRole('treeitem').filter({ hasText: 'LoadImage' })).toHaveCount(1)
  await row(page, 'LoadImage').click()
  await page.keyboard.press('F2')
  await page.keyboard.type('Cover')
  await page.keyboard.press('Escape')
  await expect(row(page, 'Cover')).toContainText('LoadImage')
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Shift+A')
  await page.getByPlaceholder('Search nodes').fill('Preview image')
  await page.keyboard.press('Enter')
  await expect(row(page, 'Preview image')).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Control+z')
  await row(page, 'SaveMP4').click({ button: 'right' })
  await page.getByRole('menuitem', { name: /^Bypass/ }).press('Escape')

  // Runs, with the state of every node.
  await page.keyboard.press('Control+Enter')
  await expect(row(page, 'SaveMP4')).toContainText(/Done|\d s|Cached/, { timeout: 60_000 })
  await row(page, 'SaveMP4').click()
  await page.getByRole('radio', { name: 'Graph' }).click()
  await expect(page.locator('.react-flow__node.selected')).toContainText('SaveMP4')
})

test('L4: the whole graph can be built in the outline by keyboard', async ({ page }) => {
  await emptyCanvas(page)
  await page.keyboard.press('Shift+O')
  await expect(page.getByRole('main', { name: 'Outline' })).toContainText('The canvas is empty')
  for (const name of ['LoadImage', 'Preview image']) {
    await page.keyboard.press('Shift+A')
    await page.keyboard.type(name)
    await page.keyboard.press('Enter')
    await expect(row(page, name)).toBeFocused()
  }
  await page.keyboard.press('ArrowRight')
  await expect(row(page, 'from LoadImage · Image')).toBeVisible()
  await page.keyboard.press('Home')
  await expect(row(page, 'LoadImage')).toBeFocused()
  const file = JSON.parse(await savedText(page))
  expect(Object.values<{ links?: object }>(file.nodes).flatMap((node) => Object.keys(node.links ?? {}))).toEqual([
    'image',
  ])
})

test('check 14: every command of the tables is found by its name in either language, on the canvas and in the outline', async ({
  page,
}) => {
  test.setTimeout(180_000)
  await openFile(page, 'pulse.json', await shortPulse())
  for (const face of ['graph', 'outline'] as const) {
    await page.keyboard.press(face === 'graph' ? 'Shift+G' : 'Shift+O')
    for (const language of ['en', 'zh'] as const) {
      await page.keyboard.press('Control+k')
      const field = page.locator('.search-list [cmdk-input]')
      await expect(field).toBeFocused()
      for (const names of COMMAND_NAMES) {
        for (const name of names) {
          await field.fill(name)
          const hit = page.locator('.search-list [cmdk-item]').first()
          await expect(hit, `${face} ${language}: ${name}`).toContainText(names[language === 'en' ? 0 : 1])
        }
      }
      await page.keyboard.press('Escape')
      await expect(field).toBeHidden()
      await page.keyboard.press('Shift+L')
    }
  }
})
