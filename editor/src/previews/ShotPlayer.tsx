import { X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { fileUrl } from '../api/client.ts'
import { useText } from '../i18n/index.ts'
import { IconButton } from '../ui/Button.tsx'

interface ShotPlayerProps {
  src: string
  name: string
  /** The song under the shot, from the moment at which the shot begins. */
  song: { reference: string; startSeconds: number } | null
  onClose(): void
}

/** Further apart than this, picture and sound are felt as two. */
const APART_SECONDS = 0.08

/** One shot with its piece of the song, which follows the picture wherever that is played, paused or moved. */
export function ShotPlayer({ src, name, song, onClose }: ShotPlayerProps) {
  const t = useText()
  const video = useRef<HTMLVideoElement>(null)
  const audio = useRef<HTMLAudioElement>(null)
  const start = song?.startSeconds ?? 0

  useEffect(() => {
    const [picture, sound] = [video.current, audio.current]
    if (!picture) return
    const align = () => {
      if (sound && Math.abs(sound.currentTime - start - picture.currentTime) > APART_SECONDS)
        sound.currentTime = start + picture.currentTime
    }
    const play = () => {
      align()
      void sound?.play().catch(() => undefined)
    }
    const pause = () => sound?.pause()
    const heard: [string, () => void][] = [
      ['playing', play],
      ['pause', pause],
      ['waiting', pause],
      ['ended', pause],
      ['seeked', align],
      ['timeupdate', align],
    ]
    for (const [event, listener] of heard) picture.addEventListener(event, listener)
    void picture.play().catch(() => undefined)
    return () => {
      for (const [event, listener] of heard) picture.removeEventListener(event, listener)
      sound?.pause()
    }
  }, [start])

  return (
    <div className="shot-player">
      {/* biome-ignore lint/a11y/useMediaCaption: pictures to music, without words to caption. */}
      <video ref={video} src={src} controls playsInline preload="auto" aria-label={name} />
      {song && (
        // biome-ignore lint/a11y/useMediaCaption: music without words to caption.
        <audio ref={audio} src={fileUrl(song.reference)} preload="auto" />
      )}
      <IconButton label={t('clips.close')} onClick={onClose}>
        <X size={14} />
      </IconButton>
    </div>
  )
}
