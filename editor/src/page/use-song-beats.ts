import type { Display } from '@beatloom/core'
import { useMemo } from 'react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { fileNameIn } from '../api/client.ts'
import type { MediaStep } from '../document/declared-fields.ts'
import { documentStore } from '../document/document-store.ts'
import { textNow } from '../i18n/index.ts'
import { sourceSong } from '../previews/source-song.ts'
import { beatTicks, type Tick } from '../previews/Waveform.tsx'
import { useRun } from '../run/run-store.ts'
import { sideRun } from '../run/side-run.ts'
import { catalogStore } from '../view/catalog-store.ts'

interface SongBeats {
  /** On the song's own time. */
  ticks: Tick[]
  tempo: number | null
}

type Beats = Extract<Display, { kind: 'beats' }>

/** What was heard in songs that were chosen here, by their reference. */
const heard = createStore<Record<string, SongBeats | 'hearing' | null>>(() => ({}))

/** The beats of this very song: those the last run found, or those heard when it was chosen; null while nobody has. */
export function useSongBeats(step: MediaStep, reference: string): SongBeats | 'hearing' | null {
  const displays = useRun((state) => state.displays)
  const ran = useRun((state) => state.workflow)
  const before = useStore(heard, (state) => state[reference] ?? null)
  const { node, param } = step.field
  const found = useMemo(() => {
    const params = ran?.nodes[node]?.params
    if (!params || params[param.name] !== reference) return null
    const beats = beatsIn(Object.values(displays).flat())
    return beats && onSongTime(beats, Number(params.startSeconds ?? 0))
  }, [displays, ran, node, param, reference])
  return found ?? before
}

/** Listens to the used stretch of a song that was just chosen: its tempo is known before anything else is made. */
export async function hearBeats(step: MediaStep): Promise<void> {
  const { workflow } = documentStore.getState()
  const { node, param } = step.field
  const params = workflow.nodes[node]?.params ?? {}
  const reference = String(params[param.name] ?? '')
  const listener = beatsNode(node)
  if (!listener || heard.getState()[reference] !== undefined) return
  heard.setState({ [reference]: 'hearing' })
  try {
    const title = textNow()('page.beatRun', { name: fileNameIn(reference) })
    const events = await sideRun({ workflow, nodes: [listener], title })
    const shown = events.flatMap((event) => (event.type === 'node.display' ? event.items : []))
    const beats = beatsIn(shown)
    heard.setState({ [reference]: beats ? onSongTime(beats, Number(params.startSeconds ?? 0)) : null })
  } catch {
    // Nothing is lost: the run that makes the video listens too.
    heard.setState({ [reference]: null })
  }
}

/** The node that gives beats of this song, not of another. */
function beatsNode(song: string): string | undefined {
  const { workflow } = documentStore.getState()
  const { descriptors } = catalogStore.getState()
  return Object.keys(workflow.nodes).find((id) => {
    const outputs = descriptors.get(workflow.nodes[id]?.type ?? '')?.outputs ?? []
    const isBeats = outputs.some((port) => port.type === 'BEATS')
    return isBeats && sourceSong(workflow, descriptors, id)?.node === song
  })
}

const beatsIn = (items: readonly Display[]): Beats | undefined =>
  items.find((item): item is Beats => item.kind === 'beats')

const onSongTime = ({ beats, downbeats, tempoBpm }: Beats, start: number): SongBeats => ({
  ticks: beatTicks(beats, downbeats, start),
  tempo: tempoBpm === null ? null : Math.round(tempoBpm),
})
