import { expect, test, type WebSocketRoute } from '@playwright/test'
import { openFile, openGraph, shortPulse } from './helpers.ts'

test('opens on the song video with sample picture and song in place', async ({ page }) => {
  const bytes: number[] = []
  page.on('response', async (response) => {
    const length = response.headers()['content-length']
    if (/\.(js|css)$/.test(new URL(response.url()).pathname)) bytes.push(Number(length ?? Number.NaN))
  })
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Song video')
  const picture = page.getByRole('region', { name: 'Picture' })
  await expect
    .poll(() => picture.locator('img.step-thumb').evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBeGreaterThan(0)
  await expect(page.getByRole('region', { name: 'Song' }).locator('.waveform-bars').first()).toBeVisible()
  await expect(page.getByRole('button', { name: 'Generate' })).toBeVisible()
  expect(bytes.length).toBeGreaterThan(0)
  expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(300 * 1024)
})

test('Generate goes through its phases to a video that plays and can be downloaded', async ({ page }) => {
  await openGraph(page)
  await openFile(page, 'pulse.json', await shortPulse(4))
  await page.getByRole('radio', { name: 'Form' }).click()
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
  await expect(page.getByRole('region', { name: 'Song' })).toContainText('BPM')
  const link = page.getByRole('link', { name: 'Download MP4' })
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
  expect(download.suggestedFilename()).toMatch(/\.mp4$/)
  // A page opened anew shows the same result: nothing lived in the page alone.
  await page.reload()
  await expect(page.locator('.player video')).toBeVisible()
})

test('the form and the graph edit the same values', async ({ page }) => {
  await page.goto('/')
  await page.getByLabel('Prompt').fill('slow push in')
  await page.getByRole('radio', { name: 'Graph' }).click()
  const prompt = page.getByRole('region', { name: 'Prompt', exact: true })
  await expect(prompt.getByRole('textbox', { name: 'Prompt', exact: true })).toHaveValue('slow push in')
  await prompt.getByRole('textbox', { name: 'Prompt', exact: true }).fill('glow')
  await page.getByRole('radio', { name: 'Form' }).click()
  await expect(page.getByLabel('Prompt')).toHaveValue('glow')
})

test('says in words what is missing', async ({ page }) => {
  await openGraph(page)
  const file = JSON.parse(await shortPulse())
  file.nodes[file.inputs.picture.node].params = {}
  await openFile(page, 'empty.json', JSON.stringify(file))
  await page.getByRole('radio', { name: 'Form' }).click()
  await expect(page.getByText('Still needed: Picture.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Generate' })).toBeDisabled()
})

test('refuses a file that is no picture with a sentence, and keeps the picture there was', async ({ page }) => {
  await page.goto('/')
  const step = page.getByRole('region', { name: 'Picture' })
  const field = step.locator('input[type=file]').first()
  await field.setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') })
  await expect(step.getByRole('alert')).toContainText('notes.txt')
  await field.setInputFiles({ name: 'fake.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('hello, not a picture') })
  await expect(step.getByRole('alert')).not.toContainText('notes.txt')
  await expect(step.locator('img.step-thumb')).toBeVisible()
})

test('works at 360 × 640 without scrolling sideways', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 640 })
  await page.goto('/')
  await expect(page.getByRole('button', { name: 'Generate' })).toBeVisible()
  await page.getByRole('button', { name: 'More' }).click()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
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

test('the song video itself runs to a playing video on the model in the box', async ({ page }) => {
  test.setTimeout(240_000)
  await openGraph(page)
  await page.getByRole('radio', { name: 'Form' }).click()
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('radio', { name: '480p' }).click()
  const end = page.getByRole('slider', { name: 'Duration' })
  for (let step = 0; step < 5; step++) await end.press('PageDown')
  await page.getByRole('button', { name: 'Generate' }).click()
  await expect(page.locator('.phases')).toContainText('Generating frames')
  const video = page.locator('.player video')
  await expect(video).toBeVisible({ timeout: 200_000 })
  await expect.poll(() => video.evaluate((element: HTMLVideoElement) => element.currentTime)).toBeGreaterThan(0.1)
})
