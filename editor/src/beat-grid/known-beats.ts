import { applyBeatEdits, type BeatEdit, type Beats, type Display, type Link, type Workflow } from '@beatloom/core'
import { linksOf } from '../document/edits.ts'
import { hasGrid } from '../document/insert-beat-edits.ts'
import type { Descriptors } from '../document/link-rules.ts'
import { sourceSong } from '../previews/source-song.ts'
import { type BeatsDisplay, beatsOfDisplay, readBeatEdits } from './analysis.ts'

/** What the last run found, and of which graph. */
export interface LastRun {
  workflow: Workflow | null
  displays: Record<string, Display[]>
}

export interface KnownBeats {
  beats: Beats
  /** What its analysis showed: peaks and sections. */
  shown: BeatsDisplay
}

/**
 * The beats that an output gives as the graph stands now: those found by the last run, with every change made since,
 * as far as it is a change by hand. Null where no run found any, or where another song feeds it now.
 */
export function knownBeats(
  workflow: Workflow,
  descriptors: Descriptors,
  { workflow: ran, displays }: LastRun,
  from: Link | undefined,
): KnownBeats | null {
  const path = beatsPath(workflow, descriptors, from)
  const source = path.at(-1)
  if (!source || !ran || !sameSong(workflow, ran, descriptors, source)) return null
  // Nearest to the analysis first: what an edit showed without any change is what was found, too.
  for (let at = path.length - 1; at >= 0; at--) {
    const node = path[at] as string
    const shown = displays[node]?.find((item): item is BeatsDisplay => item.kind === 'beats')
    const ownEdits = at < path.length - 1 ? editsOf(ran, descriptors, node) : []
    if (!shown || ownEdits.length > 0) continue
    const edits = path
      .slice(0, at + 1)
      .toReversed()
      .flatMap((id) => editsOf(workflow, descriptors, id))
    return { beats: applyBeatEdits(beatsOfDisplay(shown), edits).beats, shown }
  }
  return null
}

/** The node that analyses for an output, whatever changes by hand lie between. */
export const analysisBehind = (workflow: Workflow, descriptors: Descriptors, from: Link | undefined): string | null =>
  beatsPath(workflow, descriptors, from).at(-1) ?? null

/** The nodes from an output back to the analysis: changes by hand and what passes beats on. */
function beatsPath(workflow: Workflow, descriptors: Descriptors, from: Link | undefined): string[] {
  const path: string[] = []
  for (let link = from; link && !path.includes(link.node); ) {
    const node: Workflow['nodes'][string] | undefined = workflow.nodes[link.node]
    const descriptor = descriptors.get(node?.type ?? '')
    if (!node || !descriptor) break
    path.push(link.node)
    const passes = hasGrid(descriptor) || descriptor.transparent || node.mode === 'bypass'
    const input = passes ? descriptor.passThrough[link.port] : undefined
    link = input === undefined ? undefined : linksOf(node.links[input])[0]
  }
  return path
}

/** The changes by hand that a node carries out. */
function editsOf(workflow: Workflow, descriptors: Descriptors, id: string): BeatEdit[] {
  const node = workflow.nodes[id]
  const param = descriptors.get(node?.type ?? '')?.params.find(({ widget }) => widget === 'beats')
  return node && param && node.mode !== 'bypass' ? readBeatEdits(node.params[param.name]) : []
}

/** The song that a node hears now is the one it heard in the run. */
export function sameSong(now: Workflow, ran: Workflow, descriptors: Descriptors, node: string): boolean {
  const [a, b] = [sourceSong(now, descriptors, node), sourceSong(ran, descriptors, node)]
  return a?.reference === b?.reference && a?.start === b?.start && a?.duration === b?.duration
}
