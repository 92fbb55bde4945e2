import type { Display, ShotClip } from '@beatloom/core'
import { Check, CircleAlert, Clock3, Database, LoaderCircle } from 'lucide-react'
import { useRef, useState } from 'react'
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

/**
 * The shots of a plan as they are made, each with its state; a finished one plays with its piece of the song. They are
 * one stop of the Tab key, however many there are: arrow keys, Home and End go from one finished shot to another.
 */
export function ShotClipsView({ item: { clips }, node, small = false }: ShotClipsViewProps) {
  const t = useText()
  const song = useSourceSong(node)
  const row = useRef<HTMLDivElement>(null)
  const [chosen, setChosen] = useState<number | null>(null)
  const [stop, setStop] = useState<number | null>(null)
  const playing = chosen === null ? undefined : clips[chosen]
  const finished = clips.flatMap((clip, index) => (clip.file ? [index] : []))
  const tabStop = finished.find((index) => index === stop) ?? finished[0]

  function focus(index: number): void {
    const tile = row.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)
    tile?.focus({ preventScroll: true })
    if (tile) scrollTo(tile)
  }
  function onRowKey(event: React.KeyboardEvent): void {
    const at = finished.indexOf(tabStop ?? -1)
    const places: Record<string, number> = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: finished.length - 1 }
    const next = finished[places[event.key] ?? -1]
    if (!(event.key in places)) return
    event.preventDefault()
    event.stopPropagation()
    if (next !== undefined) focus(next)
  }
  function onKey(event: React.KeyboardEvent): void {
    if (event.key !== 'Escape' || chosen === null) return
    event.preventDefault()
    event.stopPropagation()
    setChosen(null)
    focus(chosen)
  }
  return (
    <figure className="display shot-clips nodrag" data-small={small} onKeyDown={onKey}>
      {playing?.file && (
        <ShotPlayer
          key={addressOf(playing.file)}
          src={addressOf(playing.file)}
          name={t('clips.playing', { n: chosen! + 1 })}
          song={song && { reference: song.reference, startSeconds: song.start + playing.startSeconds }}
          onClose={() => setChosen(null)}
        />
      )}
      <div ref={row} role="toolbar" aria-label={t('clips.list')} onKeyDown={onRowKey}>
        <ol className="shot-clips-row nowheel" aria-label={t('clips.list')}>
          {clips.map((clip, index) => (
            <li key={clip.startSeconds}>
              <Clip
                clip={clip}
                index={index}
                pressed={index === chosen}
                isStop={index === tabStop}
                onPlay={() => setChosen(index)}
                onFocus={() => setStop(index)}
              />
            </li>
          ))}
        </ol>
      </div>
      <figcaption>{t('clips.count', { n: clips.filter(isFinished).length, m: clips.length })}</figcaption>
    </figure>
  )
}

/** The row alone is scrolled: a browser that brings a tile into sight by itself would move the canvas under it, too. */
function scrollTo(tile: HTMLElement): void {
  const row = tile.closest<HTMLElement>('.shot-clips-row')
  if (!row) return
  const start = tile.offsetLeft - row.offsetLeft
  const end = start + tile.offsetWidth
  if (start < row.scrollLeft) row.scrollLeft = start
  else if (end > row.scrollLeft + row.clientWidth) row.scrollLeft = end - row.clientWidth
}

interface ClipProps {
  clip: ShotClip
  index: number
  pressed: boolean
  /** The one that Tab comes to. */
  isStop: boolean
  onPlay(): void
  onFocus(): void
}

function Clip({ clip, index, pressed, isStop, onPlay, onFocus }: ClipProps) {
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
        <span className="shot-clip-number">{index + 1}</span>
        <span className="shot-clip-word">· {state}</span>
      </span>
    </>
  )
  if (!clip.file)
    return (
      <span className="shot-clip" data-state={clip.state} title={`${t('clips.shot', place)}, ${state}`}>
        {inside}
      </span>
    )
  return (
    <button
      type="button"
      className="shot-clip"
      data-state={clip.state}
      data-index={index}
      tabIndex={isStop ? 0 : -1}
      aria-label={`${t('clips.play', place)}, ${state}`}
      title={`${t('clips.shot', place)}, ${state}`}
      aria-pressed={pressed}
      onClick={onPlay}
      onFocus={onFocus}
    >
      {inside}
    </button>
  )
}
