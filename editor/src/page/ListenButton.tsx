import { Pause, Play } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { MediaStep } from '../document/declared-fields.ts'
import { useText } from '../i18n/index.ts'
import { IconButton } from '../ui/Button.tsx'

interface ListenButtonProps {
  src: string
  range: MediaStep['range']
  seconds: number
}

/** Plays the used stretch of the song. */
export function ListenButton({ src, range, seconds }: ListenButtonProps) {
  const t = useText()
  const audio = useRef<HTMLAudioElement>(null)
  const [playing, setPlaying] = useState(false)
  const start = Number(range?.start.value ?? 0)
  const end = range ? start + (Number(range.duration.value ?? 0) || seconds) : seconds
  // biome-ignore lint/correctness/useExhaustiveDependencies: another song stops the old one.
  useEffect(() => () => audio.current?.pause(), [src])
  function toggle(): void {
    const element = audio.current
    if (!element) return
    if (!element.paused) {
      element.pause()
      return
    }
    element.currentTime = start
    void element.play().catch(() => setPlaying(false))
  }
  return (
    <>
      {/* biome-ignore lint/a11y/useMediaCaption: it is the listener's own song. */}
      <audio
        ref={audio}
        src={src}
        preload="none"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onTimeUpdate={(event) => event.currentTarget.currentTime >= end && event.currentTarget.pause()}
      />
      <IconButton label={t(playing ? 'player.pause' : 'page.listen')} onClick={toggle}>
        {playing ? <Pause size={16} /> : <Play size={16} />}
      </IconButton>
    </>
  )
}
