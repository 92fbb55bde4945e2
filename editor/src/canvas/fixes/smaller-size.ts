import type { NodeDescriptor, Workflow } from '@beatloom/core'
import { linksOf } from '../../document/edits.ts'
import type { Descriptors } from '../../document/link-rules.ts'

export interface SmallerSize {
  node: string
  param: string
  value: string | number
}

/** Params that set how large pictures are; the first that a node has is the one to turn down. */
const SIZE_PARAMS = ['resolution', 'longestSide', 'width', 'size']

/** The next smaller size on this node or on what feeds it; null where nothing can be made smaller. */
export function smallerSize(workflow: Workflow, descriptors: Descriptors, from: string): SmallerSize | null {
  const seen = new Set<string>()
  const queue = [from]
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    const node = workflow.nodes[id]
    if (!node || seen.has(id)) continue
    seen.add(id)
    const found = smallerOn(node.params, descriptors.get(node.type))
    if (found) return { node: id, ...found }
    for (const value of Object.values(node.links)) queue.push(...linksOf(value).map((link) => link.node))
  }
  return null
}

function smallerOn(
  params: Record<string, unknown>,
  descriptor: NodeDescriptor | undefined,
): { param: string; value: string | number } | null {
  for (const name of SIZE_PARAMS) {
    const param = descriptor?.params.find((one) => one.name === name)
    if (!param) continue
    const now = params[name] ?? param.default
    const choices = Array.isArray(param.schema.enum) ? (param.schema.enum as unknown[]).map(String) : null
    if (choices) {
      const smaller = nextSmaller(choices, String(now))
      if (smaller !== null) return { param: name, value: smaller }
    } else if (typeof now === 'number') {
      const step = Number(param.schema.multipleOf ?? 2)
      const half = Math.max(step, Math.floor(now / 2 / step) * step)
      if (half < now && half >= Number(param.schema.minimum ?? 1)) return { param: name, value: half }
    }
  }
  return null
}

/** `720p` before `1080p`: by the number they begin with. */
function nextSmaller(choices: readonly string[], now: string): string | null {
  const size = (text: string): number => Number.parseFloat(text)
  const below = choices.filter((choice) => size(choice) < size(now)).toSorted((a, b) => size(b) - size(a))
  return below[0] ?? null
}
