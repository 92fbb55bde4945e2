import { readFileSync } from 'node:fs'
import { createRegistry, fits, parseWorkflow, serializeWorkflow } from '@beatloom/core'
import { allNodes } from '@beatloom/nodes'
import { expect, it } from 'vitest'

const text = readFileSync(new URL('./song-video.json', import.meta.url), 'utf8')
const workflow = parseWorkflow(text)
const registry = createRegistry(allNodes)

it('is saved again byte for byte', () => {
  expect(serializeWorkflow(workflow)).toBe(text)
})

it('declares the inputs that a music video is made from, in the order in which people give them', () => {
  const names = Object.keys(workflow.inputs).sort((a, b) => workflow.inputs[a]!.order! - workflow.inputs[b]!.order!)
  expect(names.join(' ')).toBe(
    'picture song prompt negativePrompt duration start resolution aspect motion frameRate promptWeight enableMotion seed',
  )
  expect(Object.keys(workflow.nodes)).toHaveLength(11)
})

it('links only ports that exist and fit, and sets only params that are valid', () => {
  for (const [id, node] of Object.entries(workflow.nodes)) {
    const definition = registry.get(node.type)!
    expect(definition, id).toBeDefined()
    expect(definition.params.strict().safeParse(node.params).error, id).toBeUndefined()
    for (const [port, input] of Object.entries(definition.inputs)) {
      const link = node.links[port]
      if (!link || Array.isArray(link)) {
        expect(input.optional, `${id}.${port}`).toBe(true)
        continue
      }
      const output = registry.get(workflow.nodes[link.node]!.type)!.outputs[link.port]!
      expect(fits(output, input).ok, `${id}.${port}`).toBe(true)
    }
  }
  for (const [name, { node, param }] of Object.entries(workflow.inputs)) {
    expect(registry.get(workflow.nodes[node]!.type)!.params.shape, name).toHaveProperty(param)
  }
})
