/** Pictures and sounds that are no photograph and no song, made on the spot. */
import { writeFileSync } from 'node:fs'
import type { Image } from '@beatloom/core'
import { encodeImage } from '@beatloom/media'

type Painter = (x: number, y: number) => number

/** Grey values as an RGB PNG. */
export async function writePicture(path: string, width: number, height: number, grey: Painter): Promise<string> {
  const image: Image = { width, height, channels: 3, data: new Uint8Array(width * height * 3) }
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i += 3) image.data.fill(grey(x, y), i, i + 3)
  }
  writeFileSync(path, await encodeImage(image, { format: 'png' }))
  return path
}

/** Black circles and slanted strokes, one to two pixels wide, on white. */
export const lineArt: Painter = (x, y) => {
  const ring = Math.abs((Math.hypot(x - 420, y - 240) % 60) - 30)
  const stroke = Math.abs((((x + 2 * y) % 97) + 97) % 97)
  return ring < 1 || stroke < 2 ? 0 : 255
}

/** Rows of small dark marks in words and lines, as a page of text looks from afar. */
export const pageOfText: Painter = (x, y) => {
  const [column, row] = [Math.floor(x / 8), Math.floor(y / 18)]
  const inLine = y % 18 < 11 && x > 40 && x < 760
  const isBlank = (column * 7 + row * 13) % 6 === 0
  const ink = ((x % 8) * 31 + (y % 18) * 17 + column * 101 + row * 59) % 5 < 2
  return inLine && !isBlank && x % 8 < 6 && ink ? 30 : 250
}

const SAMPLE_RATE = 44_100

/** A 16-bit mono WAV (RIFF). @param sample −1 … 1 at a moment in seconds. */
export function writeWav(path: string, seconds: number, sample: (seconds: number) => number): string {
  const count = Math.round(seconds * SAMPLE_RATE)
  const bytes = Buffer.alloc(44 + count * 2)
  bytes.write('RIFF', 0, 'latin1')
  bytes.writeUInt32LE(36 + count * 2, 4)
  bytes.write('WAVEfmt ', 8, 'latin1')
  bytes.writeUInt32LE(16, 16)
  bytes.writeUInt16LE(1, 20)
  bytes.writeUInt16LE(1, 22)
  bytes.writeUInt32LE(SAMPLE_RATE, 24)
  bytes.writeUInt32LE(SAMPLE_RATE * 2, 28)
  bytes.writeUInt16LE(2, 32)
  bytes.writeUInt16LE(16, 34)
  bytes.write('data', 36, 'latin1')
  bytes.writeUInt32LE(count * 2, 40)
  for (let i = 0; i < count; i++) {
    const value = Math.max(-1, Math.min(1, sample(i / SAMPLE_RATE)))
    bytes.writeInt16LE(Math.round(value * 32_767), 44 + i * 2)
  }
  writeFileSync(path, bytes)
  return path
}

/** A kick on every beat of 200 BPM. */
export const fastKicks = (seconds: number): number => {
  const since = seconds % 0.3
  return 0.9 * Math.sin(2 * Math.PI * 60 * since) * Math.exp(-since * 14)
}

/** Noise that is the same each time: a linear congruential generator (Numerical Recipes' constants). */
export function whiteNoise(): () => number {
  let state = 1
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return 0.5 * (state / 2 ** 31 - 1)
  }
}
