import { useMemo } from 'react'
import { useDocument } from '../document/document-store.ts'
import { linksOf } from '../document/edits.ts'
import { sourceSong } from '../previews/source-song.ts'
import type { SongSource } from '../previews/use-song-stage.ts'
import { useRun } from '../run/run-store.ts'
import { useDescriptors } from '../view/catalog-store.ts'
import { useFileFacts } from '../widgets/use-file.ts'
import { analysisBehind, type KnownBeats, knownBeats } from './known-beats.ts'

interface InputBeats {
  /** As far as a run found them; null before. */
  known: KnownBeats | null
  /** The node that finds them; null where nothing is linked. */
  source: string | null
}

/** The beats that reach a node. */
export function useInputBeats(node: string): InputBeats {
  const workflow = useDocument((state) => state.workflow)
  const ran = useRun((state) => state.workflow)
  const displays = useRun((state) => state.displays)
  const descriptors = useDescriptors()
  return useMemo(() => {
    const here = workflow.nodes[node]
    const input = descriptors.get(here?.type ?? '')?.inputs.find(({ type }) => type === 'BEATS')
    const [link] = linksOf(here?.links[input?.name ?? ''])
    const known = knownBeats(workflow, descriptors, { workflow: ran, displays }, link)
    return { known, source: analysisBehind(workflow, descriptors, link) }
  }, [workflow, ran, displays, descriptors, node])
}

/** The sound under a node of the open document, with what was shown of it. */
export function useSongOf(node: string, peaks: readonly number[], seconds: number): SongSource {
  const workflow = useDocument((state) => state.workflow)
  const descriptors = useDescriptors()
  const song = useMemo(() => sourceSong(workflow, descriptors, node), [workflow, descriptors, node])
  const facts = useFileFacts(song?.reference ?? '')
  return {
    reference: song?.reference ?? null,
    peaks,
    seconds,
    offset: song?.start ?? 0,
    fileSeconds: facts.data?.facts.durationSeconds,
  }
}
