import { ascii, utf8, viewOf } from './embedded-bytes.ts'

export const PNG_SIGNATURE = '\x89PNG\r\n\x1a\n'

/** PNG specification 11.3.3: uncompressed `iTXt` chunks in UTF-8, `tEXt` chunks. */
export function pngTexts(bytes: Uint8Array): Map<string, string> {
  const texts = new Map<string, string>()
  const view = viewOf(bytes)
  let at = 8
  while (at + 12 <= bytes.length) {
    const end = at + 8 + view.getUint32(at)
    if (end + 4 > bytes.length) break
    const type = ascii(bytes, at + 4, 4)
    const keywordEnd = bytes.indexOf(0, at + 8)
    if (type === 'iTXt') {
      const languageEnd = bytes.indexOf(0, keywordEnd + 3)
      const textStart = bytes.indexOf(0, languageEnd + 1) + 1
      const isCompressed = bytes[keywordEnd + 1] !== 0
      if (keywordEnd > 0 && languageEnd > 0 && textStart > 0 && textStart <= end && !isCompressed) {
        texts.set(utf8(bytes, at + 8, keywordEnd), utf8(bytes, textStart, end))
      }
    } else if (type === 'tEXt' && keywordEnd > 0 && keywordEnd < end) {
      texts.set(utf8(bytes, at + 8, keywordEnd), latin1OrUtf8(bytes.subarray(keywordEnd + 1, end)))
    }
    at = end + 4
  }
  return texts
}

/** The specification says Latin-1 for `tEXt`; programs that write JSON there write UTF-8. */
function latin1OrUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('latin1').decode(bytes)
  }
}
