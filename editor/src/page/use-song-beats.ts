import { useMemo } from 'react'
import type { MediaStep } from '../document/declared-fields.ts'
import { beatTicks, type Tick } from '../previews/Waveform.tsx'
import { useRun } from '../run/run-store.ts'

/** The beats the last run found in this very song, on the song's own time; null while nobody has listened yet. */
export function useSongBeats(step: MediaStep, reference: string): { ticks: Tick[]; tempo: number | null } | null {
  const displays = useRun((state) => state.displays)
  const ran = useRun((state) => state.workflow)
  const { node, param } = step.field
  return useMemo(() => {
    const params = ran?.nodes[node]?.params
    if (!params || params[param.name] !== reference) return null
    const found = Object.values(displays)
      .flat()
      .find((item) => item.kind === 'beats')
    if (!found) return null
    const start = Number(params.startSeconds ?? 0)
    const tempo = found.tempoBpm === null ? null : Math.round(found.tempoBpm)
    return { ticks: beatTicks(found.beats, found.downbeats, start), tempo }
  }, [displays, ran, node, param, reference])
}
