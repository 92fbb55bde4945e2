import { ascii, viewOf } from './embedded-bytes.ts'

/** Length of the ID3v2 tag that these bytes begin with, its header included; 0 when they begin with something else. */
export function id3Length(bytes: Uint8Array): number {
  if (bytes.length < 10 || ascii(bytes, 0, 3) !== 'ID3') return 0
  return 10 + synchsafe(bytes, 6) + (bytes[5]! & 0x10 ? 10 : 0)
}

/** Free-form texts (`TXXX`) by their description and comments (`COMM`) of an ID3v2.2 … 2.4 tag. */
export function id3Texts(bytes: Uint8Array): Map<string, string> {
  const texts = new Map<string, string>()
  const length = Math.min(id3Length(bytes), bytes.length)
  if (length === 0) return texts
  const version = bytes[3]!
  const flags = bytes[5]!
  const unsynced = (flags & 0x80) !== 0
  const body = version < 4 && unsynced ? resync(bytes.subarray(10, length)) : bytes.subarray(10, length)
  const idLength = version === 2 ? 3 : 4
  const headLength = version === 2 ? 6 : 10
  let at = flags & 0x40 && version > 2 ? extendedHeaderLength(body, version) : 0
  while (at + headLength <= body.length && body[at] !== 0) {
    const id = ascii(body, at, idLength)
    const size =
      version === 2
        ? (body[at + 3]! << 16) | (body[at + 4]! << 8) | body[at + 5]!
        : version === 3
          ? viewOf(body).getUint32(at + 4)
          : synchsafe(body, at + 4)
    const end = at + headLength + size
    if (end > body.length) break
    const frameFlags = version === 4 ? body[at + 9]! : 0
    let content = body.subarray(at + headLength + (frameFlags & 1 ? 4 : 0), end)
    if (frameFlags & 2) content = resync(content)
    if (id === 'TXXX' || id === 'TXX') addPair(texts, content, 1)
    if (id === 'COMM' || id === 'COM') addPair(texts, content, 4, 'comment')
    at = end
  }
  return texts
}

const synchsafe = (bytes: Uint8Array, at: number): number =>
  (bytes[at]! & 127) * 2 ** 21 + ((bytes[at + 1]! & 127) << 14) + ((bytes[at + 2]! & 127) << 7) + (bytes[at + 3]! & 127)

const extendedHeaderLength = (body: Uint8Array, version: number): number =>
  body.length < 4 ? body.length : version === 3 ? 4 + viewOf(body).getUint32(0) : synchsafe(body, 0)

/** Undoes unsynchronisation: a zero after 0xFF was put there by the writer. */
function resync(bytes: Uint8Array): Uint8Array {
  return bytes.filter((byte, index) => !(byte === 0 && bytes[index - 1] === 0xff))
}

const ENCODINGS = ['latin1', 'utf-16', 'utf-16be', 'utf-8']

/** A description and a text, each in the encoding that the first byte names. */
function addPair(texts: Map<string, string>, content: Uint8Array, start: number, key?: string): void {
  const kind = content[0] ?? 0
  const wide = kind === 1 || kind === 2
  const split = endOfText(content, start, wide)
  if (split < 0) return
  const description = decode(content.subarray(start, split), kind)
  const value = decode(content.subarray(split + (wide ? 2 : 1)), kind)
  const name = key ?? description.toLowerCase()
  if (!texts.has(name)) texts.set(name, value)
}

function endOfText(bytes: Uint8Array, start: number, wide: boolean): number {
  if (!wide) return bytes.indexOf(0, start)
  for (let at = start; at + 1 < bytes.length; at += 2) if (bytes[at] === 0 && bytes[at + 1] === 0) return at
  return -1
}

function decode(bytes: Uint8Array, kind: number): string {
  const bigEndian = kind === 1 && bytes[0] === 0xfe && bytes[1] === 0xff
  const text = new TextDecoder(bigEndian ? 'utf-16be' : (ENCODINGS[kind] ?? 'latin1')).decode(bytes)
  return text.replace(/\0+$/, '')
}
