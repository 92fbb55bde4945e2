import type { Display } from '@beatloom/core'
import { useMemo } from 'react'
import { percent } from '../i18n/format.ts'
import { useText } from '../i18n/index.ts'
import { useFileFacts } from '../widgets/use-file.ts'
import { SongView } from './SongView.tsx'
import { useSourceSong } from './use-source-song.ts'
import { beatTicks } from './Waveform.tsx'

interface BeatsViewProps {
  item: Extract<Display, { kind: 'beats' }>
  node: string
}

/** A beat analysis to look at and hear, with its tempo and how sure it is in words. */
export function BeatsView({ item, node }: BeatsViewProps) {
  const t = useText()
  const song = useSourceSong(node)
  const facts = useFileFacts(song?.reference ?? '')
  const ticks = useMemo(() => beatTicks(item.beats, item.downbeats), [item])
  const tempo =
    item.tempoBpm === null ? t('beats.none') : t('beats.tempo', { bpm: Math.round(item.tempoBpm * 10) / 10 })
  const words = [
    tempo,
    t('beats.count', { n: item.beats.length }),
    t('beats.confidence', { share: percent(item.confidence) }),
  ].join(' · ')
  return (
    <figure className="display" data-kind="beats">
      <SongView
        reference={song?.reference ?? null}
        offset={song?.start ?? 0}
        peaks={item.peaks}
        seconds={item.durationSeconds}
        fileSeconds={facts.data?.facts.durationSeconds}
        ticks={ticks}
        sections={item.sections ?? []}
        label={words}
      />
      <figcaption>{words}</figcaption>
    </figure>
  )
}
