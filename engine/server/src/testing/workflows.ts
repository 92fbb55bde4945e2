import type { Workflow } from '@beatloom/core'
import { parseWorkflow } from '@beatloom/core'

type Nodes = Record<string, { type: string; params?: Record<string, unknown>; links?: Record<string, unknown> }>

const link = (node: string, port = 'value') => ({ node, port })

export function workflowOf(nodes: Nodes, output: string | null, extra: Record<string, unknown> = {}): Workflow {
  const outputs = output ? { result: link(output, nodes[output]?.type === 'test.save' ? 'file' : 'value') } : {}
  return parseWorkflow({ beatloom: 1, title: 'Test', nodes, outputs, ...extra })
}

/** number → sleep → save, with `amount` as a declared input. */
export function sleepyWorkflow(params: Record<string, unknown> = {}): Workflow {
  return workflowOf(
    {
      start: { type: 'test.number', params: { value: 5 } },
      nap: { type: 'test.sleep', params, links: { value: link('start') } },
      save: { type: 'test.save', links: { value: link('nap') } },
    },
    'save',
    {
      inputs: {
        amount: { node: 'start', param: 'value', min: 1, max: 50, help: 'How much' },
        enableMotion: { node: 'start', param: 'enabled' },
        word: { node: 'start', param: 'word' },
      },
    },
  )
}

/** A chain of `count` trivial nodes. */
export function chainWorkflow(count: number, start = 1): Workflow {
  const nodes: Nodes = { n0: { type: 'test.number', params: { value: start } } }
  for (let index = 1; index < count; index++) {
    nodes[`n${index}`] = { type: 'test.add-one', links: { value: link(`n${index - 1}`) } }
  }
  return workflowOf(nodes, `n${count - 1}`)
}
