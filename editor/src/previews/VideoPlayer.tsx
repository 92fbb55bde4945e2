import { Maximize, Pause, Play, Repeat, Volume2, VolumeX } from 'lucide-react'
import { useRef, useState } from 'react'
import { clockTime } from '../i18n/format.ts'
import { useText } from '../i18n/index.ts'
import { IconButton } from '../ui/Button.tsx'

interface VideoPlayerProps {
  src: string
  label: string
  autoPlay?: boolean
  muted?: boolean
}

const FRAME_SECONDS = 1 / 30

/** A finished video: play, scrub, frame by frame with the arrow keys, sound, full screen. */
export function VideoPlayer({ src, label, autoPlay = false, muted: startMuted = false }: VideoPlayerProps) {
  const t = useText()
  const video = useRef<HTMLVideoElement>(null)
  const [playing, setPlaying] = useState(false)
  const [muted, setMuted] = useState(startMuted)
  const [loop, setLoop] = useState(true)
  const [time, setTime] = useState(0)
  const [length, setLength] = useState(0)
  // A better version of what is playing takes over where it is.
  const place = useRef(0)

  const togglePlay = () =>
    video.current?.paused ? void video.current.play().catch(() => setPlaying(false)) : video.current?.pause()
  const seek = (seconds: number) => {
    if (video.current) video.current.currentTime = Math.min(length, Math.max(0, seconds))
  }
  function onKeyDown(event: React.KeyboardEvent): void {
    const move = { ArrowLeft: -FRAME_SECONDS, ArrowRight: FRAME_SECONDS }[event.key]
    if (move === undefined) return
    event.preventDefault()
    event.stopPropagation()
    video.current?.pause()
    seek(time + move)
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the whole player; its buttons do the same.
    <div className="player nodrag" onKeyDown={onKeyDown}>
      <video
        ref={video}
        src={src}
        aria-label={label}
        autoPlay={autoPlay}
        muted={muted}
        loop={loop}
        playsInline
        preload="metadata"
        onClick={togglePlay}
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onTimeUpdate={(event) => {
          place.current = event.currentTarget.currentTime
          setTime(place.current)
        }}
        onLoadedMetadata={(event) => {
          const { duration } = event.currentTarget
          setLength(duration)
          if (place.current > 0) event.currentTarget.currentTime = Math.min(place.current, duration)
        }}
      />
      <div className="player-bar">
        <IconButton label={t(playing ? 'player.pause' : 'player.play')} onClick={togglePlay} tip="above">
          {playing ? <Pause size={16} /> : <Play size={16} />}
        </IconButton>
        <input
          className="player-scrub"
          type="range"
          min={0}
          max={length || 1}
          step={FRAME_SECONDS}
          value={time}
          aria-label={t('player.position')}
          aria-valuetext={clockTime(time, 1)}
          style={{ '--share': `${length ? (time / length) * 100 : 0}%` } as React.CSSProperties}
          onChange={(event) => seek(Number(event.target.value))}
        />
        <span className="player-time">
          {clockTime(time)} / {clockTime(length)}
        </span>
        <IconButton label={t('player.loop')} aria-pressed={loop} onClick={() => setLoop(!loop)} tip="above">
          <Repeat size={16} />
        </IconButton>
        <IconButton label={t(muted ? 'player.unmute' : 'player.mute')} onClick={() => setMuted(!muted)} tip="above">
          {muted ? <VolumeX size={16} /> : <Volume2 size={16} />}
        </IconButton>
        <IconButton label={t('player.full')} onClick={() => void video.current?.requestFullscreen()} tip="above">
          <Maximize size={16} />
        </IconButton>
      </div>
    </div>
  )
}
