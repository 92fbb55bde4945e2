import type { Image } from '@beatloom/core'

/** A part of a picture, in its pixels; need not lie on whole ones. */
export interface Cut {
  left: number
  top: number
  width: number
  height: number
}

/** The largest middle part of a picture that has the wanted aspect. */
export function coverCut(picture: Pick<Image, 'width' | 'height'>, width: number, height: number): Cut {
  const scale = Math.min(picture.width / width, picture.height / height)
  const [wide, tall] = [width * scale, height * scale]
  return { left: (picture.width - wide) / 2, top: (picture.height - tall) / 2, width: wide, height: tall }
}

/**
 * Cuts the largest middle part of the wanted aspect from a picture and averages it down (or spreads it up) by area.
 * @returns RGB planes, `[3, height, width]`, 0 … 1. Grey is repeated; alpha is ignored.
 */
export function coverPlanes(image: Image, width: number, height: number): Float32Array {
  return cutPlanes(image, coverCut(image, width, height), width, height)
}

/** As `coverPlanes`, of any part of the picture; its aspect is not kept. */
export function cutPlanes(image: Image, cut: Cut, width: number, height: number): Float32Array {
  const horizontal = spans(image.width, cut.left, cut.width / width, width)
  const vertical = spans(image.height, cut.top, cut.height / height, height)
  const planes = new Float32Array(3 * width * height)
  const row = new Float64Array(3 * image.width)
  for (let y = 0; y < height; y++) {
    row.fill(0)
    for (const { index, weight } of vertical[y]!) addRow(row, image, index, weight / 255)
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 3; c++) {
        let sum = 0
        for (const { index, weight } of horizontal[x]!) sum += weight * row[3 * index + c]!
        planes[(c * height + y) * width + x] = sum
      }
    }
  }
  return planes
}

interface Share {
  index: number
  weight: number
}

/** For each target pixel, which source pixels it covers and by what share; the shares of one add up to 1. */
function spans(length: number, offset: number, scale: number, count: number): Share[][] {
  return Array.from({ length: count }, (_, i) => {
    const start = offset + i * scale
    const end = start + scale
    const shares: Share[] = []
    for (let index = Math.floor(start); index < end && index < length; index++) {
      const covered = Math.min(end, index + 1) - Math.max(start, index)
      if (covered > 1e-9) shares.push({ index, weight: covered / scale })
    }
    return shares
  })
}

function addRow(row: Float64Array, image: Image, y: number, weight: number): void {
  const { width, channels, data } = image
  const start = y * width * channels
  for (let x = 0; x < width; x++) {
    const at = start + x * channels
    row[3 * x]! += weight * data[at]!
    row[3 * x + 1]! += weight * data[channels === 1 ? at : at + 1]!
    row[3 * x + 2]! += weight * data[channels === 1 ? at : at + 2]!
  }
}
