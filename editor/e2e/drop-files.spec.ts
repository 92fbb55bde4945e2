import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { galleryText, nodeNamed, openFile, openGraph, savedText } from './helpers.ts'
import { expect, type Page, test } from './test.ts'

/** Kinds of files that files.spec.ts drops are not dropped again here: JSON, and MP4, WebM and sound with a workflow. */

const folder = mkdtempSync(join(tmpdir(), 'beatloom-drops-'))
test.afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Dropped {
  name: string
  type: string
  bytes: Buffer
}

/** What a page that behaves asks of its own server; anything else is written down. */
interface Network {
  /** Addresses elsewhere, asked for or kept from being asked for by the page's own rules. */
  foreign: string[]
  /** What was sent to the own server but the draft and questions about it. */
  sent: string[]
}

async function watch(page: Page): Promise<Network> {
  const network: Network = { foreign: [], sent: [] }
  await page.exposeFunction('tellRefused', (address: string) => network.foreign.push(address))
  await page.addInitScript(() => {
    const tell = (window as unknown as { tellRefused(address: string): void }).tellRefused
    document.addEventListener('securitypolicyviolation', ({ blockedURI }) => tell(blockedURI))
  })
  await openGraph(page)
  const own = new URL(page.url()).host
  await page.context().route(
    (url) => url.host !== own,
    (route) => route.abort(),
  )
  page.on('websocket', (socket) => new URL(socket.url()).host !== own && network.foreign.push(socket.url()))
  page.on('request', (request) => {
    const { protocol, host, pathname } = new URL(request.url())
    if (!protocol.startsWith('http')) return
    if (host !== own) network.foreign.push(request.url())
    else if (!/^(GET|HEAD)$/.test(request.method()) && !/\/(validate|plan|drafts\/[\w-]+)$/.test(pathname))
      network.sent.push(pathname)
  })
  return network
}

/** Lets files fall on the canvas, at different places so that no node hides another. */
async function drop(page: Page, files: readonly Dropped[], at = { x: 700, y: 450 }): Promise<void> {
  const transfer = await page.evaluateHandle(
    (carried) => {
      const transfer = new DataTransfer()
      for (const { name, type, base64 } of carried) {
        const data = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
        transfer.items.add(new File([data], name, { type }))
      }
      return transfer
    },
    files.map(({ name, type, bytes }) => ({ name, type, base64: bytes.toString('base64') })),
  )
  for (const event of ['dragenter', 'dragover', 'drop']) {
    await page.locator('.canvas').dispatchEvent(event, { dataTransfer: transfer, clientX: at.x, clientY: at.y })
  }
}

/** A small file as ffmpeg writes it, with an address in its tags that a careless reader would ask for. */
function made(name: string, type: string, ...how: string[]): Dropped {
  const path = join(folder, name)
  const tags = ['-metadata', 'title=https://evil.example/title.png', '-metadata', 'comment={"url":"//evil.example/c"}']
  execFileSync('ffmpeg', ['-loglevel', 'error', '-y', ...how, ...tags, path])
  return { name, type, bytes: readFileSync(path) }
}
const PICTURE = ['-f', 'lavfi', '-i', 'testsrc=size=64x64:duration=1:rate=5']
const STILL = [...PICTURE, '-frames:v', '1']
const SOUND = ['-f', 'lavfi', '-i', 'sine=duration=1']
const FILM = [...PICTURE, ...SOUND, '-pix_fmt', 'yuv420p', '-shortest']

/** Weights as they are handed on: the length of a header, the header, the numbers. */
function weights(header: object): Buffer {
  const text = Buffer.from(JSON.stringify(header))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(text.length))
  return Buffer.concat([length, text, Buffer.alloc(4)])
}

/** The picture with a text put in front of its end, as other programs put their own graphs into it. */
function withText(png: Buffer, key: string, text: string): Buffer {
  const body = Buffer.from(`tEXt${key}\0${text}`, 'latin1')
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(body.length - 4)
  check.writeUInt32BE(crc32(body))
  const end = png.length - 12
  return Buffer.concat([png.subarray(0, end), length, body, check, png.subarray(end)])
}

const COMFY = JSON.stringify({
  nodes: [{ id: 1, type: 'LoadImage', widgets_values: ['https://evil.example/in.png'] }],
  links: [],
})

const WORK = JSON.stringify({
  beatloom: 1,
  title: 'Work',
  nodes: { ground: { type: 'image.colour', params: { colour: '#c02020', width: 64, height: 64 } } },
  layout: { nodes: { ground: [0, -600] }, groups: [] },
})

const tabs = (page: Page) => page.getByRole('tab')
const loaders = (page: Page) => page.getByRole('region', { name: /^(Load|LoRA)/ })
const toast = (page: Page, text: string | RegExp) => page.locator('.toast', { hasText: text })

/** A tab with changes that are nowhere else. */
async function dirtyTab(page: Page): Promise<void> {
  await openFile(page, 'work.json', WORK)
  const title = page.getByLabel('Title of the workflow')
  await title.fill('Unsaved work')
  await title.press('Enter')
  await expect(page.getByRole('tab', { name: /^Unsaved work, not saved/ })).toBeVisible()
}

test('D1 D2 check 8: every plain kind becomes its load node in the tab it fell on, one step each, sent once and to nobody else', async ({
  page,
}) => {
  const network = await watch(page)
  await dirtyTab(page)
  const kinds: [node: string, file: Dropped][] = [
    ['LoadImage', made('picture.png', 'image/png', ...STILL)],
    ['LoadImage', made('picture.jpg', 'image/jpeg', ...STILL)],
    ['LoadImage', made('picture.webp', 'image/webp', ...STILL)],
    ['LoadAudio', made('sound.wav', 'audio/wav', ...SOUND)],
    ['LoadAudio', made('sound.mp3', 'audio/mpeg', ...SOUND)],
    ['LoadAudio', made('sound.flac', 'audio/flac', ...SOUND)],
    ['LoadAudio', made('sound.ogg', 'audio/ogg', ...SOUND, '-c:a', 'libvorbis')],
    ['LoadAudio', made('sound.opus', 'audio/ogg', ...SOUND, '-c:a', 'libopus')],
    ['LoadAudio', made('sound.m4a', 'audio/x-m4a', ...SOUND)],
    ['LoadAudio', made('sound.aac', 'audio/aac', ...SOUND)],
    ['LoadAudio', made('recording.webm', 'audio/webm', ...SOUND, '-c:a', 'libopus')],
    ['LoadVideo', made('film.mp4', 'video/mp4', ...FILM)],
    ['LoadVideo', made('film.mov', 'video/quicktime', ...FILM)],
    // Browsers name no type for weights.
    [
      'LoRA',
      {
        name: 'style.safetensors',
        type: '',
        bytes: weights({
          __metadata__: { source: 'https://evil.example/style' },
          'a.lora_up.weight': { dtype: 'F32', shape: [1], data_offsets: [0, 4] },
        }),
      },
    ],
  ]
  const tabsBefore = await tabs(page).count()
  for (const [index, [node, file]] of kinds.entries()) {
    network.sent.length = 0
    await drop(page, [file], { x: 180 + 70 * index, y: 300 })
    await expect(nodeNamed(page, node).filter({ hasText: file.name }), file.name).toBeVisible()
    expect(network.sent, file.name).toEqual(['/api/v1/assets'])
    await expect(loaders(page)).toHaveCount(index + 1)
  }
  expect(await tabs(page).count()).toBe(tabsBefore)
  expect(network.foreign).toEqual([])
  const saved = JSON.parse(await savedText(page))
  expect(saved.title).toBe('Unsaved work')
  expect(saved.nodes.ground.params.colour).toBe('#c02020')
  await page.locator('.react-flow__pane').click({ position: { x: 30, y: 700 } })
  for (let left = kinds.length - 1; left >= 0; left--) {
    await page.keyboard.press('Control+z')
    await expect(loaders(page)).toHaveCount(left)
  }
  await expect(page.getByLabel('Title of the workflow')).toHaveValue('Unsaved work')
})

/** The file that SavePNG made of a coloured square. */
async function ownPicture(page: Page): Promise<{ reference: string; bytes: Buffer }> {
  const workflow = {
    beatloom: 1,
    title: 'Red square',
    nodes: {
      ground: { type: 'image.colour', params: { colour: '#c02020', width: 64, height: 64 } },
      save: { type: 'image.save-png', params: { name: 'square' }, links: { image: { node: 'ground', port: 'image' } } },
    },
    layout: { nodes: { ground: [0, 0], save: [380, 0] }, groups: [] },
  }
  const { run } = await (await page.request.post('/api/v1/runs', { data: { workflow } })).json()
  const state = async () => (await (await page.request.get(`/api/v1/runs/${run.id}`)).json()).state
  await expect.poll(state, { timeout: 45_000 }).toBe('done')
  const { assets } = await (await page.request.get('/api/v1/assets?origin=made&text=square')).json()
  const { reference } = assets[0] as { reference: string }
  return { reference, bytes: await (await page.request.get(`/api/v1/files/${reference}`)).body() }
}

test('D1 D2 check 8: a PNG of this product opens its workflow in a new tab; without it, or with another program’s, it is a picture', async ({
  page,
}) => {
  const network = await watch(page)
  const own = await ownPicture(page)
  const shared = await page.request.post('/api/v1/share/media', { data: { reference: own.reference, workflow: null } })
  const bare = await (await page.request.get(`/api/v1/files/${(await shared.json()).reference}`)).body()
  const other = made('other.png', 'image/png', ...STILL)
  await dirtyTab(page)
  const tabsBefore = await tabs(page).count()

  await drop(page, [{ name: 'square.png', type: 'image/png', bytes: own.bytes }])
  await expect(page.getByLabel('Title of the workflow')).toHaveValue('Red square')
  await expect(nodeNamed(page, 'SavePNG')).toBeVisible()
  await expect(tabs(page)).toHaveCount(tabsBefore + 1)
  expect(network.sent, 'its pixels are of no use to anybody').toEqual([])

  await page.getByRole('tab', { name: /^Unsaved work, not saved/ }).click()
  await expect(page.getByLabel('Title of the workflow')).toHaveValue('Unsaved work')
  await drop(page, [{ name: 'bare.png', type: 'image/png', bytes: bare }], { x: 300, y: 300 })
  await expect(nodeNamed(page, 'LoadImage').filter({ hasText: 'bare.png' })).toBeVisible()
  const comfy = withText(withText(other.bytes, 'workflow', COMFY), 'prompt', COMFY)
  await drop(page, [{ name: 'comfy.png', type: 'image/png', bytes: comfy }], { x: 640, y: 300 })
  await expect(nodeNamed(page, 'LoadImage').filter({ hasText: 'comfy.png' })).toBeVisible()
  await expect(tabs(page)).toHaveCount(tabsBefore + 1)
  expect(network.sent).toEqual(['/api/v1/assets', '/api/v1/assets'])
  expect(network.foreign).toEqual([])
})

test('D1 D2 check 8: what nothing here reads is refused with a sentence, changes nothing, and stays on this machine unless it claims to be media', async ({
  page,
}) => {
  const network = await watch(page)
  await dirtyTab(page)
  const tabsBefore = await tabs(page).count()
  const film = made('whole.mp4', 'video/mp4', ...FILM)
  const upload = ['/api/v1/assets']
  const bad: [file: Dropped, sentence: string | RegExp, sent: string[]][] = [
    [{ name: 'diary.txt', type: 'text/plain', bytes: Buffer.from('Dear diary') }, 'No node loads files like', []],
    [{ name: 'bill.pdf', type: 'application/pdf', bytes: Buffer.from('%PDF-1.7') }, 'No node loads files like', []],
    [{ name: 'passwords.kdbx', type: '', bytes: Buffer.from([3, 217, 162, 154]) }, 'No node loads files like', []],
    [made('moving.gif', 'image/gif', ...PICTURE), 'No node loads files like', []],
    [{ name: 'nothing.mp3', type: 'audio/mpeg', bytes: Buffer.alloc(0) }, '“nothing.mp3” is empty', []],
    [{ name: 'comfy.json', type: 'application/json', bytes: Buffer.from(COMFY) }, 'is no Beatloom workflow', []],
    [{ name: 'fake.png', type: 'image/png', bytes: Buffer.from('no picture') }, /fake\.png/, upload],
    [
      { ...film, name: 'half.mp4', bytes: film.bytes.subarray(0, film.bytes.length / 2) },
      /^“half\.mp4”: The file is no finished MP4/,
      upload,
    ],
    [
      {
        name: 'broken.safetensors',
        type: '',
        bytes: weights({ w: { dtype: 'F32', shape: [9], data_offsets: [0, 36] } }),
      },
      /broken\.safetensors/,
      upload,
    ],
  ]
  for (const [file, sentence, sent] of bad) {
    network.sent.length = 0
    await drop(page, [file])
    await expect(toast(page, sentence).filter({ hasText: file.name }), file.name).toBeVisible()
    expect(network.sent, file.name).toEqual(sent)
  }
  expect(await tabs(page).count()).toBe(tabsBefore)
  await expect(page.getByRole('tab', { name: /^Unsaved work, not saved/ })).toBeVisible()
  await expect(page.locator('.react-flow__node')).toHaveCount(1)
  expect(network.foreign).toEqual([])
})

test('D1: dropped together, media stay with the tab they fell on, a workflow opens beside it, and garbage is told of', async ({
  page,
}) => {
  const network = await watch(page)
  await dirtyTab(page)
  const tabsBefore = await tabs(page).count()
  await drop(page, [
    { name: 'notes.txt', type: 'text/plain', bytes: Buffer.from('notes') },
    { name: 'pulse.json', type: 'application/json', bytes: Buffer.from(await galleryText('beat-pulse')) },
    made('one.png', 'image/png', ...STILL),
    made('two.ogg', 'audio/ogg', ...SOUND),
  ])
  await expect(page.getByLabel('Title of the workflow')).toHaveValue('Beat pulse')
  await expect(toast(page, '“notes.txt”')).toBeVisible()
  await expect(tabs(page)).toHaveCount(tabsBefore + 1)
  await page.getByRole('tab', { name: /^Unsaved work, not saved/ }).click()
  await expect(nodeNamed(page, 'LoadImage').filter({ hasText: 'one.png' })).toBeVisible()
  await expect(nodeNamed(page, 'LoadAudio').filter({ hasText: 'two.ogg' })).toBeVisible()
  expect(network.sent).toEqual(['/api/v1/assets', '/api/v1/assets'])
  expect(network.foreign).toEqual([])
})

test('D1: a file that is still being sent when another tab comes forward becomes a node in its own tab', async ({
  page,
}) => {
  await watch(page)
  await dirtyTab(page)
  let letGo = (): void => undefined
  const held = new Promise<void>((resolve) => {
    letGo = resolve
  })
  await page.route('**/api/v1/assets', async (route) => {
    if (route.request().method() === 'POST') await held
    await route.continue()
  })
  const sending = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/assets'))
  await drop(page, [made('slow.png', 'image/png', ...STILL)])
  await sending
  await page.keyboard.press('Alt+n')
  await expect(page.locator('.react-flow__node')).toHaveCount(0)
  letGo()
  await expect(toast(page, '“slow.png” becomes a node once its tab is on screen again')).toBeVisible()
  await expect(page.locator('.react-flow__node')).toHaveCount(0)
  await page.getByRole('tab', { name: /^Unsaved work, not saved/ }).click()
  await expect(nodeNamed(page, 'LoadImage').filter({ hasText: 'slow.png' })).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(loaders(page)).toHaveCount(0)
})
