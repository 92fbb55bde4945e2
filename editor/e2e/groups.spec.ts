import { drag, openFile, openGraph, portOf, savedText } from './helpers.ts'
import { expect, type Locator, type Page, test } from './test.ts'

/** A picture, resized, shown twice. */
const CHAIN = {
  beatloom: 1,
  title: 'Chain',
  nodes: {
    picture: { type: 'image.load', params: { file: 'samples/cover.jpg' } },
    resize: { type: 'image.resize', links: { image: { node: 'picture', port: 'image' } } },
    show: { type: 'image.preview', title: 'First', links: { image: { node: 'resize', port: 'image' } } },
    again: { type: 'image.preview', title: 'Second', links: { image: { node: 'resize', port: 'image' } } },
  },
  layout: { nodes: { picture: [0, 0], resize: [400, 0], show: [800, 0], again: [800, 400] }, groups: [] as object[] },
}

const frameNamed = (page: Page, title: string): Locator => page.locator('.frame', { hasText: title })
const boxNamed = (page: Page, title: string): Locator => page.locator('.box', { hasText: title })
const item = (page: Page, id: string): Locator => page.locator(`.react-flow__node[data-id="${id}"]`)
const edges = (page: Page): Locator => page.locator('.react-flow__edge')
const savedFile = async (page: Page) => JSON.parse(await savedText(page))
/** What is saved, less the list of what it needs, which is written anew whenever the file changed. */
async function graphText(page: Page): Promise<string> {
  const { needs: _, ...graph } = await savedFile(page)
  return JSON.stringify(graph)
}
const layoutOf = async (page: Page) => (await savedFile(page)).layout
const toastOf = (page: Page): Locator => page.locator('.toast')

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}

async function openChain(page: Page, change: object = {}): Promise<void> {
  await openFile(page, 'chain.json', JSON.stringify({ ...CHAIN, ...change }))
  await expect(page.getByLabel('Title of the workflow')).toHaveValue('Chain')
  await expect(page.locator('.react-flow__node').first()).toBeVisible()
}

const withGroups = (...groups: object[]) => ({ layout: { ...CHAIN.layout, groups } })

/** Clicks nodes by their titles, the later ones with Ctrl held. */
async function select(page: Page, ...ids: string[]): Promise<void> {
  for (const [index, id] of ids.entries()) {
    await item(page, id)
      .locator('.node-title, .frame-title')
      .click({ modifiers: index > 0 ? ['Control'] : [] })
  }
}

async function dragBy(page: Page, handle: Locator, x: number, y: number): Promise<void> {
  const box = await handle.boundingBox()
  const from = { x: box!.x + Math.min(40, box!.width / 2), y: box!.y + box!.height / 2 }
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(from.x + x / 2, from.y + y / 2, { steps: 4 })
  await page.mouse.move(from.x + x, from.y + y, { steps: 4 })
  await page.mouse.up()
}

test.beforeEach(async ({ page }) => openGraph(page))

test('K7, M14: groups are framed, moved by their head, collapsed to a box with outer ports, and taken apart', async ({
  page,
}) => {
  await openChain(page)
  await select(page, 'resize', 'show')
  await press(page, 'Control+g')
  const frame = frameNamed(page, 'Group')
  await expect(frame).toHaveAttribute('data-selected', 'true')
  const before = await layoutOf(page)
  expect(before.groups).toMatchObject([{ id: 'group', kind: 'frame', nodes: ['resize', 'show'] }])

  await dragBy(page, frame.locator('.frame-title'), 100, 140)
  const after = await layoutOf(page)
  const moved = (id: string) => [after.nodes[id][0] - before.nodes[id][0], after.nodes[id][1] - before.nodes[id][1]]
  expect(moved('resize')).toEqual(moved('show'))
  expect(moved('resize')[1]).toBeGreaterThan(50)
  expect(moved('picture')).toEqual([0, 0])
  await press(page, 'Control+z')
  expect(await layoutOf(page)).toEqual(before)

  await frame.locator('.frame-title').click({ button: 'right' })
  await page.getByRole('menuitemradio', { name: 'Teal' }).click()
  await expect(frame).toHaveAttribute('data-colour', 'teal')
  await frame.locator('.frame-title').click()
  await press(page, 'Alt+c')
  const box = boxNamed(page, 'Group')
  await expect(box).toContainText('2 nodes')
  await expect(item(page, 'resize')).toHaveCount(0)
  await expect(edges(page)).toHaveCount(2)
  await expect(box.locator('.port')).toHaveCount(2)
  await box.getByRole('button', { name: 'All ports' }).click()
  await expect(box.locator('.port[data-side=input]')).not.toHaveCount(1)
  await box.getByRole('button', { name: 'Linked ports' }).click()

  await box.getByRole('button', { name: 'Expand' }).click()
  await expect(item(page, 'resize')).toBeVisible()
  expect((await layoutOf(page)).nodes).toEqual(before.nodes)

  await item(page, 'show').locator('.node-title').click()
  await press(page, 'Control+Shift+g')
  await expect(frame).toHaveCount(0)
  expect((await layoutOf(page)).groups).toEqual([])
})

test('K7: a node let go over a frame joins it; copies take frames along; the last node takes its frame away', async ({
  page,
}) => {
  await openChain(page, withGroups({ id: 'g', title: 'Looks', nodes: ['resize', 'show'] }))
  await expect(frameNamed(page, 'Looks')).toBeVisible()
  const target = await item(page, 'show').boundingBox()
  const from = await item(page, 'again').locator('.node-title').boundingBox()
  await page.mouse.move(from!.x + 20, from!.y + 8)
  await page.mouse.down()
  await page.mouse.move(target!.x + 25, target!.y + 60, { steps: 8 })
  await expect(frameNamed(page, 'Looks')).toHaveAttribute('data-receiving', 'true')
  await page.mouse.up()
  expect((await layoutOf(page)).groups[0].nodes).toEqual(['resize', 'show', 'again'])
  await press(page, 'Control+z')
  expect((await layoutOf(page)).groups[0].nodes).toEqual(['resize', 'show'])

  await frameNamed(page, 'Looks').locator('.frame-title').click()
  await press(page, 'Control+d')
  await expect(page.locator('.frame')).toHaveCount(2)
  expect((await layoutOf(page)).groups[1]).toMatchObject({ title: 'Looks', nodes: ['resize-2', 'preview'] })
  await press(page, 'Delete')
  await expect(page.locator('.frame')).toHaveCount(1)
  await select(page, 'resize')
  await press(page, 'Alt+Shift+G')
  expect((await layoutOf(page)).groups[0].nodes).toEqual(['show'])
  await select(page, 'show')
  await press(page, 'Delete')
  await expect(page.locator('.frame')).toHaveCount(0)
})

test('M6: a cable let go on a box’s body goes to the nodes inside: the one fitting input, else a list, else the reason', async ({
  page,
}) => {
  await openChain(page, {
    nodes: {
      picture: CHAIN.nodes.picture,
      other: { type: 'image.load' },
      resize: { type: 'image.resize' },
      show: { type: 'image.preview', title: 'First' },
      again: { type: 'image.preview', title: 'Second' },
      song: { type: 'audio.load' },
    },
    layout: {
      nodes: { ...CHAIN.layout.nodes, other: [0, 600], song: [0, 1000] },
      groups: [
        { id: 'one', kind: 'subgraph', title: 'One', nodes: ['resize'], at: [500, 0] },
        { id: 'two', kind: 'subgraph', title: 'Two', nodes: ['show', 'again'], at: [500, 400] },
      ],
    },
  })
  const image = portOf(item(page, 'picture'), 'output', 'Image')
  const links = async (node: string) => (await savedFile(page)).nodes[node].links
  await drag(page, image, boxNamed(page, 'One').locator('.node-title'))
  await expect(edges(page)).toHaveCount(1)
  expect(await links('resize')).toEqual({ image: { node: 'picture', port: 'image' } })

  await drag(page, image, boxNamed(page, 'Two').locator('.node-title'))
  const menu = page.getByRole('menu', { name: 'Which port?' })
  await expect(menu.getByRole('menuitem')).toHaveText([/First/, /Second/])
  await menu.getByRole('menuitem', { name: /Second/ }).click()
  expect(await links('again')).toEqual({ image: { node: 'picture', port: 'image' } })
  expect(await links('show')).toBeUndefined()

  // The one input is taken: as on a node, another cable takes its place.
  await drag(page, portOf(item(page, 'other'), 'output', 'Image'), boxNamed(page, 'One').locator('.node-title'))
  expect(await links('resize')).toEqual({ image: { node: 'other', port: 'image' } })
  await drag(page, portOf(item(page, 'song'), 'output', 'Audio'), boxNamed(page, 'One').locator('.node-title'))
  await expect(page.getByRole('alert')).toContainText('This input takes IMAGE, and the cable carries AUDIO.')
})

test('M13: Alt+drag copies a frame with its members and a box with its content, places and links inside; one undo step', async ({
  page,
}) => {
  await openChain(
    page,
    withGroups(
      { id: 'looks', title: 'Looks', nodes: ['show', 'again'] },
      { id: 'sub', kind: 'subgraph', title: 'Sub', nodes: ['picture', 'resize'], at: [200, 40] },
    ),
  )
  const before = await layoutOf(page)
  await page.keyboard.down('Alt')
  await dragBy(page, frameNamed(page, 'Looks').locator('.frame-title'), 40, 200)
  await page.keyboard.up('Alt')
  await expect(page.locator('.frame')).toHaveCount(2)
  const { layout, nodes } = await savedFile(page)
  expect(layout.groups[2]).toMatchObject({ title: 'Looks', nodes: ['preview', 'preview-2'] })
  // The originals stay, and the copies stand as these do.
  expect(layout.nodes).toMatchObject(before.nodes)
  const [a, b] = [layout.nodes.preview, layout.nodes['preview-2']]
  expect([b[0] - a[0], b[1] - a[1]]).toEqual([0, 400])
  expect(a[1]).toBeGreaterThan(before.nodes.show[1] + 100)
  expect(nodes.preview).toEqual({ ...CHAIN.nodes.show, version: nodes.show.version, links: undefined })
  await press(page, 'Control+z')
  await expect(page.locator('.frame')).toHaveCount(1)
  expect(await layoutOf(page)).toEqual(before)

  await page.keyboard.down('Alt')
  await dragBy(page, boxNamed(page, 'Sub').locator('.node-title'), 20, 240)
  await page.keyboard.up('Alt')
  await expect(page.locator('.box')).toHaveCount(2)
  const copied = await savedFile(page)
  expect(copied.layout.groups[2]).toMatchObject({ kind: 'subgraph', title: 'Sub', nodes: ['load', 'resize-2'] })
  expect(copied.layout.groups[2].at[1]).toBeGreaterThan(140)
  expect(copied.layout.groups[1].at).toEqual([200, 40])
  expect(copied.nodes['resize-2'].links).toEqual({ image: { node: 'load', port: 'image' } })
  await press(page, 'Control+z')
  await expect(page.locator('.box')).toHaveCount(1)
  expect(await layoutOf(page)).toEqual(before)
})

test('K8: sub-graphs are made, entered, left and nested; links reach through their border', async ({ page }) => {
  await openChain(page)
  await select(page, 'resize', 'show')
  await press(page, 'Control+e')
  const box = boxNamed(page, 'Sub-graph')
  await expect(box).toBeVisible()
  await expect(edges(page)).toHaveCount(2)
  await box.locator('.box-foot').dblclick({ position: { x: 20, y: 10 } })
  const path = page.getByRole('navigation', { name: 'Where you are in the graph' })
  await expect(path).toContainText('Chain')
  await expect(path).toContainText('Sub-graph')
  await expect(item(page, 'resize')).toBeVisible()
  await expect(item(page, 'picture')).toHaveCount(0)
  await expect(page.locator('.stub')).toHaveCount(2)
  await expect(edges(page)).toHaveCount(3)

  // What is added inside is a member.
  await press(page, 'Shift+A')
  await page.getByPlaceholder('Search nodes').fill('Preview image')
  await press(page, 'Enter')
  expect((await layoutOf(page)).groups[0].nodes).toEqual(['resize', 'show', 'preview'])
  await press(page, 'Control+z')

  await select(page, 'show')
  await press(page, 'Control+e')
  const inner = boxNamed(page, 'Sub-graph')
  await expect(inner).toContainText('1 node')
  await press(page, 'Alt+Enter')
  await expect(path.locator('[aria-current]')).toHaveText('Sub-graph')
  await expect(path.getByRole('button')).toHaveCount(2)
  await expect(item(page, 'show')).toBeVisible()
  await press(page, 'Escape')
  await expect(inner).toHaveAttribute('data-selected', 'true')
  await press(page, 'Escape', 'Escape')
  await expect(path).toHaveCount(0)
  expect((await layoutOf(page)).groups).toMatchObject([
    { id: 'subgraph', nodes: ['resize'] },
    { id: 'subgraph-2', nodes: ['show'], parent: 'subgraph' },
  ])

  // A stub leads to the node outside, and a cable pulled to a box ends at the node inside.
  await box.getByRole('button', { name: 'Open the sub-graph' }).click()
  await page.locator('.stub-name', { hasText: 'LoadImage' }).click()
  await expect(item(page, 'picture').locator('.node')).toHaveAttribute('data-selected', 'true')
  const input = box.locator('.port[data-side=input] .port-handle')
  await press(page, 'Escape', '.')
  await select(page, 'again')
  await press(page, 'Control+z', 'Control+z', 'Control+z')
  await expect(box).toHaveCount(0)
  await press(page, 'Control+y')
  await expect(box).toBeVisible()
  await portOf(item(page, 'picture'), 'output', 'Image').click({ modifiers: ['Control', 'Alt'] })
  await expect(input).toHaveCount(0)
  await box.getByRole('button', { name: 'All ports' }).click()
  await drag(page, portOf(item(page, 'picture'), 'output', 'Image'), box.locator('.port-handle').first())
  expect((await savedFile(page)).nodes.resize.links).toEqual({ image: { node: 'picture', port: 'image' } })
})

test('K8, E2: a problem inside a sub-graph is counted on its box, and going to it enters the sub-graph', async ({
  page,
}) => {
  const { resize, ...others } = CHAIN.nodes
  await openChain(page, {
    nodes: { ...others, resize: { type: 'image.resize' }, show: { ...CHAIN.nodes.show } },
    ...withGroups(
      { id: 'out', title: 'Outer', kind: 'subgraph', nodes: ['show'], at: [400, 0] },
      { id: 'in', title: 'Inner', kind: 'subgraph', nodes: ['resize'], parent: 'out', at: [400, 0] },
    ),
  })
  const box = boxNamed(page, 'Outer')
  await expect(box).toHaveAttribute('data-problem', 'true')
  await expect(box).toContainText('1 problem inside')
  await page.getByRole('button', { name: /^Fix 1 problem/ }).click()
  await page.locator('.problem-list .menu-item').first().click()
  await expect(page.locator('.breadcrumb')).toContainText('Outer')
  await expect(page.locator('.breadcrumb [aria-current]')).toHaveText('Inner')
  await expect(item(page, 'resize').locator('.node')).toHaveAttribute('data-selected', 'true')
  const where = await item(page, 'resize').boundingBox()
  expect(where!.x).toBeGreaterThan(100)
  expect(where!.x + where!.width).toBeLessThan(1400)
})

test('K9, C2: mute skips what needs the node; bypass passes through, is refused with the reason, and says so', async ({
  page,
}) => {
  await openChain(page)
  await select(page, 'resize')
  await press(page, 'Control+m')
  const resize = item(page, 'resize').locator('.node')
  await expect(resize).toContainText('Muted')
  await expect(resize).toHaveCSS('border-top-style', 'dashed')
  await expect(item(page, 'show')).toContainText('Skipped in a run: it needs “Resize image”, which is muted')
  await expect(item(page, 'picture')).not.toContainText('Skipped')
  await press(page, 'Control+m', 'Control+b')
  await expect(resize).toContainText('Bypassed')
  await expect(resize).toContainText('Image passes through as Image')
  await expect(resize).toHaveCSS('background-image', /repeating-linear-gradient/)
  await expect(item(page, 'show')).not.toContainText('Skipped')
  expect((await savedFile(page)).nodes.resize.mode).toBe('bypass')

  await select(page, 'picture')
  await press(page, 'Control+b')
  await expect(toastOf(page)).toContainText('“LoadImage” cannot be bypassed: its type names no input')
  expect((await savedFile(page)).nodes.picture.mode).toBeUndefined()
})

test('K10: nodes collapse to title and ports, are pinned, and have their values locked', async ({ page }) => {
  await openChain(page)
  await select(page, 'resize')
  await press(page, 'Alt+c')
  const resize = item(page, 'resize')
  await expect(resize.locator('.params')).toBeHidden()
  await expect(resize.locator('.port')).toHaveCount(2)
  await expect(edges(page)).toHaveCount(3)
  await resize.getByRole('button', { name: 'Expand the node' }).click()
  await expect(resize.locator('.params')).toBeVisible()

  await select(page, 'resize')
  await press(page, 'p', 'l')
  await expect(resize.getByRole('img', { name: 'Pinned: it cannot be moved' })).toBeVisible()
  await expect(resize.getByRole('img', { name: 'Values locked' })).toBeVisible()
  await expect(resize.getByLabel('Width', { exact: true })).toBeDisabled()
  const before = (await layoutOf(page)).nodes
  await dragBy(page, resize.locator('.node-title'), 60, 90)
  await select(page, 'resize', 'show')
  await press(page, 'ArrowDown', 'Alt+Shift+ArrowUp')
  const after = (await layoutOf(page)).nodes
  expect(after.resize).toEqual(before.resize)
  expect(after.show).toEqual([before.show[0], before.show[1] + 8])
  expect((await layoutOf(page)).marks).toEqual({ resize: { locked: true, pinned: true } })
  await select(page, 'resize')
  await press(page, 'p', 'l')
  expect((await layoutOf(page)).marks).toBeUndefined()
})

test('K11, K13: arrows move by 8 and 64 px; edges align, gaps even out, and tidying sorts along the links', async ({
  page,
}) => {
  const nodes = { picture: [0, 90], resize: [520, 30], show: [800, 0], again: [1500, 50] }
  await openChain(page, { layout: { nodes, groups: [{ id: 'g', nodes: ['show', 'again'] }] } })
  await select(page, 'picture')
  await press(page, 'ArrowRight', 'Shift+ArrowDown')
  expect((await layoutOf(page)).nodes.picture).toEqual([8, 154])
  await press(page, 'Control+z')
  await frameNamed(page, 'Group').locator('.frame-title').click()
  await press(page, 'Shift+ArrowLeft')
  expect((await layoutOf(page)).nodes).toMatchObject({ show: [736, 0], again: [1436, 50] })
  await press(page, 'Control+z')

  await select(page, 'picture', 'resize', 'show')
  await press(page, 'Alt+Shift+ArrowUp')
  expect((await layoutOf(page)).nodes).toMatchObject({ picture: [0, 0], resize: [520, 0], show: [800, 0] })
  await press(page, 'Alt+Shift+D')
  // 1080 px from end to end, three nodes of 280: two gaps of 120.
  expect((await layoutOf(page)).nodes).toMatchObject({ picture: [0, 0], resize: [400, 0], show: [800, 0] })

  await press(page, 'Escape', 'Alt+Shift+L')
  const tidied = (await layoutOf(page)).nodes
  expect(tidied.picture[0] + 280).toBeLessThan(tidied.resize[0])
  expect(tidied.resize[0] + 280).toBeLessThan(tidied.show[0])
  expect(tidied.show[0]).toBe(tidied.again[0])
  expect(Math.abs(tidied.show[1] - tidied.again[1])).toBeGreaterThan(80)
  await press(page, 'Control+z')
  expect((await layoutOf(page)).nodes).toMatchObject({ picture: [0, 0], resize: [400, 0], show: [800, 0] })
})

test('M16: nodes, groups and port labels are renamed by F2 or double-click; empty text restores the default', async ({
  page,
}) => {
  await openChain(
    page,
    withGroups({ id: 'g', nodes: ['show'] }, { id: 's', kind: 'subgraph', nodes: ['again'], at: [800, 400] }),
  )
  const rename = async (field: string, text: string) => {
    await page.getByLabel(field).fill(text)
    await press(page, 'Enter')
  }
  await select(page, 'resize')
  await press(page, 'F2')
  await rename('Name of the node', 'Small')
  await expect(item(page, 'resize').locator('.node-title')).toHaveText('Small')
  await item(page, 'resize').locator('.node-title').dblclick()
  await rename('Name of the node', '')
  await expect(item(page, 'resize').locator('.node-title')).toHaveText('Resize image')

  await frameNamed(page, 'Group').locator('.frame-title').dblclick()
  await rename('Name of the group', 'Views')
  await expect(frameNamed(page, 'Views')).toBeVisible()
  await select(page, 'group:s')
  await press(page, 'F2')
  await rename('Name of the group', 'Rest')
  await expect(boxNamed(page, 'Rest')).toBeVisible()
  await boxNamed(page, 'Rest').locator('.node-title').dblclick()
  await rename('Name of the group', '')
  await expect(boxNamed(page, 'Sub-graph')).toBeVisible()

  const port = item(page, 'resize').locator('.port[data-side=input]')
  await port.locator('.port-name').dblclick()
  await rename('Name of the port', 'Original')
  await expect(port).toContainText('Original')
  expect((await layoutOf(page)).marks).toEqual({ resize: { labels: { 'input.image': 'Original' } } })
  await port.locator('.port-name').dblclick()
  await rename('Name of the port', '')
  await expect(port).toContainText('Image')
  expect((await layoutOf(page)).marks).toBeUndefined()
})

test('K11: a file without places is laid out along its links', async ({ page }) => {
  await openChain(page, { layout: undefined })
  const [picture, resize, show, again] = await Promise.all(
    ['picture', 'resize', 'show', 'again'].map(async (id) => (await item(page, id).boundingBox())!),
  )
  expect(picture!.x + picture!.width).toBeLessThan(resize!.x)
  expect(resize!.x + resize!.width).toBeLessThan(show!.x)
  expect(show!.x).toBeCloseTo(again!.x, 0)
  expect(Math.abs(show!.y - again!.y)).toBeGreaterThan(show!.height)
  // Opening is no edit: the file is saved as it came.
  expect((await savedFile(page)).layout.nodes).toEqual({})
})

test('C3, check 5: sixty random gestures by mouse and keys, undone, give the start; redone, the end', async ({
  page,
}) => {
  test.setTimeout(240_000)
  const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31))
  console.info(`random gestures in the browser, seed ${seed}`)
  const dice = random(seed)
  await openChain(page, {
    nodes: {
      ...CHAIN.nodes,
      resize: { ...CHAIN.nodes.resize, mode: 'bypass' },
      way: { type: 'graph.reroute', links: { in: { node: 'picture', port: 'image' } } },
      last: { type: 'image.resize', links: { image: { node: 'way', port: 'out' } } },
    },
    layout: {
      nodes: { ...CHAIN.layout.nodes, way: [340, 400], last: [400, 500] },
      groups: [
        { id: 'frame', title: 'Frame', nodes: ['resize', 'show'] },
        { id: 'sub', title: 'Sub', kind: 'subgraph', nodes: ['last', 'way'], at: [400, 500] },
      ],
    },
  })
  const start = await graphText(page)
  const keys = [
    ...[
      'Control+g',
      'Control+Shift+g',
      'Control+e',
      'Alt+Shift+G',
      'Alt+c',
      'p',
      'l',
      'Control+m',
      'Control+b',
      'Control+d',
    ],
    ...['Alt+Shift+ArrowLeft', 'Alt+Shift+d', 'Alt+Shift+l', 'ArrowDown', 'Shift+ArrowRight', 'Control+z', 'Control+y'],
    ...['Delete', 'Alt+Enter', 'Escape', 'Control+a', 'Control+Backspace'],
  ]
  for (let n = 0; n < 60; n++) {
    const titles = page.locator('.node-title:visible, .frame-title:visible')
    const count = await titles.count()
    if (count === 0) await press(page, 'Control+z')
    else if (dice() < 0.4) {
      const title = titles.nth(Math.floor(dice() * count))
      await title.click({ modifiers: dice() < 0.4 ? ['Control'] : [], timeout: 1500 }).catch(() => {})
    } else if (dice() < 0.2) {
      const title = titles.nth(Math.floor(dice() * count))
      await dragBy(page, title, dice() * 300 - 150, dice() * 300 - 150)
    } else await press(page, keys[Math.floor(dice() * keys.length)]!)
    if (await page.getByRole('textbox').and(page.locator(':focus')).count()) await press(page, 'Escape')
  }
  const redo = page.getByRole('button', { name: 'Redo' })
  const undo = page.getByRole('button', { name: 'Undo' })
  const all = async (button: Locator, key: string) => {
    for (let n = 0; n < 200 && (await button.isEnabled()); n++) await press(page, key)
  }
  await all(redo, 'Control+y')
  const end = await graphText(page)
  await all(undo, 'Control+z')
  expect(await graphText(page)).toBe(start)
  // Undo never moves the view: the gestures may have ended inside a sub-graph.
  await press(page, 'Escape', 'Escape', 'Escape', 'Escape', 'Escape', 'Escape')
  await expect(frameNamed(page, 'Frame')).toBeVisible()
  await expect(boxNamed(page, 'Sub')).toBeVisible()
  await all(redo, 'Control+y')
  expect(await graphText(page)).toBe(end)
})

/** Numbers from 0 to 1 that a seed repeats (mulberry32). */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
