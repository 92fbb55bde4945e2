import type { FileHandle } from 'node:fs/promises'
import { openForReading } from './sniff.ts'

/** What lies in an MP3 file, counted frame by frame, beside what its Xing, Info or VBRI tag says of it. */
export interface Mp3Frames {
  /** Where the frame behind the tag's begins, bytes. */
  soundAt: number
  /** Frames of sound in the file. */
  count: number
  /** Frames that the tag names; 0 when it names none. */
  claimed: number
  /** The tag names as many bytes as there are, so the file ends where its encoder ended it. */
  isWhole: boolean
  samplesPerFrame: number
  /** Samples per second. */
  sampleRate: number
  /** Samples that the encoder put before and behind the sound; null where the tag does not say (LAME's part of it does). */
  padding: { before: number; after: number } | null
}

interface Header {
  bytes: number
  samples: number
  sampleRate: number
  /** From the frame's start to where a Xing or Info tag would be. */
  tagAt: number
}

/** Kilobits per second of layer III, by index: ISO 11172-3 § 2.4.2.3 and ISO 13818-3 § 2.4.2.3 (lower sampling rates). */
const BITRATES = {
  full: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  low: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
}
const SAMPLE_RATES = [44_100, 48_000, 32_000]
/** The encoders whose count of delay and padding means the same; ffmpeg knows these too. */
const GAPLESS_ENCODERS = new Set(['LAME', 'Lavf', 'Lavc'])
/** As far as ffmpeg looks for the first frame behind an ID3 tag. */
const LONGEST_JUNK = 65_536
const WINDOW = 1 << 20

/**
 * Walks all frames of an MP3 file; no sound is decoded.
 * @returns null for a file without such a tag, or that is no MPEG layer III after all.
 * @throws {AppError} `file_missing`, `media_unreadable`
 */
export async function readMp3Frames(path: string): Promise<Mp3Frames | null> {
  const file = await openForReading(path)
  try {
    const bytes = new Bytes(file, (await file.stat()).size)
    const start = await behindId3(bytes)
    const first = await nextFrame(bytes, start, 'first')
    if (!first) return null
    const { at, header } = first
    const tag = tagOf(await bytes.copy(at, header.bytes), header)
    if (!tag) return null
    let [count, end] = [0, at + header.bytes]
    for (let frame = await nextFrame(bytes, end); frame; frame = await nextFrame(bytes, end)) {
      end = frame.at + frame.header.bytes
      // A frame that the file breaks off gives no sound.
      if (end <= bytes.size) count++
    }
    const { claimed, claimedBytes, padding } = tag
    return {
      ...{ soundAt: at + header.bytes, count, claimed, padding },
      isWhole: claimedBytes === end - at,
      samplesPerFrame: header.samples,
      sampleRate: header.sampleRate,
    }
  } finally {
    await file.close()
  }
}

/** Bytes behind all ID3v2 tags; their length is told in four times seven bits. */
async function behindId3(bytes: Bytes): Promise<number> {
  let at = 0
  for (;;) {
    const head = await bytes.copy(at, 10)
    if (head.length < 10 || head.toString('latin1', 0, 3) !== 'ID3') return at
    const [a, b, c, d] = head.subarray(6) as unknown as [number, number, number, number]
    at += 10 + ((a << 21) | (b << 14) | (c << 7) | d) + (head[5]! & 0x10 ? 10 : 0)
  }
}

/**
 * The next frame at `from` or behind junk. One behind junk, or the file's first, counts when another or the end follows.
 */
async function nextFrame(
  bytes: Bytes,
  from: number,
  kind: 'first' | 'later' = 'later',
): Promise<{ at: number; header: Header } | null> {
  const last = Math.min(bytes.size - 4, kind === 'first' ? from + LONGEST_JUNK : Number.POSITIVE_INFINITY)
  for (let at = from; at <= last; at++) {
    if (!bytes.holds(at, 4)) await bytes.hold(at)
    const header = headerOf(bytes.word(at))
    if (!header) continue
    if (at === from && kind === 'later') return { at, header }
    const next = at + header.bytes
    if (next === bytes.size) return { at, header }
    if (next + 4 > bytes.size) continue
    if (!bytes.holds(next, 4)) await bytes.hold(at)
    if (headerOf(bytes.word(next))) return { at, header }
  }
  return null
}

/** @param word the frame's first four bytes, big-endian. */
function headerOf(word: number): Header | null {
  const version = (word >>> 19) & 3 // 0: 2.5, 2: 2, 3: 1
  const rate = SAMPLE_RATES[(word >>> 10) & 3]
  const isFull = version === 3
  const kilobits = BITRATES[isFull ? 'full' : 'low'][(word >>> 12) & 15]
  // Eleven ones, then layer III as 01. Frames of a free bit rate tell no length.
  if (word >>> 21 !== 0x7ff || version === 1 || ((word >>> 17) & 3) !== 1 || !rate || !kilobits) return null
  const sampleRate = rate >> (isFull ? 0 : version === 2 ? 1 : 2)
  const samples = isFull ? 1152 : 576
  const isMono = ((word >>> 6) & 3) === 3
  const sideBytes = isFull ? (isMono ? 17 : 32) : isMono ? 9 : 17
  const bytes = Math.floor(((samples / 8) * kilobits * 1000) / sampleRate) + ((word >>> 9) & 1)
  return { bytes, samples, sampleRate, tagAt: 4 + sideBytes }
}

/** @param frame the first frame's bytes. Layouts: the VBR header and LAME tag descriptions by G. Bouvigne and R. Hegemann. */
function tagOf(
  frame: Buffer,
  { tagAt }: Header,
): { claimed: number; claimedBytes: number | null; padding: Mp3Frames['padding'] } | null {
  const [at, behindVbri] = [tagAt + 8, 4 + 32 + 18]
  if (frame.length >= behindVbri && frame.toString('latin1', 36, 40) === 'VBRI') {
    return { claimed: frame.readUInt32BE(50), claimedBytes: frame.readUInt32BE(46), padding: null }
  }
  if (frame.length < at || !['Xing', 'Info'].includes(frame.toString('latin1', tagAt, tagAt + 4))) return null
  const flags = frame.readUInt32BE(tagAt + 4)
  const has = (flag: number): boolean => (flags & flag) !== 0
  const bytesAt = at + (has(1) ? 4 : 0)
  const tocAt = bytesAt + (has(2) ? 4 : 0)
  const encoderAt = tocAt + (has(4) ? 100 : 0) + (has(8) ? 4 : 0)
  if (frame.length < tocAt) return null
  const isGapless = frame.length >= encoderAt + 24 && GAPLESS_ENCODERS.has(latin(frame, encoderAt))
  // Twelve bits each, behind the encoder's name and what it set.
  const both = isGapless ? frame.readUIntBE(encoderAt + 21, 3) : 0
  return {
    claimed: has(1) ? frame.readUInt32BE(at) : 0,
    claimedBytes: has(2) ? frame.readUInt32BE(bytesAt) : null,
    padding: isGapless ? { before: both >> 12, after: both & 0xfff } : null,
  }
}

const latin = (bytes: Buffer, at: number): string => bytes.toString('latin1', at, at + 4)

/** A file's bytes by place, read a mebibyte at a time. */
class Bytes {
  readonly size: number
  readonly #file: FileHandle
  #start = 0
  #window: Buffer = Buffer.alloc(0)

  constructor(file: FileHandle, size: number) {
    this.#file = file
    this.size = size
  }

  holds(at: number, length: number): boolean {
    return at >= this.#start && at + length <= this.#start + this.#window.length
  }

  /** Reads the window from `at` on. */
  async hold(at: number): Promise<void> {
    const window = Buffer.alloc(Math.min(WINDOW, Math.max(0, this.size - at)))
    const { bytesRead } = await this.#file.read(window, 0, window.length, at)
    this.#window = window.subarray(0, bytesRead)
    this.#start = at
  }

  /** Four held bytes as a number, big-endian. */
  word(at: number): number {
    return this.#window.readUInt32BE(at - this.#start)
  }

  /** Fewer bytes at the file's end. */
  async copy(at: number, length: number): Promise<Buffer> {
    const wanted = Math.max(0, Math.min(length, this.size - at))
    if (!this.holds(at, wanted)) await this.hold(at)
    return Buffer.from(this.#window.subarray(at - this.#start, at - this.#start + wanted))
  }
}
