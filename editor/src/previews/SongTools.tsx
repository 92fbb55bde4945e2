import { Pause, Play, Ruler, ZoomIn, ZoomOut } from 'lucide-react'
import { clockTime } from '../i18n/format.ts'
import { useText } from '../i18n/index.ts'
import { IconButton } from '../ui/Button.tsx'
import { onBeats, type SongWindow, whole, zoomed } from './song-window.ts'
import type { Tick } from './Waveform.tsx'

interface SongToolsProps {
  playing: boolean
  /** Null where there is nothing to hear. */
  onPlay: (() => void) | null
  view: SongWindow
  seconds: number
  beats: readonly Tick[]
  /** The playhead's place. */
  around(): number
  onView(view: SongWindow): void
}

/** Play, zoom, a look at single beats, and where in the song the window stands. */
export function SongTools({ playing, onPlay, view, seconds, beats, around, onView }: SongToolsProps) {
  const t = useText()
  const isWhole = view.span >= seconds - 1e-6
  const zoom = (factor: number) => onView(zoomed(view, factor, inView(around(), view), seconds))
  return (
    <div className="song-tools">
      {onPlay && (
        <IconButton label={t(playing ? 'song.pause' : 'song.play')} onClick={onPlay} tip="above">
          {playing ? <Pause size={14} /> : <Play size={14} />}
        </IconButton>
      )}
      <IconButton
        label={t('song.zoomOut')}
        onClick={() => (view.span > seconds / 2.1 ? onView(whole(seconds)) : zoom(0.5))}
        disabled={isWhole}
        tip="above"
      >
        <ZoomOut size={14} />
      </IconButton>
      <IconButton label={t('song.zoomIn')} onClick={() => zoom(2)} tip="above">
        <ZoomIn size={14} />
      </IconButton>
      {beats.length > 1 && (
        <IconButton
          label={t('song.beats')}
          onClick={() =>
            onView(
              onBeats(
                inView(around(), view),
                beats.map((tick) => tick.time),
                seconds,
              ),
            )
          }
          tip="above"
        >
          <Ruler size={14} />
        </IconButton>
      )}
      {isWhole ? (
        <span className="song-length">{clockTime(seconds, 1)}</span>
      ) : (
        <input
          className="song-scroll"
          type="range"
          min={0}
          max={seconds - view.span}
          step={view.span / 20}
          value={view.from}
          aria-label={t('song.position')}
          aria-valuetext={`${clockTime(view.from, 1)} – ${clockTime(view.from + view.span, 1)}`}
          onChange={(event) => onView({ ...view, from: Number(event.target.value) })}
        />
      )}
    </div>
  )
}

/** A playhead out of sight zooms about the middle. */
const inView = (time: number, { from, span }: SongWindow): number =>
  time >= from && time <= from + span ? time : from + span / 2
