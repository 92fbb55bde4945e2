import { documentStore } from '../document/document-store.ts'
import { linksOf, type Point } from '../document/edits.ts'
import { groupTree, membersOf } from '../document/group-tree.ts'
import { fittingPorts, type PortEnd, portOf } from '../document/link-rules.ts'
import { placeholderFor } from '../document/placeholder.ts'
import { catalogStore } from '../view/catalog-store.ts'
import { canvasStore } from './canvas-store.ts'
import { groupOfItem } from './group-ids.ts'
import { dropPull, type Pull, refusalAt } from './pull-store.ts'

/** A cable let go over a node's body: the first fitting free port takes it; where several would, a small list asks. */
export function dropOnNode(screen: Point, pull: Pull, node: string): void {
  const { workflow } = documentStore.getState()
  const { descriptors } = catalogStore.getState()
  const anchor = pull.anchors[0]!
  const port = portOf(workflow, descriptors, anchor)
  const type = workflow.nodes[node]?.type
  const group = groupOfItem(node)
  if (port && type === undefined && group !== null && groupTree(workflow).groups.has(group)) {
    dropOnBox(screen, pull, membersOf(workflow, group))
    return
  }
  if (!port || type === undefined || node === anchor.node) return
  const descriptor = descriptors.get(type) ?? placeholderFor(workflow, node)
  const side = anchor.side === 'output' ? 'input' : 'output'
  const ends = fittingPorts(descriptor, port, anchor.side, true)
    .map((fitting): PortEnd => ({ node, port: fitting.name, side }))
    .filter((end) => refusalAt(pull, end) === null)
  const free = ends.filter(
    (end) => end.side === 'output' || linksOf(workflow.nodes[node]?.links[end.port]).length === 0,
  )
  const isPort = ({ port }: PortEnd) => side === 'output' || descriptor.inputs.some(({ name }) => name === port)
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
  const other = (side === 'input' ? descriptor.inputs : descriptor.outputs)[0]
  if (!other) return
  const end: PortEnd = { node, port: other.name, side }
  const refusal = refusalAt(pull, end)
  if (refusal) canvasStore.setState({ bubble: { screen, refusal, a: anchor, b: end, moving: pull.moving } })
}

/** The same over a box: any free fitting port of the nodes inside. */
function dropOnBox(screen: Point, pull: Pull, members: readonly string[]): void {
  const { workflow } = documentStore.getState()
  const { descriptors } = catalogStore.getState()
  const anchor = pull.anchors[0]!
  const port = portOf(workflow, descriptors, anchor)
  const side = anchor.side === 'output' ? 'input' : 'output'
  const isFree = (end: PortEnd) => side === 'output' || linksOf(workflow.nodes[end.node]?.links[end.port]).length === 0
  const ports = members.flatMap((node): PortEnd[] => {
    const descriptor = descriptors.get(workflow.nodes[node]?.type ?? '') ?? placeholderFor(workflow, node)
    const fitting = port ? fittingPorts(descriptor, port, anchor.side) : []
    return fitting.map(({ name }): PortEnd => ({ node, port: name, side }))
  })
  const choices = ports.filter((end) => isFree(end) && refusalAt(pull, end) === null)
  if (choices.length === 1) dropPull(pull, choices[0]!)
  else if (choices.length > 1) canvasStore.setState({ chooser: { screen, pull, ports: choices } })
}
