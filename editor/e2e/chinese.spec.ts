import { zhCategories, zhGallery, zhInputs, zhNodes } from '@beatloom/node-words'
import { galleryText, nodeNamed, openFile, openGraph, savedText } from './helpers.ts'
import { expect, test } from './test.ts'

interface Served {
  type: string
  category: string
  inputs: { name: string }[]
  outputs: { name: string }[]
  params: { name: string }[]
}

test('L2: every node the server knows has Chinese words for all its parts', async ({ request }) => {
  const { nodes } = (await (await request.get('/api/v1/nodes')).json()) as { nodes: Served[] }
  const missing = nodes.flatMap((node) => {
    const words = zhNodes[node.type]
    if (!words) return [node.type]
    const ports = [...node.inputs, ...node.outputs].filter((port) => !words.ports?.[port.name])
    const params = node.params.filter((param) => !words.params?.[param.name])
    const category = zhCategories[node.category.toLowerCase()] ? [] : [`category ${node.category}`]
    return [
      ...category,
      ...ports.map((port) => `${node.type} port ${port.name}`),
      ...params.map((param) => `${node.type} param ${param.name}`),
    ]
  })
  expect(missing).toEqual([])
})

test('L2: every text of the gallery has Chinese words', async ({ request }) => {
  const { workflows } = (await (await request.get('/api/v1/workflows')).json()) as {
    workflows: { name: string; title: string; description: string }[]
  }
  const missing: string[] = []
  for (const { name, title, description } of workflows) {
    missing.push(...[title, description].filter((text) => text !== '' && !zhGallery[text]))
    const file = JSON.parse(await galleryText(name)) as { inputs?: Record<string, unknown> }
    missing.push(...Object.keys(file.inputs ?? {}).filter((input) => !zhInputs[input]))
  }
  expect(missing).toEqual([])
})

test('L2: what the server says changes its language with the page, without a reload, and the file keeps its bytes', async ({
  page,
}) => {
  await openGraph(page)
  await openFile(page, 'open.json', JSON.stringify({ beatloom: 1, nodes: { look: { type: 'image.preview' } } }))
  const problem = page.locator('.node-problem')
  await expect(problem).toContainText('needs its input "image" (IMAGE) linked')
  const saved = await savedText(page)
  await page.getByRole('button', { name: 'Language: switch to Chinese' }).click()
  await expect(problem).toContainText('节点“look”（预览图片）的输入“image”（IMAGE）需要连线。')
  await expect(nodeNamed(page, '预览图片')).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans')
  expect(await savedText(page)).toBe(saved)
  await page.getByRole('button', { name: '语言：切换到英文' }).click()
  await expect(problem).toContainText('needs its input')
})
