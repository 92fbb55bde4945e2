import { type FileHandle as OpenFile, open } from 'node:fs/promises'
import {
  AppError,
  CancelledError,
  EMBEDDED_CERTIFICATE_KEY,
  EMBEDDED_INPUTS_KEY,
  EMBEDDED_WORKFLOW_KEY,
  type Embedded,
  findMp4Box,
  type Mp4Box,
  mp4Boxes,
} from '@beatloom/core'
import { type TopLevelBox, topLevelBoxes } from './mp4-facts.ts'
import { openForReading } from './sniff.ts'

const COPY_BYTES = 1 << 20

/**
 * Copies an MP4 as it should leave: index first, sound ending with the picture, the workflow inside as QuickTime
 * metadata keys. ffmpeg could do most of this, but older ones cut metadata at 1024 bytes and let the sound stand over
 * by a coded packet.
 * @param metadata null leaves the file without a workflow.
 * @throws {AppError} `media_unreadable` when the source is no finished MP4, `run_cancelled`.
 */
export async function finishMp4(
  source: string,
  target: string,
  metadata: Embedded | null,
  signal: AbortSignal,
): Promise<void> {
  const input = await openForReading(source)
  try {
    const boxes = await topLevelBoxes(input)
    const index = boxes.find((box) => box.type === 'moov')
    const brand = boxes.find((box) => box.type === 'ftyp')
    if (!index || !brand) throw new AppError('media_unreadable', 'The file is no finished MP4 video.')
    const moov = new Uint8Array(index.end - index.start)
    await input.read(moov, 0, moov.length, index.start)
    endSoundWithPicture(moov)
    const parts = [moovWith(moov, metadata)]
    // `free` boxes are gaps that ffmpeg leaves for larger sizes; nothing points into them.
    const rest = boxes.filter((box) => box !== index && box !== brand && box.type !== 'free')
    moveChunks(parts[0]!, rest, brand.end - brand.start + parts[0]!.length)
    const output = await open(target, 'w')
    try {
      await copyRange(input, output, brand.start, brand.end, signal)
      await output.write(parts[0]!)
      for (const box of rest) await copyRange(input, output, box.start, box.end, signal)
    } finally {
      await output.close()
    }
  } finally {
    await input.close()
  }
}

async function copyRange(from: OpenFile, to: OpenFile, start: number, end: number, signal: AbortSignal): Promise<void> {
  const buffer = Buffer.allocUnsafe(Math.min(COPY_BYTES, end - start))
  for (let at = start; at < end; ) {
    if (signal.aborted) throw new CancelledError()
    const { bytesRead } = await from.read(buffer, 0, Math.min(buffer.length, end - at), at)
    if (bytesRead === 0) throw new AppError('media_unreadable', 'The video file became shorter while it was read.')
    for (let done = 0; done < bytesRead; ) done += (await to.write(buffer, done, bytesRead - done)).bytesWritten
    at += bytesRead
  }
}

/** The index with its `udta` replaced by ours. */
function moovWith(moov: Uint8Array, metadata: Embedded | null): Uint8Array {
  const root = findMp4Box(moov, ['moov']) as Mp4Box
  const kept: Uint8Array[] = []
  for (const child of mp4Boxes(moov, root.start, root.end)) {
    if (child.type !== 'udta') kept.push(moov.subarray(child.start - 8, child.end))
  }
  if (metadata) kept.push(box('udta', metaBox(metadata)))
  return box('moov', ...kept)
}

/** QuickTime file format specification, "Metadata"; ffmpeg, ExifTool and MediaInfo list these keys. */
function metaBox(metadata: Embedded): Uint8Array {
  const entries: [key: string, text: string][] = [
    [EMBEDDED_WORKFLOW_KEY, metadata.workflow],
    [EMBEDDED_INPUTS_KEY, JSON.stringify(metadata.files)],
  ]
  if (metadata.certificate) entries.push([EMBEDDED_CERTIFICATE_KEY, JSON.stringify(metadata.certificate)])
  const handler = box('hdlr', uint32(0, 0), latin1('mdta'), uint32(0, 0, 0), Uint8Array.of(0))
  const keys = box('keys', uint32(0, entries.length), ...entries.map(([key]) => box('mdta', latin1(key))))
  const utf8Text = 1
  const items = entries.map(([, text], index) =>
    box(uint32(index + 1), box('data', uint32(utf8Text, 0), new TextEncoder().encode(text))),
  )
  return box('meta', uint32(0), handler, keys, box('ilst', ...items))
}

/** Points every chunk offset (`stco`, `co64`) to where its data box will lie. */
function moveChunks(moov: Uint8Array, dataBoxes: readonly TopLevelBox[], firstPosition: number): void {
  let position = firstPosition
  const moves = dataBoxes.map((box) => {
    const move = { start: box.start, end: box.end, by: position - box.start }
    position += box.end - box.start
    return move
  })
  const moved = (offset: number): number => {
    const move = moves.find(({ start, end }) => offset >= start && offset < end)
    if (!move) throw new AppError('media_unreadable', 'The video’s index points outside its data.')
    return offset + move.by
  }
  const view = viewOf(moov)
  for (const track of tracksOf(moov)) {
    const path = ['mdia', 'minf', 'stbl']
    const short = findMp4Box(moov, [...path, 'stco'], track)
    const long = findMp4Box(moov, [...path, 'co64'], track)
    for (let i = 0; short && i < view.getUint32(short.start + 4); i++) {
      const at = short.start + 8 + 4 * i
      const offset = moved(view.getUint32(at))
      if (offset > 0xffff_ffff) {
        throw new AppError(
          'media_write_failed',
          'The video is just over 4 GiB, which its index cannot reach; shorten it.',
        )
      }
      view.setUint32(at, offset)
    }
    for (let i = 0; long && i < view.getUint32(long.start + 4); i++) {
      const at = long.start + 8 + 8 * i
      view.setBigUint64(at, BigInt(moved(Number(view.getBigUint64(at)))))
    }
  }
}

/**
 * The last coded sound packet is padded to 1024 samples, so the track would outlast the picture by up to 23 ms. Its
 * edit is cut to the picture's length, which players obey.
 */
function endSoundWithPicture(moov: Uint8Array): void {
  const view = viewOf(moov)
  const tracks = tracksOf(moov).map((track) => ({
    handler: four(moov, (findMp4Box(moov, ['mdia', 'hdlr'], track)?.start ?? 0) + 8),
    header: findMp4Box(moov, ['tkhd'], track),
    edits: findMp4Box(moov, ['edts', 'elst'], track),
  }))
  const movie = findMp4Box(moov, ['moov', 'mvhd'])
  const pictureHeader = tracks.find((track) => track.handler === 'vide')?.header
  // 64-bit headers come with videos of weeks.
  if (!movie || !pictureHeader || view.getUint8(movie.start) !== 0 || view.getUint8(pictureHeader.start) !== 0) return
  const pictureLength = view.getUint32(pictureHeader.start + 20)
  for (const { handler, header, edits } of tracks) {
    if (handler !== 'soun' || !header || view.getUint8(header.start) !== 0) continue
    if (!edits || view.getUint8(edits.start) !== 0 || view.getUint32(edits.start + 4) !== 1) continue
    const length = Math.min(view.getUint32(edits.start + 8), pictureLength)
    view.setUint32(edits.start + 8, length)
    view.setUint32(header.start + 20, length)
  }
  const longest = Math.max(...tracks.map(({ header }) => (header ? view.getUint32(header.start + 20) : 0)))
  view.setUint32(movie.start + 16, longest)
}

function tracksOf(moov: Uint8Array): Mp4Box[] {
  const root = findMp4Box(moov, ['moov']) as Mp4Box
  return [...mp4Boxes(moov, root.start, root.end)].filter((child) => child.type === 'trak')
}

function box(type: string | Uint8Array, ...parts: Uint8Array[]): Uint8Array {
  const size = parts.reduce((sum, part) => sum + part.length, 8)
  const bytes = new Uint8Array(size)
  bytes.set(uint32(size), 0)
  bytes.set(typeof type === 'string' ? latin1(type) : type, 4)
  let at = 8
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

function uint32(...values: number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 4))
  for (const [index, value] of values.entries()) view.setUint32(index * 4, value)
  return new Uint8Array(view.buffer)
}

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0))
const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
const four = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4))
