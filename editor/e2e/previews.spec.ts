import { galleryText, nodeNamed, openFile, openGraph, savedText, shortPulse } from './helpers.ts'
import { expect, type Locator, type Page, test } from './test.ts'

const run = async (page: Page): Promise<void> => {
  await page.locator('.toolbar').getByRole('button', { name: 'Run', exact: true }).click()
}

test.beforeEach(async ({ page }) => openGraph(page))

const coloured = (colour: string): string =>
  JSON.stringify({
    beatloom: 1,
    title: 'Colours',
    nodes: {
      ground: { type: 'image.colour', params: { colour, width: 320, height: 200 } },
      show: { type: 'image.preview', links: { image: { node: 'ground', port: 'image' } } },
    },
    layout: { nodes: { ground: [0, 0], show: [380, 0] }, groups: [] },
  })

test('P1: a picture opens in full, zooms, says its size, and is compared with another run on a slider', async ({
  page,
}) => {
  await openFile(page, 'red.json', coloured('#c02020'))
  await run(page)
  const shown = nodeNamed(page, 'Preview image').locator('.display')
  await expect(shown.locator('figcaption')).toHaveText('320 × 200')
  await expect(shown.locator('img')).toHaveAttribute('decoding', 'async')
  await openFile(page, 'blue.json', coloured('#2030c0'))
  await run(page)
  await expect(shown.locator('figcaption')).toHaveText('320 × 200')
  await shown.getByRole('button', { name: /open in full/ }).click()
  const full = page.getByRole('dialog')
  await expect(full.getByText('320 × 200')).toBeVisible()
  await expect(full.getByRole('status')).toHaveText('100 %')
  await page.keyboard.press('+')
  await expect(full.getByRole('status')).toHaveText('125 %')
  await page.keyboard.press('0')
  await expect(full.getByRole('status')).toHaveText('100 %')
  await full.getByRole('combobox', { name: 'Compare with another run' }).click()
  await page.getByRole('option').nth(1).click()
  const other = full.getByAltText(/from the run of/)
  await expect(other).toHaveCSS('clip-path', 'inset(0px 0px 0px 50%)')
  await full.getByRole('slider', { name: /Where this run ends/ }).press('End')
  await expect(other).toHaveCSS('clip-path', 'inset(0px 0px 0px 100%)')
  await page.keyboard.press('Escape')
  await expect(full).toBeHidden()
  await expect(shown.getByRole('button', { name: /open in full/ })).toBeFocused()
})

/** The video in its node, once a short run has made it. */
async function madeVideo(page: Page): Promise<Locator> {
  await openFile(page, 'pulse.json', await shortPulse(3.5))
  await run(page)
  const video = nodeNamed(page, 'SaveMP4').locator('video')
  await expect(video).toBeVisible({ timeout: 45_000 })
  return video
}

test('P2: a video loops without sound, scrubs under the pointer, steps frame by frame and sounds on a click; P3: beats over the song', async ({
  page,
}) => {
  test.slow()
  const video = await madeVideo(page)
  await expect(video).toHaveJSProperty('muted', true)
  await expect(video).toHaveJSProperty('loop', true)
  await expect.poll(() => video.evaluate((element: HTMLVideoElement) => element.readyState)).toBeGreaterThan(1)
  const time = () => video.evaluate((element: HTMLVideoElement) => element.currentTime)
  const length = await video.evaluate((element: HTMLVideoElement) => element.duration)
  await video.scrollIntoViewIfNeeded()
  const box = (await video.boundingBox())!
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height / 2)
  await page.mouse.move(box.x + box.width * 0.75, box.y + box.height / 2)
  await expect.poll(time).toBeCloseTo(length * 0.75, 1)
  await video.focus()
  const places = await savedText(page)
  await page.keyboard.press('ArrowRight')
  const frame = async () => Math.floor((await time()) * 24)
  const from = await frame()
  await page.keyboard.press('ArrowRight')
  await expect.poll(frame).toBe(from + 1)
  await page.keyboard.press('ArrowLeft')
  await expect.poll(frame).toBe(from)
  expect(await savedText(page), 'the arrows step frames and move no node').toBe(places)
  await video.click()
  await expect(video).toHaveJSProperty('muted', false)
  await page.setViewportSize({ width: 360, height: 640 })
  expect((await video.boundingBox())!.width).toBeLessThanOrEqual(360)
  await page.setViewportSize({ width: 1440, height: 900 })

  const beats = nodeNamed(page, 'BeatDetect')
  await expect(beats.locator('figcaption')).toHaveText(/[\d.]+ BPM · \d+ beats · \d+ % sure/)
  await expect(beats.locator('.beat-ticks[data-strong]')).not.toHaveAttribute('d', '')
  await beats.getByRole('button', { name: 'Look at single beats' }).click()
  const inSight = async () =>
    ((await beats.locator('.beat-ticks').first().getAttribute('d')) ?? '').split('M').length - 1
  expect(await inSight()).toBeLessThanOrEqual(5)
  await beats.getByRole('button', { name: 'Farther' }).click()
  await expect(beats.getByRole('slider', { name: 'Which part is in sight' })).toBeHidden()
})

test('P2, C6: a video in a node pauses when it is moved out of sight, and goes on when it comes back', async ({
  page,
}) => {
  test.slow()
  const video = await madeVideo(page)
  await page.keyboard.press('Escape')
  await nodeNamed(page, 'SaveMP4').locator('.node-title').click()
  await page.keyboard.press('.')
  await page.mouse.move(1000, 400)
  const paused = () => video.evaluate((element: HTMLVideoElement) => element.paused)
  const inSight = () =>
    video.evaluate((element) => {
      const { top, bottom } = element.getBoundingClientRect()
      return bottom > 0 && top < innerHeight
    })
  await expect.poll(inSight).toBe(true)
  await expect.poll(paused).toBe(false)
  /** Down until only the head of the card is left at the lower edge, so that the card stays drawn. */
  const box = (await nodeNamed(page, 'SaveMP4').boundingBox())!
  const by = 900 - 20 - box.y
  async function pan(y: number): Promise<void> {
    const from = y > 0 ? 120 : 880
    await page.mouse.move(1000, from)
    await page.mouse.down({ button: 'middle' })
    await page.mouse.move(1000, from + y, { steps: 8 })
    await page.mouse.up({ button: 'middle' })
  }
  await pan(by)
  await expect.poll(inSight).toBe(false)
  await expect.poll(paused).toBe(true)
  await pan(-by)
  await expect.poll(inSight).toBe(true)
  await expect.poll(paused).toBe(false)
})

test('P3: dragging over the song chooses the stretch that is used, as one step; grips do the same by key', async ({
  page,
}) => {
  const file = JSON.parse(await galleryText('beat-pulse'))
  const song = file.inputs.song.node as string
  file.nodes[song].params.startSeconds = 0
  file.nodes[song].params.durationSeconds = 8
  await openFile(page, 'range.json', JSON.stringify(file))
  const params = async () => JSON.parse(await savedText(page)).nodes[song].params
  const node = nodeNamed(page, 'LoadAudio')
  const plot = node.locator('.song-plot')
  await expect(plot.locator('.waveform-bars')).toBeVisible()
  const box = (await plot.boundingBox())!
  const seconds = Number(await node.getByRole('slider', { name: 'End of the stretch' }).getAttribute('aria-valuemax'))
  await page.mouse.move(box.x + box.width * 0.25, box.y + 20)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.5, box.y + 20, { steps: 5 })
  await page.mouse.up()
  const chosen = await params()
  expect(chosen.startSeconds).toBeCloseTo(seconds * 0.25, 0)
  expect(chosen.durationSeconds).toBeCloseTo(seconds * 0.25, 0)
  await node.getByRole('slider', { name: 'Start of the stretch' }).press('Shift+ArrowRight')
  expect((await params()).startSeconds).toBeCloseTo(chosen.startSeconds + 1, 3)
  await page.locator('.react-flow__pane').click({ position: { x: 5, y: 5 } })
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  expect(await params()).toMatchObject({ startSeconds: 0, durationSeconds: 8 })

  await node.getByRole('button', { name: 'Closer' }).click()
  const closer = await page.request.get('/api/v1/peaks?reference=samples/song.mp3&count=3000')
  expect((await closer.json()).peaks).toHaveLength(3000)
  await expect(node.getByRole('slider', { name: 'Which part is in sight' })).toBeVisible()
  await node.getByRole('button', { name: 'Play', exact: true }).click()
  await expect(node.getByRole('button', { name: 'Pause', exact: true })).toBeVisible()
  await node.getByRole('button', { name: 'Pause', exact: true }).click()
})

/** Two pixels, as a sampler would send what forms. */
const PREVIEW_PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAYAAAD0In+KAAAAEElEQVR4nGP4z8DwHwQZYAwAR8oH+RltYyEAAAAASUVORK5CYII='

test('P5: what forms is shown while a node works, with its song on demand, and can be switched off for the server too', async ({
  page,
}) => {
  test.slow()
  // Sampling takes a model and minutes; the stream says in its place what a sampler would say.
  let say: (event: object) => void = () => {
    throw new Error('no stream yet')
  }
  await page.routeWebSocket(/api\/v1\/events/, (socket) => {
    socket.connectToServer()
    say = (event) => socket.send(JSON.stringify(event))
  })
  await page.reload()
  await expect(page.locator('.node').first()).toBeVisible()
  const asked: boolean[] = []
  let latest = ''
  page.on('response', async (response) => {
    if (response.request().method() !== 'POST' || !response.url().endsWith('/runs')) return
    asked.push(response.request().postDataJSON().previews)
    latest = (await response.json()).run.id
  })
  const file = JSON.parse(await galleryText('beat-pulse'))
  file.nodes[file.inputs.song.node].params.durationSeconds = 14.5
  const frames = Object.keys(file.nodes).find((id) => file.nodes[id].type === 'frames.pulse')!
  await openFile(page, 'long.json', JSON.stringify(file))
  await run(page)
  await expect.poll(() => latest).not.toBe('')
  const node = nodeNamed(page, 'Pulse picture')
  const preview = { id: 0, seq: 0, type: 'node.preview', node: frames, mime: 'image/png', bytes: PREVIEW_PNG }
  const forming = node.locator('.moving-preview')
  await expect
    .poll(async () => {
      say({ ...preview, run: latest, time: new Date().toISOString() })
      return forming.count()
    })
    .toBe(1)
  const sound = forming.getByRole('button', { name: 'Hear the song with it' })
  await sound.click()
  const audio = forming.locator('audio')
  await expect(audio).toHaveAttribute('src', /song\.mp3/)
  await expect.poll(() => audio.evaluate((element: HTMLAudioElement) => element.paused)).toBe(false)
  await forming.getByRole('button', { name: 'Without the song' }).click()
  await expect(audio).toHaveCount(0)
  expect(asked).toEqual([true])

  await page.locator('.react-flow__pane').click({ position: { x: 8, y: 300 } })
  await page.keyboard.press('Alt+v')
  await expect(forming).toHaveCount(0)
  await page.keyboard.press('Control+Alt+Enter')
  await expect(page.locator('.node[data-state=running]')).toHaveCount(0)
  await run(page)
  await expect.poll(() => asked).toEqual([true, false])
  await page.keyboard.press('Control+Alt+Enter')
})
