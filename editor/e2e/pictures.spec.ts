import { crc32, deflateSync } from 'node:zlib'
import AxeBuilder from '@axe-core/playwright'
import { nodeNamed, openFile, openGraph, savedText } from './helpers.ts'
import { expect, type Locator, type Page, test } from './test.ts'

const link = (node: string, port: string) => ({ node, port })
const song = link('song', 'audio')
const beats = link('beats', 'beats')
const pictures = link('pictures', 'images')

/** Pictures and six seconds of a song become a plan and its animatic, without a model. */
const fileWith = (files: unknown, inputs = true): string =>
  JSON.stringify({
    beatloom: 1,
    title: 'Turns',
    inputs: inputs
      ? {
          picture: { node: 'pictures', param: 'files', label: 'Pictures', order: 0 },
          song: { node: 'song', param: 'file', label: 'Song', order: 1 },
        }
      : {},
    outputs: { video: link('animatic', 'video') },
    nodes: {
      pictures: { type: 'image.load-several', params: { files } },
      song: { type: 'audio.load', params: { file: 'samples/song.mp3', durationSeconds: 6 } },
      beats: { type: 'beats.detect', links: { audio: song } },
      plan: { type: 'shots.plan', params: { pace: 'fast' }, links: { beats, audio: song, images: [pictures] } },
      animatic: {
        type: 'shots.animatic',
        links: { shots: link('plan', 'shots'), audio: song, beats, images: [pictures] },
      },
    },
    layout: {
      nodes: { pictures: [0, 0], song: [0, 460], beats: [340, 460], plan: [680, 0], animatic: [1020, 0] },
      groups: [],
    },
  })

/** A picture of one colour. */
function png(name: string, width: number, height: number, colour: [number, number, number]) {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data])
    const edge = (value: number) => {
      const bytes = Buffer.alloc(4)
      bytes.writeUInt32BE(value)
      return bytes
    }
    return Buffer.concat([edge(data.length), body, edge(crc32(body))])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const row = Buffer.concat([Buffer.of(0), ...Array.from({ length: width }, () => Buffer.from(colour))])
  const data = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)))
  const start = Buffer.from('89504e470d0a1a0a', 'hex')
  const buffer = Buffer.concat([start, chunk('IHDR', head), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))])
  return { name, mimeType: 'image/png', buffer }
}
const RED = png('red.png', 160, 90, [200, 40, 40])
const TALL = png('tall.png', 90, 160, [40, 160, 60])
const BLUE = png('blue.png', 120, 120, [40, 60, 200])
const WORDS = { name: 'words.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') }
/** Says that it is a picture, and is none. */
const FALSE = { name: 'false.png', mimeType: 'image/png', buffer: Buffer.from('hello') }

type Carried = { name: string; mimeType: string; buffer: Buffer }

async function transferOf(page: Page, files: readonly Carried[]) {
  const carried = files.map(({ name, mimeType, buffer }) => ({ name, mimeType, base64: buffer.toString('base64') }))
  return page.evaluateHandle((carried) => {
    const data = new DataTransfer()
    for (const { name, mimeType, base64 } of carried) {
      const content = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
      data.items.add(new File([content], name, { type: mimeType }))
    }
    return data
  }, carried)
}

async function bring(page: Page, target: Locator, type: 'drop' | 'paste', files: readonly Carried[]): Promise<void> {
  const transfer = await transferOf(page, files)
  if (type === 'drop') return target.dispatchEvent('drop', { dataTransfer: transfer })
  await target.evaluate((element, data) => {
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data as DataTransfer, bubbles: true }))
  }, transfer)
}

const card = (page: Page) => page.getByRole('region', { name: 'Pictures', exact: true })
const shown = (within: Locator) => within.locator('.picture img')
const names = (within: Locator) =>
  shown(within).evaluateAll((images) =>
    images
      .toSorted((a, b) => Number(a.closest('li')!.style.order) - Number(b.closest('li')!.style.order))
      .map((image) => image.getAttribute('alt')),
  )

/** Files that are sent from now on stay on their way until they are let go. */
async function holdUploads(page: Page): Promise<() => void> {
  let letGo = () => {}
  const held = new Promise<void>((resolve) => {
    letGo = resolve
  })
  await page.route('**/api/v1/assets', async (route) => {
    await held
    await route.continue()
  })
  return letGo
}

async function openForm(page: Page, text: string): Promise<void> {
  await openGraph(page)
  await openFile(page, 'turns.json', text)
  await page.getByRole('radio', { name: 'Form' }).click()
  await expect(card(page).locator('.pictures-field')).toBeVisible()
}

test('A2: several pictures are dropped, moved by key and by mouse, removed, and make a video', async ({ page }) => {
  test.slow()
  await openForm(page, fileWith([]))
  await expect(page.getByText('Still needed: Pictures.')).toBeVisible()
  const area = card(page).locator('.drop-area')
  await bring(page, area, 'drop', [RED, TALL])
  await expect(shown(card(page))).toHaveCount(2)
  expect(await names(card(page)), 'in the order in which they were dropped').toEqual(['red.png', 'tall.png'])
  await expect(card(page).locator('.step-facts')).toHaveText('2 pictures')

  await card(page).locator('input[type=file][multiple]').first().setInputFiles([BLUE])
  await expect(shown(card(page))).toHaveCount(3)
  const back = card(page).getByRole('button', { name: 'Move picture 1 back: red.png' })
  await back.focus()
  await page.keyboard.press('Enter')
  expect(await names(card(page))).toEqual(['tall.png', 'red.png', 'blue.png'])
  await expect(card(page).getByRole('button', { name: 'Move picture 2 back: red.png' })).toBeFocused()
  await page.keyboard.press('Enter')
  expect(await names(card(page))).toEqual(['tall.png', 'blue.png', 'red.png'])
  await expect(card(page).getByRole('button', { name: 'Move picture 3 forward: red.png' }), 'at the end').toBeFocused()

  const from = (await card(page).locator('.picture-thumb').nth(2).boundingBox())!
  const to = (await card(page).locator('.picture-thumb').nth(0).boundingBox())!
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2)
  await page.mouse.down()
  await page.mouse.move(to.x + to.width / 2 + 12, to.y + to.height / 2, { steps: 6 })
  expect(await names(card(page)), 'the others make room').toEqual(['red.png', 'tall.png', 'blue.png'])
  await page.keyboard.press('Escape')
  expect(await names(card(page)), 'Escape puts it back').toEqual(['tall.png', 'blue.png', 'red.png'])
  await page.mouse.up()
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2)
  await page.mouse.down()
  await page.mouse.move(to.x + to.width / 2 + 12, to.y + to.height / 2, { steps: 6 })
  await page.mouse.up()
  expect(await names(card(page))).toEqual(['red.png', 'tall.png', 'blue.png'])

  await card(page).getByRole('button', { name: 'Remove picture 3: blue.png' }).click()
  expect(await names(card(page))).toEqual(['red.png', 'tall.png'])
  await expect(card(page).getByRole('button', { name: 'Remove picture 2: tall.png' })).toBeFocused()

  await page.getByRole('button', { name: 'Generate' }).click()
  await expect(page.locator('.result video, .stage video').first()).toBeVisible({ timeout: 60_000 })
  await page.getByRole('radio', { name: 'Graph' }).click()
  await expect(page.locator('.node').first()).toBeVisible()
  const { params } = JSON.parse(await savedText(page)).nodes.pictures
  expect(params.files.map((file: string) => file.split('/').at(-1))).toEqual(['red.png', 'tall.png'])
})

test('A3: of several files one that is refused or breaks off says which, and the others are kept', async ({ page }) => {
  await openForm(page, fileWith([]))
  const area = card(page).locator('.drop-area')
  let broken = 0
  await page.route('**/api/v1/assets', (route) => {
    const isTall = route.request().postDataBuffer()?.includes('tall.png') ?? false
    return isTall && broken++ === 0 ? route.abort() : route.continue()
  })
  await bring(page, area, 'drop', [RED, WORDS, TALL, FALSE, BLUE])
  await expect(shown(card(page))).toHaveCount(2)
  expect(await names(card(page))).toEqual(['red.png', 'blue.png'])
  const troubles = card(page).locator('.step-trouble')
  await expect(troubles).toHaveCount(3)
  await expect(troubles.nth(0)).toContainText('“words.txt” is no JPG, PNG or WebP picture')
  await expect(troubles.nth(1)).toContainText('tall.png: ')
  await expect(troubles.nth(2)).toContainText('false.png')
  await troubles.nth(1).getByRole('button', { name: 'Go on sending' }).click()
  await expect(shown(card(page))).toHaveCount(3)
  expect(await names(card(page))).toEqual(['red.png', 'blue.png', 'tall.png'])
  await troubles.nth(0).getByRole('button', { name: 'Dismiss' }).click()
  await expect(troubles).toHaveCount(1)
})

test('A3: no more pictures than are taken; those left out are named', async ({ page }) => {
  await openForm(page, fileWith([`assets/${'a'.repeat(64)}/mine.png`, ...Array(62).fill('samples/cover.jpg')]))
  await bring(page, card(page).locator('.drop-area'), 'drop', [RED, TALL])
  await expect(card(page).locator('.picture')).toHaveCount(64)
  await expect(card(page).getByRole('alert')).toHaveText('At most 64 pictures are taken. Left out: tall.png.')
})

test('A3: what is still on its way counts, whichever view it was given to', async ({ page }) => {
  const full = [`assets/${'a'.repeat(64)}/mine.png`, ...Array(60).fill('samples/cover.jpg')]
  await openForm(page, fileWith(full))
  const letGo = await holdUploads(page)
  // Two drops before the page is drawn again.
  const both = [await transferOf(page, [RED, TALL]), await transferOf(page, [BLUE, WORDS])] as const
  await card(page)
    .locator('.drop-area')
    .evaluate((element, given) => {
      for (const dataTransfer of given) {
        element.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
      }
    }, both)
  await expect(card(page).getByRole('alert')).toHaveText('At most 64 pictures are taken. Left out: words.txt.')
  await page.getByRole('radio', { name: 'Graph' }).click()
  const row = nodeNamed(page, 'LoadImages').locator('.param[data-param=files]')
  await bring(page, row.locator('.drop-area'), 'drop', [png('late.png', 64, 64, [9, 9, 9])])
  await expect(row.getByRole('alert')).toHaveText('At most 64 pictures are taken. Left out: late.png.')
  letGo()
  await expect(row.locator('.picture')).toHaveCount(64)
  expect((await names(row)).slice(-3)).toEqual(['red.png', 'tall.png', 'blue.png'])
  // The room is there again once they are in the list.
  await row.getByRole('button', { name: 'Remove picture 64: blue.png' }).click()
  await bring(page, row.locator('.drop-area'), 'drop', [png('late.png', 64, 64, [9, 9, 9])])
  await expect(row.getByRole('img', { name: 'late.png' })).toBeVisible()
  await expect(row.getByRole('alert')).toHaveCount(0)
})

test('D4: pictures on their way when another window takes over come to the copy', async ({ context, page }) => {
  await openForm(page, fileWith([]))
  const kept = page.waitForResponse(
    (response) => response.request().method() === 'PUT' && response.url().includes('/drafts/'),
  )
  await bring(page, card(page).locator('.drop-area'), 'drop', [TALL])
  await kept
  const letGo = await holdUploads(page)
  await bring(page, card(page).locator('.drop-area'), 'drop', [RED])
  await expect(card(page).getByRole('progressbar')).toBeVisible()
  const other = await context.newPage()
  await other.goto('/#graph')
  await other.getByRole('button', { name: 'Take over' }).click()
  await page.bringToFront()
  await expect(page.getByText('Another window took this document over.')).toBeVisible()
  const sent = page.waitForResponse((response) => response.url().endsWith('/api/v1/assets'))
  letGo()
  await sent
  await page.getByRole('button', { name: 'Save a copy' }).click()
  await expect(shown(card(page))).toHaveCount(2)
  expect(await names(card(page))).toEqual(['tall.png', 'red.png'])
  await other.bringToFront()
  await expect.poll(() => names(nodeNamed(other, 'LoadImages')), 'what the other window writes').toEqual(['tall.png'])
})

test('W5, W6: on the canvas: dropped, pasted, undone one step each, marked as changed and reset', async ({ page }) => {
  await openGraph(page)
  await openFile(page, 'turns.json', fileWith([], false))
  const node = nodeNamed(page, 'LoadImages')
  const row = node.locator('.param[data-param=files]')
  const area = row.locator('.drop-area')
  await expect(row.getByRole('img', { name: 'Changed from the default' })).toHaveCount(0)
  await bring(page, area, 'drop', [RED, TALL])
  await expect(shown(row)).toHaveCount(2)
  await expect(page.locator('.react-flow__node'), 'dropping on a field adds no node').toHaveCount(5)
  await expect(row.getByRole('img', { name: 'Changed from the default' })).toHaveCount(1)
  await bring(page, row.locator('.picture-tool').first(), 'paste', [BLUE])
  await expect(shown(row)).toHaveCount(3)
  await expect(page.locator('.react-flow__node'), 'pasting into a field adds no node').toHaveCount(5)
  await row.getByRole('button', { name: 'Move picture 3 forward: blue.png' }).click()
  await row.getByRole('button', { name: 'Remove picture 1: red.png' }).click()
  expect(await names(row)).toEqual(['blue.png', 'tall.png'])
  for (const before of [
    ['red.png', 'blue.png', 'tall.png'],
    ['red.png', 'tall.png', 'blue.png'],
    ['red.png', 'tall.png'],
    [],
  ]) {
    await page.keyboard.press('Control+z')
    await expect.poll(() => names(row)).toEqual(before)
  }
  for (let step = 0; step < 4; step++) await page.keyboard.press('Control+Shift+z')
  await expect.poll(() => names(row)).toEqual(['blue.png', 'tall.png'])
  const { violations } = await new AxeBuilder({ page }).include('[data-param=files]').analyze()
  expect(violations.map(({ id, nodes }) => `${id} at ${nodes[0]?.target.join(' ')}`)).toEqual([])
  await row.hover()
  await row.getByRole('button', { name: 'Reset Pictures' }).click()
  await expect(shown(row)).toHaveCount(0)
  expect(JSON.parse(await savedText(page)).nodes.pictures.params).toBeUndefined()
})

test('A1: a file that names one picture as text is shown with it, and a picture that is gone says so', async ({
  page,
}) => {
  await openForm(page, fileWith('samples/cover.jpg'))
  expect(await names(card(page))).toEqual(['cover.jpg'])
  await openForm(page, fileWith(['samples/gone.jpg', 'samples/cover.jpg']))
  await expect(card(page).locator('.picture-gone')).toHaveText('gone.jpg is no longer there.')
  await expect(page.getByRole('button', { name: 'Generate' })).toBeDisabled()
})

test('A2: the whole song takes several pictures', async ({ page }) => {
  await openGraph(page)
  await page.keyboard.press('Control+o')
  await page.getByRole('dialog').locator('.template', { hasText: 'Whole song' }).click()
  await page.getByRole('radio', { name: 'Form' }).click()
  await expect(shown(card(page))).toHaveCount(1)
  await bring(page, card(page).locator('.drop-area'), 'drop', [RED, TALL])
  await expect.poll(() => names(card(page)), 'the sample makes room').toEqual(['red.png', 'tall.png'])
  await expect(page.getByRole('button', { name: 'Generate' })).toBeEnabled()
})

for (const language of ['English', 'Chinese'] as const) {
  test.describe(() => {
    test.use({ hasTouch: true, isMobile: true, viewport: { width: 360, height: 640 } })
    test(`A5, L5: by finger at 360 × 640: nothing to touch below 44 pixels, axe finds nothing, ${language}`, async ({
      page,
    }) => {
      await openForm(page, fileWith(['samples/cover.jpg']))
      await bring(page, card(page).locator('.drop-area'), 'drop', [BLUE, RED, TALL, WORDS])
      await expect(shown(card(page))).toHaveCount(3)
      await expect(card(page).locator('.step-trouble')).toHaveCount(1)
      const chinese = language === 'Chinese'
      if (chinese) await page.getByRole('button', { name: 'Language: switch to Chinese' }).tap()
      const region = page.getByRole('region', { name: chinese ? '图片' : 'Pictures', exact: true })
      const move = chinese ? '后移第 1 张图片：blue.png' : 'Move picture 1 back: blue.png'
      await region.getByRole('button', { name: move }).tap()
      await expect.poll(() => names(region)).toEqual(['red.png', 'blue.png', 'tall.png'])
      const small = await region.locator('button, label.button, label.drop-invite').evaluateAll((elements) =>
        elements
          .filter((element) => element.checkVisibility())
          .map((element) => ({ element, box: element.getBoundingClientRect() }))
          .filter(({ box }) => box.width < 43.5 || box.height < 43.5)
          .map(({ element, box }) => `${element.ariaLabel ?? element.textContent}: ${box.width} × ${box.height}`),
      )
      expect(small).toEqual([])
      await expect(region.locator('input[type=file][multiple]:not([capture])'), 'the roll gives several').toHaveCount(1)
      await expect(region.locator('input[type=file][capture]'), 'and there is the camera').toHaveCount(1)
      const wider = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect(wider).toBeLessThanOrEqual(0)
      // While it is worked out anew, the quote before is shown dimmed.
      await expect(page.locator('.quote-line[data-stale=false]')).toBeVisible()
      for (const colorScheme of ['dark', 'light'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        // What is still fading in has no contrast of its own yet.
        await page.evaluate(() =>
          Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined))),
        )
        const { violations } = await new AxeBuilder({ page }).analyze()
        expect(violations.map(({ id, nodes }) => `${id} at ${nodes[0]?.target.join(' ')}`)).toEqual([])
      }
    })
  })
}
