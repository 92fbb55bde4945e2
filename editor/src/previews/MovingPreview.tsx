import { useEffect, useRef } from 'react'
import type { Preview } from '../run/run-view.ts'

const FRAMES_PER_SECOND = 8

/** Plays the frames a sampler has shown so far, round and round; a still for those who want less motion. */
export function MovingPreview({ preview, label }: { preview: Preview; label: string }) {
  const image = useRef<HTMLImageElement>(null)
  const frames = useRef(preview.frames)
  frames.current = preview.frames
  useEffect(() => {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return
    let at = 0
    const timer = setInterval(() => {
      const shown = frames.current.filter((frame) => frame !== undefined)
      if (shown.length < 2 || !image.current) return
      at = (at + 1) % shown.length
      image.current.src = shown[at]!
    }, 1000 / FRAMES_PER_SECOND)
    return () => clearInterval(timer)
  }, [])
  const first = preview.frames.find((frame) => frame !== undefined)
  return first ? <img ref={image} className="moving-preview" src={first} alt={label} draggable={false} /> : null
}
