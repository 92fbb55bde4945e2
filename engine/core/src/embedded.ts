/**
 * The workflow that our files carry inside: MP4 as QuickTime metadata keys (`moov/udta/meta`, handler `mdta`), PNG as
 * international text chunks. Pure functions on bytes, for the browser as well.
 */

/** Key of the workflow file's text. */
export const EMBEDDED_WORKFLOW_KEY = 'beatloom_workflow'
/** Key of a JSON object: SHA-256 of each file input by its reference. */
export const EMBEDDED_INPUTS_KEY = 'beatloom_inputs'

export interface Embedded {
  /** The workflow file's text, as it ran. Not validated. */
  workflow: string
  /** SHA-256 of each file input by its reference. */
  files: Record<string, string>
}

/** A box of an MP4 file. `start` … `end` is its content, without the header. */
export interface Mp4Box {
  type: string
  start: number
  end: number
}

/**
 * Finds the workflow in the bytes of an MP4 or PNG.
 * @param bytes the whole file, or its beginning as long as it holds the metadata: our MP4s have it before the pictures.
 * @returns null when there is none, or the bytes are something else.
 */
export function readEmbeddedFromBytes(bytes: Uint8Array): Embedded | null {
  const texts = isPng(bytes) ? pngTexts(bytes) : mp4Texts(bytes)
  const workflow = texts.get(EMBEDDED_WORKFLOW_KEY)
  if (workflow === undefined) return null
  return { workflow, files: parseFiles(texts.get(EMBEDDED_INPUTS_KEY)) }
}

/** The boxes in a stretch of an MP4; stops at the first that is cut off or makes no sense. */
export function* mp4Boxes(bytes: Uint8Array, start = 0, end = bytes.length): Generator<Mp4Box, void, undefined> {
  const view = viewOf(bytes)
  let at = start
  while (at + 8 <= end) {
    let size = view.getUint32(at)
    let header = 8
    if (size === 1) {
      if (at + 16 > end) return
      size = view.getUint32(at + 8) * 2 ** 32 + view.getUint32(at + 12)
      header = 16
    } else if (size === 0) size = end - at
    if (size < header || at + size > end) return
    yield { type: ascii(bytes, at + 4, 4), start: at + header, end: at + size }
    at += size
  }
}

export function findMp4Box(bytes: Uint8Array, path: readonly string[], within?: Mp4Box): Mp4Box | undefined {
  let box = within
  for (const type of path) {
    const boxes: Iterable<Mp4Box> = box ? mp4Boxes(bytes, box.start, box.end) : mp4Boxes(bytes)
    box = undefined
    for (const child of boxes) {
      if (child.type !== type) continue
      box = child
      break
    }
    if (!box) return undefined
  }
  return box
}

/** QuickTime file format specification, "Metadata": keys by number in `keys`, values under that number in `ilst`. */
function mp4Texts(bytes: Uint8Array): Map<string, string> {
  const texts = new Map<string, string>()
  const moov = findMp4Box(bytes, ['moov'])
  const meta = moov && (findMp4Box(bytes, ['udta', 'meta'], moov) ?? findMp4Box(bytes, ['meta'], moov))
  if (!meta) return texts
  // ISO files put a version and flags before the boxes of `meta`; QuickTime files do not.
  const isFull = ascii(bytes, meta.start + 4, 4) !== 'hdlr'
  const content: Mp4Box = { ...meta, start: meta.start + (isFull ? 4 : 0) }
  const keys = findMp4Box(bytes, ['keys'], content)
  const list = findMp4Box(bytes, ['ilst'], content)
  if (!keys || !list) return texts
  const names = Array.from(mp4Boxes(bytes, keys.start + 8, keys.end), (key) => utf8(bytes, key.start, key.end))
  const view = viewOf(bytes)
  for (const item of mp4Boxes(bytes, list.start, list.end)) {
    const name = names[view.getUint32(item.start - 4) - 1]
    const data = findMp4Box(bytes, ['data'], item)
    if (name !== undefined && data) texts.set(name, utf8(bytes, data.start + 8, data.end))
  }
  return texts
}

function isPng(bytes: Uint8Array): boolean {
  return ascii(bytes, 0, 8) === '\x89PNG\r\n\x1a\n'
}

/** PNG specification 11.3.3.4: uncompressed `iTXt` chunks. */
function pngTexts(bytes: Uint8Array): Map<string, string> {
  const texts = new Map<string, string>()
  const view = viewOf(bytes)
  let at = 8
  while (at + 12 <= bytes.length) {
    const end = at + 8 + view.getUint32(at)
    if (end + 4 > bytes.length) break
    if (ascii(bytes, at + 4, 4) === 'iTXt') {
      const keywordEnd = bytes.indexOf(0, at + 8)
      const languageEnd = bytes.indexOf(0, keywordEnd + 3)
      const textStart = bytes.indexOf(0, languageEnd + 1) + 1
      const isCompressed = bytes[keywordEnd + 1] !== 0
      if (keywordEnd > 0 && languageEnd > 0 && textStart > 0 && textStart <= end && !isCompressed) {
        texts.set(utf8(bytes, at + 8, keywordEnd), utf8(bytes, textStart, end))
      }
    }
    at = end + 4
  }
  return texts
}

function parseFiles(text: string | undefined): Record<string, string> {
  if (text === undefined) return {}
  try {
    const parsed: unknown = JSON.parse(text)
    if (typeof parsed !== 'object' || parsed === null) return {}
    return Object.fromEntries(
      Object.entries(parsed).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    )
  } catch {
    return {} // another program's key of the same name; the workflow still opens
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

function ascii(bytes: Uint8Array, start: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(start, start + length))
}

function utf8(bytes: Uint8Array, start: number, end: number): string {
  return new TextDecoder().decode(bytes.subarray(start, end))
}
