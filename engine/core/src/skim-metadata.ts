import { ascii, viewOf } from './embedded-bytes.ts'
import { id3Length } from './embedded-id3.ts'
import { EBML_HEADER, ebmlElement, isMatroska, SEGMENT, TAGS } from './embedded-matroska.ts'
import { PNG_SIGNATURE } from './embedded-png.ts'
import { isWav } from './embedded-sound.ts'

/** A file that can be read in pieces, such as a browser's `File`. */
export interface ByteSource {
  size: number
  read(start: number, end: number): Promise<Uint8Array>
}

interface Piece {
  end: number
  keep: boolean
  /** Nothing of interest comes after it. */
  last?: boolean
}

/** More metadata than this is not ours. */
const MOST_KEPT_BYTES = 64 * 2 ** 20
/** A picture of many small chunks, a video of many clusters. */
const MOST_PIECES = 20_000
const HEAD_BYTES = 16

/**
 * The parts of a media file that may hold texts, put together as a small file of the same format: pictures and sound
 * are stepped over unread, wherever in the file the texts lie. Empty for other files.
 */
export async function skimMetadata(source: ByteSource): Promise<Uint8Array> {
  const head = await source.read(0, Math.min(HEAD_BYTES, source.size))
  const format = await formatOf(source, head)
  if (!format) return new Uint8Array()
  const kept: Uint8Array[] = [await source.read(0, format.start)]
  let keptBytes = format.start
  let at = format.start
  for (let count = 0; at < source.size && count < MOST_PIECES; count++) {
    const piece = format.piece(await source.read(at, Math.min(at + HEAD_BYTES, source.size)), at, source.size)
    if (!piece || piece.end <= at) break
    if (piece.keep) {
      const end = Math.min(piece.end, source.size)
      keptBytes += end - at
      if (keptBytes > MOST_KEPT_BYTES) break
      kept.push(await source.read(at, end))
    }
    if (piece.last) break
    at = piece.end
  }
  return concatenated(kept)
}

interface Format {
  /** Where its pieces begin. */
  start: number
  piece(head: Uint8Array, at: number, size: number): Piece | null
}

async function formatOf(source: ByteSource, head: Uint8Array): Promise<Format | null> {
  if (ascii(head, 0, 8) === PNG_SIGNATURE) return { start: 8, piece: pngPiece }
  if (isMatroska(head)) return { start: 0, piece: matroskaPiece }
  if (isWav(head)) return { start: 12, piece: wavPiece }
  if (ascii(head, 4, 4) === 'ftyp') return { start: 0, piece: mp4Piece }
  const id3 = Math.min(id3Length(head), source.size)
  const start = id3 === 0 ? head : await source.read(id3, Math.min(id3 + 4, source.size))
  if (ascii(start, 0, 4) === 'fLaC') return { start: id3 + 4, piece: flacPiece }
  return id3 > 0 ? { start: 0, piece: () => ({ end: id3, keep: true, last: true }) } : null
}

function pngPiece(head: Uint8Array, at: number): Piece | null {
  if (head.length < 8) return null
  const type = ascii(head, 4, 4)
  return { end: at + 12 + viewOf(head).getUint32(0), keep: type === 'iTXt' || type === 'tEXt', last: type === 'IEND' }
}

function mp4Piece(head: Uint8Array, at: number, size: number): Piece | null {
  if (head.length < 8) return null
  const view = viewOf(head)
  const short = view.getUint32(0)
  if (short === 1 && head.length < 16) return null
  const length = short === 1 ? view.getUint32(8) * 2 ** 32 + view.getUint32(12) : short === 0 ? size - at : short
  const isIndex = ascii(head, 4, 4) === 'moov'
  return { end: at + length, keep: isIndex, last: isIndex }
}

function wavPiece(head: Uint8Array, at: number): Piece | null {
  if (head.length < 8) return null
  const length = viewOf(head).getUint32(4, true)
  return { end: at + 8 + length + (length & 1), keep: /^(LIST|id3 )$/i.test(ascii(head, 0, 4)) }
}

function flacPiece(head: Uint8Array, at: number): Piece | null {
  if (head.length < 4) return null
  const length = (head[1]! << 16) + (head[2]! << 8) + head[3]!
  return { end: at + 4 + length, keep: (head[0]! & 127) === 4, last: (head[0]! & 128) !== 0 }
}

function matroskaPiece(head: Uint8Array, at: number): Piece | null {
  const element = ebmlElement(head, 0)
  if (!element) return null
  if (element.id === SEGMENT) return { end: at + element.start, keep: true }
  return { end: at + element.end, keep: element.id === TAGS || element.id === EBML_HEADER }
}

function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
