import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { pictureSize, shrunk, sizeInHeader } from './picture-size.ts'

const bytes = (...parts: (string | number[])[]): DataView => {
  const all = parts.flatMap((part) => (typeof part === 'string' ? [...part].map((c) => c.charCodeAt(0)) : part))
  const padded = Uint8Array.from([...all, ...new Array(40).fill(0)])
  return new DataView(padded.buffer)
}

it('A3: the size of a JPG is read from its header', async () => {
  const cover = readFileSync(join(import.meta.dirname, '../../../workflows/samples/cover.jpg'))
  expect(await pictureSize(new Blob([new Uint8Array(cover)]))).toEqual({ width: 1920, height: 1080 })
})

it('A3: the size of a PNG is its first chunk', () => {
  const header = bytes([0x89], 'PNG', [13, 10, 26, 10, 0, 0, 0, 13], 'IHDR', [0, 0, 0x2e, 0xe0, 0, 0, 0x23, 0x28])
  expect(sizeInHeader(header)).toEqual({ width: 12_000, height: 9000 })
})

it('A3: the size of a WebP is read from each of its three headers', () => {
  const riff: (string | number[])[] = ['RIFF', [0, 0, 0, 0], 'WEBP']
  // 299 and 199 in three bytes, the lowest first: one is added to each.
  expect(sizeInHeader(bytes(...riff, 'VP8X', [10, 0, 0, 0, 0, 0, 0, 0, 0x2b, 1, 0, 0xc7, 0, 0]))).toEqual({
    width: 300,
    height: 200,
  })
  const lossy = [0, 0, 0, 0, 0, 0, 0, 0x9d, 1, 0x2a, 0x2c, 1, 0xc8, 0]
  expect(sizeInHeader(bytes(...riff, 'VP8 ', lossy))).toEqual({ width: 300, height: 200 })
  // 299 in 14 bits, then 199 in 14: 0x12b | 199 << 14 = 0x31c12b.
  expect(sizeInHeader(bytes(...riff, 'VP8L', [0, 0, 0, 0, 0x2f, 0x2b, 0xc1, 0x31, 0]))).toEqual({
    width: 300,
    height: 200,
  })
})

it('A3: what is none of the three has no size here', () => {
  expect(sizeInHeader(bytes('GIF89a'))).toBeNull()
  expect(sizeInHeader(bytes([0xff, 0xd8, 0xff, 0xe0]))).toBeNull()
})

it('A3: a picture is made smaller in its own shape, and never larger', () => {
  expect(shrunk({ width: 12_000, height: 9000 }, 4096)).toEqual({ width: 4096, height: 3072 })
  expect(shrunk({ width: 300, height: 200 }, 4096)).toEqual({ width: 300, height: 200 })
})
