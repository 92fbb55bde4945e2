import { type Arrival, clockClashes, type Link, type ValueFacts, type Workflow } from '@beatloom/core'
import { linksOf } from './edits.ts'
import { type Descriptors, portOf } from './port-of.ts'

interface LengthQuestion {
  from: Link
  to: Link
  /** The input takes many, so that the new link joins those that are there. */
  list: boolean
  factsOf(output: Link): ValueFacts | undefined
}

/** Seconds that a new link would bring, and those of what it would not go together with. */
export interface LengthRefusal {
  from: number
  to: number
  /** Another length of the sound would mend it. */
  isMendable: boolean
}

/**
 * What the check before a run would refuse for its length, asked of a link that is not made yet. Lengths that are not
 * exactly known are left to the run.
 */
export function lengthRefusal(
  workflow: Workflow,
  descriptors: Descriptors,
  { from, to, list, factsOf }: LengthQuestion,
): LengthRefusal | null {
  const descriptor = descriptors.get(workflow.nodes[to.node]?.type ?? '')
  if (!descriptor || factsOf(from)?.durationSeconds === undefined) return null
  const arrival = (port: string, link: Link): Arrival[] => {
    const input = portOf(workflow, descriptors, { node: to.node, port, side: 'input' })
    const facts = factsOf(link)
    if (!input || !facts) return []
    const { type, lazy = false, list = false } = input
    // How many videos a list will hold only the engine can tell.
    return [{ input: port, type, lazy, list, several: list, facts }]
  }
  const made = arrival(to.port, from)
  const others = Object.entries(workflow.nodes[to.node]?.links ?? {})
    .filter(([port]) => list || port !== to.port)
    .flatMap(([port, value]) => linksOf(value).flatMap((link) => arrival(port, link)))
  const place = {
    terminal: descriptor.terminal,
    fitsSound: descriptor.fitsSound,
    outputs: descriptor.outputs.map(({ type }) => type),
    rates: descriptor.outputs.flatMap(({ name }) => factsOf({ node: to.node, port: name })?.frameRate ?? []),
  }
  for (const clash of clockClashes(place, [...made, ...others])) {
    if (clash.kind === 'rates' || !clash.isCertain) continue
    const { kept, changed, keptSeconds, changedSeconds } = clash
    if (kept === made[0]) return { from: keptSeconds, to: changedSeconds, isMendable: false }
    if (changed === made[0]) {
      return { from: changedSeconds, to: keptSeconds, isMendable: changed.type === 'AUDIO' && kept.type !== 'BEATS' }
    }
  }
  return null
}
