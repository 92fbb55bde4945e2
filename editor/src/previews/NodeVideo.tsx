import { Volume2, VolumeX } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { clockTime } from '../i18n/format.ts'
import { useText } from '../i18n/index.ts'
import { IconButton } from '../ui/Button.tsx'
import { watchSight } from './watch-sight.ts'

const USUAL_FRAME_RATE = 30

interface NodeVideoProps {
  src: string
  name: string
  /** Frames a second, for single steps. */
  frameRate?: number
}

/**
 * A muted loop in a node: plays while in sight, scrubs under the pointer, sound on a click. With the focus on it, the
 * arrow keys go frame by frame and Space plays and pauses.
 */
export function NodeVideo({ src, name, frameRate = USUAL_FRAME_RATE }: NodeVideoProps) {
  const t = useText()
  const video = useRef<HTMLVideoElement>(null)
  /** Stopped by hand: coming into sight does not start it again. */
  const held = useRef(false)
  const [muted, setMuted] = useState(true)
  const [time, setTime] = useState<number | null>(null)
  useEffect(() => {
    const element = video.current
    if (!element || matchMedia('(prefers-reduced-motion: reduce)').matches) return
    return watchSight(element, (inSight) => {
      if (inSight && !held.current) void element.play().catch(() => undefined)
      else element.pause()
    })
  }, [])

  const play = () => {
    held.current = false
    setTime(null)
    void video.current?.play().catch(() => undefined)
  }
  function scrub(event: React.PointerEvent<HTMLVideoElement>): void {
    const element = event.currentTarget
    if (!muted || !element.duration || event.pointerType === 'touch') return
    const box = element.getBoundingClientRect()
    element.pause()
    element.currentTime = ((event.clientX - box.left) / box.width) * element.duration
    setTime(element.currentTime)
  }
  function onKeyDown(event: React.KeyboardEvent<HTMLVideoElement>): void {
    const element = event.currentTarget
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (event.key === ' ') {
      if (element.paused) play()
      else {
        held.current = true
        element.pause()
        setTime(element.currentTime)
      }
    } else if (by !== undefined) {
      held.current = true
      element.pause()
      // The middle of a frame, so that rounding never shows its neighbour.
      const frame = Math.floor(element.currentTime * frameRate + 1e-3) + by * (event.shiftKey ? 10 : 1)
      element.currentTime = Math.min(element.duration, Math.max(0, (frame + 0.5) / frameRate))
      setTime(element.currentTime)
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  function toggleSound(): void {
    setMuted(!muted)
    play()
  }
  return (
    <div className="node-video nodrag">
      <video
        ref={video}
        src={src}
        muted={muted}
        loop
        playsInline
        preload="metadata"
        tabIndex={0}
        aria-label={`${name} · ${t('video.keys')}`}
        onClick={toggleSound}
        onPointerMove={scrub}
        onPointerLeave={() => !held.current && play()}
        onKeyDown={onKeyDown}
      />
      {time !== null && (
        <span className="node-video-time">
          {clockTime(time, 1)} · {t('video.frame', { n: Math.floor(time * frameRate + 1e-3) })}
        </span>
      )}
      <IconButton label={t(muted ? 'player.unmute' : 'player.mute')} aria-pressed={!muted} onClick={toggleSound}>
        {muted ? <VolumeX size={14} /> : <Volume2 size={14} />}
      </IconButton>
    </div>
  )
}
