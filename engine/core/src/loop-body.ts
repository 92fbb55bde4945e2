import { AppError } from './errors.ts'
import { eachLink } from './graph.ts'
import type { LoopBody } from './node-definition.ts'
import type { Link } from './ports.ts'
import type { PreparedNode } from './prepared-run.ts'

/**
 * The nodes between some inputs of a node and the one start of a loop before them.
 * @param nodes every node of the run, by id.
 * @throws {AppError} `input_invalid`
 */
export function loopBody(
  end: PreparedNode,
  inputs: readonly string[],
  nodes: ReadonlyMap<string, PreparedNode>,
): LoopBody {
  const ends: Record<string, Link> = {}
  for (const input of inputs) {
    const link = [end.links[input] ?? []].flat()[0]
    if (link) ends[input] = link
  }
  const { starts, inside } = dependants(
    Object.values(ends).map((link) => link.node),
    nodes,
  )
  const [start, another] = starts
  if (!start) {
    throw new AppError(
      'input_invalid',
      `What "${end.id}" (${end.definition.title}) repeats has to begin with a node that gives it each shot: link what makes the frames to Each shot.`,
    )
  }
  if (another) {
    throw new AppError(
      'input_invalid',
      `What "${end.id}" (${end.definition.title}) repeats begins twice, at "${start.id}" and at "${another.id}": use one of them for all of it.`,
    )
  }
  const bodyNodes = inside.map((node) => [node.id, asExpanded(node)] as const)
  return { start: { id: start.id, ...asExpanded(start) }, nodes: Object.fromEntries(bodyNodes), ends }
}

const asExpanded = ({ id, definition, params, links }: PreparedNode) => ({
  type: definition.type,
  params,
  links,
  origin: id,
})

/** The nearest starts above some nodes, and everything from there down to them. */
function dependants(from: readonly string[], nodes: ReadonlyMap<string, PreparedNode>) {
  const starts = new Set<PreparedNode>()
  const inside: PreparedNode[] = []
  const depends = new Map<string, boolean>()
  // Depth first with a stack of its own: a body may be thousands of nodes deep.
  const stack = from.map((id) => ({ id, isLeft: false }))
  while (stack.length > 0) {
    const { id, isLeft } = stack.pop() as { id: string; isLeft: boolean }
    const node = nodes.get(id)
    if (!node || (depends.has(id) && !isLeft)) continue
    if (node.definition.loop === 'start') {
      starts.add(node)
      depends.set(id, true)
      continue
    }
    if (isLeft) {
      if (!eachLink(node.links).some(([, link]) => depends.get(link.node))) continue
      depends.set(id, true)
      inside.push(node)
      continue
    }
    depends.set(id, false)
    stack.push({ id, isLeft: true })
    for (const [, link] of eachLink(node.links)) stack.push({ id: link.node, isLeft: false })
  }
  return { starts: [...starts], inside }
}
