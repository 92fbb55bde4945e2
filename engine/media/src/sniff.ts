import { open } from 'node:fs/promises'
import { AppError } from '@beatloom/core'

/** What the first bytes of a file say it is, whatever its name claims. */
export type MediaFormat =
  | 'jpeg'
  | 'png'
  | 'webp'
  | 'gif'
  | 'wav'
  | 'mp3'
  | 'flac'
  | 'ogg'
  | 'aac'
  | 'mp4'
  | 'matroska'
  | 'safetensors'
  | 'text'
  | 'empty'
  | 'unknown'

const HEAD_BYTES = 4096

/** @param head the first bytes of the file; 4096 are enough. */
export function sniffBytes(head: Uint8Array): MediaFormat {
  if (head.length === 0) return 'empty'
  const ascii = (start: number, length: number) => String.fromCharCode(...head.subarray(start, start + length))
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return 'jpeg'
  if (ascii(0, 8) === '\x89PNG\r\n\x1a\n') return 'png'
  if (ascii(0, 4) === 'RIFF' && ascii(8, 4) === 'WEBP') return 'webp'
  if (ascii(0, 4) === 'GIF8') return 'gif'
  if ((ascii(0, 4) === 'RIFF' || ascii(0, 4) === 'RF64') && ascii(8, 4) === 'WAVE') return 'wav'
  if (ascii(0, 4) === 'fLaC') return 'flac'
  if (ascii(0, 4) === 'OggS') return 'ogg'
  if (ascii(4, 4) === 'ftyp') return 'mp4'
  if (head[0] === 0x1a && head[1] === 0x45 && head[2] === 0xdf && head[3] === 0xa3) return 'matroska'
  if (ascii(0, 3) === 'ID3') return 'mp3'
  // MPEG audio frame sync: 11 ones; layer bits 00 with 12 ones of sync is AAC in ADTS.
  if (head[0] === 0xff && (head[1]! & 0xf6) === 0xf0) return 'aac'
  if (head[0] === 0xff && (head[1]! & 0xe0) === 0xe0 && (head[1]! & 0x06) !== 0) return 'mp3'
  // The length of a header, in eight bytes of which the upper four are zero, and the header's opening brace.
  if (ascii(4, 5) === '\0\0\0\0{') return 'safetensors'
  return looksLikeText(head) ? 'text' : 'unknown'
}

/** @throws {AppError} `file_missing` when there is no such file. */
export async function sniffFile(path: string): Promise<MediaFormat> {
  const handle = await openForReading(path)
  try {
    const head = new Uint8Array(HEAD_BYTES)
    const { bytesRead } = await handle.read(head, 0, HEAD_BYTES, 0)
    return sniffBytes(head.subarray(0, bytesRead))
  } finally {
    await handle.close()
  }
}

/** @throws {AppError} `file_missing`, `media_unreadable` */
export async function openForReading(path: string) {
  try {
    return await open(path, 'r')
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT'
    throw new AppError(
      missing ? 'file_missing' : 'media_unreadable',
      missing ? 'The file does not exist any more.' : 'The file cannot be opened for reading.',
      { cause },
    )
  }
}

/** No control bytes but tab and line ends: UTF-8 and Latin text both pass. */
function looksLikeText(head: Uint8Array): boolean {
  return head.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d || byte === 0x0c)
}

const WORDS: Record<MediaFormat, string> = {
  jpeg: 'a JPG picture',
  png: 'a PNG picture',
  webp: 'a WebP picture',
  gif: 'a GIF',
  wav: 'a WAV sound',
  mp3: 'an MP3 sound',
  flac: 'a FLAC sound',
  ogg: 'an OGG sound',
  aac: 'an AAC sound',
  mp4: 'an MP4 or M4A file',
  matroska: 'a Matroska or WebM file',
  safetensors: 'a safetensors file',
  text: 'text',
  empty: 'empty',
  unknown: 'of a kind Beatloom does not know',
}

/** "text", "a WAV sound" …: completes "it is …". */
export function formatInWords(format: MediaFormat): string {
  return WORDS[format]
}
