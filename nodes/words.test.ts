import { describeNode, type ParamDescriptor } from '@beatloom/core'
import { zhCategories, zhNodes } from '@beatloom/node-words'
import { expect, it } from 'vitest'
import { allNodes } from './index.ts'

/** What every language calls the same. */
const NAMES = new Set(['cpu', 'cuda', 'webgpu', 'tensorrt', 'coreml', 'dml'])
const nodes = allNodes.map(describeNode)

it.each(nodes.map((node) => [node.type, node] as const))('L2: %s has all its words in Chinese', (type, node) => {
  const words = zhNodes[type]
  const missing = [
    ...(words?.title && words.description ? [] : ['title and description']),
    ...(zhCategories[node.category.toLowerCase()] ? [] : [`category ${node.category}`]),
    ...[...node.inputs, ...node.outputs].flatMap(({ name, description }) => [
      ...(words?.ports?.[name] ? [] : [`port ${name}`]),
      ...(!description || words?.portHelp?.[name] ? [] : [`help of port ${name}`]),
    ]),
    ...node.params.flatMap((param) => {
      const own = words?.params?.[param.name]
      return [
        ...(own?.title ? [] : [`param ${param.name}`]),
        ...(!param.description || own?.help ? [] : [`help of ${param.name}`]),
        ...choicesOf(param).flatMap((choice) => (own?.choices?.[choice] ? [] : [`${param.name}: ${choice}`])),
      ]
    }),
  ]
  expect(missing).toEqual([])
})

it('L2: no words stand for a node, port, param or choice that is not there', () => {
  const unused = Object.entries(zhNodes).flatMap(([type, words]) => {
    const node = nodes.find((one) => one.type === type)
    if (!node) return [type]
    const ports = new Set([...node.inputs, ...node.outputs].map((port) => port.name))
    return [
      ...Object.keys({ ...words.ports, ...words.portHelp }).filter((name) => !ports.has(name)),
      ...Object.keys(words.params ?? {}).filter((name) => !node.params.some((param) => param.name === name)),
    ].map((name) => `${type}: ${name}`)
  })
  expect(unused).toEqual([])
})

function choicesOf({ schema }: ParamDescriptor): string[] {
  const { enum: own, items } = schema as { enum?: unknown[]; items?: { enum?: unknown[] } }
  return [...(own ?? []), ...(items?.enum ?? [])]
    .map(String)
    .filter((choice) => /^[a-z]{3,}/.test(choice) && !NAMES.has(choice))
}
