import { fingersOn } from './fingers.ts'
import { nodeNamed, openFile, openGraph, savedText } from './helpers.ts'
import { expect, type Locator, type Page, test } from './test.ts'

const song = { node: 'song', port: 'audio' }
const SONG = { type: 'audio.load', params: { file: 'samples/song.mp3', durationSeconds: 8 } }
const graphOf = (nodes: object, places: object): string =>
  JSON.stringify({ beatloom: 1, title: 'Beats', nodes, layout: { nodes: places, groups: [] } })
const CORRECTED = graphOf(
  {
    song: SONG,
    beats: { type: 'beats.detect', links: { audio: song } },
    edit: { type: 'beats.edit', links: { beats: { node: 'beats', port: 'beats' }, audio: song } },
    report: { type: 'beats.report', links: { beats: { node: 'edit', port: 'beats' } } },
    show: { type: 'value.show', links: { value: { node: 'report', port: 'text' } } },
  },
  { song: [0, 0], beats: [0, 460], edit: [340, 0], report: [680, 0], show: [1020, 0] },
)

type Edit = { do: string; at?: number; to?: number; times?: number[]; [other: string]: unknown }
const editsOf = async (page: Page): Promise<Edit[]> => JSON.parse(await savedText(page)).nodes.edit.params?.edits ?? []

/** Beats as the grid says them: "Beat 3 of 19, 0:00.872". */
async function beatTime(node: Locator): Promise<number> {
  const text = (await node.locator('.beat-actions-text').textContent()) ?? ''
  const [, minutes, seconds] = /(\d+):([\d.]+)/.exec(text) ?? []
  return 60 * Number(minutes) + Number(seconds)
}

/** The grid, once a run to its node has found the beats. */
async function foundBeats(page: Page, tap = false): Promise<{ node: Locator; plot: Locator }> {
  await openFile(page, 'beats.json', CORRECTED)
  const node = nodeNamed(page, 'Edit beats')
  await expect(node.getByText('The beats are not known yet')).toBeVisible()
  const run = node.getByRole('button', { name: 'Run to here' })
  await (tap ? run.tap() : run.click())
  const plot = node.getByRole('application')
  await expect(plot).toBeVisible({ timeout: 45_000 })
  await expect(plot).toHaveAccessibleName(/BPM · \d+ beats · \d+ % sure/)
  return { node, plot }
}

/** Where a moment of the eight seconds is on the screen. */
async function placeOn(plot: Locator): Promise<(seconds: number) => { x: number; y: number }> {
  const { x, y, width, height } = (await plot.boundingBox())!
  return (seconds) => ({ x: x + (seconds / 8) * width, y: y + height * 0.7 })
}

test.beforeEach(async ({ page }) => openGraph(page))

test('P3: a tick is dragged, added by a double click and removed; each is one step, saved by its time', async ({
  page,
}) => {
  const { node, plot } = await foundBeats(page)
  const at = await placeOn(plot)
  await plot.focus()
  for (const key of ['Home', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key)
  const third = await beatTime(node)
  expect(third).toBeGreaterThan(0.5)

  const [from, to] = [at(third), at(third + 0.2)]
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.keyboard.down('Alt')
  await page.mouse.move(to.x, to.y, { steps: 6 })
  await page.mouse.up()
  await page.keyboard.up('Alt')
  const [moved, ...none] = await editsOf(page)
  expect(none).toEqual([])
  expect(moved).toMatchObject({ do: 'move' })
  expect(moved!.at).toBeCloseTo(third, 3)
  expect(moved!.to).toBeCloseTo(third + 0.2, 1)
  expect(await beatTime(node)).toBeCloseTo(moved!.to!, 2)

  // Close enough to tell the ground from the ticks.
  for (const key of ['+', '+']) await page.keyboard.press(key)
  const span = 2
  const view = Number(await node.getByRole('slider', { name: 'Which part is in sight' }).inputValue())
  const box = (await plot.boundingBox())!
  await page.mouse.dblclick(box.x + ((third + 0.08 - view) / span) * box.width, box.y + 20)
  await expect(node.getByText('Changes: 2')).toBeVisible()
  const added = (await editsOf(page))[1]
  expect(added).toMatchObject({ do: 'add' })
  await page.keyboard.press('Delete')
  expect(await editsOf(page), 'an added beat leaves no trace').toHaveLength(1)
  await page.keyboard.press('Control+z')
  await expect(node.getByText('Changes: 2')).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(node.getByText('Changes: 1')).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(node.getByText(/Changes: /)).toHaveCount(0)
  await page.keyboard.press('Control+Shift+z')
  expect(await editsOf(page)).toEqual([moved])
})

test('P3: without Alt a dragged tick goes to where something begins to sound', async ({ page }) => {
  const { node, plot } = await foundBeats(page)
  const at = await placeOn(plot)
  await plot.focus()
  for (const key of ['Home', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key)
  const third = await beatTime(node)
  const starts: number[] = []
  // Pixel by pixel the pointer goes over a hit; ticks that are drawn to it stand still meanwhile.
  const from = at(third)
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  for (let px = 5; px <= 30; px++) {
    await page.mouse.move(from.x + px, from.y)
    starts.push(await beatTime(node))
  }
  await page.mouse.up()
  expect(new Set(starts).size).toBeLessThan(starts.length - 5)
})

test('P3: keys choose, move, add, remove and mark beats; the graph hears none of them', async ({ page }) => {
  const { node, plot } = await foundBeats(page)
  await plot.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowRight')
  const second = await beatTime(node)
  for (const key of ['Shift+ArrowRight', 'Shift+ArrowRight', 'Alt+ArrowLeft']) await page.keyboard.press(key)
  expect(await beatTime(node)).toBeCloseTo(second + 0.019, 3)
  expect(await editsOf(page)).toEqual([
    { do: 'move', at: expect.closeTo(second, 3), to: expect.closeTo(second + 0.019, 3) },
  ])
  await plot.focus()
  const bar = node.getByRole('button', { name: 'Bar line', exact: true })
  const was = await bar.getAttribute('aria-pressed')
  await page.keyboard.press('d')
  await expect(bar).toHaveAttribute('aria-pressed', was === 'true' ? 'false' : 'true')
  await page.keyboard.press('ArrowRight')
  const third = await beatTime(node)
  await page.keyboard.press('Delete')
  for (let step = 0; step < 3; step++) await page.keyboard.press('Control+ArrowRight')
  await page.keyboard.press('Enter')
  const edits = await editsOf(page)
  expect(edits.map((edit) => edit.do)).toEqual(['move', 'downbeat', 'remove', 'add'])
  expect(edits[2]!.at).toBeCloseTo(third, 3)
  expect(edits[3]!.at).toBeCloseTo(0.3, 3)
  await expect(page.locator('.react-flow__node')).toHaveCount(5)

  // One change among others is taken back by itself, and all of them at once.
  await node.getByRole('button', { name: /Changes: 4/ }).click()
  await node.getByRole('button', { name: /Take back: Removed/ }).click()
  expect((await editsOf(page)).map((edit) => edit.do)).toEqual(['move', 'downbeat', 'add'])
  await node.getByRole('button', { name: 'Reset all' }).click()
  expect(await editsOf(page)).toEqual([])
  await page.keyboard.press('Control+z')
  await expect.poll(async () => (await editsOf(page)).length).toBe(3)
})

test('P3: half and double time, bar lines by one beat, a delay in ms; a run makes what the grid shows', async ({
  page,
}) => {
  const { node, plot } = await foundBeats(page)
  const count = async () => Number(/(\d+) beats/.exec((await plot.getAttribute('aria-label')) ?? '')?.[1])
  const found = await count()
  await node.getByRole('button', { name: /Half time/ }).click()
  await expect(node.getByText('Changes: 1')).toBeVisible()
  const half = await count()
  expect([Math.floor(found / 2), Math.ceil(found / 2)]).toContain(half)
  await node.getByRole('button', { name: 'The other beats' }).click()
  await expect.poll(count).toBe(found - half)
  await node.getByRole('button', { name: /Double time/ }).click()
  await node.getByRole('button', { name: 'Bar lines one beat later' }).click()
  await node.getByRole('button', { name: 'Bar lines one beat later' }).click()
  const delay = node.getByLabel('Delay, ms')
  await delay.fill('25')
  await delay.press('Enter')
  expect(await editsOf(page)).toEqual([
    { do: 'halve', from: expect.any(String) },
    { do: 'double' },
    { do: 'shift', beats: 2 },
    { do: 'delay', seconds: 0.025 },
  ])
  await plot.focus()
  await page.keyboard.press('Home')
  const first = await beatTime(node)
  const shown = await count()
  await page.locator('.toolbar').getByRole('button', { name: 'Run', exact: true }).click()
  await expect(nodeNamed(page, 'Describe beats').locator('.display-text')).toBeVisible({ timeout: 45_000 })
  await expect(nodeNamed(page, 'Describe beats').locator('.display-text')).toContainText(`${shown}`)
  expect(first).toBeGreaterThan(0.02)
})

test('P3: taps along with the song become beats; Escape drops them', async ({ page }) => {
  const { node, plot } = await foundBeats(page)
  await plot.focus()
  await page.keyboard.press('Space')
  await expect(node.getByRole('button', { name: 'Pause' })).toBeVisible()
  // By the song's own clock, which may stand still for a while on a busy machine.
  const clock = () => node.locator('audio').evaluate((audio: HTMLAudioElement) => audio.currentTime)
  const tap = async () => {
    await page.keyboard.press('t')
    const at = await clock()
    await expect.poll(clock, { intervals: [50] }).toBeGreaterThan(at + 0.4)
  }
  for (let count = 0; count < 4; count++) await tap()
  await expect(node.getByText(/4 taps, \d+ BPM/)).toBeVisible()
  await page.keyboard.press('Space')
  await expect(node.getByText('Changes: 1')).toBeVisible()
  const [tapped] = await editsOf(page)
  expect(tapped).toMatchObject({ do: 'tap' })
  expect(tapped!.times).toHaveLength(4)
  for (const [i, time] of tapped!.times!.slice(1).entries()) expect(time - tapped!.times![i]!).toBeGreaterThan(0.3)

  await plot.focus()
  await page.keyboard.press('Space')
  await tap()
  await tap()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Space')
  expect(await editsOf(page)).toHaveLength(1)
})

test('P3: zoomed to single beats, in the large view, ticks are where the hand is', async ({ page }) => {
  const { node } = await foundBeats(page)
  await node.getByRole('button', { name: 'Changes: open large' }).click()
  const large = page.getByRole('dialog', { name: 'Changes' })
  const plot = large.getByRole('application')
  await plot.focus()
  for (const key of ['+', '+', '+']) await page.keyboard.press(key)
  await expect(large.getByRole('slider', { name: 'Which part is in sight' })).toHaveAttribute(
    'aria-valuetext',
    /0:01.0$/,
  )
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowRight')
  const beat = await beatTime(large)
  await page.keyboard.press('Escape')
  await expect(large, 'the first Escape lets the beat go').toBeVisible()
  await expect(large.locator('.beat-actions')).toHaveCount(0)
  const box = (await plot.boundingBox())!
  const from = Number(await large.getByRole('slider', { name: 'Which part is in sight' }).inputValue())
  await page.mouse.click(box.x + (beat - from) * box.width, box.y + 40)
  expect(await beatTime(large)).toBeCloseTo(beat, 3)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(large).toBeHidden()
  await expect(node.getByRole('button', { name: 'Changes: open large' })).toBeFocused()
})

test('P3: Edit beats puts the grid behind BeatDetect, for all that take the beats, as one step', async ({ page }) => {
  const nodes = {
    song: SONG,
    beats: { type: 'beats.detect', links: { audio: song } },
    report: { type: 'beats.report', links: { beats: { node: 'beats', port: 'beats' } } },
    show: { type: 'value.show', links: { value: { node: 'report', port: 'text' } } },
  }
  const places = { song: [0, 0], beats: [340, 0], report: [1020, 0], show: [1360, 0] }
  await openFile(page, 'plain.json', graphOf(nodes, places))
  await page.locator('.toolbar').getByRole('button', { name: 'Run', exact: true }).click()
  await nodeNamed(page, 'BeatDetect').getByRole('button', { name: 'Edit beats' }).click({ timeout: 45_000 })
  const file = JSON.parse(await savedText(page))
  expect(file.nodes.edit).toMatchObject({
    type: 'beats.edit',
    links: { audio: song, beats: { node: 'beats', port: 'beats' } },
  })
  expect(file.nodes.report.links.beats).toEqual({ node: 'edit', port: 'beats' })
  await expect(nodeNamed(page, 'Edit beats').getByRole('application'), 'the beats are known already').toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(page.locator('.react-flow__node')).toHaveCount(4)
  expect(JSON.parse(await savedText(page)).nodes.report.links.beats).toEqual({ node: 'beats', port: 'beats' })
})

test.describe('by touch', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 1180, height: 820 } })

  test('L6: a finger drags a tick and moves nothing else, two zoom, a double tap adds', async ({ page }) => {
    const { node, plot } = await foundBeats(page, true)
    const view = () => page.locator('.react-flow__viewport').getAttribute('style')
    const before = await view()
    await plot.focus()
    await page.keyboard.press('End')
    const last = await beatTime(node)
    const at = await placeOn(plot)
    const fingers = await fingersOn(page)
    await fingers.drag([at(last), at(last - 0.2)])
    const [moved] = await editsOf(page)
    expect(moved).toMatchObject({ do: 'move', at: expect.closeTo(last, 3) })
    // A finger that rests asks for no menu here.
    await fingers.put('touchStart', [at(1)])
    await page.waitForTimeout(800)
    await fingers.put('touchEnd', [])
    await expect(page.getByRole('menu')).toHaveCount(0)
    await node.getByRole('button', { name: 'Reset all' }).tap()

    await fingers.put('touchStart', [at(3)])
    await fingers.put('touchStart', [at(3), at(5)])
    await fingers.move([
      [at(3), at(1)],
      [at(5), at(7)],
    ])
    await fingers.put('touchEnd', [])
    const scroll = node.getByRole('slider', { name: 'Which part is in sight' })
    await expect(scroll).toBeVisible()
    expect(await editsOf(page)).toEqual([])
    expect(await view()).toBe(before)
    for (const button of await node.locator('.beat-grid button:visible').all()) {
      const box = (await button.boundingBox())!
      const scale = (await plot.boundingBox())!.width / (await plot.evaluate((element) => element.clientWidth))
      expect(box.height / scale, (await button.textContent()) ?? '').toBeGreaterThanOrEqual(43.5)
    }
  })
})
