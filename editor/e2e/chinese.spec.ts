import { expect, test } from '@playwright/test'
import { zhCategories, zhGallery, zhInputs, zhNodes } from '../src/i18n/zh-nodes.ts'
import { galleryText } from './helpers.ts'

interface Served {
  type: string
  category: string
  inputs: { name: string }[]
  outputs: { name: string }[]
  params: { name: string }[]
}

test('every node the server knows has Chinese words for all its parts', async ({ request }) => {
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

test('every text of the gallery has Chinese words', async ({ request }) => {
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
