import { documentStore } from '../../document/document-store.ts'
import { linksOf, type Point } from '../../document/edits.ts'
import { groupTree, membersOf } from '../../document/group-tree.ts'
import { fittingPorts, type PortEnd, portOf } from '../../document/link-rules.ts'
import { placeholderFor } from '../../document/placeholder.ts'
import { catalogStore } from '../../view/catalog-store.ts'
import { canvasStore } from '../canvas-store.ts'
import { groupOfItem } from '../groups/group-ids.ts'
import { dropPull, type Pull, refusalAt } from './pull-store.ts'

/**
 * A cable let go over the body of a node, or of a box, which stands for the nodes inside: the first fitting free input
 * takes it; where several would, a small list asks; where none would, a bubble says why.
 */
export function dropOnNode(screen: Point, pull: Pull, item: string): void {
  const { workflow } = documentStore.getState()
  const { descriptors } = catalogStore.getState()
  const anchor = pull.anchors[0]!
  const port = portOf(workflow, descriptors, anchor)
  const nodes = nodesOf(item)
  if (!port || nodes.includes(anchor.node)) return
  const side = anchor.side === 'output' ? 'input' : 'output'
  const descriptorOf = (node: string) =>
    descriptors.get(workflow.nodes[node]?.type ?? '') ?? placeholderFor(workflow, node)
  const ends = nodes
    .flatMap((node) =>
      fittingPorts(descriptorOf(node), port, anchor.side, true).map(
        ({ name }): PortEnd => ({ node, port: name, side }),
      ),
    )
    .filter((end) => refusalAt(pull, end) === null)
  const free = ends.filter(
    (end) => end.side === 'output' || linksOf(workflow.nodes[end.node]?.links[end.port]).length === 0,
  )
  const isPort = ({ node, port }: PortEnd) =>
    side === 'output' || descriptorOf(node).inputs.some(({ name }) => name === port)
  // Params are asked about only where no port would do: most links go to ports.
  const [choices = []] = [free.filter(isPort), free, ends].filter((list) => list.length > 0)
  if (choices.length === 1) {
    dropPull(pull, choices[0]!)
    return
  }
  if (choices.length > 1) {
    canvasStore.setState({ chooser: { screen, pull, ports: choices } })
    return
  }
  const [end] = nodes.flatMap((node): PortEnd[] => {
    const other = (side === 'input' ? descriptorOf(node).inputs : descriptorOf(node).outputs)[0]
    return other ? [{ node, port: other.name, side }] : []
  })
  const refusal = end && refusalAt(pull, end)
  if (refusal) canvasStore.setState({ bubble: { screen, refusal, a: anchor, b: end, moving: pull.moving } })
}

/** The nodes that an item on the canvas stands for. */
function nodesOf(item: string): readonly string[] {
  const { workflow } = documentStore.getState()
  const group = groupOfItem(item)
  if (Object.hasOwn(workflow.nodes, item)) return [item]
  return group !== null && groupTree(workflow).groups.has(group) ? membersOf(workflow, group) : []
}
