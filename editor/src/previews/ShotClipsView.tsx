import type { Display, ShotClip } from '@beatloom/core'
import { Check, CircleAlert, Clock3, Database, LoaderCircle } from 'lucide-react'
import { useState } from 'react'
import { clockTime } from '../i18n/format.ts'
import { useText } from '../i18n/index.ts'
import '../styles/shot-strip.css'
import { addressOf } from './file-address.ts'
import { ShotPlayer } from './ShotPlayer.tsx'
import { useSourceSong } from './use-source-song.ts'

const ICONS = {
  waiting: Clock3,
  running: LoaderCircle,
  cached: Database,
  done: Check,
  failed: CircleAlert,
} satisfies Record<ShotClip['state'], typeof Check>

interface ShotClipsViewProps {
  item: Extract<Display, { kind: 'shot-clips' }>
  node: string
  /** Beside the bar of a run. */
  small?: boolean
}

const isFinished = ({ state }: ShotClip): boolean => state === 'done' || state === 'cached'

/** The shots of a plan as they are made, each with its state; a finished one plays with its piece of the song. */
export function ShotClipsView({ item: { clips }, node, small = false }: ShotClipsViewProps) {
  const t = useText()
  const song = useSourceSong(node)
  const [chosen, setChosen] = useState<number | null>(null)
  const playing = chosen === null ? undefined : clips[chosen]
  return (
    <figure className="display shot-clips nodrag" data-small={small}>
      {playing?.file && (
        <ShotPlayer
          key={addressOf(playing.file)}
          src={addressOf(playing.file)}
          name={t('clips.playing', { n: chosen! + 1 })}
          song={song && { reference: song.reference, startSeconds: song.start + playing.startSeconds }}
          onClose={() => setChosen(null)}
        />
      )}
      <ol className="shot-clips-row nowheel" aria-label={t('clips.list')}>
        {clips.map((clip, index) => (
          <li key={clip.startSeconds}>
            <Clip clip={clip} index={index} pressed={index === chosen} onPlay={() => setChosen(index)} />
          </li>
        ))}
      </ol>
      <figcaption>{t('clips.count', { n: clips.filter(isFinished).length, m: clips.length })}</figcaption>
    </figure>
  )
}

interface ClipProps {
  clip: ShotClip
  index: number
  pressed: boolean
  onPlay(): void
}

function Clip({ clip, index, pressed, onPlay }: ClipProps) {
  const t = useText()
  const Icon = ICONS[clip.state]
  const state = t(`state.${clip.state}`)
  const place = { n: index + 1, time: `${clockTime(clip.startSeconds, 1)} – ${clockTime(clip.endSeconds, 1)}` }
  const inside = (
    <>
      <span className="shot-clip-picture">
        {clip.thumb && <img src={addressOf(clip.thumb)} alt="" loading="lazy" decoding="async" draggable={false} />}
      </span>
      <span className="shot-clip-state">
        <Icon size={11} aria-hidden="true" />
        <span>
          {index + 1} · {state}
        </span>
      </span>
    </>
  )
  if (!clip.file)
    return (
      <span className="shot-clip" data-state={clip.state} title={t('clips.shot', place)}>
        {inside}
      </span>
    )
  return (
    <button
      type="button"
      className="shot-clip"
      data-state={clip.state}
      aria-label={`${t('clips.play', place)}, ${state}`}
      aria-pressed={pressed}
      onClick={onPlay}
    >
      {inside}
    </button>
  )
}
