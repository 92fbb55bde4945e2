import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { generate } from 'lean-qr'
import { GALLERY, openFile, shortPulse } from './helpers.ts'
import { expect, type Page, test } from './test.ts'

/** A small phone: fingers only. */
test.use({ hasTouch: true, isMobile: true, viewport: { width: 360, height: 640 } })

const SONG = join(GALLERY, 'samples/song.mp3')
const PICTURE = join(GALLERY, 'samples/cover.jpg')

const WORDS = {
  en: {
    picture: 'Picture',
    song: 'Song',
    generate: 'Generate',
    need: 'Still needed: Picture and Song.',
    done: 'Done',
    form: 'Form',
  },
  zh: {
    picture: '图片',
    song: '歌曲',
    generate: '生成视频',
    need: '还需要：图片、歌曲。',
    done: '已完成',
    form: '表单',
  },
}

async function severe(page: Page, state: string): Promise<string[]> {
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined))),
  )
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.slice(0, 3).map((node) => `${state}: ${id} at ${node.target.join(' ')}`))
}

/** How far the page is wider than the window. */
const sideways = (page: Page) =>
  page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth))

/** What is there to be touched and is smaller than a finger, by name; an area that answers beyond what is seen counts. */
const small = (page: Page) =>
  page.evaluate(() =>
    [
      ...document.querySelectorAll<HTMLElement>(
        'button, a[href], label.button, label.drop-invite, [role=slider], input:not([type=file])',
      ),
    ]
      .filter((element) => element.checkVisibility() && !element.classList.contains('visually-hidden'))
      .map((element) => {
        const { width, height } = element.getBoundingClientRect()
        const beyond = getComputedStyle(element, '::before')
        const grown = beyond.content !== 'none' && beyond.position === 'absolute'
        const w = grown ? Math.max(width, Number.parseFloat(beyond.width) || 0) : width
        const h = grown ? Math.max(height, Number.parseFloat(beyond.height) || 0) : height
        return { name: element.getAttribute('aria-label') ?? element.textContent, w, h }
      })
      .filter(({ w, h }) => w > 0 && (w < 43.5 || h < 43.5))
      .map(({ name, w, h }) => `${name}: ${Math.round(w)} × ${Math.round(h)}`),
  )

/** Everything a screen reader was told of its own accord. */
async function listenIn(page: Page): Promise<() => Promise<string>> {
  await page.evaluate(() => {
    const told: string[] = []
    Object.assign(globalThis, { told })
    const regions = '[role=status], [role=alert], [aria-live]'
    new MutationObserver((records) => {
      for (const { target } of records) {
        const element = target instanceof Element ? target : target.parentElement
        const region = element?.closest(regions)
        if (region?.textContent) told.push(region.textContent)
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
  })
  return () => page.evaluate(() => (globalThis as unknown as { told: string[] }).told.join('\n'))
}

/** Three empty steps of a short run without a model. */
async function openEmpty(page: Page, form: string): Promise<void> {
  const file = JSON.parse(await shortPulse(3))
  for (const name of ['picture', 'song']) delete file.nodes[file.inputs[name].node].params.file
  file.layout.face = 'form'
  await page.goto('/#graph')
  await expect(page.locator('.react-flow__node').first()).toBeVisible()
  await openFile(page, 'short.json', JSON.stringify(file))
  await expect(page.getByRole('radio', { name: form })).toBeChecked()
}

for (const [language, theme] of [
  ['en', 'dark'],
  ['zh', 'light'],
  ['en', 'light'],
  ['zh', 'dark'],
] as const) {
  test.describe(() => {
    test.use({ locale: language === 'zh' ? 'zh-CN' : 'en-US', colorScheme: theme })
    // Each zoom and each way of working is walked through twice; all four together see every theme in every language.
    const zoomed = theme === 'dark'
    const size = zoomed ? '400 % zoom' : '360 × 640'
    test(`check 12: three steps to a playing video at ${size}, ${theme}, ${language}`, async ({ page }) => {
      test.setTimeout(120_000)
      const words = WORDS[language]
      const findings: string[] = []
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      await openEmpty(page, words.form)
      // 1280 × 1024 at 400 % is 320 × 256.
      if (zoomed) await page.setViewportSize({ width: 320, height: 256 })
      const told = await listenIn(page)
      const step = (name: string) => page.getByRole('region', { name, exact: true })
      const generate = page.getByRole('button', { name: words.generate })
      await expect(page.getByText(words.need)).toBeVisible()
      await expect(generate).toBeDisabled()
      await expect(generate).toHaveAccessibleDescription(words.need)
      findings.push(...(await severe(page, 'empty')), ...(await small(page)))
      expect(await sideways(page)).toBe(0)

      // 1: a photo, as the camera hands it over; 2: a song from the gallery.
      await step(words.picture).locator('input[capture=environment]').setInputFiles(PICTURE)
      await expect(step(words.picture).getByRole('img', { name: words.picture })).toBeVisible()
      await step(words.song).locator('input[type=file]').first().setInputFiles(SONG)
      await expect(generate).toBeEnabled()
      await expect(step(words.song).getByRole('slider')).toHaveCount(2)
      await expect(step(words.song)).toContainText(/\d+ BPM/, { timeout: 30_000 })
      findings.push(...(await severe(page, 'filled')), ...(await small(page)))
      expect(await sideways(page)).toBe(0)

      // 3: by touch, or by the keys a screen reader sends.
      if (zoomed) {
        await generate.focus()
        await page.keyboard.press('Enter')
      } else await generate.tap()
      const player = page.locator('.player video')
      await expect(page.getByRole('progressbar').or(player).first()).toBeVisible()
      await expect(player).toBeVisible({ timeout: 60_000 })
      await expect
        .poll(() =>
          player.evaluate((video: HTMLVideoElement) => {
            video.muted = true
            void video.play()
            return video.currentTime
          }),
        )
        .toBeGreaterThan(0.1)
      await expect.poll(told).toContain(words.done)
      findings.push(...(await severe(page, 'finished')), ...(await small(page)))
      expect(await sideways(page)).toBe(0)
      expect(findings).toEqual([])
    })
  })
}

test('A5: first use costs at most 300 kB, and a picture of the sample', async ({ page }) => {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Network.enable')
  const kinds = new Map<string, string>()
  const bytes: Record<string, number> = {}
  cdp.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type))
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId) ?? 'Other'
    bytes[kind] = (bytes[kind] ?? 0) + encodedDataLength
  })
  await page.goto('/')
  await expect(page.getByRole('button', { name: 'Generate' })).toBeEnabled()
  await expect(page.locator('.waveform-bars').first()).toBeVisible()
  await expect(page.locator('.quote-line')).toBeVisible()
  const total = Object.values(bytes).reduce((sum, size) => sum + size, 0)
  expect(bytes.Script, JSON.stringify(bytes)).toBeGreaterThan(0)
  expect(total, JSON.stringify(bytes)).toBeLessThan(300_000)
})

test('A5, L6: no sideways scroll in portrait and landscape, every target a finger wide, in every state', async ({
  page,
}) => {
  const found: string[] = []
  for (const [width, height] of [
    [360, 640],
    [640, 360],
  ] as const) {
    await page.setViewportSize({ width, height })
    await page.goto('/')
    await expect(page.getByRole('button', { name: 'Generate' })).toBeEnabled()
    await page.getByRole('button', { name: 'More' }).tap()
    await expect(page.locator('.more-fields')).toBeVisible()
    found.push(...(await small(page)))
    expect(await sideways(page), `form ${width}`).toBe(0)
    await page.getByRole('button', { name: 'Edit form' }).tap()
    await page.locator('.form-row-name').nth(4).tap()
    found.push(...(await small(page)))
    expect(await sideways(page), `editor ${width}`).toBe(0)
    found.push(...(await severe(page, 'editor')))
    await page.getByRole('button', { name: 'Done' }).tap()
    await page.getByRole('button', { name: 'Templates' }).tap()
    await expect(page.locator('.template').first()).toBeVisible()
    found.push(...(await small(page)))
    await page.keyboard.press('Escape')
  }
  expect(found).toEqual([])
})

test('A5: a phone that slept shows the true state, and the link of a run opens it anywhere', async ({
  page,
  browser,
}) => {
  // While asleep the connection is dead without anybody having been told: nothing passes, nothing closes.
  let asleep = false
  await page.routeWebSocket(/\/api\/v1\/events/, (socket) => {
    const server = socket.connectToServer()
    const born = asleep
    server.onMessage((message) => {
      if (born || !asleep) socket.send(message)
    })
  })
  const file = JSON.parse(await shortPulse(3.7))
  const turn = (state: 'hidden' | 'visible') =>
    page.evaluate((state) => {
      Object.defineProperty(document, 'visibilityState', { value: state, configurable: true })
      document.dispatchEvent(new Event('visibilitychange'))
    }, state)
  const answer = await page.request.post('/api/v1/runs', { data: { workflow: file, title: 'Slept' } })
  const { run } = await answer.json()
  await page.goto(`/#run=${run.id}`)
  await expect(page.getByRole('button', { name: /Cancel|Generate again/ })).toBeVisible()
  asleep = true
  await turn('hidden')
  const state = async () => {
    const body = await (await page.request.get(`/api/v1/runs/${run.id}`)).json()
    return (body.run ?? body).state
  }
  await expect.poll(state, { timeout: 60_000 }).toBe('done')
  await expect(page.locator('.player video')).toBeHidden()
  await page.evaluate(() => {
    const { now } = Date
    Date.now = () => now() + 60_000
  })
  await turn('visible')
  await expect(page.locator('.player video')).toBeVisible()

  const other = await browser.newContext({ viewport: { width: 1180, height: 820 } })
  const tablet = await other.newPage()
  await tablet.goto(`${new URL(page.url()).origin}/#run=${run.id}`)
  await expect(tablet.locator('.player video')).toBeVisible()
  await tablet.evaluate(() => {
    location.hash = '#run=none-such'
  })
  await expect(tablet.getByText('That run is no longer here.').first()).toBeVisible()
  await other.close()
})

test('A5: the address for a phone leads from the share dialog to the run', async ({ page }) => {
  await page.route('**/api/v1/share/address', (route) =>
    route.fulfill({ json: { url: 'http://192.168.1.5:8420/?token=abc', reason: null } }),
  )
  const { run } = await (
    await page.request.post('/api/v1/runs', { data: { workflow: JSON.parse(await shortPulse(3.1)) } })
  ).json()
  await page.goto(`/?token=abc#run=${run.id}`)
  await expect(page.locator('.player video')).toBeVisible({ timeout: 60_000 })
  // Its work done, the token leaves the address bar.
  await expect.poll(() => page.url()).not.toContain('token')
  await page.getByRole('button', { name: 'Share' }).tap()
  const link = page.getByRole('textbox', { name: 'Address for another device' })
  await expect(link).toHaveValue(`http://192.168.1.5:8420/?token=abc#run=${run.id}`)
  expect(await severe(page, 'share')).toEqual([])

  // The same address for its camera, module by module, with the quiet zone, and dark on light in both themes.
  const picture = page.getByRole('img', { name: 'QR code of this address' })
  const wanted = generate(await link.inputValue())
  for (const theme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme: theme })
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
    await expect(picture).toBeVisible()
    const shown = await picture.evaluate((svg: SVGSVGElement) => {
      const { x, y, width, height } = svg.viewBox.baseVal
      const path = svg.querySelector('path')!
      const isDark = (column: number, row: number) =>
        path.isPointInFill(Object.assign(svg.createSVGPoint(), { x: column + 0.5, y: row + 0.5 }))
      const rows = Array.from({ length: height }, (_, row) =>
        Array.from({ length: width }, (_, column) => (isDark(x + column, y + row) ? '#' : '.')).join(''),
      )
      return { rows, dark: getComputedStyle(path).fill, light: getComputedStyle(svg).backgroundColor }
    })
    expect(shown.rows.join('\n')).toBe(wanted.toString({ on: '#', off: '.', pad: 4 }).trimEnd())
    expect(shown).toMatchObject({ dark: 'rgb(0, 0, 0)', light: 'rgb(255, 255, 255)' })
  }
  expect(await severe(page, 'share')).toEqual([])
})

test('A5: the README says how a phone gets here and what HTTPS is for', async () => {
  const text = await readFile(join(GALLERY, '../README.md'), 'utf8')
  const section = text.split(/^## /m).find((part) => part.startsWith('On a phone')) ?? ''
  for (const word of ['BEATLOOM_HOST', 'BEATLOOM_TOKEN', 'HTTPS', 'microphone', 'camera', 'Caddy'])
    expect(section).toContain(word)
})
