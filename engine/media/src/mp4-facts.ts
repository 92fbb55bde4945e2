import type { FileHandle as OpenFile } from 'node:fs/promises'
import { AppError, findMp4Box, type Mp4Box, mp4Boxes } from '@beatloom/core'
import { openForReading } from './sniff.ts'

export interface Mp4Track {
  kind: 'video' | 'audio' | 'other'
  /** Four letters from the sample description: `avc1`, `mp4a` … */
  codec: string
  /** Pictures in a video track; coded packets in a sound track. */
  sampleCount: number
  /** Length by the track's own clock, seconds. */
  durationSeconds: number
  /** When its first sample is presented, edit list applied; seconds from the start of the movie. */
  startSeconds: number
  /** Video: size in pixels as seen, after the quarter turn that phones ask for. Audio: 0. */
  width: number
  height: number
  /** Video: pictures per second on the mean, a usual rate where it is next to one. Audio: 0. */
  frameRate: number
  /** Audio: samples per second and channels. Video: 0. */
  sampleRate: number
  channels: number
}

export interface Mp4Facts {
  durationSeconds: number
  /** The index stands before the pictures, so a browser can start while loading. */
  isFaststart: boolean
  tracks: Mp4Track[]
}

/** Index boxes larger than this are no video of ours: 10 hours need about 25 MB. */
const MAX_INDEX_BYTES = 256 * 1024 * 1024

/**
 * Reads an MP4's index without decoding (ISO/IEC 14496-12 boxes).
 * @throws {AppError} `media_unreadable` when it is no finished MP4, `file_missing`.
 */
export async function readMp4Facts(path: string): Promise<Mp4Facts> {
  const { moov, isFaststart } = await readMp4Index(path)
  const root = findMp4Box(moov, ['moov'])
  const header = root && findMp4Box(moov, ['mvhd'], root)
  if (!root || !header) throw broken()
  try {
    const movie = readClock(moov, header)
    const tracks = [...mp4Boxes(moov, root.start, root.end)]
      .filter((box) => box.type === 'trak')
      .map((track) => readTrack(moov, track, movie.timescale))
    return { durationSeconds: movie.duration / movie.timescale, isFaststart, tracks }
  } catch (cause) {
    if (cause instanceof RangeError) throw broken() // a box shorter than its fields
    throw cause
  }
}

/** The bytes of the `moov` box, header included. @throws {AppError} as `readMp4Facts`. */
export async function readMp4Index(path: string): Promise<{ moov: Uint8Array; isFaststart: boolean }> {
  const file = await openForReading(path)
  try {
    const boxes = await topLevelBoxes(file)
    const index = boxes.findIndex((box) => box.type === 'moov')
    const found = boxes[index]
    if (!found || found.end - found.start > MAX_INDEX_BYTES) throw broken()
    const moov = new Uint8Array(found.end - found.start)
    await file.read(moov, 0, moov.length, found.start)
    return { moov, isFaststart: !boxes.slice(0, index).some((box) => box.type === 'mdat') }
  } finally {
    await file.close()
  }
}

/** A box of the file itself; `start` … `end` includes the header. */
export interface TopLevelBox {
  type: string
  start: number
  end: number
}

/** Walks the file by its box headers; ends at the first that is cut off. */
export async function topLevelBoxes(file: OpenFile): Promise<TopLevelBox[]> {
  const { size: fileSize } = await file.stat()
  const boxes: TopLevelBox[] = []
  const head = new DataView(new ArrayBuffer(16))
  for (let at = 0; at + 8 <= fileSize; ) {
    await file.read(head, 0, 16, at)
    const type = String.fromCharCode(head.getUint8(4), head.getUint8(5), head.getUint8(6), head.getUint8(7))
    let size = head.getUint32(0)
    if (size === 1) size = head.getUint32(8) * 2 ** 32 + head.getUint32(12)
    else if (size === 0) size = fileSize - at
    if (size < 8 || at + size > fileSize) break
    boxes.push({ type, start: at, end: at + size })
    at += size
  }
  return boxes
}

function readTrack(bytes: Uint8Array, track: Mp4Box, movieTimescale: number): Mp4Track {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const need = (...path: string[]): Mp4Box => {
    const box = findMp4Box(bytes, path, track)
    if (!box) throw broken()
    return box
  }
  const media = readClock(bytes, need('mdia', 'mdhd'))
  const handler = four(bytes, need('mdia', 'hdlr').start + 8)
  const kind = handler === 'vide' ? 'video' : handler === 'soun' ? 'audio' : 'other'
  const table = need('mdia', 'minf', 'stbl')
  const entry = need('mdia', 'minf', 'stbl', 'stsd').start + 8
  const sizes = findMp4Box(bytes, ['stsz'], table)
  const offsets = findMp4Box(bytes, ['ctts'], table)
  const firstOffset = offsets && view.getUint32(offsets.start + 4) > 0 ? view.getInt32(offsets.start + 12) : 0
  const edits = findMp4Box(bytes, ['edts', 'elst'], track)
  const isTurned = kind === 'video' && asksForQuarterTurn(view, need('tkhd'))
  const sampleCount = sizes ? view.getUint32(sizes.start + 8) : 0
  const durationSeconds = media.duration / media.timescale
  return {
    kind,
    codec: four(bytes, entry + 4),
    sampleCount,
    durationSeconds,
    startSeconds: startOf(view, edits, firstOffset / media.timescale, movieTimescale, media.timescale),
    width: kind === 'video' ? view.getUint16(entry + (isTurned ? 34 : 32)) : 0,
    height: kind === 'video' ? view.getUint16(entry + (isTurned ? 32 : 34)) : 0,
    frameRate: kind === 'video' ? frameRateOf(sampleCount, durationSeconds) : 0,
    channels: kind === 'audio' ? view.getUint16(entry + 24) : 0,
    sampleRate: kind === 'audio' ? view.getUint32(entry + 32) / 65536 : 0,
  }
}

/** The matrix of a track header, `[a b u c d v …]` in 16.16: a turn by 90° or 270° has no `a`, but a `b`. */
function asksForQuarterTurn(view: DataView, header: Mp4Box): boolean {
  const matrix = header.start + (view.getUint8(header.start) === 1 ? 52 : 40)
  return view.getInt32(matrix) === 0 && view.getInt32(matrix + 4) !== 0
}

const USUAL_RATES = [24_000 / 1001, 24, 25, 30_000 / 1001, 30, 48, 50, 60_000 / 1001, 60]

/** Clocks of cameras wander, and the last picture's length is often left out: 29.93 is meant to be 29.97. */
function frameRateOf(sampleCount: number, durationSeconds: number): number {
  if (!(durationSeconds > 0)) return 0
  const mean = sampleCount / durationSeconds
  const usual = USUAL_RATES.toSorted((a, b) => Math.abs(a - mean) - Math.abs(b - mean))[0] as number
  const rate = Math.abs(usual / mean - 1) < 0.004 ? usual : mean
  return Math.round(rate * 1000) / 1000
}

/**
 * Empty edits (media time −1) delay a track. The first real edit names the media time shown at that moment; a first
 * sample that comes later than it starts late by the difference, and an earlier one is cut (codec priming).
 */
function startOf(
  view: DataView,
  edits: Mp4Box | undefined,
  firstSampleSeconds: number,
  movieTimescale: number,
  mediaTimescale: number,
): number {
  if (!edits) return firstSampleSeconds
  const isLong = view.getUint8(edits.start) === 1
  const count = view.getUint32(edits.start + 4)
  let delay = 0
  for (let i = 0; i < count; i++) {
    const at = edits.start + 8 + i * (isLong ? 20 : 12)
    const duration = isLong ? Number(view.getBigUint64(at)) : view.getUint32(at)
    const mediaTime = isLong ? Number(view.getBigInt64(at + 8)) : view.getInt32(at + 4)
    if (mediaTime >= 0) return delay + Math.max(0, firstSampleSeconds - mediaTime / mediaTimescale)
    delay += duration / movieTimescale
  }
  return delay + firstSampleSeconds
}

/** `mvhd` and `mdhd` hold timescale and duration at the same places; version 1 has 64-bit times. */
function readClock(bytes: Uint8Array, box: Mp4Box): { timescale: number; duration: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const isLong = view.getUint8(box.start) === 1
  const timescale = view.getUint32(box.start + (isLong ? 20 : 12))
  const duration = isLong ? Number(view.getBigUint64(box.start + 24)) : view.getUint32(box.start + 16)
  return { timescale: timescale || 1, duration }
}

function four(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4))
}

function broken(): AppError {
  return new AppError('media_unreadable', 'The file is no finished MP4 video: its index is missing or damaged.')
}
