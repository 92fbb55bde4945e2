import type { Workflow } from '@beatloom/core'
import { documentStore } from '../../document/document-store.ts'
import { addNode, freshId, removeLink, setParam } from '../../document/edits.ts'
import { converterPorts, portOf, type Refusal } from '../../document/link-rules.ts'
import { catalogStore } from '../../view/catalog-store.ts'
import { link } from '../actions.ts'
import { type Bubble, canvasStore, positionsNow } from '../canvas-store.ts'

/** A way out of a refusal, as a button offers it. */
export type LinkFix =
  | { kind: 'insert'; type: string; frameRate?: number; seconds?: number }
  | { kind: 'unlock'; node: string }

const MOST = 2

export function fixesFor(refusal: Refusal): LinkFix[] {
  switch (refusal.code) {
    case 'type_mismatch':
      return refusal.converters.slice(0, MOST).map((type) => ({ kind: 'insert', type }))
    case 'frame_rates':
      return refusal.retimers.slice(0, 1).map((type) => ({ kind: 'insert', type, frameRate: refusal.to }))
    case 'lengths':
      return refusal.fitters.slice(0, 1).map((type) => ({ kind: 'insert', type, seconds: refusal.to }))
    case 'locked':
      return [{ kind: 'unlock', node: refusal.node }]
    default:
      return []
  }
}

export function applyFix(fix: LinkFix, bubble: Bubble): void {
  canvasStore.setState({ bubble: null })
  if (fix.kind === 'insert') insertBetween(fix, bubble)
  else documentStore.getState().edit((draft) => unlock(draft, fix.node))
}

function unlock(draft: Pick<Workflow, 'layout'>, node: string): void {
  const mark = draft.layout.marks?.[node]
  if (!mark || !draft.layout.marks) return
  delete mark.locked
  if (Object.keys(mark).length === 0) delete draft.layout.marks[node]
  if (Object.keys(draft.layout.marks).length === 0) delete draft.layout.marks
}

/** Puts the offered node between two ports that did not fit. */
function insertBetween({ type, frameRate, seconds }: LinkFix & { kind: 'insert' }, { a, b, moving }: Bubble): void {
  const { workflow, edit, gesture } = documentStore.getState()
  const { descriptors } = catalogStore.getState()
  const descriptor = descriptors.get(type)
  const [from, to] = a.side === 'output' ? [a, b] : [b, a]
  const output = portOf(workflow, descriptors, from)
  const input = portOf(workflow, descriptors, to)
  const ports = descriptor && output && input && converterPorts(descriptor, output, input)
  if (!descriptor || !ports) return
  const places = positionsNow()
  const start = places[from.node] ?? { x: 0, y: 0 }
  const end = places[to.node] ?? start
  const id = freshId(workflow, type)
  gesture(() => {
    for (const old of moving) edit(removeLink(old))
    edit(addNode(id, descriptor, { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 }))
    if (frameRate !== undefined) edit(setParam(id, 'frameRate', frameRate))
    if (seconds !== undefined) edit(setParam(id, 'seconds', seconds))
    link(from, { node: id, port: ports.input, side: 'input' })
    edit((draft) => {
      // Its rate or length is not known before the next plan; it was chosen to fit.
      const target = draft.nodes[to.node]
      if (!target) return
      const made = { node: id, port: ports.output }
      const now = target.links[to.port]
      target.links[to.port] = input.list ? [...(now === undefined ? [] : [now].flat()), made] : made
    })
  })
}
