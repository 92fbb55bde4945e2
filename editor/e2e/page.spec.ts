import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { GALLERY, galleryText, openFile, openGraph, savedText, shortPulse } from './helpers.ts'
import { expect, type Page, test, type WebSocketRoute } from './test.ts'

const SONG = join(GALLERY, 'samples/song.mp3')
const step = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const choose = (page: Page, name: string) => step(page, name).locator('input[type=file]').first()

async function openForm(page: Page, text: string): Promise<void> {
  await openGraph(page)
  await openFile(page, 'form.json', text)
  await page.getByRole('radio', { name: 'Form' }).click()
  await expect(page.getByRole('main')).toBeVisible()
}

test('A2, D8: opens on the song video with sample picture and song in place, a video two clicks away', async ({
  page,
}) => {
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Song video')
  await expect
    .poll(() =>
      step(page, 'Picture')
        .locator('img.step-thumb')
        .evaluate((image: HTMLImageElement) => image.naturalWidth),
    )
    .toBeGreaterThan(0)
  await expect(step(page, 'Song').locator('.waveform-bars').first()).toBeVisible()
  await expect(page.getByRole('button', { name: 'Generate' })).toBeEnabled()
  await expect(page.locator('.quote-line')).toContainText('About')
  // The other templates are one press away from the page as well.
  await page.getByRole('button', { name: 'Templates' }).click()
  await page.getByRole('dialog').locator('.template', { hasText: 'Audio analysis' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Audio analysis')
})

test('A1: the form is edited in place: order, label, help, range, place, added and removed, undone', async ({
  page,
}) => {
  await page.goto('/')
  await page.getByRole('button', { name: 'Edit form' }).click()
  const editor = step(page, 'Edit form')
  const row = (name: string) => editor.getByRole('listitem', { name, exact: true })
  const names = () => editor.locator('.form-rows').first().locator('strong').allTextContents()
  await expect(row('Seed')).toBeVisible()
  expect((await names()).slice(0, 2)).toEqual(['Picture', 'Song'])
  await row('Picture').getByRole('button', { name: 'Move “Picture” down' }).click()
  expect((await names()).slice(0, 2)).toEqual(['Song', 'Picture'])
  await expect(row('Picture').getByRole('button', { name: 'Move “Picture” down' })).toBeFocused()
  await row('Motion')
    .getByRole('button', { name: /^Motion/ })
    .click()
  await row('Motion').getByLabel('Label').fill('How wild')
  await row('How wild').getByLabel('Help').fill('From calm to wild.')
  await row('How wild').getByRole('radio', { name: 'In sight' }).click()
  await row('Seed').getByRole('button', { name: /^Seed/ }).click()
  await row('Seed').getByRole('radio', { name: 'Hidden' }).click()
  await row('Duration')
    .getByRole('button', { name: /^Duration/ })
    .click()
  await row('Duration').getByLabel('Most').fill('10')
  await row('Aspect').getByRole('button', { name: 'Take “Aspect” off the form' }).click()
  await expect(row('Aspect')).toHaveCount(0)
  await editor.getByRole('combobox', { name: 'Add a value of the graph' }).click()
  await page.getByRole('combobox', { name: /^Filter/ }).fill('Steps')
  await page.getByRole('option', { name: /Steps/ }).first().click()
  await expect(row('Steps')).toBeVisible()
  await editor.getByRole('combobox', { name: 'Add a result of the graph' }).click()
  await page.getByRole('combobox', { name: /^Filter/ }).fill('beats')
  await page.getByRole('option', { name: /BEATS/ }).first().click()
  await expect(editor.locator('.form-rows').last().getByRole('listitem')).toHaveCount(2)
  await page.getByRole('button', { name: 'Done' }).click()
  // The form shows it at once…
  await expect(page.locator('.step h2').first()).toHaveText('Song')
  await expect(page.locator('.shown-fields')).toContainText('How wild')
  await expect(page.locator('.shown-fields')).toContainText('From calm to wild.')
  await expect(page.locator('.song-limits')).toHaveText('3–10 s can be used')
  await page.getByRole('button', { name: /^More/ }).click()
  await expect(page.locator('.more-fields')).toContainText('Steps')
  await expect(page.locator('.more-fields')).not.toContainText('Seed')
  // … and the file carries it, a person's own words under either language.
  await page.getByRole('radio', { name: 'Graph' }).click()
  await expect(page.locator('.node').first()).toBeVisible()
  const saved = JSON.parse(await savedText(page))
  expect(saved.inputs.motion).toMatchObject({ label: 'How wild', help: 'From calm to wild.', advanced: false })
  expect([saved.inputs.seed.hidden, saved.inputs.duration.max, saved.inputs.aspect]).toEqual([true, 10, undefined])
  expect(saved.inputs.song.order).toBeLessThan(saved.inputs.picture.order)
  expect(Object.keys(saved.outputs)).toHaveLength(2)
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  await page.getByRole('radio', { name: 'Form' }).click()
  await page.getByRole('button', { name: 'Language: switch to Chinese' }).click()
  await expect(page.locator('.shown-fields')).toContainText('How wild')
  await page.getByRole('button', { name: /^更多/ }).click()
  await expect(page.locator('.more-fields')).not.toContainText('步数')
})

test('A1: form and graph edit the same values and switch with one button', async ({ page }) => {
  await page.goto('/')
  await page.getByLabel('Prompt').fill('slow push in')
  await page.getByRole('radio', { name: 'Graph' }).click()
  const prompt = page.getByRole('region', { name: 'Prompt', exact: true })
  await expect(prompt.getByRole('textbox', { name: 'Prompt', exact: true })).toHaveValue('slow push in')
  await prompt.getByRole('textbox', { name: 'Prompt', exact: true }).fill('glow')
  await page.getByRole('radio', { name: 'Form' }).click()
  await expect(page.getByLabel('Prompt')).toHaveValue('glow')
})

test('A1: a file may ask for form or graph, and a personal setting goes before any file', async ({ page }) => {
  const asks = (face: string) => {
    const file = {
      beatloom: 1,
      title: face,
      nodes: { words: { type: 'text.prompt' } },
      layout: { nodes: {}, groups: [], face },
    }
    return JSON.stringify({ ...file, inputs: { text: { node: 'words', param: 'text', label: 'Say' } } })
  }
  const face = page.getByRole('radiogroup', { name: 'View as' })
  const graph = face.getByRole('radio', { name: 'Graph' })
  await openGraph(page)
  await openFile(page, 'form.json', asks('form'))
  await expect(face.getByRole('radio', { name: 'Form' })).toBeChecked()
  await expect(page.getByLabel('Say')).toBeVisible()
  await page.getByRole('button', { name: 'Edit form' }).click()
  const mine = page.getByRole('radiogroup', { name: 'On this device, every file opens as' })
  await mine.getByRole('radio', { name: 'Graph' }).click()
  await page.getByRole('button', { name: 'Done' }).click()
  await page.reload()
  await expect(graph).toBeChecked()
  await openFile(page, 'form.json', asks('form'))
  await expect(page.locator('.node')).toHaveCount(1)
  await expect(graph).toBeChecked()
  // Every command is in the list of commands, this one too.
  await page.keyboard.press('Control+k')
  await page.keyboard.type('Edit the form')
  await page.keyboard.press('Enter')
  await mine.getByRole('radio', { name: 'The file asks' }).click()
  await graph.click()
  await openFile(page, 'form.json', asks('form'))
  await expect(face.getByRole('radio', { name: 'Form' })).toBeChecked()
})

test('A2: says in words what is missing, and Generate wakes once picture and song are there', async ({ page }) => {
  const file = JSON.parse(await shortPulse())
  for (const name of ['picture', 'song']) delete file.nodes[file.inputs[name].node].params.file
  await openForm(page, JSON.stringify(file))
  const generate = page.getByRole('button', { name: 'Generate' })
  await expect(page.getByText('Still needed: Picture and Song.')).toBeVisible()
  await expect(generate).toBeDisabled()
  await expect(step(page, 'Song').getByRole('button', { name: 'Record from the microphone' })).toBeVisible()
  await expect(step(page, 'Picture').locator('input[capture=environment]')).toBeAttached()
  await choose(page, 'Picture').setInputFiles(join(GALLERY, 'samples/cover.jpg'))
  await expect(page.getByText('Still needed: Song.')).toBeVisible()
  await choose(page, 'Song').setInputFiles(SONG)
  // Its length, its wave, the range to use and its tempo, all before anything is made.
  await expect(step(page, 'Song')).toContainText('0:21')
  await expect(step(page, 'Song').locator('.waveform-bars').first()).toBeVisible()
  await expect(step(page, 'Song').getByRole('slider', { name: 'Duration' })).toBeVisible()
  await expect(generate).toBeEnabled()
  await expect(step(page, 'Song')).toContainText(/\d+ BPM/, { timeout: 30_000 })
})

/** 16 bits, mono: `seconds` of a slow ramp. */
function wav(seconds: number, rate = 8000): Buffer {
  const samples = Buffer.alloc(seconds * rate * 2)
  for (let at = 0; at < samples.length; at += 2) samples.writeInt16LE((at * 7) % 20_000, at)
  const header = Buffer.alloc(44)
  header.write('RIFF', 0, 'latin1')
  header.writeUInt32LE(36 + samples.length, 4)
  header.write('WAVEfmt ', 8, 'latin1')
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(rate, 24)
  header.writeUInt32LE(rate * 2, 28)
  header.writeUInt16LE(2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36, 'latin1')
  header.writeUInt32LE(samples.length, 40)
  return Buffer.concat([header, samples])
}

/** The smallest GIF there is: one pixel. */
const GIF = Buffer.from('R0lGODlhAQABAIAAAP///wAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==', 'base64')

test('A3: type, size and resolution are checked before anything is sent, each with a way out', async ({ page }) => {
  // A file that says it is large, so that the test need not be.
  await page.addInitScript(() => {
    const size = Object.getOwnPropertyDescriptor(Blob.prototype, 'size')!.get!
    Object.defineProperty(Blob.prototype, 'size', {
      get(this: File) {
        return size.call(this) * (this.name === 'huge.wav' ? 1000 : 1)
      },
    })
  })
  const sent: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST' && /\/(assets|uploads)$/.test(request.url())) sent.push(request.url())
  })
  await page.goto('/')
  const picture = step(page, 'Picture')
  await choose(page, 'Picture').setInputFiles({
    name: 'notes.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('hello'),
  })
  await expect(picture.getByRole('alert')).toContainText('“notes.txt” is no JPG, PNG or WebP picture')
  const large = Buffer.alloc(64)
  large.write('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 0, 'latin1')
  large.writeUInt32BE(12_000, 16)
  large.writeUInt32BE(9000, 20)
  await choose(page, 'Picture').setInputFiles({ name: 'poster.png', mimeType: 'image/png', buffer: large })
  await expect(picture.getByRole('alert')).toContainText('12000 × 9000 pixels; pictures up to 100 megapixels')
  await expect(picture.getByRole('button', { name: 'Make it 4096 × 3072 and use that' })).toBeVisible()
  await choose(page, 'Picture').setInputFiles({ name: 'dot.gif', mimeType: 'image/gif', buffer: GIF })
  expect(sent).toEqual([])
  await picture.getByRole('button', { name: 'Turn it into a JPG and use that' }).click()
  await expect(picture).toContainText('1 × 1')
  expect(sent).toHaveLength(1)
  // What only the server can tell is told too, and the picture there was stays.
  await choose(page, 'Picture').setInputFiles({
    name: 'fake.jpg',
    mimeType: 'image/jpeg',
    buffer: Buffer.from('no picture'),
  })
  await expect(picture.getByRole('alert')).toContainText('fake.jpg')
  await expect(picture.locator('img.step-thumb')).toBeVisible()

  const song = step(page, 'Song')
  await choose(page, 'Song').setInputFiles({ name: 'huge.wav', mimeType: 'audio/wav', buffer: wav(40) })
  await expect(song.getByRole('alert')).toContainText('up to 524.3 MB can be sent')
  const end = song.getByRole('slider', { name: 'Part to send: to' })
  // A second a press.
  for (let press = 0; press < 30; press++) await end.press('PageDown')
  await expect(end).toHaveAttribute('aria-valuetext', '0:10.0')
  await song.getByRole('button', { name: /^Send 0:00 – 0:10/ }).click()
  await expect(song).toContainText('huge-part.wav')
  await expect(song.locator('.step-facts')).toContainText('0:10')
})

test('A3: an upload goes on where it stopped when the connection is back', async ({ page, context }) => {
  const seen: string[] = []
  await page.goto('/')
  await page.route('**/api/v1/uploads**', async (route) => {
    const method = route.request().method()
    seen.push(method)
    if (method === 'PATCH' && seen.filter((one) => one === 'PATCH').length === 3) {
      await context.setOffline(true)
      await route.abort('internetdisconnected')
    } else await route.continue()
  })
  const song = step(page, 'Song')
  await choose(page, 'Song').setInputFiles({ name: 'long.wav', mimeType: 'audio/wav', buffer: wav(140, 22_050) })
  await expect(song.getByRole('alert')).toContainText('the connection broke')
  await context.setOffline(false)
  await song.getByRole('button', { name: 'Go on sending' }).click()
  await expect(song).toContainText('long.wav', { timeout: 30_000 })
  await expect(song.locator('.step-facts')).toContainText('2:20')
  // One upload begun, its place asked for, six pieces in all and the lost one again.
  expect(seen.filter((method) => method === 'POST')).toHaveLength(1)
  expect(seen.filter((method) => method === 'HEAD').length).toBeGreaterThan(0)
  expect(seen.filter((method) => method === 'PATCH')).toHaveLength(7)
})

test('A4: Generate goes through its phases to a video that plays, is downloaded, shared, made anew', async ({
  page,
}) => {
  await openForm(page, await shortPulse(4))
  await page.getByRole('button', { name: 'Generate' }).click()
  await expect(page.locator('.phases')).toContainText('Processing audio features')
  await expect(page.locator('.phases')).toContainText('Encoding video')
  const video = page.locator('.player video')
  await expect(video).toBeVisible({ timeout: 45_000 })
  await video.evaluate((element: HTMLVideoElement) => {
    element.muted = true
    return element.play()
  })
  await expect.poll(() => video.evaluate((element: HTMLVideoElement) => element.currentTime)).toBeGreaterThan(0.1)
  expect(await video.evaluate((element: HTMLVideoElement) => Math.round(element.duration * 10) / 10)).toBe(4)
  await expect(step(page, 'Song')).toContainText('BPM')
  const link = page.getByRole('link', { name: 'Download MP4' })
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
  expect(download.suggestedFilename()).toMatch(/\.mp4$/)
  await page.getByRole('button', { name: 'Share' }).click()
  const dialog = page.getByRole('dialog', { name: 'Share' })
  await expect(dialog).toContainText('BEATLOOM_TOKEN')
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id }) => id)).toEqual(
    [],
  )
  await dialog.getByRole('button', { name: 'Choose what to share…' }).click()
  await expect(page.getByRole('radio', { name: 'With media' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.getByRole('button', { name: 'Open the graph' }).click()
  await expect(page.locator('.node').first()).toBeVisible()
  await page.getByRole('radio', { name: 'Form' }).click()
  // A page opened anew shows the same result: nothing lived in the page alone.
  await page.reload()
  await expect(page.locator('.player video')).toBeVisible()
})

test('A4: any declared result is shown: texts, numbers, curves, beats, in the order of the form', async ({ page }) => {
  const file = JSON.parse(await galleryText('audio-analysis'))
  file.nodes.song.params = { ...file.nodes.song.params, durationSeconds: 5 }
  file.outputs.beats = { node: 'beats', port: 'beats', label: 'The beats', order: 0 }
  file.outputs.bass.hidden = true
  await openForm(page, JSON.stringify(file))
  await page.getByRole('button', { name: 'Generate' }).click()
  await expect(step(page, 'Tempo')).toContainText(/\d/, { timeout: 45_000 })
  const headings = await page.locator('.result-output h3').allTextContents()
  expect(headings[0]).toBe('The beats')
  expect(headings).toEqual(expect.arrayContaining(['Treble', 'Summary', 'Tempo', 'Beat times']))
  expect(headings).not.toContain('Bass')
  await expect(step(page, 'The beats')).toContainText('BPM')
  await expect(step(page, 'Treble').locator('.curve')).toBeVisible()
  await expect(page.getByText('Made in')).toBeVisible()
})

test('A4: a run that waits says what is before it and how long it will take, and is cancelled', async ({ page }) => {
  const long = JSON.parse(await galleryText('song-video'))
  const started = await page.request.post('/api/v1/runs', { data: { workflow: long, title: 'before' } })
  const { run } = await started.json()
  await openForm(page, await shortPulse(3.5))
  await page.getByRole('button', { name: 'Generate' }).click()
  await expect(page.getByText('Waiting: 1 before it')).toBeVisible()
  await expect(page.getByText(/once it begins/)).toBeVisible()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByText('Cancelled. What was already computed')).toBeVisible()
  await page.request.post(`/api/v1/runs/${run.id}/cancel`)
})

test('A4: a failure says why, offers to try again, and keeps the way to the graph', async ({ page }) => {
  await page.route('**/api/v1/runs', async (route) => {
    const body = route.request().postDataJSON()
    const song = body.workflow.nodes[body.workflow.inputs.song.node]
    if (route.request().method() === 'POST' && body.title === 'Beat pulse') song.params.startSeconds = 500
    await route.continue({ postData: JSON.stringify(body) })
  })
  await openForm(page, await shortPulse(3.2))
  await page.getByRole('button', { name: 'Generate' }).click()
  const notice = page.locator('.notice[data-tone=error]')
  await expect(notice).toBeVisible({ timeout: 30_000 })
  await page.unroute('**/api/v1/runs')
  await notice.getByRole('button', { name: 'Try again' }).click()
  await expect(page.locator('.player video')).toBeVisible({ timeout: 45_000 })
})

test('switches language and theme without a reload, and remembers them', async ({ page }) => {
  await page.goto('/')
  await page.getByRole('button', { name: 'Language: switch to Chinese' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('歌曲视频')
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans')
  await page.getByRole('button', { name: '主题：跟随系统' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await page.reload()
  await expect(page.getByRole('button', { name: '生成视频' })).toBeVisible()
})

test('says when the connection is gone, and heals by itself', async ({ page }) => {
  const sockets: WebSocketRoute[] = []
  let cut = false
  await page.routeWebSocket(/\/api\/v1\/events/, (socket) => {
    if (cut) return void socket.close()
    socket.connectToServer()
    sockets.push(socket)
  })
  await page.goto('/')
  await expect(page.getByRole('button', { name: 'Generate' })).toBeVisible()
  await expect.poll(() => sockets.length).toBeGreaterThan(0)
  cut = true
  for (const socket of sockets) await socket.close()
  const banner = page.getByText('Connection lost')
  await expect(banner).toBeVisible()
  cut = false
  await expect(banner).toBeHidden({ timeout: 15_000 })
})

test('A4: the song video itself runs to a playing video, its moving preview sounding on the way', async ({ page }) => {
  test.setTimeout(240_000)
  await openGraph(page)
  await page.getByRole('radio', { name: 'Form' }).click()
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('radio', { name: '480p' }).click()
  const end = page.getByRole('slider', { name: 'Duration' })
  for (let press = 0; press < 5; press++) await end.press('PageDown')
  await page.getByRole('button', { name: 'Generate' }).click()
  await expect(page.locator('.phases')).toContainText('Generating frames')
  const sound = page.locator('.moving-sound')
  await expect(sound).toBeVisible({ timeout: 120_000 })
  await sound.click()
  await expect(page.locator('.moving-preview audio')).toBeAttached()
  const video = page.locator('.player video')
  await expect(video).toBeVisible({ timeout: 200_000 })
  await expect.poll(() => video.evaluate((element: HTMLVideoElement) => element.currentTime)).toBeGreaterThan(0.1)
})
