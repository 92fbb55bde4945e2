import type { Link, NodeDefinition, PortType } from '@beatloom/core'
import fc from 'fast-check'
import { clockNodes, GraphBuilder, type GraphNode, type Material, type Pair } from './clock-graphs.ts'

export interface Graph {
  nodes: Record<string, GraphNode>
  /** What it is run to. */
  ends: string[]
}

/**
 * A link between two ports in a whole workflow: everything else that the two nodes need comes from sources, and what
 * they make is saved with a sound.
 * @param first what feeds the node that the link comes from.
 * @param second what feeds the other, and what is laid under its pictures.
 * @param optional also feeds inputs that may stay empty.
 */
export function pairGraph(pair: Pair, first: Material, second: Material, optional: boolean): Graph {
  const graph = new GraphBuilder()
  const passing = graph.passedOn(pair, first)
  const source = graph.add(pair.source.type, first, passing, optional)
  const link: Link = { node: source, port: pair.output }
  const { list, type } = pair.target.inputs[pair.input] as { list?: boolean; type: PortType }
  const target = graph.add(pair.target.type, second, { [pair.input]: list ? [link] : link }, optional)
  const ends = [target]
  for (const [port, output] of Object.entries(pair.target.outputs)) {
    const end = graph.endOf({ node: target, port }, output.type === 'ANY' ? type : output.type, second)
    if (end) ends.push(end)
  }
  return { nodes: graph.nodes, ends }
}

/** A whole graph, once it is known what materials there are. */
type GraphPlan = (material: (index: number) => Material) => Graph

interface Step {
  node: number
  /** For each input: which fitting output before it, or none of them but a source of its own. */
  picks: (number | null)[]
  material: number
  /** A list input takes so many. */
  listLength: number
}

const anyStep: fc.Arbitrary<Step> = fc.record({
  node: fc.nat(),
  picks: fc.array(fc.option(fc.nat(), { freq: 3, nil: null }), { minLength: 6, maxLength: 6 }),
  // Mostly the same, or next to nothing would be accepted.
  material: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(2) }),
  listLength: fc.integer({ min: 1, max: 3 }),
})

/** Three to five nodes, each fed by outputs of those before it or by sources, and every loose end put to the test. */
export const anyGraph: fc.Arbitrary<GraphPlan> = fc
  .record({ steps: fc.array(anyStep, { minLength: 3, maxLength: 5 }), base: fc.nat(2) })
  .map(({ steps, base }) => (material) => {
    const graph = new GraphBuilder()
    const loose: { link: Link; type: PortType }[] = []
    const before: { link: Link; type: PortType }[] = []
    const ends: string[] = []
    for (const step of steps) {
      const definition = clockNodes[step.node % clockNodes.length] as NodeDefinition
      if (definition.transparent) continue
      const own = material(base + step.material)
      const links: Record<string, Link | Link[]> = {}
      for (const [index, [input, port]] of Object.entries(definition.inputs).entries()) {
        const fitting = before.filter(({ type }) => type === port.type)
        const pick = step.picks[index % step.picks.length]
        if (pick === null || pick === undefined || fitting.length === 0) continue
        const chosen = Array.from(
          { length: port.list ? step.listLength : 1 },
          (_, i) => fitting[(pick + i) % fitting.length],
        )
        const taken = chosen.flatMap((one) => one ?? [])
        for (const { link } of taken) {
          const at = loose.findIndex((one) => one.link === link)
          if (at >= 0) loose.splice(at, 1)
        }
        const [first] = taken
        if (first) links[input] = port.list ? taken.map(({ link }) => link) : first.link
      }
      const id = graph.add(definition.type, own, links)
      ends.push(id)
      for (const [port, { type }] of Object.entries(definition.outputs)) {
        const made = { link: { node: id, port }, type }
        before.push(made)
        loose.push(made)
      }
    }
    for (const { link, type } of loose) {
      const end = graph.endOf(link, type, material(base))
      if (end) ends.push(end)
    }
    return { nodes: graph.nodes, ends }
  })
