import type { Workflow, WorkflowNode } from '@beatloom/core'

const COLUMN_PX = 340
const ROW_PX = 420
const COLUMNS = 25

/**
 * A graph of ordinary nodes for measuring the editor: chains of number, curve and picture nodes with their fields.
 * @param count how many nodes.
 * @param pictures how many of them show a picture.
 */
export function bigGraph(count: number, pictures: number): Workflow {
  const nodes: Record<string, WorkflowNode> = {}
  const places: Record<string, [number, number]> = {}
  const every = Math.max(1, Math.floor(count / Math.max(1, pictures)))
  for (let index = 0; index < count; index++) {
    const id = `n${index}`
    const hasPicture = index % every === 0 && index / every < pictures
    nodes[id] = hasPicture ? picture() : chained(index)
    places[id] = [(index % COLUMNS) * COLUMN_PX, Math.floor(index / COLUMNS) * ROW_PX]
  }
  return {
    beatloom: 1,
    title: `${count} nodes`,
    inputs: {},
    outputs: {},
    nodes,
    needs: { nodes: {}, models: {} },
    layout: { nodes: places, groups: [] },
  } as Workflow

  function picture(): WorkflowNode {
    return { type: 'image.load', version: 1, params: { file: 'samples/cover.jpg' }, links: {} }
  }

  /** Linked to the sums of the last two places before it, where there are some. */
  function chained(index: number): WorkflowNode {
    const kind = index % 5
    if (kind === 0) return { type: 'value.number', version: 1, params: { value: index }, links: {} }
    if (kind === 4) return { type: 'value.text', version: 1, params: { value: `Words of node ${index}` }, links: {} }
    const links = [1, 2, 3, 4].flatMap((back) => {
      const source = nodes[`n${index - back}`]
      const port = source?.type === 'value.add' ? 'sum' : source?.type === 'value.number' ? 'number' : null
      return port ? [{ node: `n${index - back}`, port }] : []
    })
    const [a, b = a] = links
    return { type: 'value.add', version: 1, params: {}, links: { ...(a ? { a } : {}), ...(b ? { b } : {}) } }
  }
}
