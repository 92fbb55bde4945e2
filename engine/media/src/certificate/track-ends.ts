import { findMp4Box, type Mp4Box, mp4Boxes } from '@beatloom/core'
import { readMp4Index } from '../mp4-facts.ts'

/** When a container stops showing its first picture track and playing its first sound track, seconds. */
export interface TrackEnds {
  video: number | null
  audio: number | null
}

/**
 * Reads the lengths of an MP4's tracks as presented: the sum of their edits, delays included (`tkhd`, ISO/IEC 14496-12
 * §8.3.2). Null for a track that is not there, and for files in fragments, which leave it 0.
 * @throws {AppError} `media_unreadable` when it is no finished MP4, `file_missing`.
 */
export async function trackEnds(path: string): Promise<TrackEnds> {
  const { moov } = await readMp4Index(path)
  const ends: TrackEnds = { video: null, audio: null }
  const root = findMp4Box(moov, ['moov'])
  const movie = findMp4Box(moov, ['moov', 'mvhd'])
  if (!root || !movie) return ends
  const view = new DataView(moov.buffer, moov.byteOffset, moov.byteLength)
  const timescale = view.getUint32(movie.start + (isLong(view, movie) ? 20 : 12)) || 1
  for (const track of mp4Boxes(moov, root.start, root.end)) {
    const handler = track.type === 'trak' && findMp4Box(moov, ['mdia', 'hdlr'], track)
    const header = findMp4Box(moov, ['tkhd'], track)
    if (!handler || !header) continue
    const type = String.fromCharCode(...moov.subarray(handler.start + 8, handler.start + 12))
    const kind = type === 'vide' ? 'video' : type === 'soun' ? 'audio' : null
    if (kind && ends[kind] === null) ends[kind] = durationOf(view, header) / timescale || null
  }
  return ends
}

const isLong = (view: DataView, box: Mp4Box): boolean => view.getUint8(box.start) === 1

/** All ones stand for an unknown length. */
function durationOf(view: DataView, header: Mp4Box): number {
  if (isLong(view, header)) {
    const ticks = view.getBigUint64(header.start + 28)
    return ticks === 2n ** 64n - 1n ? 0 : Number(ticks)
  }
  const ticks = view.getUint32(header.start + 20)
  return ticks === 2 ** 32 - 1 ? 0 : ticks
}
