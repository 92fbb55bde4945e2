import { Volume2, VolumeX } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { fileUrl } from '../api/client.ts'
import { useText } from '../i18n/index.ts'
import type { Preview } from '../run/run-view.ts'
import { IconButton } from '../ui/Button.tsx'
import { decodeFrames } from './decode-frames.ts'
import type { SourceSong } from './source-song.ts'

const FRAMES_PER_SECOND = 8

interface MovingPreviewProps {
  preview: Preview
  label: string
  /** The song it moves to; on demand its stretch sounds, and the picture follows it. */
  song?: SourceSong | null
}

/**
 * Plays what a sampler has shown so far, round and round; a still for those who want less motion. With the sound on,
 * the frames follow the song.
 */
export function MovingPreview({ preview, label, song = null }: MovingPreviewProps) {
  const t = useText()
  const image = useRef<HTMLImageElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const audio = useRef<HTMLAudioElement>(null)
  const frames = useRef(preview.frames)
  const [sounds, setSounds] = useState(false)
  frames.current = preview.frames
  const first = preview.frames.find((frame) => frame !== undefined)

  useEffect(() => {
    if (sounds || matchMedia('(prefers-reduced-motion: reduce)').matches) return
    let at = 0
    const timer = setInterval(() => {
      const shown = frames.current.filter((frame) => frame !== undefined)
      if (shown.length < 2 || !image.current) return
      at = (at + 1) % shown.length
      image.current.src = shown[at]!
    }, 1000 / FRAMES_PER_SECOND)
    return () => clearInterval(timer)
  }, [sounds])
  useFollowSong({ sounds, first, preview, image, canvas, audio, song })

  if (!first) return null
  return (
    <div className="moving-preview">
      <img ref={image} src={first} alt={label} decoding="async" draggable={false} hidden={sounds} />
      {sounds && <canvas ref={canvas} role="img" aria-label={label} />}
      {song && (
        <>
          <IconButton
            className="moving-sound nodrag"
            label={t(sounds ? 'preview.mute' : 'preview.hear')}
            aria-pressed={sounds}
            onClick={() => setSounds(!sounds)}
            tip="above"
          >
            {sounds ? <Volume2 size={14} /> : <VolumeX size={14} />}
          </IconButton>
          {sounds && (
            // biome-ignore lint/a11y/useMediaCaption: music without words to caption.
            <audio ref={audio} src={fileUrl(song.reference)} preload="auto" />
          )}
        </>
      )}
    </div>
  )
}

interface FollowParts {
  sounds: boolean
  first: string | undefined
  preview: Preview
  image: React.RefObject<HTMLImageElement | null>
  canvas: React.RefObject<HTMLCanvasElement | null>
  audio: React.RefObject<HTMLAudioElement | null>
  song: SourceSong | null
}

/** Loops the song's stretch and shows the frame that belongs to each moment of it. */
function useFollowSong({ sounds, first, preview, image, canvas, audio, song }: FollowParts): void {
  const drawn = useRef<CanvasImageSource[]>([])
  useEffect(() => {
    if (!sounds || !first) return
    let gone = false
    const shown = preview.frames.filter((frame) => frame !== undefined)
    const load = shown.length > 1 ? Promise.all(shown.map(loadImage)) : decodeFrames(first)
    void load.then((frames) => {
      if (gone) return
      drawn.current = frames ?? (image.current ? [image.current] : [])
    })
    return () => {
      gone = true
    }
  }, [sounds, first, preview, image])

  useEffect(() => {
    const element = audio.current
    if (!sounds || !element || !song) return
    let frame = 0
    const length = () => song.duration ?? Math.max(0.1, element.duration - song.start)
    element.currentTime = song.start
    void element.play().catch(() => undefined)
    const tick = () => {
      const at = element.currentTime - song.start
      if (at >= length() || element.ended) {
        element.currentTime = song.start
        void element.play().catch(() => undefined)
      }
      const pictures = drawn.current
      const picture =
        pictures[Math.min(pictures.length - 1, Math.floor((Math.max(0, at) / length()) * pictures.length))]
      if (picture && canvas.current) draw(canvas.current, picture)
      frame = requestAnimationFrame(tick)
    }
    frame = requestAnimationFrame(tick)
    return () => {
      cancelAnimationFrame(frame)
      element.pause()
    }
  }, [sounds, song, audio, canvas])
}

function draw(canvas: HTMLCanvasElement, picture: CanvasImageSource): void {
  const { width, height } = picture as ImageBitmap
  if (!width || !height) return
  if (canvas.width !== width) canvas.width = width
  if (canvas.height !== height) canvas.height = height
  canvas.getContext('2d')?.drawImage(picture, 0, 0, width, height)
}

async function loadImage(address: string): Promise<HTMLImageElement> {
  const image = new Image()
  image.src = address
  await image.decode()
  return image
}
