import { openFile, openGraph } from './helpers.ts'
import { expect, type Locator, type Page, test } from './test.ts'

const link = (node: string, port: string) => ({ node, port })
const song = link('song', 'audio')
const beats = link('beats', 'beats')
const picture = link('picture', 'image')

/** Ten seconds in shots that need no model, as a form with a picture and a song. */
const FORM = JSON.stringify({
  beatloom: 1,
  title: 'Form of shots',
  inputs: { picture: { node: 'picture', param: 'file' }, song: { node: 'song', param: 'file' } },
  outputs: { video: link('assemble', 'video') },
  nodes: {
    song: { type: 'audio.load', params: { file: 'samples/song.mp3', durationSeconds: 10 } },
    picture: { type: 'image.load', params: { file: 'samples/cover.jpg' } },
    beats: { type: 'beats.detect', links: { audio: song } },
    plan: {
      type: 'shots.plan',
      params: { pace: 'fast', frameRate: 24, shortest: 1, longest: 2 },
      links: { beats, audio: song, images: [picture] },
    },
    each: { type: 'shots.each', links: { shots: link('plan', 'shots'), audio: song, beats, images: [picture] } },
    pulse: {
      type: 'frames.pulse',
      params: { resolution: '480p', frameRate: 24 },
      links: { image: link('each', 'image'), audio: link('each', 'audio') },
    },
    render: { type: 'shots.render', links: { shots: link('plan', 'shots'), frames: link('pulse', 'frames') } },
    assemble: {
      type: 'video.assemble',
      links: { shots: link('plan', 'shots'), clips: link('render', 'clips'), audio: song },
    },
  },
  layout: { nodes: {}, groups: [] },
})

/** Finished shots that a message of the server tells of; 0 where it tells of none. */
function finishedIn(message: string): number {
  return message.includes('"shot-clips"') ? message.split('"state":"done"').length - 1 : 0
}

/** Holds the news of the server back from the moment at which so many shots are finished, until the next is let through. */
async function holdNews(page: Page): Promise<(finished: number) => void> {
  let most = 0
  const waiting: (() => void)[] = []
  let isHeld = false
  await page.routeWebSocket(/\/api\/v1\/events/, (socket) => {
    const server = socket.connectToServer()
    server.onMessage((message) => {
      const pass = () => {
        socket.send(message)
        isHeld = finishedIn(String(message)) >= most
      }
      if (isHeld) waiting.push(pass)
      else pass()
    })
  })
  return (finished) => {
    most = finished
    isHeld = false
    while (!isHeld && waiting.length > 0) waiting.shift()?.()
  }
}

interface Strip {
  row: Locator
  shots: Locator
  playable: Locator
}
const stripOf = (page: Page): Strip => {
  const row = page.getByRole('main').getByRole('list', { name: 'Shots as they are made' })
  return { row, shots: row.getByRole('listitem'), playable: row.getByRole('button') }
}

/** Shots are made side by side: which are finished first is not known, only how many at least. */
const finishedShots = ({ playable }: Strip, least: number): Promise<void> =>
  expect.poll(() => playable.count(), { timeout: 120_000 }).toBeGreaterThanOrEqual(least)

const shotNumber = async (tile: Locator): Promise<number> =>
  Number(await tile.locator('.shot-clip-number').textContent())

/** Words of the tiles that are not wholly in sight. */
const cutOff = ({ shots }: Strip): Promise<string[]> =>
  shots.evaluateAll((items) =>
    items.flatMap((item) => {
      const edge = item.querySelector('.shot-clip')!.getBoundingClientRect().right
      const cut = [...item.querySelectorAll<HTMLElement>('.shot-clip-state > span')].filter(
        (word) => word.scrollWidth > word.clientWidth || word.getBoundingClientRect().right > edge,
      )
      return cut.map((word) => word.textContent ?? '')
    }),
  )

test('A4: on the page shots fill in, each with its state in words; one is chosen by mouse or key and plays with its song', async ({
  page,
}) => {
  // Ten seconds of frames are painted and encoded, on whatever machine this is.
  test.setTimeout(240_000)
  const until = await holdNews(page)
  until(1)
  await openGraph(page)
  await openFile(page, 'form.json', FORM)
  await page.getByRole('radio', { name: 'Form' }).click()
  await page.getByRole('button', { name: 'Generate' }).click()
  const strip = stripOf(page)
  await finishedShots(strip, 1)
  const count = await strip.shots.count()
  expect(count).toBeGreaterThan(3)
  const [one] = await strip.playable.all()
  const first = await shotNumber(one!)
  const made = await strip.playable.count()
  await expect(page.getByText(`${made} of ${count} shots`)).toBeVisible()
  const place = '0:\\d\\d\\.\\d – 0:\\d\\d\\.\\d'
  await expect(one!).toHaveAccessibleName(new RegExp(`^Play shot ${first}, ${place}, Done$`))
  await expect(one!).toHaveText(new RegExp(`^${first}\\s*· Done$`))
  await expect(one!.locator('img')).toHaveJSProperty('complete', true)
  const unfinished = strip.row.locator('span.shot-clip')
  await expect(unfinished).toHaveCount(count - made)
  for (const shot of await unfinished.all()) {
    await expect(shot).toHaveAttribute('title', new RegExp(`^Shot \\d+, ${place}, (Waiting|Running)$`))
    await expect(shot).toHaveText(/^\d+\s*· (Waiting|Running)$/)
  }
  expect(await cutOff(strip)).toEqual([])

  await one!.click()
  const player = (n: number) => page.locator(`.shot-player video[aria-label="Shot ${n}"]`)
  await expect.poll(() => player(first).evaluate((video: HTMLVideoElement) => video.currentTime)).toBeGreaterThan(0.2)
  await expect(one!).toHaveAttribute('aria-pressed', 'true')

  // More are finished while this one is watched; the arrow keys lead to them, Enter plays, Escape closes.
  until(3)
  await finishedShots(strip, 3)
  await expect(player(first)).toBeVisible()
  const last = (await strip.playable.count()) - 1
  await strip.playable.first().focus()
  await page.keyboard.press('End')
  await expect(strip.playable.nth(last)).toBeFocused()
  await page.keyboard.press('ArrowLeft')
  await expect(strip.playable.nth(last - 1)).toBeFocused()
  await page.keyboard.press('Home')
  await expect(strip.playable.first()).toBeFocused()
  await page.keyboard.press('ArrowRight')
  const chosen = strip.playable.nth(1)
  await expect(chosen).toBeFocused()
  await page.keyboard.press('Enter')
  const second = await shotNumber(chosen)
  await expect(player(second)).toBeVisible()
  await expect(strip.row.locator('[aria-pressed=true]')).toHaveCount(1)
  await expect(chosen).toHaveAttribute('aria-pressed', 'true')
  const sound = page.locator('.shot-player audio')
  const starts = Number(/0:(\d\d\.\d)/.exec((await chosen.getAttribute('title')) ?? '')?.[1])
  await expect.poll(() => sound.evaluate((audio: HTMLAudioElement) => audio.currentTime)).toBeGreaterThan(starts)
  await page.keyboard.press('End')
  await expect(strip.playable.nth(last)).toBeFocused()
  // The whole strip is one stop of the Tab key.
  await page.keyboard.press('Shift+Tab')
  expect(await strip.row.evaluate((row) => row.contains(document.activeElement))).toBe(false)
  await page.keyboard.press('Tab')
  await expect(strip.playable.nth(last)).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.locator('.shot-player')).toHaveCount(0)
  await expect(chosen, 'where the player was opened').toBeFocused()

  // On a phone the strip scrolls and the page does not.
  await page.setViewportSize({ width: 360, height: 640 })
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  expect(await cutOff(strip)).toEqual([])
  await page.keyboard.press('End')
  await expect(strip.playable.nth(last)).toBeFocused()
  const edges = async (tile: Locator) => {
    const { x, width } = (await tile.boundingBox())!
    return [x, x + width] as const
  }
  const [left, right] = await edges(strip.row)
  const [start, end] = await edges(strip.playable.nth(last))
  expect(start).toBeGreaterThanOrEqual(left)
  expect(end).toBeLessThanOrEqual(right)

  until(Number.POSITIVE_INFINITY)
  await expect(page.locator('.player video')).toBeVisible({ timeout: 120_000 })
  await expect(page.getByText('Made in')).toBeVisible()
})
