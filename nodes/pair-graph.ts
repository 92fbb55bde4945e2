import type { Link, PortType } from '@beatloom/core'
import { GraphBuilder, type GraphNode, type Material, type Pair } from './clock-graphs.ts'

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
