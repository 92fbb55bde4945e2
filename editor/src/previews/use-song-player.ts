import { type RefObject, useEffect, useRef, useState } from 'react'

/** One sound at a time on the whole page. */
let playing: HTMLAudioElement | null = null

export interface SongPlayer {
  audio: RefObject<HTMLAudioElement | null>
  on: boolean
  toggle(): void
  /** Moves the playhead; seconds on the shown stretch. */
  seek(time: number): void
  /** Where the sound is at this very moment, finer than what is drawn; null where there is none. */
  now(): number | null
}

/**
 * Plays the stretch of a file that a waveform shows.
 * @param offset where in the file the shown stretch begins, seconds.
 * @param stretch what is played, on the shown time: from its start, and no further than its end.
 * @param onTime called with the playhead's place, on every frame while it moves.
 */
export function useSongPlayer(
  offset: number,
  stretch: { from: number; to: number },
  onTime: (time: number) => void,
): SongPlayer {
  const audio = useRef<HTMLAudioElement>(null)
  const [on, setOn] = useState(false)
  const latest = useRef({ offset, stretch, onTime })
  latest.current = { offset, stretch, onTime }

  useEffect(() => {
    if (!on) return
    let frame = 0
    const tick = () => {
      const element = audio.current
      const { offset, stretch, onTime } = latest.current
      if (!element) return
      const time = element.currentTime - offset
      onTime(time)
      if (time >= stretch.to) element.pause()
      else frame = requestAnimationFrame(tick)
    }
    frame = requestAnimationFrame(tick)
    return () => cancelAnimationFrame(frame)
  }, [on])

  useEffect(() => {
    const element = audio.current
    if (!element) return
    const onPlay = () => {
      if (playing !== element) playing?.pause()
      playing = element
      setOn(true)
    }
    const onPause = () => setOn(false)
    element.addEventListener('play', onPlay)
    element.addEventListener('pause', onPause)
    return () => {
      element.removeEventListener('play', onPlay)
      element.removeEventListener('pause', onPause)
      element.pause()
    }
  }, [])

  return {
    audio,
    on,
    toggle() {
      const element = audio.current
      if (!element) return
      if (!element.paused) return element.pause()
      const time = element.currentTime - offset
      if (time < stretch.from || time >= stretch.to - 0.05) element.currentTime = offset + stretch.from
      void element.play().catch(() => setOn(false))
    },
    seek(time) {
      if (!audio.current) return
      audio.current.currentTime = offset + time
      onTime(time)
    },
    now: () => (audio.current ? audio.current.currentTime - offset : null),
  }
}
