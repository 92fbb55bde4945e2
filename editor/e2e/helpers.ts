import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, type Locator, type Page } from '@playwright/test'

export const GALLERY = join(import.meta.dirname, '../../workflows')

export const galleryText = (name: string): Promise<string> => readFile(join(GALLERY, `${name}.json`), 'utf8')

export async function openGraph(page: Page): Promise<void> {
  await page.goto('/#graph')
  await expect(page.locator('.react-flow__node').first()).toBeVisible()
}

export async function openTemplate(page: Page, title: string): Promise<void> {
  await page.keyboard.press('Control+o')
  await page.getByRole('dialog').locator('.template', { hasText: title }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
}

export async function emptyCanvas(page: Page): Promise<void> {
  await page.keyboard.press('Control+o')
  await page.getByRole('dialog').getByRole('button', { name: 'Empty canvas' }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(page.locator('.react-flow__node')).toHaveCount(0)
}

/** Opens workflow text as a person would: through the Open dialog's file field. */
export async function openFile(page: Page, name: string, text: string): Promise<void> {
  await page.keyboard.press('Control+o')
  const field = page.getByRole('dialog').locator('input[type=file]')
  await field.setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) })
  await expect(page.getByRole('dialog')).toBeHidden()
}

export async function savedText(page: Page): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Control+s')])
  return readFile(await download.path(), 'utf8')
}

export const nodeNamed = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true })

/** The dot of a port, by the name written beside it. */
export const portOf = (node: Locator, side: 'input' | 'output', name: string): Locator =>
  node.locator(`.port[data-side=${side}]`, { hasText: name }).locator('.port-handle')

export async function drag(page: Page, from: Locator, to: Locator): Promise<void> {
  const [a, b] = [await from.boundingBox(), await to.boundingBox()]
  await page.mouse.move(a!.x + a!.width / 2, a!.y + a!.height / 2)
  await page.mouse.down()
  await page.mouse.move((a!.x + b!.x) / 2, (a!.y + b!.y) / 2, { steps: 4 })
  await page.mouse.move(b!.x + b!.width / 2, b!.y + b!.height / 2, { steps: 4 })
  await page.mouse.up()
}

/** Lets files fall on the middle of the canvas. */
export async function dropFile(page: Page, name: string, mime: string, bytes: Buffer): Promise<void> {
  const transfer = await page.evaluateHandle(
    ({ base64, name, mime }) => {
      const data = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
      const carried = new DataTransfer()
      carried.items.add(new File([data], name, { type: mime }))
      return carried
    },
    { base64: bytes.toString('base64'), name, mime },
  )
  const canvas = page.locator('.canvas')
  for (const type of ['dragenter', 'dragover', 'drop']) {
    await canvas.dispatchEvent(type, { dataTransfer: transfer, clientX: 700, clientY: 450 })
  }
}

/** A short run without a model: beat-pulse, small. Another length means that nothing of it is cached. */
export async function shortPulse(seconds = 3): Promise<string> {
  const file = JSON.parse(await galleryText('beat-pulse'))
  file.nodes[file.inputs.song.node].params.durationSeconds = seconds
  const frames = Object.values<{ type: string; params?: Record<string, unknown> }>(file.nodes).find(
    (node) => node.type === 'frames.pulse',
  )
  if (frames) frames.params = { ...frames.params, resolution: '480p', frameRate: 24 }
  return JSON.stringify(file)
}
