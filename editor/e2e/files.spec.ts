import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  dropFile,
  emptyCanvas,
  GALLERY,
  galleryText,
  nodeNamed,
  openFile,
  openGraph,
  savedText,
  shortPulse,
} from './helpers.ts'
import { expect, type Page, test } from './test.ts'

const folder = mkdtempSync(join(tmpdir(), 'beatloom-files-'))
test.afterAll(() => rmSync(folder, { recursive: true, force: true }))
test.beforeEach(async ({ page }) => openGraph(page))

/** A chain of `count` blends behind two loaders. */
function chain(count: number, title = 'Chain'): string {
  const nodes: Record<string, unknown> = {
    first: { type: 'image.load', title: 'First', params: { file: 'samples/cover.jpg' } },
    second: { type: 'image.load', title: 'Second' },
  }
  const places: Record<string, number[]> = { first: [0, 0], second: [0, 420] }
  for (let i = 0; i < count; i++) {
    const image = { node: i === 0 ? 'first' : `fit-${i - 1}`, port: 'image' }
    nodes[`fit-${i}`] = { type: 'image.resize', title: `Fit ${i}`, params: { width: 64 + i }, links: { image } }
    places[`fit-${i}`] = [360 * (1 + (i % 5)), 400 * Math.floor(i / 5)]
  }
  return JSON.stringify({ beatloom: 1, title, nodes, layout: { nodes: places, groups: [] } })
}

const fits = (page: Page) => page.locator('.node').filter({ has: page.locator('.node-title', { hasText: /^Fit/ }) })
const edges = (page: Page) => page.locator('.react-flow__edge')
const toast = (page: Page, text: string | RegExp) => page.locator('.toast', { hasText: text })
const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText())
const focusCanvas = (page: Page) => page.locator('.react-flow__pane').click({ position: { x: 8, y: 300 } })

/** Pastes as a program that put these things on the clipboard would have it. */
async function pasteEvent(page: Page, text: string, files: { name: string; type: string; base64: string }[] = []) {
  await page.evaluate(
    ({ text, files }) => {
      const data = new DataTransfer()
      if (text) data.setData('text/plain', text)
      for (const { name, type, base64 } of files) {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
        data.items.add(new File([bytes], name, { type }))
      }
      document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
    },
    { text, files },
  )
}

const cover = (): string => readFileSync(join(GALLERY, 'samples/cover.jpg')).toString('base64')

test('C1 K5 check 4: ten linked nodes go from tab to tab, to another window, to a text editor and back', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openFile(page, 'a.json', chain(10))
  await expect(fits(page)).toHaveCount(10)
  await focusCanvas(page)
  await page.keyboard.press('Control+a')
  for (const name of ['First', 'Second']) {
    await page.locator('.node-title', { hasText: name }).click({ modifiers: ['Control'] })
  }
  await page.keyboard.press('Control+c')
  const text = await clipboard(page)
  expect(JSON.parse(text).beatloomClip).toBe(1)
  expect(text.split('\n').length).toBeGreaterThan(50)

  // Tab B has one picture under another name; nine links lie inside the selection, one comes from outside.
  const other = { ...JSON.parse(chain(0, 'B')) }
  delete other.nodes.second
  await openFile(page, 'b.json', JSON.stringify(other))
  await page.keyboard.press('Control+v')
  await expect(fits(page)).toHaveCount(10)
  await expect(edges(page)).toHaveCount(9)
  await page.keyboard.press('Control+z')
  await expect(fits(page)).toHaveCount(0)
  await page.keyboard.press('Control+Shift+v')
  await expect(fits(page)).toHaveCount(10)
  await expect(edges(page)).toHaveCount(10)
  await expect(toast(page, '1 joined, 0 left open')).toBeVisible()

  const window = await context.newPage()
  await openGraph(window)
  await emptyCanvas(window)
  await window.keyboard.press('Control+Shift+v')
  await expect(fits(window)).toHaveCount(10)
  await expect(edges(window)).toHaveCount(9)
  await expect(toast(window, '0 joined, 1 left open')).toBeVisible()

  const editor = await context.newPage()
  await editor.setContent('<textarea rows="20" cols="80"></textarea>')
  await editor.locator('textarea').click()
  await editor.keyboard.press('Control+v')
  expect(await editor.locator('textarea').inputValue()).toBe(text)
  await editor.locator('textarea').fill(`Look at this!\n\n${text}\n\nNice?`)
  await editor.keyboard.press('Control+a')
  await editor.keyboard.press('Control+c')
  await window.bringToFront()
  await window.keyboard.press('Control+v')
  await expect(fits(window)).toHaveCount(20)

  await window.keyboard.press('Control+x')
  await expect(fits(window)).toHaveCount(10)
  expect(Object.keys(JSON.parse(await clipboard(window)).nodes)).toHaveLength(10)
  await window.keyboard.press('Control+a')
  await window.keyboard.press('Control+d')
  await expect(fits(window)).toHaveCount(20)
})

test('C1: a picture on the clipboard becomes a node only where no nodes are, and garbage changes nothing', async ({
  page,
}) => {
  await openFile(page, 'chain.json', chain(1))
  await expect(page.locator('.node')).toHaveCount(3)
  const picture = { name: 'photo.jpg', type: 'image/jpeg', base64: cover() }
  const clip = {
    beatloomClip: 1,
    nodes: { tone: { type: 'image.resize', title: 'Fit more' } },
    layout: {},
    outside: {},
  }
  await pasteEvent(page, JSON.stringify(clip), [picture])
  await expect(page.locator('.node')).toHaveCount(4)
  await expect(fits(page)).toHaveCount(2)
  await pasteEvent(page, '', [picture])
  await expect(page.locator('.node')).toHaveCount(5)
  await expect(nodeNamed(page, 'LoadImage')).toContainText('photo.jpg')
  const before = await savedText(page)
  for (const garbage of ['{"beatloomClip":1,"nodes":{"a":{"type":3}}}', '\u0000\u202e]{[', '{"beatloomClip":1}']) {
    await pasteEvent(page, garbage)
    await expect(toast(page, 'holds no nodes').last()).toBeVisible()
  }
  expect(await savedText(page)).toBe(before)
})

/** A small file that ffmpeg wrote with this comment. */
function media(name: string, comment: string | null): Buffer {
  const path = join(folder, name)
  const isSound = /\.(wav|mp3|flac)$/.test(name)
  const source = isSound ? 'sine=duration=1' : 'testsrc=size=64x64:duration=0.4:rate=5'
  const tags = comment === null ? [] : ['-metadata', `comment=${comment}`]
  execFileSync('ffmpeg', ['-loglevel', 'error', '-y', '-f', 'lavfi', '-i', source, ...tags, path])
  return readFileSync(path)
}

const MIME: Record<string, string> = {
  mp4: 'video/mp4',
  webm: 'video/webm',
  wav: 'audio/wav',
  mp3: 'audio/mpeg',
  flac: 'audio/flac',
  png: 'image/png',
  json: 'application/json',
}
const drop = (page: Page, name: string, bytes: Buffer) => dropFile(page, name, MIME[name.split('.').at(-1)!]!, bytes)
const tabNames = (page: Page) => page.getByRole('tab')

/** A result of this product, with its workflow inside. */
async function ownVideo(page: Page): Promise<Buffer> {
  const started = await page.request.post('/api/v1/runs', { data: { workflow: JSON.parse(await shortPulse(3)) } })
  const { run } = await started.json()
  const summary = async () => (await page.request.get(`/api/v1/runs/${run.id}`)).json()
  await expect.poll(async () => (await summary()).state, { timeout: 45_000 }).toBe('done')
  return (await page.request.get((await summary()).outputs[0].file.url)).body()
}

test('D1 D2 check 8: every kind of file that carries a workflow opens in a new tab; nothing runs, nothing foreign is asked', async ({
  page,
  context,
}) => {
  const foreign: string[] = []
  const writes: string[] = []
  const own = new URL(page.url()).host
  await context.route(
    (url) => url.host !== own,
    (route) => {
      foreign.push(route.request().url())
      return route.abort()
    },
  )
  const video = await ownVideo(page)
  page.on('request', (request) => {
    const path = new URL(request.url()).pathname
    if (request.method() !== 'GET' && !/\/(validate|plan|drafts\/[\w-]+)$/.test(path)) writes.push(path)
  })
  // Values that a careless reader would fetch.
  const tempting = (title: string): string =>
    JSON.stringify({
      beatloom: 1,
      title,
      description: '<img src=https://evil.example/d.png>',
      nodes: {
        picture: {
          type: 'image.load',
          title: 'https://evil.example/t.png',
          params: { file: 'https://evil.example/a.jpg' },
        },
        song: { type: 'audio.load', params: { file: '//evil.example/b.mp3' } },
        odd: {
          type: 'web.fetch',
          params: { url: 'https://evil.example/c', html: '<script src=https://evil.example/e>' },
        },
      },
      needs: { nodes: {}, models: { big: { url: 'https://evil.example/model', sizeBytes: 9 } } },
    })
  await openFile(page, 'start.json', chain(1, 'Work in progress'))
  await page.getByLabel('Title of the workflow').fill('Work in progress, changed')
  await drop(page, 'tempting.json', Buffer.from(tempting('Opened json')))
  await expect(page.getByLabel('Title of the workflow')).toHaveValue('Opened json')
  for (const kind of ['mp4', 'webm', 'wav', 'mp3', 'flac']) {
    await drop(page, `carrier.${kind}`, media(`carrier.${kind}`, tempting(`Opened ${kind}`)))
    await expect(page.getByLabel('Title of the workflow')).toHaveValue(`Opened ${kind}`)
  }
  await drop(page, 'own.mp4', video)
  await expect(page.getByLabel('Title of the workflow')).toHaveValue('Beat pulse')
  expect(writes).toEqual([])
  expect(foreign).toEqual([])
  // The tab with changes is still there, as it was.
  await tabNames(page).filter({ hasText: 'Work in progress, changed' }).click()
  await expect(fits(page)).toHaveCount(1)
})

test('D1: plain media become load nodes at the pointer, several files several, and the canvas says so before', async ({
  page,
}) => {
  await emptyCanvas(page)
  const canvas = page.locator('.canvas')
  const carry = (types: string[]) =>
    page.evaluateHandle((all) => {
      const data = new DataTransfer()
      for (const type of all) data.items.add(new File(['x'], 'file', { type }))
      return data
    }, types)
  const hover = async (...types: string[]) => {
    await canvas.dispatchEvent('dragenter', { dataTransfer: await carry(types) })
    const said = await page.locator('.drop-hint').textContent()
    await canvas.dispatchEvent('dragleave', { dataTransfer: await carry(types) })
    await expect(page.locator('.drop-hint')).toHaveCount(0)
    return said
  }
  expect(await hover('application/json')).toContain('Opens in a new tab (1)')
  expect(await hover('image/jpeg', 'image/jpeg')).toContain('Becomes a node here (2)')
  expect(await hover('audio/mpeg')).toContain('or opens the workflow it carries (1)')
  await dropFile(page, 'photo.jpg', 'image/jpeg', readFileSync(join(GALLERY, 'samples/cover.jpg')))
  await expect(nodeNamed(page, 'LoadImage')).toContainText('photo.jpg')
  const box = (await nodeNamed(page, 'LoadImage').boundingBox())!
  expect([Math.round(box.x), Math.round(box.y)]).toEqual([700, 450])
  await drop(page, 'tone.flac', media('tone.flac', '{"mood":"calm"}'))
  await expect(nodeNamed(page, 'LoadAudio')).toContainText('tone.flac')
  await page.keyboard.press('Control+o')
  await page
    .getByRole('dialog')
    .locator('input[type=file]')
    .setInputFiles([
      { name: 'one.jpg', mimeType: 'image/jpeg', buffer: readFileSync(join(GALLERY, 'samples/cover.jpg')) },
      { name: 'two.wav', mimeType: 'audio/wav', buffer: media('two.wav', null) },
    ])
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(page.locator('.node')).toHaveCount(4)
})

test('D6: what changed since the last save is told in words, and compared with a file', async ({ page }) => {
  await openFile(page, 'chain.json', chain(3))
  await page.keyboard.press('Alt+Shift+C')
  const dialog = page.getByRole('dialog', { name: 'Compare' })
  await expect(dialog).toContainText('No difference.')
  await page.keyboard.press('Escape')
  await page.locator('.node-title', { hasText: 'Fit 1' }).click()
  await page.keyboard.press('Delete')
  await page.getByLabel('Title of the workflow').fill('Shorter chain')
  await page.locator('.node-title', { hasText: 'First' }).click()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Alt+Shift+C')
  await expect(dialog.locator('[data-kind=removed]')).toContainText('Fit 1')
  await expect(dialog.locator('[data-kind=rewired]')).toContainText('fit-1.image')
  await expect(dialog.locator('[data-kind=rewired]')).toContainText('not linked')
  await expect(dialog.locator('[data-kind=changed]')).toContainText('Shorter chain')
  await expect(dialog).toContainText('Nodes moved: 1.')
  await expect(dialog.locator('[data-kind=added]')).toHaveCount(0)
  await dialog.locator('input[type=file]').setInputFiles({
    name: 'other.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify({ beatloom: 1, title: 'Shorter chain' })),
  })
  await expect(dialog.locator('[data-kind=added] li')).toHaveCount(4)
})

test('D6, R5: what changed since a run is told: nothing at first, then values, nodes and links', async ({ page }) => {
  const painted = {
    beatloom: 1,
    title: 'Painted red',
    nodes: {
      ground: { type: 'image.colour', params: { colour: '#c02020', width: 64, height: 64 } },
      show: { type: 'image.preview', links: { image: { node: 'ground', port: 'image' } } },
    },
    layout: { nodes: { ground: [0, 0], show: [380, 0] }, groups: [] },
  }
  const made = await page.request.post('/api/v1/runs', { data: { workflow: painted } })
  const { run } = await made.json()
  await openFile(page, 'painted.json', JSON.stringify(painted))
  const dialog = page.getByRole('dialog', { name: 'Compare' })
  const withRun = async () => {
    await page.keyboard.press('Alt+Shift+C')
    await expect(dialog).toBeVisible()
    await dialog.getByRole('combobox', { name: 'With the workflow of a run…' }).selectOption(run.id)
  }
  await withRun()
  await expect(dialog.locator('.comparison-sides')).toHaveText('Painted red → As it is now')
  await expect(dialog).toContainText('No difference.')
  await page.keyboard.press('Escape')

  const changed = structuredClone(painted) as typeof painted & { nodes: Record<string, unknown> }
  changed.title = 'Painted blue'
  changed.nodes.ground.params.colour = '#2030c0'
  changed.nodes.show.links.image.node = 'small'
  changed.nodes.small = { type: 'image.resize', title: 'Small', links: { image: { node: 'ground', port: 'image' } } }
  await openFile(page, 'painted.json', JSON.stringify(changed))
  await withRun()
  await expect(dialog.locator('[data-kind=added]')).toContainText('Small')
  await expect(dialog.locator('[data-kind=changed]').first()).toContainText('#c02020')
  await expect(dialog.locator('[data-kind=changed]').first()).toContainText('#2030c0')
  await expect(dialog.locator('[data-kind=changed]').last()).toContainText('Painted blue')
  await expect(dialog.locator('[data-kind=rewired]')).toContainText('ground.image')
  await expect(dialog.locator('[data-kind=rewired]')).toContainText('small.image')
  await expect(dialog.locator('[data-kind=removed]')).toHaveCount(0)
})

test('D6: an unchanged file is saved again byte for byte', async ({ page }) => {
  const text = await galleryText('song-video')
  await openFile(page, 'song.json', text)
  expect(await savedText(page)).toBe(text)
})

test('D7: shows what leaves, leaves out what is switched off, and gives bundles that open with their media', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await emptyCanvas(page)
  await page.getByLabel('Title of the workflow').fill('Anna and Ben')
  await dropFile(page, 'holiday-of-anna.jpg', 'image/jpeg', readFileSync(join(GALLERY, 'samples/cover.jpg')))
  await expect(nodeNamed(page, 'LoadImage')).toContainText('holiday-of-anna.jpg')
  await page.locator('.react-flow__pane').click({ position: { x: 8, y: 300 } })
  await page.keyboard.press('Alt+Shift+S')
  const dialog = page.getByRole('dialog', { name: 'Share' })
  await expect(dialog.locator('.share-preview').filter({ hasText: 'Anna and Ben' })).toBeVisible()
  await expect(dialog.locator('.share-preview').filter({ hasText: 'holiday-of-anna.jpg' })).toBeVisible()
  await dialog.getByRole('radio', { name: 'Text' }).click()
  await dialog.getByRole('switch', { name: 'Titles, names and notes' }).click()
  await dialog.getByRole('button', { name: 'Copy text' }).click()
  await expect(toast(page, 'Copied.')).toBeVisible()
  const text = await clipboard(page)
  expect(text).not.toContain('Anna and Ben')
  expect(text).toContain('holiday-of-anna.jpg')
  await dialog.getByRole('radio', { name: 'File' }).click()
  await dialog.getByRole('button', { name: 'Without personal data' }).click()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Save file' }).click(),
  ])
  const bare = await readFile(await file.path(), 'utf8')
  expect(bare).not.toMatch(/anna/i)
  expect(JSON.parse(bare).nodes.load.type).toBe('image.load')
  await dialog.getByRole('radio', { name: 'Link' }).click()
  for (const name of ['Prompts', 'Titles', 'Names and places']) {
    await expect(dialog.getByRole('switch', { name: new RegExp(`^${name}`) })).toHaveAttribute('aria-checked', 'false')
  }
  await expect(dialog.getByRole('button', { name: 'Make link' })).toBeDisabled()
  await expect(dialog).toContainText('listens to its own machine alone')
  await dialog.getByRole('radio', { name: 'With media' }).click()
  const [zip] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Save bundle' }).click(),
  ])
  expect(zip.suggestedFilename()).toBe('anna-and-ben.zip')
  const bundle = await readFile(await zip.path())
  await page.keyboard.press('Escape')
  await openFile(page, 'between.json', chain(1, 'Between'))
  await dropFile(page, 'anna.zip', 'application/zip', bundle)
  await expect(page.getByLabel('Title of the workflow')).toHaveValue('Anna and Ben')
  await expect(nodeNamed(page, 'LoadImage')).toContainText('holiday-of-anna.jpg')
  await expect(nodeNamed(page, 'LoadImage').locator('.file-facts')).toContainText('1920')
})

test('D7: a result leaves without the workflow it carries', async ({ page }) => {
  await openFile(page, 'pulse.json', await shortPulse(3))
  await page.keyboard.press('Control+Enter')
  await expect(page.locator('.node video').first()).toBeVisible({ timeout: 45_000 })
  await page.keyboard.press('Alt+Shift+S')
  const dialog = page.getByRole('dialog', { name: 'Share' })
  await dialog.getByRole('radio', { name: 'Result' }).click()
  const copy = async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: 'Download copy' }).click(),
    ])
    return readFile(await download.path())
  }
  expect((await copy()).includes('beatloom_workflow')).toBe(true)
  await dialog.getByRole('switch', { name: 'The workflow inside the file' }).click()
  const bare = await copy()
  expect(bare.includes('beatloom')).toBe(false)
  expect(bare.subarray(4, 8).toString()).toBe('ftyp')
})

test('E4 check 7: three unknown types keep ports, values and links byte for byte; substitutes take over; the rest runs', async ({
  page,
}) => {
  const file = JSON.parse(await shortPulse(3))
  const picture = file.inputs.picture.node
  file.nodes['x-fit'] = {
    type: 'other.fit',
    version: 4,
    params: { width: 320, mode: 'Lanczos', deep: { list: [1, { a: null }] } },
    links: { picture: { node: picture, port: 'image' } },
  }
  file.nodes['x-grade'] = {
    type: 'other.grade',
    params: { strength: 0.75 },
    links: { in: { node: 'x-fit', port: 'out' } },
  }
  file.nodes['x-note'] = { type: 'other.note', params: { text: '　<b>"\\u202e' }, note: { any: ['thing'] } }
  file.needs.nodes['other.fit'] = { inputs: { picture: 'IMAGE' }, outputs: { out: 'IMAGE' }, version: 4 }
  file.needs.nodes['other.grade'] = { inputs: { in: 'IMAGE' }, outputs: { out: 'IMAGE' }, version: 1 }
  file.needs.nodes['other.note'] = { inputs: {}, outputs: {}, version: 1 }
  await openFile(page, 'unknown.json', JSON.stringify(file))
  const fit = nodeNamed(page, 'other.fit')
  await expect(fit.locator('.port')).toHaveCount(2)
  await expect(fit).toContainText('Lanczos')
  const opened = await savedText(page)
  // Edit elsewhere; only that line changes.
  await page.getByLabel('Title of the workflow').fill('Edited elsewhere')
  const saved = await savedText(page)
  expect(saved).toBe(opened.replace(/"title": "[^"]*"/, '"title": "Edited elsewhere"'))
  for (const id of ['x-fit', 'x-grade', 'x-note']) {
    expect(JSON.parse(saved).nodes[id]).toEqual({ version: 1, ...file.nodes[id] })
  }
  const panel = page.locator('.missing-panel')
  await panel.getByRole('button', { name: 'Node types not installed: 3' }).click()
  for (const type of ['other.fit', 'other.grade', 'other.note']) await expect(panel).toContainText(type)
  await expect(panel).toContainText('Nothing installed has the same ports.')
  // What does not need them runs.
  await page.keyboard.press('Control+Enter')
  await expect(page.locator('.node video').first()).toBeVisible({ timeout: 45_000 })
  await panel
    .locator('li', { hasText: 'other.fit' })
    .getByRole('button', { name: /^Replace with Resize/ })
    .click()
  await expect(panel).toContainText('Node types not installed: 2')
  const replaced = JSON.parse(await savedText(page)).nodes
  expect(replaced['x-fit']).toMatchObject({
    type: 'image.resize',
    params: { width: 320 },
    links: { image: { node: picture, port: 'image' } },
  })
  expect(replaced['x-grade'].links).toEqual({ in: { node: 'x-fit', port: 'image' } })
  await focusCanvas(page)
  await page.keyboard.press('Control+z')
  expect(await savedText(page)).toBe(saved)
})

test('bad files: what is no workflow is refused with a sentence; newer and damaged ones open as copies', async ({
  page,
}) => {
  await openFile(page, 'chain.json', chain(2))
  const before = await savedText(page)
  for (const [name, text] of [
    ['notes.json', 'dear diary'],
    ['comfy.json', '{"nodes":[{"id":1,"type":"KSampler"}],"links":[]}'],
    ['list.json', '[1,2,3]'],
    ['bundle.zip', 'PK but not really'],
  ] as const) {
    await dropFile(page, name, 'application/json', Buffer.from(text))
    await expect(toast(page, `“${name}” is no Beatloom workflow`)).toBeVisible()
  }
  expect(await savedText(page)).toBe(before)
  const newer = { ...JSON.parse(chain(2, 'From tomorrow')), beatloom: 99, timeline: { tracks: [1] } }
  await dropFile(page, 'newer.json', 'application/json', Buffer.from(JSON.stringify(newer)))
  const dialog = page.getByRole('dialog', { name: 'Saved by a newer Beatloom' })
  await expect(dialog).toContainText('All 4 nodes can be read.')
  await dialog.getByRole('button', { name: 'Open as a copy' }).click()
  await expect(page.getByLabel('Title of the workflow')).toHaveValue('From tomorrow (copy)')
  await expect(fits(page)).toHaveCount(2)
  expect(JSON.parse(await savedText(page)).timeline).toEqual({ tracks: [1] })
  const damaged = JSON.parse(chain(2, 'Damaged'))
  damaged.nodes['fit-1'].type = 7
  await dropFile(page, 'damaged.json', 'application/json', Buffer.from(JSON.stringify(damaged)))
  const second = page.getByRole('dialog', { name: 'Parts of this file are damaged' })
  await expect(second).toContainText('nodes.fit-1')
  await second.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByLabel('Title of the workflow')).toHaveValue('From tomorrow (copy)')
})

test('bad files: hostile titles are shown as text, isolated and short, and saved whole', async ({ page }) => {
  const alerts: string[] = []
  page.on('dialog', (dialog) => {
    alerts.push(dialog.message())
    void dialog.dismiss()
  })
  const script = '<img src=x onerror=alert(1)><script>alert(2)</script>'
  const bidi = '\u202eevil\u2066 txt.exe'
  const long = `${'long 🎵 '.repeat(150_000)}end`
  const file = {
    beatloom: 1,
    title: bidi,
    nodes: {
      a: { type: 'image.load', title: script },
      b: { type: 'image.load', title: bidi },
      c: { type: 'image.load', title: long },
      d: { type: script, title: '' },
    },
    layout: { nodes: { a: [0, 0], b: [360, 0], c: [720, 0], d: [1080, 0] }, groups: [] },
  }
  await openFile(page, `${bidi}.json`, JSON.stringify(file))
  await expect(page.locator('.node-title').first()).toHaveText(script)
  const titles = page.locator('.node-title')
  for (const style of await titles.evaluateAll((all) => all.map((one) => getComputedStyle(one).unicodeBidi))) {
    expect(style).toBe('isolate')
  }
  expect(Math.max(...(await titles.evaluateAll((all) => all.map((one) => one.textContent!.length))))).toBeLessThan(300)
  const saved = JSON.parse(await savedText(page))
  expect(saved.nodes.c.title === long).toBe(true)
  expect(saved.title).toBe(bidi)
  expect(alerts).toEqual([])
})

test('bad files: five thousand nodes open with a word about their number, and can be edited', async ({ page }) => {
  test.setTimeout(240_000)
  page.setDefaultTimeout(120_000)
  await openFile(page, 'huge.json', chain(4998, 'Huge'))
  await expect(toast(page, '5,000 nodes')).toBeVisible({ timeout: 120_000 })
  await expect(page.getByLabel('Title of the workflow')).toHaveValue('Huge')
  await page.getByLabel('Title of the workflow').fill('Huge, renamed')
  const saved = JSON.parse(await savedText(page))
  expect(saved.title).toBe('Huge, renamed')
  expect(Object.keys(saved.nodes)).toHaveLength(5000)
})

test('D7: a link of this server opens the copy it names, and no other address', async ({ page }) => {
  const reference = `artifacts/${'a'.repeat(64)}/workflow.json`
  await page.route(`**/api/v1/files/${reference}`, (route) =>
    route.fulfill({ contentType: 'application/json', body: chain(2, 'Shared with me') }),
  )
  await page.goto(`/?fresh#open=${reference}`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Shared with me')
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.goto('/?again#open=https://evil.example/workflow.json')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Shared with me')
  expect(asked.filter((url) => url.includes('evil.example/workflow'))).toEqual([])
})
