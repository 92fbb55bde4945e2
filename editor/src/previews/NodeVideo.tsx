import { Volume2, VolumeX } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useText } from '../i18n/index.ts'
import { IconButton } from '../ui/Button.tsx'

/** A muted loop in a node: plays while in sight, scrubs under the pointer, sound on a click. */
export function NodeVideo({ src, name }: { src: string; name: string }) {
  const t = useText()
  const video = useRef<HTMLVideoElement>(null)
  const [muted, setMuted] = useState(true)
  useEffect(() => {
    const element = video.current
    if (!element || matchMedia('(prefers-reduced-motion: reduce)').matches) return
    const watcher = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting) void element.play().catch(() => undefined)
      else element.pause()
    })
    watcher.observe(element)
    return () => watcher.disconnect()
  }, [])
  function scrub(event: React.PointerEvent<HTMLVideoElement>): void {
    const element = event.currentTarget
    if (!muted || !element.duration) return
    const box = element.getBoundingClientRect()
    element.pause()
    element.currentTime = ((event.clientX - box.left) / box.width) * element.duration
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
        aria-label={name}
        onPointerMove={scrub}
        onPointerLeave={() => void video.current?.play().catch(() => undefined)}
      />
      <IconButton
        label={t(muted ? 'player.unmute' : 'player.mute')}
        onClick={() => {
          setMuted(!muted)
          if (video.current) void video.current.play().catch(() => undefined)
        }}
      >
        {muted ? <VolumeX size={14} /> : <Volume2 size={14} />}
      </IconButton>
    </div>
  )
}
