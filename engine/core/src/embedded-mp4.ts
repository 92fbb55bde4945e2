import { ascii, utf8, viewOf } from './embedded-bytes.ts'

/** A box of an MP4 file. `start` … `end` is its content, without the header. */
export interface Mp4Box {
  type: string
  start: number
  end: number
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

/**
 * QuickTime file format specification, "Metadata": keys by number in `keys`, values under that number in `ilst`.
 * Without `keys` the items have the four-letter names of iTunes, of which only the comment matters here.
 */
export function mp4Texts(bytes: Uint8Array): Map<string, string> {
  const texts = new Map<string, string>()
  const moov = findMp4Box(bytes, ['moov'])
  const meta = moov && (findMp4Box(bytes, ['udta', 'meta'], moov) ?? findMp4Box(bytes, ['meta'], moov))
  if (!meta) return texts
  // ISO files put a version and flags before the boxes of `meta`; QuickTime files do not.
  const isFull = ascii(bytes, meta.start + 4, 4) !== 'hdlr'
  const content: Mp4Box = { ...meta, start: meta.start + (isFull ? 4 : 0) }
  const keys = findMp4Box(bytes, ['keys'], content)
  const list = findMp4Box(bytes, ['ilst'], content)
  if (!list) return texts
  const names = keys
    ? Array.from(mp4Boxes(bytes, keys.start + 8, keys.end), (key) => utf8(bytes, key.start, key.end))
    : []
  const view = viewOf(bytes)
  for (const item of mp4Boxes(bytes, list.start, list.end)) {
    const name = item.type === '\xa9cmt' ? 'comment' : names[view.getUint32(item.start - 4) - 1]
    const data = findMp4Box(bytes, ['data'], item)
    if (name !== undefined && data) texts.set(name, utf8(bytes, data.start + 8, data.end))
  }
  return texts
}
