import type { Link, NodeDescriptor, PortDescriptor, PortType, Workflow, WorkflowNode } from '@beatloom/core'
import type { Draft } from 'immer'
import type { Recipe } from './document-store.ts'
import { allLinks, linksOf } from './edits.ts'
import { type Descriptors, portOf } from './link-rules.ts'
import { placeholderFor } from './placeholder.ts'

/** A node type that a file uses and that is not installed here. */
export interface MissingType {
  type: string
  nodes: string[]
  /** Installed types of the same shape, those with the most params in common first. */
  substitutes: string[]
}

/** Every unknown type of a workflow, with what could take its place. */
export function missingTypes(workflow: Workflow, descriptors: Descriptors): MissingType[] {
  const nodesByType = new Map<string, string[]>()
  for (const [id, { type }] of Object.entries(workflow.nodes)) {
    if (descriptors.has(type)) continue
    const nodes = nodesByType.get(type)
    if (nodes) nodes.push(id)
    else nodesByType.set(type, [id])
  }
  if (nodesByType.size === 0) return []
  const fed = fedInputs(workflow)
  return [...nodesByType].map(([type, nodes]) => ({
    type,
    nodes,
    substitutes: substitutesFor(workflow, nodes, descriptors, fed),
  }))
}

interface Shape {
  inputs: PortType[]
  outputs: PortType[]
}

function substitutesFor(
  workflow: Workflow,
  nodes: readonly string[],
  descriptors: Descriptors,
  fed: FedInputs,
): string[] {
  const shapes = new Map(
    nodes.map((id) => {
      const shape = shapeOf(workflow, id, descriptors, fed)
      return [JSON.stringify(shape), shape]
    }),
  )
  const params = new Set(nodes.flatMap((id) => Object.keys(workflow.nodes[id]?.params ?? {})))
  const alike = (one: NodeDescriptor) => one.params.filter((param) => params.has(param.name)).length
  return [...descriptors.values()]
    .filter((one) => [...shapes.values()].every((shape) => hasShape(one, shape)))
    .toSorted((a, b) => alike(b) - alike(a))
    .map((one) => one.type)
}

/** The inputs that each output feeds, by `NODE` and `PORT`. */
type FedInputs = ReadonlyMap<string, Link[]>
const outputKey = ({ node, port }: Link): string => JSON.stringify([node, port])

function fedInputs(workflow: Workflow): FedInputs {
  const fed = new Map<string, Link[]>()
  for (const { from, to } of allLinks(workflow)) {
    const key = outputKey(from)
    const list = fed.get(key)
    if (list) list.push(to)
    else fed.set(key, [to])
  }
  return fed
}

/** Port types as the file remembers them; where it does not, the other ends of the links tell. */
function shapeOf(workflow: Workflow, id: string, descriptors: Descriptors, fed: FedInputs): Shape {
  const { inputs, outputs } = placeholderFor(workflow, id)
  const told = (ends: Link[], side: 'input' | 'output'): PortType =>
    ends.map((end) => portOf(workflow, descriptors, { ...end, side })?.type).find((type) => type && type !== 'ANY') ??
    'ANY'
  const typeOf = (port: PortDescriptor, side: 'input' | 'output'): PortType => {
    if (port.type !== 'ANY') return port.type
    if (side === 'input') return told(linksOf(workflow.nodes[id]?.links[port.name]), 'output')
    return told(fed.get(outputKey({ node: id, port: port.name })) ?? [], 'input')
  }
  return {
    inputs: inputs.map((port) => typeOf(port, 'input')),
    outputs: outputs.map((port) => typeOf(port, 'output')),
  }
}

/** The same port types on both sides; inputs it has beyond them must be optional. A node without ports is like none. */
function hasShape(descriptor: NodeDescriptor, { inputs, outputs }: Shape): boolean {
  if (inputs.length + outputs.length === 0 || descriptor.transparent) return false
  const extra = withoutTypes(descriptor.inputs, inputs)
  const takes = extra?.every((port) => port.optional) ?? false
  return takes && withoutTypes(descriptor.outputs, outputs)?.length === 0
}

/** The ports left after giving each wanted type its own; null when one finds none. ANY, if nothing tells, takes any. */
function withoutTypes(ports: readonly PortDescriptor[], wanted: readonly PortType[]): PortDescriptor[] | null {
  const left = [...ports]
  for (const type of wanted.toSorted((a, b) => Number(a === 'ANY') - Number(b === 'ANY'))) {
    const at = left.findIndex((port) => type === 'ANY' || port.type === type)
    if (at < 0) return null
    left.splice(at, 1)
  }
  return left
}

/**
 * Puts an installed type in the place of an unknown one: values of params with the same name stay, links go to the
 * port of the same name, else to the next of the same type. What finds no place goes; one undo brings all of it back.
 */
export function replaceType(
  workflow: Workflow,
  missing: MissingType,
  descriptor: NodeDescriptor,
  descriptors: Descriptors,
): Recipe {
  const fed = fedInputs(workflow)
  const plans = missing.nodes.map((id) => {
    const placeholder = placeholderFor(workflow, id)
    const shape = shapeOf(workflow, id, descriptors, fed)
    const typed = (ports: PortDescriptor[], types: PortType[]) => ports.map((port, i) => ({ ...port, type: types[i]! }))
    const inputs = pairPorts(typed(placeholder.inputs, shape.inputs), descriptor.inputs)
    const outputs = pairPorts(typed(placeholder.outputs, shape.outputs), descriptor.outputs)
    return { id, inputs, outputs }
  })
  return (draft) => {
    for (const { id, inputs, outputs } of plans) {
      const node = draft.nodes[id]
      if (!node) continue
      becomeType(node, descriptor, inputs)
      renameOutputs(draft, id, outputs)
      const params = new Set(descriptor.params.map((param) => param.name))
      for (const [name, input] of Object.entries(draft.inputs)) {
        if (input.node === id && !params.has(input.param)) delete draft.inputs[name]
      }
    }
  }
}

/** Old port name to new. */
type Pairs = Map<string, string>

function pairPorts(old: readonly PortDescriptor[], now: readonly PortDescriptor[]): Pairs {
  const fits = (a: PortDescriptor, b: PortDescriptor) => a.type === 'ANY' || a.type === b.type
  const pairs: Pairs = new Map()
  const free = new Map(now.map((port) => [port.name, port]))
  const pair = (from: PortDescriptor, to: PortDescriptor | undefined) => {
    if (!to || pairs.has(from.name)) return
    pairs.set(from.name, to.name)
    free.delete(to.name)
  }
  for (const port of old) {
    const named = free.get(port.name)
    if (named && fits(port, named)) pair(port, named)
  }
  for (const port of old)
    pair(port, pairs.has(port.name) ? undefined : [...free.values()].find((one) => fits(port, one)))
  return pairs
}

function becomeType(node: Draft<WorkflowNode>, descriptor: NodeDescriptor, inputs: Pairs): void {
  node.type = descriptor.type
  node.version = descriptor.version
  const known = new Set(descriptor.params.map((param) => param.name))
  node.params = Object.fromEntries(Object.entries(node.params).filter(([name]) => known.has(name)))
  const links: WorkflowNode['links'] = {}
  for (const [port, value] of Object.entries(node.links)) {
    const name = inputs.get(port)
    const isList = descriptor.inputs.find((input) => input.name === name)?.list
    if (name) links[name] = isList ? linksOf(value) : linksOf(value)[0]!
  }
  node.links = links
}

function renameOutputs(draft: Draft<Workflow>, id: string, outputs: Pairs): void {
  for (const node of Object.values(draft.nodes)) {
    for (const link of Object.values(node.links).flatMap(linksOf)) {
      if (link.node === id) link.port = outputs.get(link.port) ?? link.port
    }
  }
  for (const output of Object.values(draft.outputs)) {
    if (output.node === id) output.port = outputs.get(output.port) ?? output.port
  }
}
