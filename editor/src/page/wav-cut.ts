/** An uncompressed WAV file, as far as cutting it needs: nothing of its sound is read. */
export interface WavLayout {
  /** The bytes of its `fmt ` chunk, to be written again. */
  format: Uint8Array<ArrayBuffer>
  /** Where the samples lie in the file. */
  from: number
  bytes: number
  bytesPerSecond: number
  /** Bytes of one moment of all channels. */
  frame: number
  seconds: number
  bits: number
}

const HEADER_BYTES = 256 * 1024
const MOST_BYTES = 0xffff_ffff

/** Reads the chunks of a RIFF/WAVE file up to its samples; null for what is none. */
export async function wavLayout(file: Blob): Promise<WavLayout | null> {
  const view = new DataView(await file.slice(0, HEADER_BYTES).arrayBuffer())
  const tag = (at: number) =>
    at + 4 <= view.byteLength ? String.fromCharCode(...new Uint8Array(view.buffer, at, 4)) : ''
  if (tag(0) !== 'RIFF' || tag(8) !== 'WAVE') return null
  let format: Uint8Array<ArrayBuffer> | null = null
  for (let at = 12; at + 8 <= view.byteLength; ) {
    const size = view.getUint32(at + 4, true)
    const start = at + 8
    if (tag(at) === 'fmt ' && start + size <= view.byteLength) {
      format = new Uint8Array(view.buffer.slice(start, start + size))
    }
    if (tag(at) === 'data' && format) return layoutOf(format, start, Math.min(size, file.size - start))
    at = start + size + (size % 2)
  }
  return null
}

function layoutOf(format: Uint8Array<ArrayBuffer>, from: number, bytes: number): WavLayout | null {
  const view = new DataView(format.buffer)
  const [bytesPerSecond, frame, bits] = [view.getUint32(8, true), view.getUint16(12, true), view.getUint16(14, true)]
  if (bytesPerSecond === 0 || frame === 0) return null
  return { format, from, bytes, bytesPerSecond, frame, seconds: bytes / bytesPerSecond, bits }
}

/** A stretch of the sound as a WAV file of its own, sample for sample. The bytes stay on the disk until they are sent. */
export function cutWav(file: File, wav: WavLayout, start: number, seconds: number): File {
  const whole = (time: number) => Math.round((time * wav.bytesPerSecond) / wav.frame) * wav.frame
  const from = Math.min(wav.bytes, Math.max(0, whole(start)))
  const length = Math.min(whole(seconds), wav.bytes - from, Math.floor(MOST_BYTES / wav.frame / 2) * wav.frame)
  const header = new DataView(new ArrayBuffer(28 + wav.format.length))
  const write = (at: number, text: string) => {
    for (const [index, letter] of [...text].entries()) header.setUint8(at + index, letter.charCodeAt(0))
  }
  write(0, 'RIFF')
  header.setUint32(4, header.byteLength - 8 + length, true)
  write(8, 'WAVEfmt ')
  header.setUint32(16, wav.format.length, true)
  new Uint8Array(header.buffer, 20).set(wav.format)
  write(20 + wav.format.length, 'data')
  header.setUint32(24 + wav.format.length, length, true)
  const sound = file.slice(wav.from + from, wav.from + from + length)
  return new File([header.buffer, sound], `${file.name.replace(/\.\w+$/, '')}-part.wav`, { type: 'audio/wav' })
}

const LOOK_BYTES = 2048

/** The loudest sample of a look at each of `count` places, 0 … 1; empty for sample formats other than 16 bits. */
export async function wavPeaks(file: Blob, wav: WavLayout, count: number): Promise<number[]> {
  if (wav.bits !== 16) return []
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const at = wav.from + Math.floor((wav.bytes * index) / count / wav.frame) * wav.frame
      const end = Math.min(at + LOOK_BYTES, wav.from + wav.bytes)
      const view = new DataView(await file.slice(at, end).arrayBuffer())
      let loudest = 0
      for (let byte = 0; byte + 1 < view.byteLength; byte += 2)
        loudest = Math.max(loudest, Math.abs(view.getInt16(byte, true)))
      return loudest / 32_768
    }),
  )
}
