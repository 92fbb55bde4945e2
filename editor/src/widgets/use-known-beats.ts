import type { Display } from '@beatloom/core'
import { useMemo } from 'react'
import type { Section } from '../previews/SongPlot.tsx'
import { sourceSong } from '../previews/source-song.ts'
import { beatTicks, type Tick } from '../previews/Waveform.tsx'
import { useRun } from '../run/run-store.ts'
import { catalogStore } from '../view/catalog-store.ts'

type Beats = Extract<Display, { kind: 'beats' }>

/** The beats the last run found in the song of this node, on the song's own time; nothing where none did yet. */
export function useKnownBeats(node: string, reference: string): { ticks: Tick[]; sections: Section[] } | null {
  const displays = useRun((state) => state.displays)
  const ran = useRun((state) => state.workflow)
  return useMemo(() => {
    if (!ran) return null
    for (const [id, items] of Object.entries(displays)) {
      const found = items.find((item): item is Beats => item.kind === 'beats')
      if (!found) continue
      const song = sourceSong(ran, catalogStore.getState().descriptors, id)
      if (song?.node !== node || song.reference !== reference) continue
      const sections = (found.sections ?? []).map((section) => ({
        ...section,
        start: section.start + song.start,
        end: section.end + song.start,
      }))
      return { ticks: beatTicks(found.beats, found.downbeats, song.start), sections }
    }
    return null
  }, [displays, ran, node, reference])
}
