export interface PixelSize {
  width: number
  height: number
}

/** JPEG files may carry large previews and profiles before the frame header that tells the size. */
const HEADER_BYTES = 512 * 1024

/** The size of a JPG, PNG or WebP by its header alone, without decoding it; null for anything else. */
export async function pictureSize(file: Blob): Promise<PixelSize | null> {
  return sizeInHeader(new DataView(await file.slice(0, HEADER_BYTES).arrayBuffer()))
}

export function sizeInHeader(view: DataView): PixelSize | null {
  const text = (at: number, length: number) =>
    at + length <= view.byteLength
      ? String.fromCharCode(...Array.from({ length }, (_, index) => view.getUint8(at + index)))
      : ''
  if (text(1, 3) === 'PNG' && view.byteLength >= 24) return { width: view.getUint32(16), height: view.getUint32(20) }
  if (text(0, 4) === 'RIFF' && text(8, 4) === 'WEBP' && view.byteLength >= 30) return webpSize(view, text(12, 4))
  if (view.byteLength > 4 && view.getUint16(0) === 0xffd8) return jpegSize(view)
  return null
}

/** VP8 (lossy), VP8L (lossless) and VP8X (extended) headers of the WebP container specification. */
function webpSize(view: DataView, chunk: string): PixelSize | null {
  const three = (at: number) => view.getUint16(at, true) + (view.getUint8(at + 2) << 16)
  if (chunk === 'VP8X') return { width: three(24) + 1, height: three(27) + 1 }
  if (chunk === 'VP8 ') return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
  if (chunk !== 'VP8L') return null
  const bits = view.getUint32(21, true)
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
}

/** Goes from marker to marker to the frame header (ITU T.81, B.2.2). */
function jpegSize(view: DataView): PixelSize | null {
  for (let at = 2; at + 9 < view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) return null
    const marker = view.getUint8(at + 1)
    if (marker === 0xff) {
      at++
      continue
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
    at += 2 + view.getUint16(at + 2)
  }
  return null
}

/** The largest size of the same shape whose longer side fits. */
export function shrunk({ width, height }: PixelSize, longestSide: number): PixelSize {
  const scale = Math.min(1, longestSide / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}
