import AxeBuilder from '@axe-core/playwright'
import { nodeNamed, openFile, openGraph, savedText } from './helpers.ts'
import { atTheMachine, REPO, TINY, test } from './model-server.ts'
import { expect, type Page } from './test.ts'

const CHECKED = 'text_encoder/model.onnx'

/** A loader and a note, and what the file says of the model. */
function workflow(model: string, facts?: object, more: object = {}): string {
  return JSON.stringify({
    beatloom: 1,
    title: 'Needs a model',
    nodes: {
      loader: { type: 'model.load', title: 'The loader', params: { model } },
      prompt: { type: 'text.prompt', title: 'Words', links: { textEncoder: { node: 'loader', port: 'textEncoder' } } },
      ...more,
    },
    outputs: { words: { node: 'prompt', port: 'conditioning' } },
    needs: { nodes: {}, models: facts ? { [model]: facts } : {} },
    layout: { nodes: { loader: [0, 0], prompt: [420, 0], second: [0, 460] }, groups: [] },
  })
}

const panel = (page: Page) => page.locator('.missing-panel')
const dialog = (page: Page) => page.getByRole('dialog', { name: /^(Models|模型)$/ })
const cards = (page: Page) => dialog(page).locator('.addition')
const modelOf = async (page: Page) => JSON.parse(await savedText(page)).nodes.loader.params.model

/** It stays open from one workflow to the next. */
async function openPanel(page: Page): Promise<void> {
  const button = panel(page).locator('> button')
  if ((await button.getAttribute('aria-expanded')) === 'false') await button.click()
}

async function command(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill(name)
  await page.keyboard.press('Enter')
}

/** What an earlier test left behind. */
async function tidy(server: { url: string }): Promise<void> {
  const { additions } = await (await fetch(`${server.url}/api/v1/models/additions`)).json()
  for (const { id } of additions as { id: string }[]) {
    await fetch(`${server.url}/api/v1/models/additions/${id}`, { method: 'DELETE' })
  }
  const { models } = await (await fetch(`${server.url}/api/v1/models`)).json()
  for (const { name, bundled } of models as { name: string; bundled: boolean }[]) {
    if (!bundled) await fetch(`${server.url}/api/v1/models/${name}`, { method: 'DELETE' })
  }
}

test.beforeEach(async ({ page, server, hub }) => {
  hub.token = null
  hub.faults.clear()
  await tidy(server)
  await openGraph(page)
})

test('a missing model is named with size, licence, source, who uses it and what this machine lacks', async ({
  page,
}) => {
  const facts = {
    title: 'Wan2.2 T2V',
    sizeBytes: 57e15,
    memoryBytes: 28e15,
    licence: 'Apache-2.0',
    source: 'https://huggingface.co/Wan-AI/Wan2.2-T2V-A14B-Diffusers',
  }
  await openFile(page, 'wan.json', workflow('wan2.2-t2v-a14b', facts))
  await expect(panel(page)).toContainText('Models not installed: 1')
  await openPanel(page)
  for (const text of ['Wan2.2 T2V', 'wan2.2-t2v-a14b', '57,000,000.00 GB', 'Apache-2.0']) {
    await expect(panel(page)).toContainText(text)
  }
  await expect(panel(page)).toContainText('Too large here: it takes 28,000,000.00 GB of memory')
  await expect(panel(page)).toContainText('Too little room')
  const link = panel(page).getByRole('link', { name: /Wan-AI/ })
  await expect(link).toHaveAttribute('href', facts.source)
  await expect(link).toHaveAttribute('target', '_blank')
  await expect(link).toHaveAttribute('rel', /noopener/)
  await page.keyboard.press('Escape')
  await expect(page.locator('.react-flow__node.selected')).toHaveCount(0)
  await panel(page).getByRole('button', { name: 'The loader' }).click()
  await expect(page.locator('.react-flow__node.selected')).toHaveCount(1)
  await expect(nodeNamed(page, 'The loader')).toBeInViewport()
})

test('what a hostile file says of a model is text and nothing else', async ({ page }) => {
  const hostile = {
    title: `<img src=x onerror="window.hurt=1">\u202e${'x'.repeat(5000)}`,
    licence: '<script>window.hurt=1</script>',
    source: 'javascript:window.hurt=1',
    sizeBytes: '12',
    memoryBytes: -4,
  }
  const name = `../../etc/\u202epasswd ${'y'.repeat(3000)}`
  await openFile(page, 'hostile.json', workflow(name, hostile))
  await openPanel(page)
  await expect(panel(page)).toContainText('<img src=x')
  await expect(panel(page)).toContainText('javascript:window.hurt=1')
  await expect(panel(page).getByRole('link')).toHaveCount(0)
  expect((await panel(page).boundingBox())!.width).toBeLessThan(400)
  await panel(page)
    .getByRole('button', { name: /^Add… / })
    .click()
  // No file system takes such a name, so none is filled in.
  await expect(dialog(page).getByLabel('Name here')).toHaveValue('')
  await expect(dialog(page).getByLabel('Repository')).toHaveValue('')
  expect(await page.evaluate('window.hurt')).toBeUndefined()
})

test('nothing takes a missing model’s place by itself; one of its family does by a click, and one undo takes it back', async ({
  page,
}) => {
  const second = { second: { type: 'model.load', title: 'Another', params: { model: 'gone' } } }
  await openFile(page, 'gone.json', workflow('gone', { family: 'pocket' }, second))
  const before = await savedText(page)
  await openPanel(page)
  await expect(panel(page).getByRole('button', { name: 'Another' })).toBeVisible()
  expect(await savedText(page)).toBe(before)
  await panel(page)
    .getByRole('button', { name: /^Use Pocket.* instead$/ })
    .click()
  await expect(panel(page)).toHaveCount(0)
  const after = JSON.parse(await savedText(page))
  expect([after.nodes.loader.params.model, after.nodes.second.params.model]).toEqual(['pocket', 'pocket'])
  await page.locator('.react-flow__pane').click({ position: { x: 8, y: 300 } })
  await page.keyboard.press('Control+z')
  await expect(panel(page)).toContainText('Models not installed: 1')
  expect(JSON.parse(await savedText(page)).nodes).toEqual(JSON.parse(before).nodes)

  // Where the file does not say of which family it is, nothing is offered.
  await openFile(page, 'unknown.json', workflow('gone'))
  await openPanel(page)
  await expect(panel(page)).toContainText('The file does not say.')
  await expect(panel(page).getByRole('button', { name: /instead/ })).toHaveCount(0)
})

test('a missing model is fetched from a hub: progress, done, and the panel’s line goes', async ({ page, hub }) => {
  hub.faults.set(CHECKED, [{ kind: 'hang', after: 4000 }])
  const asked: string[] = []
  page.on('request', (request) => request.method() === 'GET' && asked.push(new URL(request.url()).pathname))
  await openFile(page, 'mine.json', workflow('mine', { title: 'Mine', source: `${REPO}@main` }))
  await openPanel(page)
  await panel(page).getByRole('button', { name: 'Add… mine' }).click()
  await expect(dialog(page).getByLabel('Repository')).toHaveValue(`${REPO}@main`)
  await expect(dialog(page).getByLabel('Name here')).toHaveValue('mine')
  await dialog(page).getByRole('button', { name: 'Add model' }).click()
  const card = cards(page)
  await expect(card.getByRole('progressbar', { name: 'Progress of mine' })).toBeVisible()
  await expect(card).toContainText(CHECKED)
  await expect(card).toContainText(/\d+ % · [\d.]+ kB of \d+ kB/)
  // The panel says it too, and its button leads back here.
  await page.keyboard.press('Escape')
  await expect(panel(page).getByRole('progressbar')).toBeVisible()
  await panel(page).getByRole('button', { name: 'Show progress…' }).click()
  await expect(dialog(page).getByLabel('Repository')).toHaveCount(0)

  await card.getByRole('button', { name: 'Cancel' }).click()
  await expect(card).toContainText('Cancelled. What has arrived is kept.')
  await expect(panel(page)).toContainText('Models not installed: 1')
  await card.getByRole('button', { name: 'Go on' }).click()
  await expect(card).toContainText('Installed')
  const ranges = hub.log.filter(({ path }) => path === `/${CHECKED}`).map(({ range }) => range?.split('-')[0])
  expect(ranges).toEqual([undefined, 'bytes=4000'])
  await page.keyboard.press('Escape')
  await expect(panel(page)).toHaveCount(0)
  await expect(nodeNamed(page, 'The loader')).toContainText('Tiny pocket')
  // News came over the event stream; the list itself was read when it was first shown, and at the end.
  expect(asked.filter((path) => path.endsWith('/models/additions')).length).toBeLessThanOrEqual(3)
  expect(await modelOf(page)).toBe('mine')
  // Whoever gets the file next is told where the model comes from.
  await page.getByLabel('Title of the workflow').fill('Changed')
  expect(JSON.parse(await savedText(page)).needs.models.mine).toMatchObject({
    title: 'Tiny pocket (a test fixture)',
    licence: 'MIT',
    family: 'pocket',
    source: expect.stringMatching(/ada\/tiny-pocket@[0-9a-f]{40}$/),
  })
})

test('a refused token and a changed file are said with their codes, and another try goes on', async ({ page, hub }) => {
  hub.token = 'right'
  await command(page, 'Add model')
  await dialog(page).getByLabel('Repository').fill('not a repository')
  await dialog(page).getByRole('button', { name: 'Add model' }).click()
  await expect(dialog(page).getByRole('alert')).toHaveText('Write it as owner/name, or paste its address.')
  await expect(dialog(page).getByLabel('Repository')).toBeFocused()
  await dialog(page).getByLabel('Repository').fill(`https://huggingface.co/${REPO}`)
  await dialog(page).getByLabel('Name here').fill('pocket')
  await expect(dialog(page).getByRole('alert')).toHaveText('There is a model of that name already.')
  await dialog(page).getByLabel('Name here').fill('late')
  await dialog(page).getByLabel('Access token').fill('wrong')
  await dialog(page).getByRole('button', { name: 'Add model' }).click()
  const card = cards(page)
  await expect(card).toContainText('The hub does not know the token')
  await expect(card).toContainText('hub_refused')

  const whole = hub.files.get(CHECKED)!
  hub.files.set(CHECKED, Buffer.from(whole).fill(7, 100, 200))
  await card.getByLabel('Access token').fill('right')
  await card.getByRole('button', { name: 'Try again' }).click()
  await expect(card).toContainText('changed under way or was damaged', { timeout: 60_000 })
  await expect(card).toContainText('hub_changed')
  hub.files.set(CHECKED, whole)
  // The token that worked is not asked for twice.
  await card.getByRole('button', { name: 'Try again' }).click()
  await expect(card).toContainText('Installed', { timeout: 30_000 })
  await expect(cards(page)).toHaveCount(1)
})

test('a model that cannot be had is discarded, with what had arrived', async ({ page, hub, data }) => {
  await command(page, 'Add model')
  await dialog(page).getByLabel('Repository').fill('nobody/nothing')
  await dialog(page).getByRole('button', { name: 'Add model' }).click()
  await expect(cards(page)).toContainText('There is no model "nobody/nothing"')
  await cards(page).getByRole('button', { name: 'Discard' }).click()
  await expect(cards(page)).toHaveCount(0)
  hub.faults.set(CHECKED, [{ kind: 'hang', after: 3000 }])
  await dialog(page).getByRole('button', { name: 'Add another model' }).click()
  await dialog(page).getByLabel('Repository').fill(REPO)
  await dialog(page).getByRole('button', { name: 'Add model' }).click()
  await expect(cards(page)).toContainText(CHECKED)
  await cards(page).getByRole('button', { name: 'Cancel' }).click()
  await cards(page).getByRole('button', { name: 'Discard' }).click()
  await expect(cards(page)).toHaveCount(0)
  expect(() => atTheMachine(data, ['models', 'remove', 'tiny-pocket', '--yes'])).toThrow(/not installed/)
})

test('a folder is added at the server’s machine by the command shown here, and this page notices', async ({
  page,
  data,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openFile(page, 'local.json', workflow('local'))
  await openPanel(page)
  await panel(page).getByRole('button', { name: 'Add… local' }).click()
  await dialog(page).getByRole('radio', { name: 'Folder' }).click()
  await dialog(page).getByLabel('Path on the server’s machine').fill(TINY)
  await dialog(page).getByRole('button', { name: 'Copy' }).click()
  const words = (await page.evaluate(() => navigator.clipboard.readText())).split(' ')
  expect(words).toEqual(['beatloom', 'models', 'add', TINY, '--name', 'local'])
  atTheMachine(data, words.slice(1))
  await expect(dialog(page).getByText('“local” is installed.')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(panel(page)).toHaveCount(0)
  // The server's check of the workflow is asked again too.
  await expect(page.getByRole('button', { name: /^Fix \d problems?/ })).toHaveCount(0)

  // A folder is nobody else's source.
  await page.getByLabel('Title of the workflow').fill('Changed')
  expect(JSON.parse(await savedText(page)).needs.models.local.source).toBeUndefined()
})

test('the list says what is here, checks files, and removes after asking', async ({ page, data }) => {
  atTheMachine(data, ['models', 'add', TINY, '--name', 'mine'])
  await command(page, 'Installed models')
  const mine = dialog(page).locator('.installed-model', { hasText: 'mine' })
  await expect(mine).toContainText('Tiny pocket (a test fixture)')
  await expect(mine).toContainText(/43 kB · pocket · .*MIT/)
  const bundled = dialog(page).locator('.installed-model', { hasText: 'Part of Beatloom' })
  await expect(bundled).toHaveCount(3)
  await expect(bundled.getByRole('button', { name: /^Remove/ })).toHaveCount(0)
  await mine.getByRole('button', { name: /^Check files of/ }).click()
  await expect(mine.getByRole('status')).toHaveText(/All \d+ files are as they were added\./)
  await mine.getByRole('button', { name: /^Remove Tiny/ }).click()
  await expect(mine).toContainText('Workflows that use it will ask for it again.')
  await expect(mine.getByRole('button', { name: 'Keep' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(mine.getByRole('button', { name: /^Remove Tiny/ })).toBeFocused()
  await page.keyboard.press('Enter')
  await mine.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(mine).toHaveCount(0)
})

test('W1: the model widget leads to adding one, by keyboard too, and the choice stays as it is', async ({ page }) => {
  await openFile(page, 'gone.json', workflow('gone'))
  const field = nodeNamed(page, 'The loader').getByRole('combobox', { name: 'Model' })
  await field.focus()
  await page.keyboard.press('ArrowDown')
  await page.getByRole('combobox', { name: /^Filter/ }).fill('add')
  await page.keyboard.press('Enter')
  await expect(dialog(page).getByLabel('Name here')).toHaveValue('gone')
  await page.keyboard.press('Escape')
  await expect(field).toBeFocused()
  expect(await modelOf(page)).toBe('gone')
})

test('E2: the problem of a node leads to adding the model it names', async ({ page }) => {
  await openFile(page, 'gone.json', workflow('gone'))
  await nodeNamed(page, 'The loader').getByRole('button', { name: 'Add model…' }).click()
  await expect(dialog(page).getByLabel('Name here')).toHaveValue('gone')
})

for (const colorScheme of ['dark', 'light'] as const) {
  test(`L1, L5: axe finds nothing serious in panel and dialog, ${colorScheme}`, async ({ page, hub }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    hub.token = 'other'
    const found: string[] = []
    async function look(part: string): Promise<void> {
      const { violations } = await new AxeBuilder({ page }).include(part).analyze()
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      found.push(...serious.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} at ${target.join(' ')}`)))
    }
    const facts = { sizeBytes: 9e15, family: 'pocket', source: 'https://example.com/model' }
    await openFile(page, 'gone.json', workflow('gone', facts))
    await openPanel(page)
    await expect(panel(page)).toContainText('Too large here')
    await look('.missing-panel')
    await panel(page).getByRole('button', { name: 'Add… gone' }).click()
    await dialog(page).getByLabel('Repository').fill('nothing')
    await dialog(page).getByRole('button', { name: 'Add model' }).click()
    await expect(dialog(page).getByRole('alert')).toBeVisible()
    await look('.dialog')
    await dialog(page).getByLabel('Repository').fill(REPO)
    await dialog(page).getByRole('button', { name: 'Add model' }).click()
    await expect(cards(page)).toContainText('hub_refused')
    await dialog(page).getByRole('button', { name: 'Add another model' }).click()
    await dialog(page).getByRole('radio', { name: 'Folder' }).click()
    await look('.dialog')
    await dialog(page).getByRole('radio', { name: 'Installed' }).click()
    await expect(dialog(page).locator('.installed-model')).toHaveCount(3)
    await look('.dialog')
    expect(found).toEqual([])
  })
}

test('A2: on the form a missing model is said before Generate, with the way to it', async ({ page }) => {
  const text = workflow('mine', { title: 'My model', sizeBytes: 2.2e9, source: REPO })
  await openFile(page, 'form.json', text)
  await page.goto('/#')
  await page.evaluate(() => location.assign('#form'))
  await expect(page.getByText('The model “My model” (2.20 GB) is not installed here.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Generate' })).toBeDisabled()
  await page.getByRole('button', { name: 'Add model…' }).click()
  await expect(dialog(page).getByLabel('Repository')).toHaveValue(REPO)
  await dialog(page).getByRole('button', { name: 'Add model' }).click()
  await expect(cards(page)).toContainText('Installed', { timeout: 30_000 })
  await page.keyboard.press('Escape')
  await expect(page.getByText('is not installed here')).toHaveCount(0)
})

test('L2: panel and dialog speak Chinese, failures too', async ({ page }) => {
  await openFile(page, 'gone.json', workflow('gone', { sizeBytes: 2e15 }))
  await page.getByRole('button', { name: 'Language: switch to Chinese' }).click()
  await expect(panel(page)).toContainText('未安装的模型：1 个')
  await openPanel(page)
  await expect(panel(page)).toContainText('本机无法运行')
  await command(page, '添加模型')
  await dialog(page).getByLabel('仓库').fill('nobody/nothing')
  await dialog(page).getByRole('button', { name: '添加模型' }).click()
  await expect(cards(page)).toContainText('没有模型“nobody/nothing”')
  const latin = ((await dialog(page).textContent()) ?? '').replaceAll(/nobody\/nothing|nothing|not_found|http\S+/g, '')
  expect(latin).not.toMatch(/[A-Za-z]{4,}/)
})

test.describe('by touch', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } })

  test('L6: everything to press is at least 44 pixels, and nothing scrolls sideways', async ({ page, data }) => {
    atTheMachine(data, ['models', 'add', TINY, '--name', 'mine'])
    await openFile(page, 'gone.json', workflow('gone', { family: 'pocket', source: 'https://example.com/model' }))
    const small = (place: string) =>
      page.evaluate((selector) => {
        const all = document.querySelectorAll<HTMLElement>(
          `${selector} :is(button, a, input, [role=radio], [role=combobox])`,
        )
        return [...all]
          .filter((one) => one.getBoundingClientRect().height < 43.5)
          .map((one) => one.outerHTML.slice(0, 90))
      }, place)
    await panel(page).getByRole('button', { expanded: false }).tap()
    expect(await small('.missing-panel')).toEqual([])
    await panel(page).getByRole('button', { name: 'Add… gone' }).tap()
    await expect(dialog(page)).toBeVisible()
    expect(await small('.dialog')).toEqual([])
    await dialog(page).getByRole('radio', { name: 'Installed' }).tap()
    await expect(dialog(page).locator('.installed-model')).toHaveCount(4)
    expect(await small('.dialog')).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
    expect(await dialog(page).evaluate((one) => one.scrollWidth <= one.clientWidth)).toBe(true)
  })
})
