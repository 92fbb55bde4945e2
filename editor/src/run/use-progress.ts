import { useMemo } from 'react'
import { useDocument } from '../document/document-store.ts'
import { useDescriptors } from '../view/catalog-store.ts'
import { overallShare, phaseLookup, phaseProgress } from './progress.ts'
import { useRun } from './run-store.ts'
import { usualSeconds } from './usual-seconds.ts'

/** The shown run's overall share and phases. */
export function useProgress() {
  const run = useRun((state) => state.run)
  const ran = useRun((state) => state.workflow)
  const open = useDocument((state) => state.workflow)
  const descriptors = useDescriptors()
  return useMemo(() => {
    if (!run) return null
    const phaseOf = phaseLookup(ran ?? open, descriptors)
    const secondsOf = (node: string) => usualSeconds((ran ?? open).nodes[node]?.type ?? '')
    return { share: overallShare(run, secondsOf), phases: phaseProgress(run, phaseOf) }
  }, [run, ran, open, descriptors])
}
