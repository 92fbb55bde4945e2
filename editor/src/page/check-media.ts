import { MAX_PICTURE_PIXELS, MAX_SONG_SECONDS, MAX_UPLOAD_BYTES } from './media-limits.ts'
import { type PixelSize, pictureSize } from './picture-size.ts'
import { type WavLayout, wavLayout } from './wav-cut.ts'

export type MediaKind = 'image' | 'audio' | 'video'

/** What is wrong with a chosen file before a byte of it is sent, and the way out where there is one. */
export type Finding =
  | { code: 'empty' }
  /** `redraw`: the browser may be able to show it, and so to write it anew as a JPG. */
  | { code: 'type'; redraw: boolean }
  | { code: 'bytes'; wav: WavLayout | null; redraw: boolean }
  | { code: 'pixels'; size: PixelSize }
  | { code: 'seconds'; seconds: number; wav: WavLayout | null }

const READ: Record<MediaKind, RegExp> = {
  image: /^image\/(jpeg|png|webp)$/,
  audio: /^(audio\/|application\/ogg$|video\/(mp4|webm)$)/,
  video: /^video\//,
}
const PICTURE_NAME = /\.(jpe?g|png|webp)$/i
const OTHER_PICTURE_NAME = /\.(heic|heif|avif|gif|bmp|tiff?|svg)$/i

/** Type, size, length and resolution, by the file's name and header alone; null when it may be sent. */
export async function checkMedia(file: File, kind: MediaKind): Promise<Finding | null> {
  if (file.size === 0) return { code: 'empty' }
  const isPicture = file.type.startsWith('image/') || OTHER_PICTURE_NAME.test(file.name)
  // Some systems name no type at all; then the server's own look at the bytes decides.
  if (file.type !== '' && !READ[kind].test(file.type)) return { code: 'type', redraw: kind === 'image' && isPicture }
  if (file.type === '' && kind === 'image' && isPicture && !PICTURE_NAME.test(file.name))
    return { code: 'type', redraw: true }
  const wav = kind === 'audio' ? await wavLayout(file) : null
  if (file.size > MAX_UPLOAD_BYTES) return { code: 'bytes', wav, redraw: kind === 'image' }
  if (kind === 'audio') {
    const seconds = wav?.seconds ?? (await soundSeconds(file))
    return seconds !== null && seconds > MAX_SONG_SECONDS ? { code: 'seconds', seconds, wav } : null
  }
  if (kind === 'video') return null
  const size = await pictureSize(file)
  return size && size.width * size.height > MAX_PICTURE_PIXELS ? { code: 'pixels', size } : null
}

const PATIENCE_MS = 3000

/** The length of a sound as the browser reads it; null where it cannot tell soon. */
function soundSeconds(file: File): Promise<number | null> {
  return new Promise((resolve) => {
    const address = URL.createObjectURL(file)
    const audio = document.createElement('audio')
    const done = (seconds: number | null) => {
      clearTimeout(timer)
      URL.revokeObjectURL(address)
      resolve(seconds)
    }
    const timer = setTimeout(() => done(null), PATIENCE_MS)
    audio.onloadedmetadata = () => done(Number.isFinite(audio.duration) ? audio.duration : null)
    audio.onerror = () => done(null)
    audio.preload = 'metadata'
    audio.src = address
  })
}
