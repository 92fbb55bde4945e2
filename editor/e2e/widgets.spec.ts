import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { drag, GALLERY, nodeNamed, openFile, openGraph, portOf, savedText, shortPulse } from './helpers.ts'
import { expect, type Locator, type Page, test } from './test.ts'

const graphOf = (nodes: Record<string, unknown>, layout: Record<string, unknown> = {}): string => {
  const places = Object.fromEntries(Object.keys(nodes).map((id, index) => [id, [index * 380, 0]]))
  return JSON.stringify({ beatloom: 1, title: 'Fields', nodes, layout: { nodes: places, groups: [], ...layout } })
}
const field = (page: Page, node: string, param: string): Locator =>
  nodeNamed(page, node).locator(`.param[data-param=${param}]`)
const saved = async (page: Page, node: string): Promise<Record<string, unknown>> =>
  JSON.parse(await savedText(page)).nodes[node].params ?? {}
const run = (page: Page) => page.locator('.toolbar').getByRole('button', { name: 'Run', exact: true }).click()

/** A low tone, mono, 16 bit, 48 kHz: 96 kB a second. */
function toneWav(seconds: number): Buffer {
  const rate = 48_000
  const data = Buffer.alloc(seconds * rate * 2)
  for (let at = 0; at < seconds * rate; at++) data.writeInt16LE(Math.round(9000 * Math.sin(at / 40)), at * 2)
  const head = Buffer.alloc(44)
  head.write('RIFF', 0)
  head.writeUInt32LE(36 + data.length, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(rate, 24)
  head.writeUInt32LE(rate * 2, 28)
  head.writeUInt16LE(2, 32)
  head.writeUInt16LE(16, 34)
  head.write('data', 36)
  head.writeUInt32LE(data.length, 40)
  return Buffer.concat([head, data])
}

test.beforeEach(async ({ page }) => openGraph(page))

test('W1: text counts its letters when limited, and is not spell-checked; numbers take sums, arrows and a drag', async ({
  page,
}) => {
  await openFile(page, 'fields.json', graphOf({ save: { type: 'image.save-png' }, song: { type: 'audio.load' } }))
  const name = field(page, 'SavePNG', 'name').getByRole('textbox', { name: 'Name' })
  await expect(name).toHaveAttribute('spellcheck', 'false')
  await expect(field(page, 'SavePNG', 'name').locator('.counter')).toHaveCount(0)
  await name.fill('x'.repeat(100))
  await expect(field(page, 'SavePNG', 'name').locator('.counter')).toHaveText('100 / 120')
  await name.fill('x'.repeat(123))
  await expect(field(page, 'SavePNG', 'name').locator('.counter')).toContainText('3 too many')
  await expect(name).toHaveAttribute('aria-invalid', 'true')

  const start = field(page, 'LoadAudio', 'startSeconds').getByRole('spinbutton')
  await start.fill('24*60/2')
  await start.press('Enter')
  await expect(start).toHaveValue('720')
  await start.press('ArrowUp')
  await expect(start).toHaveValue('720.1')
  await start.press('Shift+ArrowDown')
  await expect(start).toHaveValue('719.1')
  await start.press('Alt+ArrowUp')
  await expect(start).toHaveValue('719.11')
  await start.fill('-5')
  await start.press('Enter')
  await expect(start).toHaveValue('-5')
  await expect(field(page, 'LoadAudio', 'startSeconds')).toContainText('Allowed: 0 to 36000')
  await start.fill('two')
  await start.press('Enter')
  await expect(field(page, 'LoadAudio', 'startSeconds')).toContainText('no number')

  const unit = await field(page, 'LoadAudio', 'durationSeconds').locator('.number-unit').boundingBox()
  await page.mouse.move(unit!.x + 8, unit!.y + 8)
  await page.mouse.down()
  await page.mouse.move(unit!.x + 8 + 40, unit!.y + 8, { steps: 4 })
  await page.mouse.up()
  const duration = field(page, 'LoadAudio', 'durationSeconds').getByRole('spinbutton')
  await expect(duration).toHaveValue('9')
  await page.keyboard.press('Control+z')
  await expect(duration, 'one drag is one step').toHaveValue('8')
})

test('W1: a choice is filtered by typing and says why an item cannot be had; choices keep their order', async ({
  page,
}) => {
  await openFile(page, 'fields.json', graphOf({ loader: { type: 'model.load' }, beats: { type: 'beats.detect' } }))
  await nodeNamed(page, 'Load model')
    .getByRole('button', { name: /advanced|More/i })
    .click()
  const runsOn = field(page, 'Load model', 'provider').getByRole('combobox', { name: 'Runs on' })
  await runsOn.click()
  const list = page.getByRole('listbox', { name: 'Runs on' })
  const cuda = list.getByRole('option', { name: /cuda/i })
  await expect(cuda).toHaveAttribute('aria-disabled', 'true')
  await expect(cuda.locator('.picker-note')).not.toBeEmpty()
  await page.getByRole('combobox', { name: 'Filter Runs on' }).fill('cp')
  await expect(list.getByRole('option')).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expect(runsOn).toContainText(/cpu/i)
  await expect(runsOn).toBeFocused()
  expect((await saved(page, 'loader')).provider).toBe('cpu')

  await nodeNamed(page, 'BeatDetect')
    .getByRole('button', { name: /advanced|More/i })
    .click()
  await expect(field(page, 'BeatDetect', 'meter').getByRole('radio')).toHaveText(['Auto', '3', '4'])
})

test('W1: colour, size preset, several choices, a drawn curve and a list of prompts', async ({ page }) => {
  const nodes = {
    ground: { type: 'image.colour' },
    curve: { type: 'curve.draw' },
    prompts: { type: 'text.list' },
    report: { type: 'beats.report' },
  }
  await openFile(page, 'fields.json', graphOf(nodes))

  const colour = field(page, 'Solid colour', 'colour')
  await colour.getByRole('textbox', { name: 'Colour' }).fill('f80')
  await expect(colour).toContainText('six digits')
  await colour.getByRole('textbox', { name: 'Colour' }).blur()
  await expect(colour.getByRole('textbox', { name: 'Colour' })).toHaveValue('#ff8800')
  await colour.getByRole('button', { name: 'Pick Colour' }).click()
  await page.getByRole('slider', { name: 'Hue' }).press('ArrowRight')
  await page.keyboard.press('Escape')
  await expect(colour.getByRole('textbox', { name: 'Colour' })).not.toHaveValue('#ff8800')

  await field(page, 'Solid colour', 'width').getByRole('combobox', { name: 'Sizes' }).click()
  await page.getByRole('combobox', { name: 'Filter Sizes' }).fill('480 9:16')
  await page.keyboard.press('Enter')
  await expect(field(page, 'Solid colour', 'width').getByRole('spinbutton')).toHaveValue('480')
  await expect(field(page, 'Solid colour', 'height').getByRole('spinbutton')).toHaveValue('832')
  await field(page, 'Solid colour', 'width').getByRole('button', { name: 'Swap' }).click()
  await expect(field(page, 'Solid colour', 'width').getByRole('spinbutton')).toHaveValue('832')

  const box = field(page, 'Draw curve', 'points').locator('.curve-box')
  const at = (await box.boundingBox())!
  await page.mouse.click(at.x + at.width / 2, at.y + at.height / 4)
  const middle = box.getByRole('button', { name: /Point 2 of 3/ })
  await expect(middle).toBeFocused()
  await middle.press('Shift+ArrowDown')
  const [, point] = (await saved(page, 'curve')).points as [number, number][]
  expect(point![0]).toBeCloseTo(0.5, 1)
  expect(point![1]).toBeCloseTo(0.65, 1)
  await middle.press('Enter')
  await expect(box.getByRole('button')).toHaveCount(4)
  await page.keyboard.press('Delete')
  await expect(box.getByRole('button')).toHaveCount(3)

  const lines = field(page, 'Prompt list', 'prompts')
  await lines.getByRole('textbox').first().fill('slow pan')
  await page.keyboard.press('Enter')
  await page.keyboard.type('warm glow')
  await page.keyboard.press('Alt+ArrowUp')
  expect((await saved(page, 'prompts')).prompts).toEqual(['warm glow', 'slow pan'])

  await field(page, 'Describe beats', 'parts').getByRole('button', { name: 'Confidence' }).click()
  expect((await saved(page, 'report')).parts).not.toContain('confidence')
})

test('W2: the step rule of a model is in its field, with the seconds beside', async ({ page }) => {
  // No node that comes with Beatloom counts frames in 4n + 1 yet; one such description is added to what the server says.
  await page.route('**/api/v1/nodes', async (route) => {
    const answer = await route.fetch()
    const body = await answer.json()
    body.nodes.push({
      type: 'latent.counted',
      version: 1,
      title: 'Counted latent',
      description: 'A latent of so many frames.',
      category: 'latent',
      aliases: [],
      phase: null,
      terminal: false,
      converter: false,
      transparent: false,
      passThrough: {},
      inputs: [],
      outputs: [{ name: 'latent', type: 'LATENT' }],
      params: [
        {
          name: 'frames',
          description: 'How many frames.',
          default: 81,
          schema: { type: 'integer', minimum: 5, maximum: 241 },
          step: 4,
          offset: 1,
          secondsAt: 'rate',
          port: 'NUMBER',
        },
        { name: 'rate', description: 'Frames a second.', default: 16, schema: { type: 'integer', minimum: 1 } },
        {
          name: 'width',
          description: 'Width.',
          default: 832,
          schema: { type: 'integer', minimum: 64, maximum: 2048, multipleOf: 16 },
        },
      ],
    })
    await route.fulfill({ response: answer, json: body })
  })
  await page.reload()
  await expect(page.locator('.node').first()).toBeVisible()
  await openFile(page, 'counted.json', graphOf({ latent: { type: 'latent.counted' } }))
  const frames = field(page, 'Counted latent', 'frames')
  const input = frames.getByRole('spinbutton')
  await expect(input).toHaveValue('81')
  await expect(frames).toContainText('= 5.06 s')
  await input.press('ArrowUp')
  await expect(input).toHaveValue('85')
  await input.fill('80')
  await input.press('Enter')
  await expect(input).toHaveValue('80')
  await expect(input).toHaveAttribute('aria-invalid', 'true')
  await frames.getByRole('button', { name: '81', exact: true }).click()
  await expect(input).toHaveValue('81')
  await field(page, 'Counted latent', 'rate').getByRole('spinbutton').fill('24')
  await page.keyboard.press('Enter')
  await expect(frames).toContainText('= 3.38 s')
  const width = field(page, 'Counted latent', 'width').getByRole('spinbutton')
  await width.press('ArrowUp')
  await expect(width).toHaveValue('848')
})

test('W3: a link let go on a label feeds the value; without it the typed value is back', async ({ page }) => {
  const nodes = { number: { type: 'value.number' }, song: { type: 'audio.load', params: { startSeconds: 12 } } }
  await openFile(page, 'feed.json', graphOf(nodes))
  const start = field(page, 'LoadAudio', 'startSeconds')
  await drag(page, portOf(nodeNamed(page, 'Number'), 'output', 'Number'), start.locator('label'))
  await expect(start.getByText('from Number · Number')).toBeVisible()
  await expect(start.getByRole('spinbutton')).toHaveCount(0)
  await expect(page.locator('.react-flow__edge')).toHaveCount(1)
  const file = JSON.parse(await savedText(page))
  expect(file.nodes.song).toMatchObject({
    params: { startSeconds: 12 },
    links: { startSeconds: { node: 'number', port: 'number' } },
  })
  await start.getByRole('button', { name: 'Type Start by hand again' }).click()
  await expect(start.getByRole('spinbutton')).toHaveValue('12')
  await expect(page.locator('.react-flow__edge')).toHaveCount(0)
})

test('W4: the dice change the seed before a run, the pin keeps it, and the seed of the result stays in sight', async ({
  page,
}) => {
  test.slow()
  const file = JSON.parse(await shortPulse(3.25))
  // A sampler that nothing needs: its seed is saved with the run, and no model has to work for it.
  file.nodes.dream = { type: 'sampler.sample', version: 1, params: { seed: '7' } }
  file.layout.nodes.dream = [0, 620]
  await openFile(page, 'seeds.json', JSON.stringify(file))
  const seed = field(page, 'Sampler', 'seed')
  const input = seed.getByRole('textbox', { name: 'Seed' })
  await seed.getByRole('button', { name: 'New seed for each run' }).click()
  await expect(seed.getByRole('button', { name: 'Keep this seed' })).toHaveAttribute('aria-pressed', 'false')
  await run(page)
  await expect(seed).toContainText('Seed of the result on screen')
  const rolled = await input.inputValue()
  expect(rolled).not.toBe('7')

  await seed.getByRole('button', { name: 'Keep this seed' }).click()
  await run(page)
  await expect(page.locator('.node[data-state=running]')).toHaveCount(0)
  await expect(input).toHaveValue(rolled)

  await input.fill('99')
  await expect(seed).toContainText(`Result on screen: ${rolled}`)
  await seed.getByRole('button', { name: 'Use it' }).click()
  await expect(input).toHaveValue(rolled)

  await input.fill('5')
  await page.locator('.react-flow__pane').click({ position: { x: 8, y: 300 } })
  await page.keyboard.press('q')
  await page.getByRole('button', { name: 'Open as graph' }).first().click()
  await expect(input, 'a finished run brings its seed back').toHaveValue(rolled)
  await expect(seed.getByRole('button', { name: 'Keep this seed' })).toHaveAttribute('aria-pressed', 'true')
})

test('W5, A3: a file larger than is taken is refused in words of both languages, and the field keeps what it had', async ({
  page,
}) => {
  await openFile(
    page,
    'files.json',
    graphOf({ picture: { type: 'image.load', params: { file: 'samples/cover.jpg' } } }),
  )
  const picture = field(page, 'LoadImage', 'file').locator('.file-widget')
  await expect(picture.locator('.file-facts')).toHaveText('1920 × 1080')
  const before = await savedText(page)
  const folder = await mkdtemp(join(tmpdir(), 'beatloom-large-'))
  const large = join(folder, 'large.png')
  // One byte more than the limit, and all of it a hole that takes no room on the disk.
  await writeFile(large, '')
  await truncate(large, 500 * 2 ** 20 + 1)
  try {
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.url().endsWith('/api/v1/uploads')),
      picture.locator('input[type=file]').setInputFiles(large),
    ])
    expect(answer.status()).toBe(413)
    expect((await answer.json()).error.code).toBe('request_too_large')
    await expect(picture.getByRole('alert')).toHaveText('The file is larger than the 500 MB that are taken.')
    await expect(picture.locator('progress')).toHaveCount(0)
    await page.getByRole('button', { name: 'Language: switch to Chinese' }).click()
    await expect(page.locator('.file-widget').getByRole('alert')).toHaveText('文件超过允许的 500 MB。')
  } finally {
    await rm(folder, { recursive: true })
  }
  await expect(page.locator('.file-widget .file-name')).toHaveText('cover.jpg')
  expect(await savedText(page)).toBe(before)
})

test('W5: a file is dropped, pasted or recorded, is known by its content, and shows what it is', async ({
  page,
  context,
}) => {
  test.slow()
  await openFile(page, 'files.json', graphOf({ picture: { type: 'image.load' }, song: { type: 'audio.load' } }))
  const picture = field(page, 'LoadImage', 'file').locator('.file-widget')
  const bytes = (await readFile(join(GALLERY, 'samples/cover.jpg'))).toString('base64')
  const transfer = await page.evaluateHandle((base64) => {
    const data = new DataTransfer()
    const content = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
    data.items.add(new File([content], 'mine.jpg', { type: 'image/jpeg' }))
    return data
  }, bytes)
  await picture.dispatchEvent('drop', { dataTransfer: transfer })
  await expect(picture).toContainText('mine.jpg')
  await expect(picture.locator('.file-facts')).toContainText('×')
  const mark = picture.locator('.file-hash')
  await expect(mark).toHaveAttribute('title', /SHA-256/)
  const reference = String((await saved(page, 'picture')).file)
  const [, sha] = reference.split('/')
  expect(sha).toMatch(/^[0-9a-f]{64}$/)
  const renamed = await page.request.get(`/api/v1/files/assets/${sha}/under-another-name.jpg`)
  expect(renamed.ok(), 'the same content under another name').toBe(true)

  const pasted = await page.evaluateHandle((base64) => {
    const data = new DataTransfer()
    const content = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
    data.items.add(new File([content], 'pasted.jpg', { type: 'image/jpeg' }))
    return data
  }, bytes)
  await picture.locator('input[type=file]').evaluate((input, data) => {
    input.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data as DataTransfer, bubbles: true }))
  }, pasted)
  await expect(picture).toContainText('pasted.jpg')
  await expect(nodeNamed(page, 'LoadImage'), 'pasting into a field adds no node').toHaveCount(1)

  const song = field(page, 'LoadAudio', 'file').locator('.file-widget')
  await page.evaluate(() => Object.defineProperty(navigator, 'mediaDevices', { value: undefined, configurable: true }))
  await song.getByRole('button', { name: 'Record from the microphone' }).click()
  await expect(song.getByRole('alert')).toContainText('cannot record')
  await context.grantPermissions(['microphone'])
  await page.evaluate(() => {
    const getUserMedia = async () => {
      const audio = new AudioContext()
      const tone = audio.createOscillator()
      const out = audio.createMediaStreamDestination()
      tone.connect(out)
      tone.start()
      return out.stream
    }
    Object.defineProperty(navigator, 'mediaDevices', { value: { getUserMedia }, configurable: true })
  })
  await song.getByRole('button', { name: 'Record from the microphone' }).click()
  await expect(song.getByRole('timer')).toHaveText('0:01')
  await song.getByRole('button', { name: 'Stop recording' }).click()
  await expect(song).toContainText(/recording-.*\.webm/)
  await expect(song.locator('.waveform-bars')).toBeVisible()

  let pieces = 0
  await page.route('**/api/v1/uploads/*', (route) => {
    if (route.request().method() !== 'PATCH') return route.continue()
    pieces++
    return pieces === 2 ? route.abort() : route.continue()
  })
  const long = { name: 'long.wav', mimeType: 'audio/wav', buffer: toneWav(60) }
  await song.locator('input[type=file]').setInputFiles(long)
  await expect(song, 'a large file goes in pieces, and on after a break').toContainText('long.wav')
  await expect(song.locator('.file-facts')).toContainText('1:00')
  expect(pieces).toBeGreaterThan(5)
})

test('W6: changed values carry a dot, and are reset one by one or all at once', async ({ page }) => {
  const params = { startSeconds: 3, durationSeconds: 5, unknownBefore: 1 }
  await openFile(page, 'changed.json', graphOf({ song: { type: 'audio.load', params } }))
  const song = nodeNamed(page, 'LoadAudio')
  await expect(song.getByRole('img', { name: 'Changed from the default' })).toHaveCount(2)
  await field(page, 'LoadAudio', 'startSeconds').hover()
  await song.getByRole('button', { name: 'Reset 2 values' }).click()
  await expect(song.getByRole('img', { name: 'Changed from the default' })).toHaveCount(0)
  await page.keyboard.press('Control+z')
  await expect(field(page, 'LoadAudio', 'startSeconds').getByRole('spinbutton')).toHaveValue('3')
  await field(page, 'LoadAudio', 'startSeconds').hover()
  await song.getByRole('button', { name: 'Reset Start' }).click()
  await expect(field(page, 'LoadAudio', 'startSeconds').getByRole('spinbutton')).toHaveValue('0')
  expect(await saved(page, 'song')).toEqual({ durationSeconds: 5, unknownBefore: 1 })
})

test('K10: the values of a locked node cannot be changed', async ({ page }) => {
  const nodes = {
    sampler: { type: 'sampler.sample' },
    curve: { type: 'curve.draw' },
    loader: { type: 'model.load' },
    picture: { type: 'image.load' },
  }
  const marks = Object.fromEntries(Object.keys(nodes).map((id) => [id, { locked: true }]))
  await openFile(page, 'locked.json', graphOf(nodes, { marks }))
  const before = await savedText(page)
  await expect(field(page, 'Sampler', 'seed').getByRole('textbox')).toBeDisabled()
  await expect(field(page, 'Sampler', 'seed').getByRole('button', { name: 'New seed', exact: true })).toBeDisabled()
  await expect(field(page, 'Load model', 'model').getByRole('combobox')).toBeDisabled()
  await expect(field(page, 'LoadImage', 'file').locator('input[type=file]')).toBeDisabled()
  const box = (await field(page, 'Draw curve', 'points').locator('.curve-box').boundingBox())!
  await page.mouse.click(box.x + 40, box.y + 20)
  const slider = (await field(page, 'Sampler', 'steps').locator('.slider').boundingBox())!
  await page.mouse.click(slider.x + slider.width - 4, slider.y + slider.height / 2)
  expect(await savedText(page)).toBe(before)
})
