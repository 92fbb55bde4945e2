import { clashWords } from './check-clocks-words.ts'
import { type Arrival, type ClockClash, canClash, clockClashes, lengthError } from './clock-clash.ts'
import type { Draft } from './draft.ts'
import type { FactsByNode } from './facts.ts'
import { eachLink } from './graph.ts'
import type { NodeDefinition } from './node-definition.ts'

/** Lengths that may be further off, seconds, are guesses, and nothing is remarked of them. */
const LARGEST_TOLD_ERROR = 1

/**
 * Refuses what would not keep time: pictures of two rates, a sound and the beats or the plan of another, picture and
 * sound that are saved together and differ by more than a frame. Where that hangs on a length that is not exactly
 * known, it is at most a remark, and the run decides.
 */
export function checkClocks(draft: Draft, facts: FactsByNode): void {
  const lists = new ListFinder(draft)
  for (const [id, definition] of draft.definitions) {
    if (!meetsClocks(definition) || draft.workflow.nodes[id]?.mode !== undefined) continue
    const place = {
      terminal: definition.terminal,
      fitsSound: definition.fitsSound,
      outputs: Object.values(definition.outputs).map((port) => port.type),
      rates: Object.values(facts.get(id) ?? {}).flatMap((known) => known.frameRate ?? []),
    }
    for (const clash of clockClashes(place, arrivalsAt(draft, id, facts, lists))) report(draft, id, clash)
  }
}

function report(draft: Draft, id: string, clash: ClockClash): void {
  const isCertain = clash.kind === 'rates' || clash.isCertain
  if (!isCertain && !isWorthARemark(clash)) return
  const { message, mender } = clashWords(clash, id, draft.definitions.get(id)?.title ?? id, draft.registry)
  draft.findings.add({
    code: 'clock_mismatch',
    message,
    node: id,
    port: clash.changed.input,
    ...(mender ? { valid: [mender] } : {}),
    ...(isCertain ? {} : { mild: true }),
  })
}

const isWorthARemark = ({ kind, kept, changed }: ClockClash): boolean =>
  kind === 'picture' && lengthError(kept) + lengthError(changed) <= LARGEST_TOLD_ERROR

function arrivalsAt(draft: Draft, id: string, facts: FactsByNode, lists: ListFinder): Arrival[] {
  const inputs = draft.definitions.get(id)?.inputs ?? {}
  return eachLink(draft.links.get(id) ?? {}).flatMap(([input, link]) => {
    const port = Object.hasOwn(inputs, input) ? inputs[input] : undefined
    if (!port) return []
    const known = facts.get(link.node)?.[link.port] ?? {}
    const { type, lazy = false, list = false } = port
    return [{ input, type, lazy, list, several: list && lists.isList(link.node, link.port), facts: known }]
  })
}

/** Tells where lists travel: from outputs that are lists, and out of nodes that run once for each item of one. */
class ListFinder {
  readonly #draft: Draft
  readonly #mapped = new Map<string, boolean>()

  constructor(draft: Draft) {
    this.#draft = draft
  }

  isList(id: string, output: string): boolean {
    const definition = this.#draft.definitions.get(id)
    return definition?.outputs[output]?.list === true || this.#isMapped(id)
  }

  #isMapped(start: string): boolean {
    // Sources first, with a stack of its own: a graph may be thousands of nodes deep.
    const stack = [start]
    for (let id = stack.at(-1); id !== undefined; id = stack.at(-1)) {
      const sources = this.#feeds(id)
      const unknown = sources.filter(({ node }) => !this.#mapped.has(node))
      if (unknown.length > 0 && !this.#mapped.has(id)) {
        // Where links go in a circle, which is refused anyway, this ends it.
        this.#mapped.set(id, false)
        stack.push(...unknown.map(({ node }) => node))
        continue
      }
      const isMapped = sources.some(
        ({ node, port }) => this.#draft.definitions.get(node)?.outputs[port]?.list || this.#mapped.get(node),
      )
      this.#mapped.set(id, isMapped)
      stack.pop()
    }
    return this.#mapped.get(start) ?? false
  }

  /** What feeds inputs that take one value. */
  #feeds(id: string): { node: string; port: string }[] {
    const inputs = this.#draft.definitions.get(id)?.inputs ?? {}
    return eachLink(this.#draft.links.get(id) ?? {}).flatMap(([input, link]) => (inputs[input]?.list ? [] : [link]))
  }
}

const meeting = new WeakMap<NodeDefinition, boolean>()

/** Whether clocks can meet at nodes of this type at all. */
function meetsClocks(definition: NodeDefinition): boolean {
  const known = meeting.get(definition)
  if (known !== undefined) return known
  const types = Object.values(definition.inputs).flatMap(({ type, list }) => (list ? [type, type] : [type]))
  const meets = canClash(types)
  meeting.set(definition, meets)
  return meets
}
