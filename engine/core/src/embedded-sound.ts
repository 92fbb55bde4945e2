import { ascii, untilNul, utf8, viewOf } from './embedded-bytes.ts'
import { id3Length, id3Texts } from './embedded-id3.ts'

/** Texts of a WAV: the comment in its `LIST`/`INFO` chunk, and an ID3 tag in a chunk of its own. */
export function wavTexts(bytes: Uint8Array): Map<string, string> {
  const texts = new Map<string, string>()
  for (const chunk of riffChunks(bytes, 12, bytes.length)) {
    if (/^id3 $/i.test(chunk.id)) {
      for (const [key, text] of id3Texts(bytes.subarray(chunk.start, chunk.end))) texts.set(key, text)
    }
    if (chunk.id !== 'LIST' || ascii(bytes, chunk.start, 4) !== 'INFO') continue
    for (const item of riffChunks(bytes, chunk.start + 4, chunk.end)) {
      if (item.id === 'ICMT') texts.set('comment', untilNul(utf8(bytes, item.start, item.end)))
    }
  }
  return texts
}

export const isWav = (bytes: Uint8Array): boolean =>
  ['RIFF', 'RF64'].includes(ascii(bytes, 0, 4)) && ascii(bytes, 8, 4) === 'WAVE'

function* riffChunks(bytes: Uint8Array, start: number, limit: number) {
  const view = viewOf(bytes)
  for (let at = start; at + 8 <= limit; ) {
    const end = at + 8 + view.getUint32(at + 4, true)
    if (end > limit) return
    yield { id: ascii(bytes, at, 4), start: at + 8, end }
    // Chunks are padded to even lengths.
    at = end + ((end - at) & 1)
  }
}

const VORBIS_COMMENT = 4

/** Vorbis comments of a FLAC (RFC 9639 §8.6), keys in lower case. */
export function flacTexts(bytes: Uint8Array): Map<string, string> {
  const texts = new Map<string, string>()
  for (let at = id3Length(bytes) + 4; at + 4 <= bytes.length; ) {
    const start = at + 4
    const end = start + (bytes[at + 1]! << 16) + (bytes[at + 2]! << 8) + bytes[at + 3]!
    if (end > bytes.length) break
    if ((bytes[at]! & 127) === VORBIS_COMMENT) addComments(texts, bytes, start, end)
    if (bytes[at]! & 128) break
    at = end
  }
  return texts
}

function addComments(texts: Map<string, string>, bytes: Uint8Array, start: number, end: number): void {
  const view = viewOf(bytes)
  let at = start
  const length = (): number => {
    const value = at + 4 <= end ? view.getUint32(at, true) : Number.POSITIVE_INFINITY
    at += 4
    return value
  }
  const vendorLength = length()
  at += vendorLength
  for (let left = length(); left > 0 && at + 4 <= end; left--) {
    const size = length()
    if (at + size > end) return
    const entry = utf8(bytes, at, at + size)
    const equals = entry.indexOf('=')
    if (equals > 0) texts.set(entry.slice(0, equals).toLowerCase(), entry.slice(equals + 1))
    at += size
  }
}

export const isFlac = (bytes: Uint8Array): boolean => {
  const start = id3Length(bytes)
  return start + 4 <= bytes.length && ascii(bytes, start, 4) === 'fLaC'
}
