import { ascii, untilNul, utf8 } from './embedded-bytes.ts'

/** Element IDs of RFC 9559 (Matroska) and RFC 8794 (EBML). */
export const EBML_HEADER = 0x1a45dfa3
export const SEGMENT = 0x18538067
export const TAGS = 0x1254c367
const TAG = 0x7373
const SIMPLE_TAG = 0x67c8
const TAG_NAME = 0x45a3
const TAG_STRING = 0x4487
const CONTAINERS = new Set([SEGMENT, TAGS, TAG, SIMPLE_TAG])

export interface EbmlElement {
  id: number
  start: number
  /** Infinity where the writer did not know the size: a live stream. */
  end: number
}

/** The element whose header begins at `at`; null when the bytes there are none. */
export function ebmlElement(bytes: Uint8Array, at: number): EbmlElement | null {
  const idLength = Math.clz32(bytes[at] ?? 0) - 23
  const sizeAt = at + idLength
  const sizeLength = Math.clz32(bytes[sizeAt] ?? 0) - 23
  if (idLength > 4 || sizeLength > 8 || sizeAt + sizeLength > bytes.length) return null
  let id = 0
  for (let i = at; i < sizeAt; i++) id = id * 256 + bytes[i]!
  let size = bytes[sizeAt]! & (0xff >> sizeLength)
  let allOnes = size === 0xff >> sizeLength
  for (let i = sizeAt + 1; i < sizeAt + sizeLength; i++) {
    size = size * 256 + bytes[i]!
    allOnes &&= bytes[i] === 0xff
  }
  const start = sizeAt + sizeLength
  return { id, start, end: allOnes ? Number.POSITIVE_INFINITY : start + size }
}

/** Global and track tags of a Matroska or WebM file, names in lower case: writers put them in capitals. */
export function matroskaTexts(bytes: Uint8Array): Map<string, string> {
  const texts = new Map<string, string>()
  let name: string | null = null
  for (let at = 0; at < bytes.length; ) {
    const element = ebmlElement(bytes, at)
    if (!element) break
    // Going into a container is walking on after its header, so depth needs no stack.
    if (CONTAINERS.has(element.id)) {
      if (element.id === SIMPLE_TAG) name = null
      at = element.start
      continue
    }
    if (element.end > bytes.length) break
    const text = () => untilNul(utf8(bytes, element.start, element.end))
    if (element.id === TAG_NAME) name = text().toLowerCase()
    if (element.id === TAG_STRING && name !== null && !texts.has(name)) texts.set(name, text())
    at = element.end
  }
  return texts
}

export const isMatroska = (bytes: Uint8Array): boolean => ascii(bytes, 0, 4) === '\x1a\x45\xdf\xa3'
