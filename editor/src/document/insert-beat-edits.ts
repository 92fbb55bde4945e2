import type { Link, NodeDescriptor, Workflow } from '@beatloom/core'
import type { Recipe } from './document-store.ts'
import { addLink, addNode, allLinks, freshId, linksOf, type Point, sameLink } from './edits.ts'
import { type LinkMove, moveLinks } from './link-edits.ts'
import type { Descriptors } from './link-rules.ts'

/** Beats are changed by hand in it. */
export const hasGrid = (descriptor: NodeDescriptor | undefined): boolean =>
  descriptor?.params.some(({ widget }) => widget === 'beats') ?? false

/** The output of a node that gives beats. */
export function beatsOutput(workflow: Workflow, descriptors: Descriptors, node: string): Link | null {
  const output = descriptors.get(workflow.nodes[node]?.type ?? '')?.outputs.find(({ type }) => type === 'BEATS')
  return output ? { node, port: output.name } : null
}

/** The node behind an output in which its beats are changed by hand already. */
export function gridBehind(workflow: Workflow, descriptors: Descriptors, from: Link): string | null {
  const behind = allLinks(workflow).filter((link) => sameLink(link.from, from))
  return behind.find(({ to }) => hasGrid(descriptors.get(workflow.nodes[to.node]?.type ?? '')))?.to.node ?? null
}

/**
 * Puts a node for changes by hand behind an output that gives beats: all that took the beats takes the changed ones, and
 * the sound they were found in goes along. Null where there is no such node type.
 */
export function insertGrid(
  workflow: Workflow,
  descriptors: Descriptors,
  from: Link,
  at: Point,
): { id: string; recipe: Recipe } | null {
  const descriptor = [...descriptors.values()].find(hasGrid)
  const input = descriptor?.inputs.find(({ type }) => type === 'BEATS')
  const output = descriptor?.outputs.find(({ type }) => type === 'BEATS')
  if (!descriptor || !input || !output) return null
  const id = freshId(workflow, descriptor.type)
  const result = { node: id, port: output.name }
  const moves = allLinks(workflow)
    .filter((link) => sameLink(link.from, from))
    .map(
      (old): LinkMove => ({ old, now: { from: result, to: old.to }, list: takesList(workflow, descriptors, old.to) }),
    )
  const sound = soundOf(workflow, descriptors, from.node)
  const soundInput = descriptor.inputs.find(({ type }) => type === 'AUDIO')
  const recipe: Recipe = (draft) => {
    addNode(id, descriptor, at)(draft)
    moveLinks(moves)(draft)
    addLink({ from, to: { node: id, port: input.name } }, false)(draft)
    if (sound && soundInput) addLink({ from: sound, to: { node: id, port: soundInput.name } }, false)(draft)
    for (const declared of Object.values(draft.outputs)) {
      if (sameLink(declared, from)) Object.assign(declared, result)
    }
  }
  return { id, recipe }
}

function takesList(workflow: Workflow, descriptors: Descriptors, to: Link): boolean {
  const descriptor = descriptors.get(workflow.nodes[to.node]?.type ?? '')
  return descriptor?.inputs.find(({ name }) => name === to.port)?.list ?? false
}

function soundOf(workflow: Workflow, descriptors: Descriptors, node: string): Link | undefined {
  const here = workflow.nodes[node]
  const input = descriptors.get(here?.type ?? '')?.inputs.find(({ type }) => type === 'AUDIO')
  return linksOf(here?.links[input?.name ?? ''])[0]
}
