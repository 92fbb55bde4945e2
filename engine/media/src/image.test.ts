import { readFile, writeFile } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import type { Image } from '@beatloom/core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodeImage } from './encode-image.ts'
import { imageFacts, readImage } from './read-image.ts'
import { coverCrop, fitWithin, resizeImage } from './resize-image.ts'
import { never, SAMPLE_PICTURE, type ScratchFolder, scratchFolder } from './testing.ts'

let folder: ScratchFolder
beforeAll(async () => {
  folder = await scratchFolder()
})
afterAll(() => folder.remove())

/** Left half red, right half blue. */
function halves(width: number, height: number): Image {
  const data = new Uint8Array(width * height * 3)
  for (let i = 0; i < width * height; i++) data[3 * i + (i % width < width / 2 ? 0 : 2)] = 255
  return { width, height, channels: 3, data }
}

const pixel = (image: Image, x: number, y: number) =>
  Array.from(image.data.subarray((y * image.width + x) * 3, (y * image.width + x) * 3 + 3))

const picture = (image: Image) =>
  sharp(image.data, { raw: { width: image.width, height: image.height, channels: image.channels } })

describe('reading a picture', () => {
  it.each(['jpeg', 'webp', 'png'] as const)(
    'reads what encodeImage wrote as %s, whatever the name says',
    async (format) => {
      const path = folder.file(`${format}.txt`)
      await writeFile(path, await encodeImage(halves(64, 32), { format, quality: 95 }))
      const image = await readImage(path, never)
      expect(image).toMatchObject({ width: 64, height: 32, channels: 3 })
      expect(image.data.length).toBe(64 * 32 * 3)
      const [r, g, b] = pixel(image, 10, 10) as [number, number, number]
      expect(r).toBeGreaterThan(240)
      expect(Math.max(g, b)).toBeLessThan(15)
      expect(await imageFacts(path)).toEqual({ format, width: 64, height: 32, hasAlpha: false })
    },
  )

  it('turns it as EXIF says: stored lying, seen upright', async () => {
    const path = folder.file('turned.jpg')
    await writeFile(
      path,
      await picture(halves(60, 40)).withMetadata({ orientation: 6 }).jpeg({ quality: 95 }).toBuffer(),
    )
    const image = await readImage(path, never)
    expect([image.width, image.height]).toEqual([40, 60])
    expect(await imageFacts(path)).toMatchObject({ width: 40, height: 60 })
    // Orientation 6 turns by 90° clockwise: the left half comes out on top.
    expect(pixel(image, 20, 5)[0]).toBeGreaterThan(240)
    expect(pixel(image, 20, 55)[2]).toBeGreaterThan(240)
  })

  it('lays transparent pixels on white', async () => {
    const path = folder.file('clear.png')
    const data = Uint8Array.of(0, 0, 0, 0, 10, 20, 30, 255)
    await writeFile(path, await picture({ width: 2, height: 1, channels: 4, data }).png().toBuffer())
    expect((await readImage(path, never)).data).toEqual(Uint8Array.of(255, 255, 255, 10, 20, 30))
  })

  it('makes RGB of grey, of 16 bit and of CMYK', async () => {
    const grey = folder.file('grey.png')
    await writeFile(
      grey,
      await picture({ width: 2, height: 1, channels: 1, data: Uint8Array.of(9, 200) })
        .toColourspace('b-w')
        .png()
        .toBuffer(),
    )
    expect((await readImage(grey, never)).data).toEqual(Uint8Array.of(9, 9, 9, 200, 200, 200))

    const deep = folder.file('deep.png')
    await writeFile(deep, await picture(halves(8, 8)).toColourspace('rgb16').png().toBuffer())
    expect((await sharp(deep).metadata()).depth).toBe('ushort')
    expect(pixel(await readImage(deep, never), 1, 1)).toEqual([255, 0, 0])

    const cmyk = folder.file('cmyk.jpg')
    await writeFile(cmyk, await picture(halves(32, 32)).toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer())
    expect((await sharp(cmyk).metadata()).space).toBe('cmyk')
    const [r, g, b] = pixel(await readImage(cmyk, never), 4, 4) as [number, number, number]
    expect(r).toBeGreaterThan(150)
    expect(Math.max(g, b)).toBeLessThan(110)
  })

  it('scales down while decoding when asked for a longest side', async () => {
    const path = folder.file('large.jpg')
    await writeFile(path, await encodeImage(halves(1000, 500), { format: 'jpeg' }))
    expect(await readImage(path, never, { longestSide: 100 })).toMatchObject({ width: 100, height: 50 })
    expect(await readImage(path, never, { longestSide: 2000 })).toMatchObject({ width: 1000, height: 500 })
  })
})

describe('refusing a picture', () => {
  it('a text file named .jpg', async () => {
    const path = folder.file('words.jpg')
    await writeFile(path, 'this is a shopping list, not a picture')
    await expect(readImage(path, never)).rejects.toMatchObject({
      code: 'media_unreadable',
      message: '"words.jpg" is no JPG, PNG or WebP picture: it is text. Choose another file.',
    })
  })

  it('an empty file and a missing one', async () => {
    const path = folder.file('empty.png')
    await writeFile(path, '')
    await expect(readImage(path, never)).rejects.toMatchObject({ code: 'media_unreadable' })
    await expect(readImage(folder.file('nowhere.png'), never)).rejects.toMatchObject({ code: 'file_missing' })
  })

  it.each(['png', 'jpeg', 'webp'] as const)('a truncated %s', async (format) => {
    const noise = Uint8Array.from({ length: 96 * 96 * 3 }, (_, i) => (Math.imul(i, 2654435761) >>> 13) & 255)
    const bytes = await encodeImage({ width: 96, height: 96, channels: 3, data: noise }, { format })
    const path = folder.file(`cut.${format}`)
    await writeFile(path, bytes.subarray(0, Math.floor(bytes.length / 2)))
    await expect(readImage(path, never)).rejects.toMatchObject({
      code: 'media_unreadable',
      message: expect.stringContaining('damaged or cut short'),
    })
  })

  it('a PNG whose header says 30,000 × 30,000, without decoding it', async () => {
    const path = folder.file('bomb.png')
    await writeFile(path, hugePng(30_000))
    const started = performance.now()
    await expect(readImage(path, never)).rejects.toMatchObject({ code: 'media_too_large' })
    expect(performance.now() - started).toBeLessThan(2000)
  })
})

/** A valid header and the beginning of pixel data. */
function hugePng(side: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const whole = Buffer.alloc(body.length + 8)
    whole.writeUInt32BE(data.length, 0)
    body.copy(whole, 4)
    whole.writeUInt32BE(crc32(body), body.length + 4)
    return whole
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', Buffer.from([0x78, 0x9c])),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

describe('scaling', () => {
  it('shows the same part at any size: scaled twice, a photograph lies where it lies scaled once', async () => {
    const photograph = await readImage(SAMPLE_PICTURE, never)
    const once = await coverCrop(photograph, 832, 480)
    const twice = await resizeImage(await coverCrop(photograph, 1248, 720), 832, 480)
    const squares = once.data.reduce((sum, value, k) => sum + (value - twice.data[k]!) ** 2, 0)
    // A third of a pixel aside would be 38 dB.
    expect(10 * Math.log10((255 ** 2 * once.data.length) / squares)).toBeGreaterThan(45)
  })

  it('cover-crop keeps the aspect and cuts the sides evenly', async () => {
    const image = await coverCrop(halves(200, 50), 50, 50)
    expect(image).toMatchObject({ width: 50, height: 50, channels: 3 })
    expect(pixel(image, 5, 25)).toEqual([255, 0, 0])
    expect(pixel(image, 45, 25)).toEqual([0, 0, 255])
  })

  it('resize reaches the exact size and keeps one channel one', async () => {
    const grey: Image = { width: 4, height: 4, channels: 1, data: new Uint8Array(16).fill(77) }
    const resized = await resizeImage(grey, 9, 5)
    expect(resized).toMatchObject({ width: 9, height: 5, channels: 1 })
    expect(resized.data).toEqual(new Uint8Array(45).fill(77))
  })

  it('fits within a longest side and never enlarges', async () => {
    expect(await fitWithin(halves(1280, 720), 640)).toMatchObject({ width: 640, height: 360 })
    const small = halves(10, 20)
    expect(await fitWithin(small, 640)).toBe(small)
  })

  it('refuses a picture whose bytes do not match its size', async () => {
    const lying: Image = { width: 4, height: 4, channels: 3, data: new Uint8Array(5) }
    await expect(resizeImage(lying, 2, 2)).rejects.toMatchObject({ code: 'media_unreadable' })
  })
})

it('writes a PNG that decodes to the same pixels', async () => {
  const path = folder.file('exact.png')
  await writeFile(path, await encodeImage(halves(33, 17), { format: 'png' }))
  expect((await readImage(path, never)).data).toEqual(halves(33, 17).data)
  expect((await readFile(path)).length).toBeGreaterThan(50)
})
