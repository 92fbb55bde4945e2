import type { GivenNode, Link, LoopBody, PortType, SubGraph } from '@beatloom/core'
import { contentKey } from './content-key.ts'

/** What Each shot gave for one shot, by output. */
export type ShotParts = Record<string, unknown>

/** The outputs of Each shot that carry what is known of a shot; `previous` comes from the round before. */
const TYPES: Record<string, PortType> = {
  image: 'IMAGE',
  mask: 'MASK',
  audio: 'AUDIO',
  beats: 'BEATS',
  prompt: 'TEXT',
  seed: 'NUMBER',
}
const PREVIOUS = 'previous'

/** The graph that asks Each shot for one shot: all that the loop reads of it. */
export function partsGraph({ start, nodes, ends }: LoopBody, index: number): SubGraph {
  const outputs: Record<string, Link> = {}
  for (const { node, port } of [
    ...Object.values(nodes).flatMap(({ links }) => Object.values(links).flat()),
    ...Object.values(ends),
  ]) {
    if (node === start.id && port !== PREVIOUS) outputs[port] = { node: '', port }
  }
  const { id: origin, type, params, links } = start
  const each = `${markOf(Object.values(links).flat())}each`
  for (const link of Object.values(outputs)) link.node = each
  return { nodes: { [each]: { type, params: { ...params, shot: index + 1 }, links, origin } }, outputs }
}

/** What the ids of a graph's own nodes begin with, so that none is the id of a node of the workflow that it links to. */
function markOf(links: readonly Link[]): string {
  let mark = '~'
  while (links.some((link) => link.node.startsWith(mark))) mark += '~'
  return mark
}

/**
 * The graph that makes one shot: a copy of the loop's body with what is known of the shot. Where it goes on from the
 * shot before, that one's copy stands in the graph too, and runs as far as it has to and is not cached.
 * @param parts of each shot from `first` on.
 * @param encode the node that makes a file of the shot's frames.
 */
export function shotGraph(
  body: LoopBody,
  parts: readonly ShotParts[],
  first: number,
  encode: { type: string; params: Record<string, unknown> },
): SubGraph {
  const graph: SubGraph = { nodes: {}, outputs: {} }
  const last = first + parts.length - 1
  const outside = [
    ...Object.values(body.nodes).flatMap(({ links }) => Object.values(links).flat()),
    ...Object.values(body.ends),
  ]
  const rounds = { body, mark: markOf(outside) }
  for (const [at, known] of parts.entries()) addRound(graph, rounds, first + at, known, at === 0)
  const frames = inRound(rounds, body.ends['frames'] as Link, last, false)
  const made = `${rounds.mark}encode`
  graph.nodes[made] = { ...encode, links: { frames: frames as Link } }
  for (const port of ['video', 'head', 'tail', 'thumb']) graph.outputs[port] = { node: made, port }
  return graph
}

interface Rounds {
  body: LoopBody
  mark: string
}

function addRound(graph: SubGraph, rounds: Rounds, round: number, parts: ShotParts, isFirst: boolean): void {
  const { body, mark } = rounds
  for (const [port, value] of Object.entries(parts)) {
    const type = TYPES[port]
    if (!type || value === undefined) continue
    const given: GivenNode = { given: value, type, key: contentKey(value) }
    graph.nodes[givenId(mark, round, port)] = given
  }
  for (const [id, node] of Object.entries(body.nodes)) {
    const links: Record<string, Link | Link[]> = {}
    for (const [input, value] of Object.entries(node.links)) {
      const found = [value].flat().flatMap((link) => {
        const inner = inRound(rounds, link, round, isFirst)
        // What was not given, such as a mask where there is none, is not linked.
        return inner && (graph.nodes[inner.node] || !inner.node.startsWith(`${mark}given `)) ? [inner] : []
      })
      const [only] = found
      if (only) links[input] = Array.isArray(value) ? found : only
    }
    graph.nodes[copyId(mark, round, id)] = { ...node, links }
  }
}

/** Where a link of the body leads in one of its rounds; null where nothing comes before the first. */
function inRound(rounds: Rounds, link: Link, round: number, isFirst: boolean): Link | null {
  const { body, mark } = rounds
  if (link.node !== body.start.id) {
    return Object.hasOwn(body.nodes, link.node) ? { node: copyId(mark, round, link.node), port: link.port } : link
  }
  if (link.port !== PREVIOUS) return { node: givenId(mark, round, link.port), port: 'value' }
  const state = body.ends['state']
  return isFirst || !state ? null : inRound(rounds, state, round - 1, false)
}

const givenId = (mark: string, round: number, port: string): string => `${mark}given ${round} ${port}`
const copyId = (mark: string, round: number, id: string): string => `${mark}copy ${round} ${id}`
