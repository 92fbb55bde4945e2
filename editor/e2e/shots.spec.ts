import { fingersOn } from './fingers.ts'
import { nodeNamed, openFile, openGraph, savedText } from './helpers.ts'
import { expect, type Locator, type Page, test } from './test.ts'

const link = (node: string, port: string) => ({ node, port })
const song = link('song', 'audio')
const edited = link('edit', 'beats')
const picture = link('picture', 'image')

/** Eight seconds planned, and every shot made without a model: a picture that moves on the beat. */
const FILE = JSON.stringify({
  beatloom: 1,
  title: 'Shots',
  outputs: { video: link('assemble', 'video') },
  nodes: {
    song: { type: 'audio.load', params: { file: 'samples/song.mp3', durationSeconds: 8 } },
    picture: { type: 'image.load', params: { file: 'samples/cover.jpg' } },
    beats: { type: 'beats.detect', links: { audio: song } },
    edit: { type: 'beats.edit', links: { beats: link('beats', 'beats'), audio: song } },
    plan: {
      type: 'shots.plan',
      params: { pace: 'fast', frameRate: 24 },
      links: { beats: edited, audio: song, images: [picture] },
    },
    each: {
      type: 'shots.each',
      links: { shots: link('plan', 'shots'), audio: song, beats: edited, images: [picture] },
    },
    beat: { type: 'curve.from-beats', params: { source: 'beat-pulse' }, links: { beats: link('each', 'beats') } },
    pulse: {
      type: 'frames.pulse',
      params: { resolution: '480p', frameRate: 24 },
      links: { image: link('each', 'image'), audio: link('each', 'audio'), zoom: link('beat', 'curve') },
    },
    render: { type: 'shots.render', links: { shots: link('plan', 'shots'), frames: link('pulse', 'frames') } },
    assemble: {
      type: 'video.assemble',
      links: { shots: link('plan', 'shots'), clips: link('render', 'clips'), audio: song },
    },
  },
  layout: {
    nodes: {
      ...{ song: [0, 0], picture: [0, 480], beats: [340, 0], edit: [340, 420], plan: [680, 0], each: [1020, 0] },
      ...{ beat: [1360, 0], pulse: [1360, 300], render: [1700, 0], assemble: [1700, 420] },
    },
    groups: [],
  },
})

/** The same in a dozen shots. */
const DOZEN = FILE.replace('"pace":"fast"', '"pace":"fast","shortest":0.4,"longest":0.8')

type Edit = { do: string; at?: number; to?: number; [other: string]: unknown }
const editsOf = async (page: Page): Promise<Edit[]> => JSON.parse(await savedText(page)).nodes.plan.params?.edits ?? []

interface Strip {
  node: Locator
  cells: Locator
  options: Locator
}

/** The strip, once a run to its node has planned. */
async function planned(page: Page, tap = false, file = FILE): Promise<Strip> {
  await openFile(page, 'shots.json', file)
  const node = nodeNamed(page, 'Plan shots')
  const run = node.getByRole('button', { name: 'Run to here' })
  await expect(run).toBeVisible()
  const fit = page.getByRole('button', { name: 'Fit to view' })
  await (tap ? fit.tap() : fit.click())
  await (tap ? run.tap() : run.click())
  const cells = node.getByRole('listbox', { name: 'Shots' })
  await expect(cells).toBeVisible({ timeout: 45_000 })
  await (tap ? fit.tap() : fit.click())
  await expect(node.getByText('Every shot is as in the last run')).toBeVisible()
  return { node, cells, options: cells.getByRole('option') }
}

/** When each shot starts, as its cell says it: "Shot 2 of 4, 0:01.72 to 0:03.43". */
async function startsOf({ options }: Strip): Promise<number[]> {
  const names = await options.evaluateAll((cells) => cells.map((cell) => cell.getAttribute('aria-label') ?? ''))
  return names.map((name) => {
    const [, minutes, seconds] = /, (\d+):([\d.]+) to/.exec(name) ?? []
    return 60 * Number(minutes) + Number(seconds)
  })
}
const remadeOf = ({ options }: Strip): Promise<number[]> =>
  options.evaluateAll((cells) =>
    cells.flatMap((cell, index) => (cell.getAttribute('data-remade') === 'true' ? [index] : [])),
  )

test.beforeEach(async ({ page }) => openGraph(page))

test('P4: an edge is dragged to a beat and marks exactly the two shots that share it, as one step', async ({
  page,
}) => {
  const strip = await planned(page)
  const { node, cells } = strip
  const [, second = 0, third = 0] = await startsOf(strip)
  expect(third).toBeGreaterThan(second)
  const { x, y, width, height } = (await cells.boundingBox())!
  const at = (seconds: number) => x + (seconds / 8) * width
  await page.mouse.move(at(second), y + height / 2)
  await page.mouse.down()
  await page.mouse.move(at(second + 0.4), y + height / 2, { steps: 6 })
  await page.mouse.up()
  await expect(node.getByText('2 shots will be made again')).toBeVisible()
  expect(await remadeOf(strip)).toEqual([0, 1])
  const [moved, ...none] = await editsOf(page)
  expect(none).toEqual([])
  expect(moved).toMatchObject({ do: 'move', at: expect.closeTo(second, 1) })
  // The song beats every 0.43 s: what was dropped near a beat lies on it, not where the hand was.
  const [, now = 0] = await startsOf(strip)
  expect(now).toBeCloseTo(moved!.to!, 1)
  await page.keyboard.press('Control+z')
  await expect(node.getByText('Every shot is as in the last run')).toBeVisible()
  expect(await editsOf(page)).toEqual([])
})

test('P4: keys choose, move, split, join, lock, star and re-roll; words are typed as one step', async ({ page }) => {
  const strip = await planned(page)
  const { node, cells, options } = strip
  const count = await options.count()
  const [, second = 0] = await startsOf(strip)
  await cells.focus()
  await page.keyboard.press('ArrowRight')
  await expect(options.nth(1)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Alt+ArrowRight')
  await expect.poll(async () => (await startsOf(strip))[1]).toBeCloseTo(second + 1 / 24, 1)
  await page.keyboard.press('Alt+ArrowLeft')
  await expect(node.getByText('Every shot is as in the last run')).toBeVisible()
  expect(await editsOf(page), 'back where it was').toEqual([])

  await cells.focus()
  const seed = node.getByLabel('Seed', { exact: true }).last()
  const before = await seed.inputValue()
  await page.keyboard.press('r')
  await expect(seed).not.toHaveValue(before)
  await expect(node.getByText('1 shot will be made again')).toBeVisible()
  await page.keyboard.press('f')
  await page.keyboard.press('l')
  await expect(options.nth(1)).toHaveAccessibleName(/locked, starred/)
  expect((await editsOf(page)).map((edit) => edit.do)).toEqual(['set', 'lock'])
  await cells.focus()
  await page.keyboard.press('l')
  await expect(options.nth(1)).not.toHaveAccessibleName(/locked/)

  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('rain on glass')
  await expect(options.nth(1)).toHaveAccessibleName(/rain on glass$/)
  await cells.focus()
  await page.keyboard.press('Control+z')
  await expect(options.nth(1)).not.toHaveAccessibleName(/rain|glass/)
  await page.keyboard.press('Control+Shift+z')
  await expect(options.nth(1)).toHaveAccessibleName(/rain on glass$/)

  await page.keyboard.press('Home')
  for (let step = 0; step < 8; step++) await page.keyboard.press('Control+ArrowRight')
  await page.keyboard.press('s')
  await expect(options).toHaveCount(count + 1)
  expect((await editsOf(page)).at(-1)).toEqual({ do: 'cut', at: expect.closeTo(0.8, 2) })
  await cells.focus()
  await page.keyboard.press('j')
  await expect(options).toHaveCount(count)
})

test('P4: the plan as text: taken over as a whole, and a wrong line says what is wrong with it', async ({ page }) => {
  const strip = await planned(page)
  const { node, options } = strip
  const count = await options.count()
  await node.getByRole('button', { name: 'As text' }).click()
  const text = node.getByRole('textbox', { name: 'The shots as text, one a line' })
  const lines = (await text.inputValue()).split('\n')
  expect(lines).toHaveLength(count)
  await text.fill(lines.with(1, '0:one  1 wide').join('\n'))
  await node.getByRole('button', { name: 'Take over' }).click()
  await expect(node.getByRole('alert')).toContainText('Line 2: "0:one" is no time')
  await expect(options).toHaveCount(count)
  await text.fill(lines.with(1, `${lines[1]!.split('|')[0]}| rain`).join('\n'))
  await text.press('Control+Enter')
  await expect(node.getByRole('alert')).toHaveCount(0)
  await expect(node.getByText('1 shot will be made again')).toBeVisible()
  await expect(options.nth(1)).toHaveAccessibleName(/rain$/)
  expect(await editsOf(page)).toMatchObject([{ do: 'set', prompt: 'rain' }])
})

/** Runs the whole graph, and waits until every shot of the plan is there. */
async function runAll(page: Page, count: number): Promise<Locator> {
  await page.locator('.toolbar').getByRole('button', { name: 'Run', exact: true }).click()
  const render = nodeNamed(page, 'Render shots')
  await expect(render.getByText(`${count} of ${count} shots`)).toBeVisible({ timeout: 120_000 })
  await expect(page.locator('.toolbar').getByRole('button', { name: 'Run', exact: true })).toBeEnabled()
  return render.getByRole('list', { name: 'Shots as they are made' })
}

/** Says which shots the next run makes, and makes them: these and no others. */
async function expectMade(page: Page, clips: Locator, count: number, numbers: number[]): Promise<void> {
  const text = `${numbers.length} of ${count} shots to make: ${numbers.join(', ')}`
  await page.locator('.toolbar').getByRole('button', { name: 'What this run will take' }).click()
  await expect(page.getByRole('dialog', { name: 'What this run will take' })).toContainText(text)
  await page.keyboard.press('Escape')
  await page.locator('.toolbar').getByRole('button', { name: 'Run', exact: true }).click()
  await expect(clips.locator('[data-state=cached]')).toHaveCount(count - numbers.length, { timeout: 120_000 })
  await expect(clips.locator('[data-state=done]')).toHaveCount(numbers.length, { timeout: 120_000 })
  for (const number of numbers) {
    await expect(clips.getByRole('button', { name: new RegExp(`Play shot ${number}, .*Done`) })).toBeVisible()
  }
}

test('check 9: a changed shot is named by the quote, and it alone is made', async ({ page }) => {
  test.setTimeout(240_000)
  const strip = await planned(page, false, DOZEN)
  const count = await strip.options.count()
  expect(count).toBeGreaterThanOrEqual(10)
  const clips = await runAll(page, count)
  await strip.cells.focus()
  await page.keyboard.press('ArrowRight')
  const hold = strip.node.getByRole('group', { name: 'Shot 2' })
  await hold
    .getByRole('radio', { name: /Wide|Medium|Close/, checked: false })
    .first()
    .click()
  await expect(strip.node.getByText('1 shot will be made again')).toBeVisible()
  await expectMade(page, clips, count, [2])
})

test('check 10: a beat moved in the grid marks exactly the two shots that share it, and those are made', async ({
  page,
}) => {
  test.setTimeout(240_000)
  const strip = await planned(page)
  const count = await strip.options.count()
  const clips = await runAll(page, count)
  const [, second = 0] = await startsOf(strip)
  const grid = nodeNamed(page, 'Edit beats').getByRole('application')
  await grid.focus()
  await page.keyboard.press('Home')
  const chosen = nodeNamed(page, 'Edit beats').locator('.beat-actions-text')
  for (let n = 0; n < 30; n++) {
    const [, minutes, seconds] = /(\d+):([\d.]+)/.exec((await chosen.textContent()) ?? '') ?? []
    if (60 * Number(minutes) + Number(seconds) > second - 0.05) break
    await page.keyboard.press('ArrowRight')
  }
  // A cut that stays on its frame leaves the shot before it as it is.
  await page.keyboard.press('Shift+ArrowRight')
  await expect(strip.node.getByText('1 shot will be made again')).toBeVisible()
  expect(await remadeOf(strip)).toEqual([1])
  for (let n = 0; n < 4; n++) await page.keyboard.press('Shift+ArrowRight')
  await expect(strip.node.getByText('2 shots will be made again')).toBeVisible()
  expect(await remadeOf(strip)).toEqual([0, 1])
  await expectMade(page, clips, count, [1, 2])
})

test('P4, A4: shots fill in while they are made, play with their song, and give the strip its pictures', async ({
  page,
}) => {
  // Eight seconds of frames are painted and encoded, on whatever machine this is.
  test.setTimeout(240_000)
  // Of a form of its own: where another test has made the whole video, it comes from the cache and no shot is made.
  const strip = await planned(page, false, FILE.replace('"480p"', '"480p","aspect":"1:1"'))
  const count = await strip.options.count()
  await page.locator('.toolbar').getByRole('button', { name: 'Run', exact: true }).click()
  const render = nodeNamed(page, 'Render shots')
  const clips = render.getByRole('list', { name: 'Shots as they are made' })
  await expect(clips.getByRole('listitem')).toHaveCount(count, { timeout: 45_000 })
  await expect(render.getByText(`${count} of ${count} shots`)).toBeVisible({ timeout: 120_000 })
  const first = clips.getByRole('button', { name: /Play shot 1, .*Done/ })
  await first.click()
  await expect(first).toHaveAttribute('aria-pressed', 'true')
  const [video, sound] = [render.locator('.shot-player video'), render.locator('.shot-player audio')]
  await expect.poll(() => video.evaluate((element: HTMLVideoElement) => element.currentTime)).toBeGreaterThan(0.3)
  await expect.poll(() => sound.evaluate((element: HTMLAudioElement) => element.currentTime)).toBeGreaterThan(0.2)
  await render.getByRole('button', { name: 'Close the player' }).click()
  await expect(video).toHaveCount(0)
  await expect(strip.options.first().locator('img')).toHaveAttribute('src', /artifacts/)

  // Opened anew, with everything in the cache: nothing runs but what is the node's own, and all of it is there to see.
  await page.reload()
  await openGraph(page)
  await openFile(page, 'again.json', FILE.replace('"480p"', '"480p","aspect":"1:1"'))
  await expect(clips).toHaveCount(0)
  await page.locator('.toolbar').getByRole('button', { name: 'Run', exact: true }).click()
  await expect(render.getByText(`${count} of ${count} shots`)).toBeVisible({ timeout: 45_000 })
  await expect(clips.getByRole('button', { name: /Play shot 1, / })).toBeVisible()
  await expect(strip.options).toHaveCount(count)
})

test.describe('by touch', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 1440, height: 1400 } })

  test('L6: a finger drags an edge, a tap chooses a shot, what is pressed is 44 px', async ({ page }) => {
    const strip = await planned(page, true)
    const { node, cells, options } = strip
    const [, second = 0] = await startsOf(strip)
    await node.getByRole('button', { name: /open large/ }).tap()
    const large = page.getByRole('dialog')
    const wide = large.getByRole('listbox', { name: 'Shots' })
    const { x, y, width, height } = (await wide.boundingBox())!
    const at = (seconds: number) => ({ x: x + (seconds / 8) * width, y: y + height / 2 })
    await (await fingersOn(page)).drag([at(second), at(second + 0.43)])
    await expect(large.getByText('2 shots will be made again')).toBeVisible()
    await page.touchscreen.tap(at(7).x, at(7).y)
    await expect(wide.getByRole('option').last()).toHaveAttribute('aria-selected', 'true')
    // A switch answers to a finger beside its knob, too.
    for (const button of await large.locator('button:not([role=switch]):visible').all()) {
      const size = (await button.boundingBox())!
      expect(size.height, (await button.getAttribute('aria-label')) ?? '').toBeGreaterThanOrEqual(43.5)
    }
    await large.getByRole('button', { name: 'Close the large view' }).tap()
    await expect(options.first()).toBeVisible()
    await expect(cells).toBeVisible()
    expect(await editsOf(page)).toMatchObject([{ do: 'move' }])
  })
})
