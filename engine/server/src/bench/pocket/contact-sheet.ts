import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Image } from '@beatloom/core'
import { encodeImage, resizeImage } from '@beatloom/media'
import type { Footage } from './footage.ts'

const COLUMNS = 6
const TILE_HEIGHT = 120
const GAP = 4
/** Rows on one sheet. */
const ROWS = 10

/** Pictures for people: a row for each clip, frames evenly from first to last, and a list that names the rows. */
export class ContactSheets {
  readonly folder: string
  readonly #rows = new Map<string, { label: string; tiles: Image[] }[]>()

  constructor(folder: string) {
    this.folder = folder
    mkdirSync(folder, { recursive: true })
  }

  async add(category: string, label: string, { frames }: Footage): Promise<void> {
    const tiles: Image[] = []
    for (let column = 0; column < COLUMNS; column++) {
      const frame = frames[Math.round((column / (COLUMNS - 1)) * (frames.length - 1))]!
      tiles.push(await resizeImage(frame, Math.round((frame.width * TILE_HEIGHT) / frame.height), TILE_HEIGHT))
    }
    const rows = this.#rows.get(category) ?? []
    this.#rows.set(category, [...rows, { label, tiles }])
  }

  /** Writes what was added: `CATEGORY-1.png`, … and `CATEGORY.txt`. */
  async write(): Promise<void> {
    for (const [category, rows] of this.#rows) {
      for (let first = 0; first < rows.length; first += ROWS) {
        const sheet = compose(rows.slice(first, first + ROWS).map(({ tiles }) => tiles))
        const name = `${category}-${first / ROWS + 1}.png`
        writeFileSync(join(this.folder, name), await encodeImage(sheet, { format: 'png' }))
      }
      const list = rows.map(({ label }, i) => `${Math.floor(i / ROWS) + 1}.${(i % ROWS) + 1} ${label}\n`)
      writeFileSync(join(this.folder, `${category}.txt`), list.join(''))
    }
  }
}

function compose(rows: Image[][]): Image {
  const widthOf = (tiles: Image[]) => tiles.reduce((sum, { width }) => sum + width + GAP, GAP)
  const width = Math.max(...rows.map(widthOf))
  const height = rows.length * (TILE_HEIGHT + GAP) + GAP
  const data = new Uint8Array(width * height * 3).fill(24)
  rows.forEach((tiles, row) => {
    let left = GAP
    for (const tile of tiles) {
      for (let y = 0; y < tile.height; y++) {
        const line = tile.data.subarray(y * tile.width * 3, (y + 1) * tile.width * 3)
        data.set(line, ((GAP + row * (TILE_HEIGHT + GAP) + y) * width + left) * 3)
      }
      left += tile.width + GAP
    }
  })
  return { width, height, channels: 3, data }
}
