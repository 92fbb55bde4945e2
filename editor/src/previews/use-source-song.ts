import { useMemo } from 'react'
import { useRun } from '../run/run-store.ts'
import { useDescriptors } from '../view/catalog-store.ts'
import { type SourceSong, sourceSong } from './source-song.ts'

/** The song behind a node's result, as it was when that result was made. */
export function useSourceSong(node: string): SourceSong | null {
  const workflow = useRun((state) => state.workflow)
  const descriptors = useDescriptors()
  return useMemo(() => (workflow ? sourceSong(workflow, descriptors, node) : null), [workflow, descriptors, node])
}
