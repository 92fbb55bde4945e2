import { drag, emptyCanvas, nodeNamed, openFile, portOf, savedText } from './helpers.ts'
import { expect, type Locator, type Page, test } from './test.ts'

type Nodes = Record<string, { type: string; params?: Record<string, unknown>; links?: Record<string, unknown> }>
type Layout = Record<string, unknown> & { nodes: Record<string, [number, number]> }

const opened = (page: Page, nodes: Nodes, layout: Layout) =>
  openFile(page, 'graph.json', JSON.stringify({ beatloom: 1, nodes, layout: { groups: [], ...layout } }))
const links = (page: Page) => page.locator('.react-flow__edge')
const linkTo = (page: Page, ends: string) => page.locator(`.react-flow__edge[aria-label="${ends}"]`)
const saved = async (page: Page) => JSON.parse(await savedText(page))
const search = (page: Page) => page.getByPlaceholder('Search nodes')

async function middle(target: Locator): Promise<{ x: number; y: number }> {
  const box = (await target.boundingBox())!
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/** Takes a cable from a port and holds it somewhere. */
async function pull(page: Page, from: Locator, to: { x: number; y: number }): Promise<void> {
  const start = await middle(from)
  await page.mouse.move(start.x, start.y)
  await page.mouse.down()
  await page.mouse.move((start.x + to.x) / 2, (start.y + to.y) / 2, { steps: 3 })
  await page.mouse.move(to.x, to.y, { steps: 3 })
}

async function dragBy(page: Page, target: Locator, x: number, y: number, keys: string[] = []): Promise<void> {
  const start = await middle(target)
  for (const key of keys) await page.keyboard.down(key)
  await page.mouse.move(start.x, start.y)
  await page.mouse.down()
  await page.mouse.move(start.x + x / 2, start.y + y / 2, { steps: 4 })
  await page.mouse.move(start.x + x, start.y + y, { steps: 4 })
  await page.mouse.up()
  for (const key of keys) await page.keyboard.up(key)
}

const headOf = (node: Locator) => node.locator('.node-head')
const viewport = (page: Page) => page.locator('.react-flow__viewport').getAttribute('style')

const THREE = {
  nodes: { picture: { type: 'image.load' }, song: { type: 'audio.load' }, beats: { type: 'beats.detect' } },
  layout: { nodes: { picture: [0, 0], song: [0, 420], beats: [480, 200] } },
} satisfies { nodes: Nodes; layout: Layout }

const CHAIN = {
  nodes: {
    picture: { type: 'image.load' },
    small: { type: 'image.resize', links: { image: { node: 'picture', port: 'image' } } },
    still: { type: 'frames.still', links: { image: { node: 'small', port: 'image' } } },
    show: { type: 'image.preview', links: { image: { node: 'small', port: 'image' } } },
    loose: { type: 'image.resize', params: { width: 320 } },
  },
  layout: { nodes: { picture: [0, 0], small: [360, 0], still: [760, 0], show: [760, 300], loose: [0, 420] } },
} satisfies { nodes: Nodes; layout: Layout }

test.beforeEach(async ({ page }) => {
  await page.goto('/#graph')
  await expect(page.locator('.node').first()).toBeVisible({ timeout: 30_000 })
})

/** A point of the screen on a link: halfway along its line. */
const onLink = (page: Page, ends: string): Promise<{ x: number; y: number }> =>
  linkTo(page, ends)
    .locator('path.react-flow__edge-interaction')
    .evaluate((line: SVGPathElement) => {
      const half = line.getPointAtLength(line.getTotalLength() / 2)
      const { x, y } = new DOMPoint(half.x, half.y).matrixTransform(line.getScreenCTM()!)
      return { x, y }
    })

async function clickLink(page: Page, ends: string): Promise<void> {
  const at = await onLink(page, ends)
  await page.mouse.click(at.x, at.y)
  await expect(linkTo(page, ends)).toHaveClass(/selected/)
}

test('M3: Enter places at the pointer, selected, and links the one selected node, as one step', async ({ page }) => {
  await opened(page, { song: { type: 'audio.load' } }, { nodes: { song: [0, 0] } })
  await headOf(nodeNamed(page, 'LoadAudio')).click()
  await page.keyboard.press('Shift+A')
  await search(page).fill('BeatDetect')
  await page.keyboard.press('Enter')
  await expect(links(page)).toHaveCount(1)
  await expect(nodeNamed(page, 'BeatDetect')).toHaveAttribute('data-selected', 'true')
  await page.keyboard.press('Control+z')
  await expect(page.locator('.node')).toHaveCount(1)

  await page.locator('.react-flow__pane').dblclick({ position: { x: 700, y: 600 } })
  await search(page).fill('LoadImage')
  await page.keyboard.press('Enter')
  const box = (await nodeNamed(page, 'LoadImage').boundingBox())!
  const pane = (await page.locator('.react-flow__pane').boundingBox())!
  expect(Math.abs(box.x - pane.x - 700)).toBeLessThan(4)
  expect(Math.abs(box.y - pane.y - 600)).toBeLessThan(4)
})

test('M4, M5: a pulled cable lights what fits, has its colour, snaps within 24 px, and replaces an old link', async ({
  page,
}) => {
  await opened(
    page,
    { ...THREE.nodes, other: { type: 'audio.load' }, curve: { type: 'curve.draw' } },
    { nodes: { ...THREE.layout.nodes, other: [0, 800], curve: [480, 500] } },
  )
  const beats = nodeNamed(page, 'BeatDetect')
  const input = portOf(beats, 'input', 'Audio')
  const [song, other] = [nodeNamed(page, 'LoadAudio').first(), nodeNamed(page, 'LoadAudio').last()]
  const at = await middle(input)
  await pull(page, portOf(song, 'output', 'Audio'), { x: at.x - 18, y: at.y + 8 })
  await expect(beats.locator('.port[data-side=input]')).toHaveAttribute('data-fit', 'fits')
  await expect(nodeNamed(page, 'Draw curve').locator('.port[data-side=output]')).toHaveAttribute('data-fit', 'no')
  await expect(nodeNamed(page, 'LoadImage').locator('.port')).toHaveAttribute('data-fit', 'no')
  const cable = page.locator('.pulled-cable')
  await expect(cable).toHaveAttribute('data-snapped', 'true')
  expect(await cable.evaluate((path) => getComputedStyle(path).stroke)).toBe('rgb(31, 157, 99)')
  await page.mouse.up()
  await expect(linkTo(page, 'song.audio → beats.audio')).toHaveCount(1)
  await expect(beats.locator('.port[data-side=input]')).toHaveAttribute('data-fit', 'idle')

  await drag(page, portOf(other, 'output', 'Audio'), input)
  await expect(linkTo(page, 'other.audio → beats.audio')).toHaveCount(1)
  await expect(links(page)).toHaveCount(1)
  await page.keyboard.press('Control+z')
  await expect(linkTo(page, 'song.audio → beats.audio')).toHaveCount(1)
})

test('M6: on a node body the one fitting input is linked; where several fit a list asks', async ({ page }) => {
  await opened(
    page,
    {
      one: { type: 'curve.draw' },
      two: { type: 'curve.combine' },
      shape: { type: 'curve.math' },
      number: { type: 'value.number' },
    },
    { nodes: { one: [0, 0], two: [760, 420], shape: [760, 0], number: [0, 700] } },
  )
  const output = portOf(nodeNamed(page, 'Draw curve'), 'output', 'Curve')
  await drag(page, output, headOf(nodeNamed(page, 'Shape curve')))
  await expect(linkTo(page, 'one.curve → shape.curve')).toHaveCount(1)
  await drag(page, output, headOf(nodeNamed(page, 'Combine curves')))
  const menu = page.getByRole('menu', { name: 'Which port?' })
  await expect(menu.getByRole('menuitem')).toHaveCount(2)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(linkTo(page, 'one.curve → two.b')).toHaveCount(1)
  await drag(page, portOf(nodeNamed(page, 'Number'), 'output', 'Number'), headOf(nodeNamed(page, 'Combine curves')))
  await expect(page.getByRole('alert')).toContainText('This input takes CURVE, and the cable carries NUMBER.')
})

test('M7: on empty canvas the palette offers what fits and links it; Esc leaves no trace', async ({ page }) => {
  await opened(page, { song: { type: 'audio.load' } }, { nodes: { song: [0, 0] } })
  const output = portOf(nodeNamed(page, 'LoadAudio'), 'output', 'Audio')
  const before = await savedText(page)
  await pull(page, output, { x: 1000, y: 300 })
  await page.mouse.up()
  await expect(search(page)).toBeFocused()
  await expect(page.getByRole('option', { name: 'BeatDetect' })).toHaveCount(1)
  await expect(page.getByRole('option', { name: 'Resize image' })).toHaveCount(0)
  await page.keyboard.press('Escape')
  await expect(search(page)).toHaveCount(0)
  expect(await savedText(page)).toBe(before)
  await pull(page, output, { x: 1000, y: 300 })
  await page.mouse.up()
  await search(page).fill('BeatDetect')
  await page.keyboard.press('Enter')
  await expect(linkTo(page, 'song.audio → detect.audio')).toHaveCount(1)
})

test('M8: a bad end says why while hovering and when let go, and offers a way out', async ({ page }) => {
  await opened(
    page,
    {
      ...THREE.nodes,
      curve: { type: 'curve.from-beats', links: { beats: { node: 'beats', port: 'beats' } } },
      shape: { type: 'curve.math' },
      again: { type: 'curve.math', links: { curve: { node: 'shape', port: 'curve' } } },
    },
    {
      nodes: { ...THREE.layout.nodes, curve: [860, 200], shape: [0, 800], again: [480, 800] },
      marks: { again: { locked: true } },
    },
  )
  const alert = page.getByRole('alert')
  const hint = page.locator('.refusal-hint')
  const beatsIn = portOf(nodeNamed(page, 'BeatDetect'), 'input', 'Audio')
  const refuse = async (from: Locator, to: Locator, words: string) => {
    await pull(page, from, await middle(to))
    await expect(hint).toHaveText(words)
    await page.mouse.up()
    await expect(alert).toContainText(words)
    await expect(hint).toHaveCount(0)
  }
  const count = await links(page).count()
  await refuse(
    portOf(nodeNamed(page, 'LoadImage'), 'output', 'Image'),
    beatsIn,
    'This input takes AUDIO, and the cable carries IMAGE.',
  )
  await refuse(
    portOf(nodeNamed(page, 'LoadImage'), 'output', 'Image'),
    portOf(nodeNamed(page, 'LoadAudio'), 'output', 'Audio'),
    'Both are outputs. A cable runs from an output to an input.',
  )
  const [shape, locked] = [nodeNamed(page, 'Shape curve').first(), nodeNamed(page, 'Shape curve').last()]
  await refuse(
    portOf(locked, 'output', 'Curve'),
    portOf(shape, 'input', 'Curve'),
    'This would make a loop: the node already feeds the one the cable comes from.',
  )
  await expect(links(page)).toHaveCount(count)
  const curve = portOf(nodeNamed(page, 'Curve from beats'), 'output', 'Curve')
  await refuse(curve, portOf(locked, 'input', 'Curve'), 'This node is locked, so what feeds it stays as it is.')
  await alert.getByRole('button', { name: 'Unlock the node' }).click()
  await drag(page, curve, portOf(locked, 'input', 'Curve'))
  await expect(linkTo(page, 'curve.curve → again.curve')).toHaveCount(1)

  await refuse(
    portOf(nodeNamed(page, 'LoadAudio'), 'output', 'Audio'),
    portOf(nodeNamed(page, 'Curve from beats'), 'input', 'Beats'),
    'This input takes BEATS, and the cable carries AUDIO.',
  )
  await alert.getByRole('button', { name: 'Insert BeatDetect' }).click()
  await expect(nodeNamed(page, 'BeatDetect')).toHaveCount(2)
  await page.keyboard.press('Control+z')
  await expect(nodeNamed(page, 'BeatDetect')).toHaveCount(1)
})

test('L5, M8: a refusal is read out at once with its reason, and again when the same link is tried again', async ({
  page,
}) => {
  await opened(page, THREE.nodes, THREE.layout)
  const spoken = await page.evaluateHandle(() => {
    const all: string[] = []
    // What a live region says: a text that comes with it or changes in it.
    new MutationObserver((records) => {
      for (const { target, addedNodes } of records) {
        for (const added of addedNodes) {
          const from = added instanceof Element ? added : target
          const region = from instanceof Element ? from.closest('[role=alert]') : null
          const words = region?.querySelector('p')?.textContent
          if (words) all.push(words)
        }
      }
    }).observe(document.body, { childList: true, subtree: true, characterData: true })
    return all
  })
  const words = 'This input takes AUDIO, and the cable carries IMAGE.'
  const cdp = await page.context().newCDPSession(page)
  const readers = async () => {
    const { nodes } = await cdp.send('Accessibility.getFullAXTree')
    return nodes
      .filter(({ role }) => role?.value === 'alert')
      .map(({ properties = [] }) => properties.find(({ name }) => name === 'live')?.value.value)
  }
  for (const time of [1, 2]) {
    await pull(
      page,
      portOf(nodeNamed(page, 'LoadImage'), 'output', 'Image'),
      await middle(portOf(nodeNamed(page, 'BeatDetect'), 'input', 'Audio')),
    )
    await page.mouse.up()
    await expect(page.getByRole('alert')).toContainText(words)
    expect(await readers()).toEqual(['assertive'])
    await expect.poll(() => spoken.jsonValue()).toEqual(Array(time).fill(words))
  }
})

test('M8, T3: mixed frame rates are refused with a node that mends them, and tips show rate and length', async ({
  page,
}) => {
  const still = (seconds: number, frameRate: number) => ({
    type: 'frames.still',
    params: { seconds, frameRate },
    links: { image: { node: 'colour', port: 'image' } },
  })
  await opened(
    page,
    { colour: { type: 'image.colour' }, slow: still(210, 16), quick: still(2, 24), join: { type: 'frames.join' } },
    { nodes: { colour: [0, 0], slow: [400, 0], quick: [400, 460], join: [900, 200] } },
  )
  const slow = portOf(nodeNamed(page, 'Hold picture').first(), 'output', 'Frames')
  const quick = portOf(nodeNamed(page, 'Hold picture').last(), 'output', 'Frames')
  const join = nodeNamed(page, 'Join clips')
  const tip = page.getByRole('tooltip')
  await expect(async () => {
    await page.mouse.move(5, 300)
    await slow.hover()
    await expect(tip).toContainText('16 fps, 3360 frames, 3:30.00', { timeout: 1500 })
  }).toPass()
  await drag(page, slow, portOf(join, 'input', 'First'))
  await drag(page, quick, portOf(join, 'input', 'Second'))
  const alert = page.getByRole('alert')
  await expect(alert).toContainText(
    'This cable brings 24 frames a second, and the node already takes 16: one node keeps to one rate.',
  )
  await alert.getByRole('button', { name: 'Insert Change frame rate' }).click()
  await expect(links(page)).toHaveCount(5)
  const { nodes } = await saved(page)
  expect(nodes.retime.params).toEqual({ frameRate: 16 })
  expect(nodes.join.links.second).toEqual({ node: 'retime', port: 'frames' })
})

test('M9: an end is moved, let go in the open it unlinks, and Shift moves all links of a port', async ({ page }) => {
  await opened(page, CHAIN.nodes, CHAIN.layout)
  const show = portOf(nodeNamed(page, 'Preview image'), 'input', 'Image')
  const still = portOf(nodeNamed(page, 'Hold picture'), 'input', 'Picture')
  const loose = nodeNamed(page, 'Resize image').last()
  // The end at an input comes along when the port is dragged.
  await drag(page, show, portOf(loose, 'input', 'Image'))
  await expect(linkTo(page, 'small.image → loose.image')).toHaveCount(1)
  await expect(linkTo(page, 'small.image → show.image')).toHaveCount(0)
  await page.keyboard.press('Control+z')
  await expect(linkTo(page, 'small.image → show.image')).toHaveCount(1)
  // The end beside an output is taken hold of on the cable itself.
  const source = await middle(portOf(nodeNamed(page, 'Resize image').first(), 'output', 'Image'))
  await page.mouse.move(source.x + 14, source.y)
  await page.mouse.down()
  await page.mouse.move(source.x + 60, source.y + 60, { steps: 4 })
  const other = await middle(portOf(nodeNamed(page, 'LoadImage'), 'output', 'Image'))
  await page.mouse.move(other.x, other.y, { steps: 6 })
  await page.mouse.up()
  await expect(links(page).and(page.locator('[aria-label^="picture.image"]'))).toHaveCount(2)
  await page.keyboard.press('Control+z')

  await pull(page, still, { x: 1100, y: 800 })
  await page.mouse.up()
  await expect(linkTo(page, 'small.image → still.image')).toHaveCount(0)
  await expect(search(page)).toHaveCount(0)
  await page.keyboard.press('Control+z')
  await expect(links(page)).toHaveCount(3)

  await page.keyboard.down('Shift')
  await drag(page, portOf(nodeNamed(page, 'Resize image').first(), 'output', 'Image'), portOf(loose, 'output', 'Image'))
  await page.keyboard.up('Shift')
  await expect(linkTo(page, 'loose.image → still.image')).toHaveCount(1)
  await expect(linkTo(page, 'loose.image → show.image')).toHaveCount(1)
  await page.keyboard.press('Control+z')
  await expect(links(page).and(page.locator('[aria-label^="small.image"]'))).toHaveCount(2)
})

test('M10: a clicked link goes with Delete; Ctrl+Alt+click empties a port', async ({ page }) => {
  await opened(page, CHAIN.nodes, CHAIN.layout)
  await clickLink(page, 'picture.image → small.image')
  await page.keyboard.press('Delete')
  await expect(links(page)).toHaveCount(2)
  await portOf(nodeNamed(page, 'Resize image').first(), 'output', 'Image').click({ modifiers: ['Control', 'Alt'] })
  await expect(links(page)).toHaveCount(0)
  await page.keyboard.press('Control+z')
  await expect(links(page)).toHaveCount(2)
})

test('M11, M12: reroutes and nodes go into links, and come out with the neighbours joined', async ({ page }) => {
  await opened(page, CHAIN.nodes, CHAIN.layout)
  const link = linkTo(page, 'picture.image → small.image')
  const at = await onLink(page, 'picture.image → small.image')
  await page.mouse.dblclick(at.x, at.y)
  const dot = page.locator('.reroute')
  await expect(dot).toBeVisible()
  await expect(linkTo(page, 'picture.image → reroute.in')).toHaveCount(1)
  await expect(linkTo(page, 'reroute.out → small.image')).toHaveCount(1)
  const place = await middle(dot)
  expect(Math.hypot(place.x - at.x, place.y - at.y)).toBeLessThan(4)
  expect(await dot.evaluate((element) => element.style.getPropertyValue('--port'))).toBe('#2f86d6')
  await dot.click()
  await page.keyboard.press('Delete')
  await expect(links(page)).toHaveCount(2)
  await page.keyboard.press('Control+z')
  await dot.click()
  await page.keyboard.press('Control+Backspace')
  await expect(link).toHaveCount(1)
  await expect(dot).toHaveCount(0)

  const loose = nodeNamed(page, 'Resize image').last()
  const over = await onLink(page, 'small.image → still.image')
  const grip = await middle(headOf(loose))
  await page.mouse.move(grip.x, grip.y)
  await page.mouse.down()
  await page.mouse.move(grip.x + 50, grip.y - 50, { steps: 4 })
  await page.mouse.move(over.x, over.y, { steps: 6 })
  await expect(linkTo(page, 'small.image → still.image')).toHaveAttribute('data-drop', '')
  await page.mouse.up()
  await expect(linkTo(page, 'small.image → loose.image')).toHaveCount(1)
  await expect(linkTo(page, 'loose.image → still.image')).toHaveCount(1)
  await page.keyboard.press('Control+z')
  await expect(linkTo(page, 'small.image → still.image')).toHaveCount(1)
  await expect(linkTo(page, 'small.image → loose.image')).toHaveCount(0)
  expect((await saved(page)).layout.nodes.loose).toEqual([0, 420])
})

test('M13: Alt+drag makes a copy with its values, Shift keeps what feeds it; one undo step', async ({ page }) => {
  await opened(page, CHAIN.nodes, CHAIN.layout)
  const count = await page.locator('.node').count()
  await dragBy(page, headOf(nodeNamed(page, 'Resize image').last()), 420, 120, ['Alt'])
  await expect(page.locator('.node')).toHaveCount(count + 1)
  await expect.poll(async () => (await saved(page)).layout.nodes['resize']?.[1] ?? 0).toBeGreaterThan(430)
  const file = await saved(page)
  expect(file.nodes['resize'].params).toEqual({ width: 320 })
  expect(file.layout.nodes.loose).toEqual([0, 420])
  await page.keyboard.press('Control+z')
  await expect(page.locator('.node')).toHaveCount(count)

  await dragBy(page, headOf(nodeNamed(page, 'Preview image')), 0, 160, ['Alt', 'Shift'])
  await expect(linkTo(page, 'small.image → preview.image')).toHaveCount(1)
  await page.keyboard.press('Control+z')
  await expect(page.locator('.node')).toHaveCount(count)
})

test('M14: nodes move in line with others or on the grid, and the canvas pans at its edge', async ({ page }) => {
  await opened(
    page,
    { a: { type: 'value.number' }, b: { type: 'value.boolean' } },
    { nodes: { a: [0, 0], b: [403, 303] } },
  )
  const [a, b] = [nodeNamed(page, 'Number'), nodeNamed(page, 'Yes or no')]
  const from = (await b.boundingBox())!
  const to = (await a.boundingBox())!
  const grip = await middle(headOf(b))
  await page.mouse.move(grip.x, grip.y)
  await page.mouse.down()
  await page.mouse.move(grip.x - 2, grip.y)
  await page.mouse.move(grip.x + (to.x - from.x) + 1, grip.y + 40, { steps: 5 })
  await expect(page.locator('.guide[data-axis=x]')).toHaveCount(1)
  await page.mouse.up()
  await expect(page.locator('.guide')).toHaveCount(0)
  expect((await saved(page)).layout.nodes.b[0]).toBe(0)

  await page.keyboard.press('Alt+g')
  await dragBy(page, headOf(b), 203, 61)
  const [x, y] = (await saved(page)).layout.nodes.b
  expect([x % 8, y % 8]).toEqual([0, 0])

  const before = await viewport(page)
  const start = await middle(headOf(b))
  await page.mouse.move(start.x, start.y)
  await page.mouse.down()
  await page.mouse.move(start.x + 40, start.y, { steps: 3 })
  await page.mouse.move(1436, start.y, { steps: 6 })
  await expect.poll(() => viewport(page)).not.toBe(before)
  await page.mouse.up()
})

test('M15: click, Shift, Ctrl, Ctrl+A, Esc and boxes select', async ({ page }) => {
  await opened(
    page,
    { a: { type: 'value.number' }, b: { type: 'value.boolean' }, c: { type: 'value.text' } },
    { nodes: { a: [0, 0], b: [340, 0], c: [680, 0] } },
  )
  const heads = ['Number', 'Yes or no', 'Text'].map((name) => headOf(nodeNamed(page, name)))
  const [a, b, c] = heads as [Locator, Locator, Locator]
  const chosen = () => page.locator('.node[data-selected=true]').evaluateAll((all) => all.map((node) => node.ariaLabel))
  await a.click()
  await expect.poll(chosen).toEqual(['Number'])
  await b.click({ modifiers: ['Shift'] })
  await expect.poll(chosen).toEqual(['Number', 'Yes or no'])
  await b.click({ modifiers: ['Shift'] })
  await expect.poll(chosen).toEqual(['Number', 'Yes or no'])
  await b.click({ modifiers: ['Control'] })
  await expect.poll(chosen).toEqual(['Number'])
  await c.click({ modifiers: ['Control'] })
  await expect.poll(chosen).toEqual(['Number', 'Text'])
  await page.keyboard.press('Control+a')
  await expect.poll(chosen).toHaveLength(3)
  await page.keyboard.press('Escape')
  await expect.poll(chosen).toEqual([])

  const first = (await nodeNamed(page, 'Number').boundingBox())!
  const second = (await nodeNamed(page, 'Yes or no').boundingBox())!
  const box = async (keys: string[]) => {
    for (const key of keys) await page.keyboard.down(key)
    await page.mouse.move(first.x - 20, first.y - 20)
    await page.mouse.down()
    // Touches the second, encloses the first.
    await page.mouse.move(second.x + 60, first.y + first.height + 40, { steps: 6 })
    await page.mouse.up()
    for (const key of keys) await page.keyboard.up(key)
  }
  await box(['Shift'])
  await expect.poll(chosen).toEqual(['Number', 'Yes or no'])
  await page.keyboard.press('Escape')
  await box(['Shift', 'Alt'])
  await expect.poll(chosen).toEqual(['Number'])
  await page.keyboard.press('Escape')
})

test('§1: the two presets pan, zoom and select, and Space or the middle button pans in both', async ({ page }) => {
  await opened(page, { a: { type: 'value.number' } }, { nodes: { a: [0, 0] } })
  const pane = { x: 1000, y: 700 }
  const drawn = () =>
    page.waitForFunction(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  const sweep = async (button: 'left' | 'middle', { boxes = false } = {}) => {
    await page.mouse.move(pane.x, pane.y)
    await page.mouse.down({ button })
    await page.mouse.move(pane.x - 80, pane.y - 40, { steps: 4 })
    await drawn()
    // A box that is wanted may take a frame more; one that is not must not be there after two.
    if (boxes) await expect(page.locator('.react-flow__selection')).toBeVisible()
    else expect(await page.locator('.react-flow__selection').isVisible()).toBe(false)
    await page.mouse.up({ button })
  }
  const moved = async (act: () => Promise<void>) => {
    const before = await viewport(page)
    await act()
    return (await viewport(page)) !== before
  }
  const scale = async () => Number(/scale\(([\d.]+)\)/.exec((await viewport(page)) ?? '')?.[1])
  const wheel = async () => {
    await page.mouse.move(pane.x, pane.y)
    await page.mouse.wheel(0, 120)
  }
  const spaced = async () => {
    await page.keyboard.down('Space')
    await sweep('left')
    await page.keyboard.up('Space')
  }

  expect(await moved(() => sweep('left'))).toBe(true)
  const before = await scale()
  await wheel()
  await expect.poll(scale).toBeLessThan(before)
  expect(await moved(() => sweep('middle'))).toBe(true)
  expect(await moved(spaced)).toBe(true)

  // Behind a drag that panned, the canvas takes no click until the page's timers have run.
  await page.evaluate(() => new Promise((done) => setTimeout(done)))
  const bar = page.locator('.zoom-bar')
  await bar.getByRole('button', { name: /trackpad/i }).click()
  await expect(bar.getByRole('button', { name: /mouse/i })).toBeVisible()
  await expect(page.locator('.react-flow__pane')).toHaveClass(/selection/)
  expect(await moved(() => sweep('left', { boxes: true }))).toBe(false)
  const now = await scale()
  expect(
    await moved(async () => {
      await wheel()
      await expect.poll(() => viewport(page)).not.toBe('')
      await drawn()
    }),
  ).toBe(true)
  expect(await scale()).toBe(now)
  expect(await moved(() => sweep('middle'))).toBe(true)
  expect(await moved(spaced)).toBe(true)
})

test('C4: links are curved, straight or right-angled, all or few are shown, and one becomes a name tag', async ({
  page,
}) => {
  await opened(page, CHAIN.nodes, CHAIN.layout)
  const line = linkTo(page, 'small.image → show.image').locator('.link-line')
  const shape = () => line.getAttribute('d')
  expect(await shape()).toContain('C')
  await page.getByRole('button', { name: 'Links and grid' }).click()
  await page.getByRole('radio', { name: 'Straight' }).click()
  await expect.poll(shape).toMatch(/^M[^CQ]*L[^CQ]*$/)
  await page.getByRole('radio', { name: 'Right-angled' }).click()
  await expect.poll(shape).toMatch(/Q|L.*L/)
  await page.getByRole('radio', { name: 'None' }).click()
  await expect(page.locator('.link-line')).toHaveCount(0)
  await page.getByRole('radio', { name: 'At selection' }).click()
  await page.keyboard.press('Escape')
  await headOf(nodeNamed(page, 'Preview image')).click()
  await page.mouse.move(1400, 840)
  await expect(page.locator('.link-line')).toHaveCount(1)
  await headOf(nodeNamed(page, 'LoadImage')).hover()
  await expect(page.locator('.link-line')).toHaveCount(2)
  await page.getByRole('button', { name: 'Links and grid' }).click()
  await page.getByRole('radio', { name: 'All' }).click()
  await page.getByRole('radio', { name: 'Curved' }).click()
  await page.keyboard.press('Escape')

  await clickLink(page, 'small.image → show.image')
  await page.keyboard.press('Alt+t')
  await page.locator('.react-flow__pane').click({ position: { x: 20, y: 20 } })
  const tags = page.locator('.link-tag span')
  await expect(tags).toHaveText(['Resize image · Image', 'Resize image · Image'])
  await expect(line).toHaveCount(0)
  await tags.first().hover()
  await expect(line).toHaveCount(1)
  expect((await saved(page)).layout.links).toEqual({ 'small.image>show.image': { tag: true } })
})

test('T1, T2, T4: ports show type, need and list, and their tip says what they are and where from', async ({
  page,
}) => {
  await opened(
    page,
    {
      ...CHAIN.nodes,
      number: { type: 'value.number', params: { value: 7 } },
      pulse: { type: 'frames.pulse' },
      words: { type: 'text.list' },
    },
    { nodes: { ...CHAIN.layout.nodes, number: [360, 420], pulse: [1160, 0], words: [760, 560] } },
  )
  const pulse = nodeNamed(page, 'Pulse picture')
  const image = pulse.locator('.port', { hasText: 'Picture' })
  await expect(image).toHaveAttribute('data-missing', 'true')
  await expect(image.locator('.port-tag')).toHaveText('IM')
  const optional = pulse.locator('.port[data-side=input]', { hasText: 'Audio' })
  await expect(optional).toHaveAttribute('data-missing', 'false')
  await expect(optional.locator('.port-mark')).toHaveAttribute('data-optional', 'true')
  await expect(nodeNamed(page, 'Prompt list').locator('.port-mark-list')).toHaveCount(1)
  // Filled is required, a ring is optional: the same shape on another ground.
  const fill = (port: Locator) => port.locator('.port-mark-shape').evaluate((path) => getComputedStyle(path).fill)
  expect(await fill(image)).toBe('rgb(47, 134, 214)')
  expect(await fill(optional)).not.toBe('rgb(31, 157, 99)')

  const tip = page.getByRole('tooltip')
  await image.locator('.port-handle').hover()
  await expect(tip).toContainText('IMAGE, required')
  await expect(tip).toContainText('Needs a link.')
  await portOf(nodeNamed(page, 'Preview image'), 'input', 'Image').hover()
  await expect(tip).toContainText('from Resize image · Image')
  await expect(async () => {
    await page.mouse.move(5, 300)
    await portOf(nodeNamed(page, 'Number'), 'output', 'Number').hover()
    await expect(tip).toContainText('now 7', { timeout: 1500 })
  }).toPass()
})

test('check 2: a graph is built and run by mouse with M4–M7 alone, no menu opened', async ({ page }) => {
  test.setTimeout(120_000)
  await emptyCanvas(page)
  const menus = page.locator('[role=menu]')
  await page.locator('.react-flow__pane').dblclick({ position: { x: 90, y: 60 } })
  await search(page).fill('Solid colour')
  await page.keyboard.press('Enter')
  const grow = async (from: Locator, x: number, y: number, query: string) => {
    await pull(page, from, { x, y })
    await page.mouse.up()
    await search(page).fill(query)
    await page.getByRole('option', { name: query, exact: false }).first().click()
  }
  await grow(portOf(nodeNamed(page, 'Solid colour'), 'output', 'Image'), 520, 200, 'Hold picture')
  await grow(portOf(nodeNamed(page, 'Hold picture'), 'output', 'Frames'), 960, 140, 'SaveMP4')
  await grow(portOf(nodeNamed(page, 'Solid colour'), 'output', 'Image'), 520, 620, 'Preview image')
  await expect(links(page)).toHaveCount(3)
  // M5 replaces, M6 links on the body.
  await drag(page, portOf(nodeNamed(page, 'Preview image'), 'input', 'Image'), headOf(nodeNamed(page, 'Preview image')))
  await expect(links(page)).toHaveCount(3)
  await page.locator('.toolbar').getByRole('button', { name: /^Run/ }).first().click()
  await expect(nodeNamed(page, 'SaveMP4')).toHaveAttribute('data-state', /done|cached/, { timeout: 90_000 })
  await expect(menus).toHaveCount(0)
})
