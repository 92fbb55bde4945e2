import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { documentStore } from '../../document/document-store.ts'
import { addLink, type LinkEnds } from '../../document/edits.ts'
import { type LinkMove, linksAt, moveLinks, withoutLinks } from '../../document/link-edits.ts'
import {
  checkLink,
  isLocked,
  type LinkCheck,
  linkChecker,
  type PortEnd,
  portOf,
  type Refusal,
} from '../../document/link-rules.ts'
import { placeholderFor } from '../../document/placeholder.ts'
import { inputsOf } from '../../document/port-of.ts'
import { quoteStore } from '../../run/quote-store.ts'
import { catalogStore } from '../../view/catalog-store.ts'

/** A cable in the hand: a new link, or links whose ends are being moved. */
export interface Pull {
  /** The ends that stay. A new link has one; moved links have one each. */
  anchors: PortEnd[]
  /** The links being moved; none for a new link. */
  moving: LinkEnds[]
  /** Began with a tap on a port; the next tap ends it. */
  tapped: boolean
  /** Ports it may end at, by `endKey`. */
  fitting: ReadonlySet<string>
}

export const pullStore = createStore<{ pull: Pull | null }>(() => ({ pull: null }))

export const usePull = (): Pull | null => useStore(pullStore, (state) => state.pull)

/** A drag that comes back to its port ends with a click there, which means nothing. */
const ECHO_MS = 60
let stoppedAt = Number.NEGATIVE_INFINITY
export const justPulled = (): boolean => performance.now() - stoppedAt < ECHO_MS

export function stopPull(): void {
  const { pull } = pullStore.getState()
  if (!pull) return
  if (!pull.tapped) stoppedAt = performance.now()
  pullStore.setState({ pull: null })
}

export const endKey = ({ node, port, side }: PortEnd): string => `${side}\n${node}\n${port}`
const factsOf = ({ node, port }: { node: string; port: string }) => quoteStore.getState().facts[node]?.[port]

/** `checkLink` on the open document, with what is known of its frame rates. */
export const checkNow = (a: PortEnd, b: PortEnd): LinkCheck =>
  checkLink(documentStore.getState().workflow, catalogStore.getState().descriptors, a, b, factsOf)

/** Takes up a cable, and works out once where it may end. */
export function startPull(anchors: PortEnd[], moving: LinkEnds[], tapped: boolean): void {
  pullStore.setState({ pull: { anchors, moving, tapped, fitting: fittingEnds(anchors, moving) } })
}

/**
 * A cable from a port. Out of an input that holds its one link, that link's end comes along; with `all`, the ends of
 * every link of the port do.
 */
export function pullFromPort(end: PortEnd, { all, tapped }: { all: boolean; tapped: boolean }): void {
  const { workflow } = documentStore.getState()
  const { descriptors } = catalogStore.getState()
  const links = linksAt(workflow, end, end.side)
  const single = end.side === 'input' && !portOf(workflow, descriptors, end)?.list
  if (links.length === 0 || tapped || !(all || single)) {
    startPull([end], [], tapped)
    return
  }
  const anchors = links.map(
    ({ from, to }): PortEnd => (end.side === 'input' ? { ...from, side: 'output' } : { ...to, side: 'input' }),
  )
  startPull(anchors, links, tapped)
}

function fittingEnds(anchors: PortEnd[], moving: LinkEnds[]): Set<string> {
  const { workflow } = documentStore.getState()
  const { descriptors } = catalogStore.getState()
  const open = withoutLinks(workflow, moving)
  const checks = anchors.map((anchor) => linkChecker(open, descriptors, anchor, factsOf))
  const side = anchors[0]?.side === 'output' ? 'input' : 'output'
  const found = new Set<string>()
  for (const [node, { type }] of Object.entries(workflow.nodes)) {
    const descriptor = descriptors.get(type) ?? placeholderFor(workflow, node)
    for (const { name } of side === 'output' ? descriptor.outputs : inputsOf(descriptor)) {
      const end: PortEnd = { node, port: name, side }
      const takesAll = anchors.length < 2 || side === 'output' || portOf(workflow, descriptors, end)?.list
      if (takesAll && checks.every((check) => check(end).ok)) found.add(endKey(end))
    }
  }
  return found
}

/** Why the cable may not end here; null where it may. */
export function refusalAt(pull: Pull, end: PortEnd): Refusal | null {
  const { workflow } = documentStore.getState()
  const { descriptors } = catalogStore.getState()
  const held = pull.moving.find(({ to }) => isLocked(workflow, to.node))
  if (held) return { code: 'locked', node: held.to.node }
  const open = withoutLinks(workflow, pull.moving)
  for (const anchor of pull.anchors) {
    const check = checkLink(open, descriptors, anchor, end, factsOf)
    if (!check.ok) return check.refusal
    if (pull.anchors.length > 1 && end.side === 'input' && !check.list)
      return { code: 'one_link', count: pull.anchors.length }
  }
  return null
}

/** Ends the cable at a port that takes it; one undo step. */
export function dropPull(pull: Pull, end: PortEnd): void {
  const { workflow, edit, gesture } = documentStore.getState()
  if (pull.moving.length === 0) {
    const check = checkNow(pull.anchors[0]!, end)
    if (check.ok) edit(addLink({ from: check.from, to: check.to }, check.list))
    return
  }
  const { descriptors } = catalogStore.getState()
  const list = (to: PortEnd) => portOf(workflow, descriptors, to)?.list ?? false
  const moves = pull.moving.map((old, index): LinkMove => {
    const anchor = pull.anchors[index]!
    const [from, to] = anchor.side === 'output' ? [anchor, end] : [end, anchor]
    return { old, now: { from: plain(from), to: plain(to) }, list: list(to) }
  })
  gesture(() => edit(moveLinks(moves)))
}

const plain = ({ node, port }: PortEnd) => ({ node, port })
