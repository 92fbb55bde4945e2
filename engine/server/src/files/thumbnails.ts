import { randomUUID } from 'node:crypto'
import { mkdir, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError, type FileHandle } from '@beatloom/core'
import type { DataFolder } from '../folder/data-folder.ts'
import { mimeOf } from './mime.ts'

/** Sharp on a card of the history at twice the pixels, px. */
const LONGEST_SIDE_PX = 480
const QUALITY = 80
/** Pictures are made a few at a time: a page of history asks for dozens at once. */
const AT_ONCE = 2

/** Small JPEGs of pictures and videos, made when first asked for and kept by the content's hash. */
export class Thumbnails {
  readonly #root: string
  readonly #making = new Map<string, Promise<FileHandle>>()
  readonly #waiting: (() => void)[] = []
  #busy = 0

  constructor(folder: DataFolder) {
    this.#root = join(folder.root, 'thumbnails')
  }

  /** @throws {AppError} `media_unreadable` for what has no picture, `ffmpeg_missing` */
  of(file: FileHandle): Promise<FileHandle> {
    const known = this.#making.get(file.sha256)
    if (known) return known
    const making = this.#make(file).finally(() => this.#making.delete(file.sha256))
    this.#making.set(file.sha256, making)
    return making
  }

  async #make(file: FileHandle): Promise<FileHandle> {
    const path = join(this.#root, `${file.sha256}.jpg`)
    const handle = { path, name: 'thumbnail.jpg', sha256: file.sha256 }
    if (await stat(path).catch(() => null)) return handle
    const bytes = await this.#inTurn(() => drawThumbnail(file))
    await mkdir(this.#root, { recursive: true })
    const partial = join(this.#root, `${randomUUID()}.part`)
    await writeFile(partial, bytes)
    await rename(partial, path)
    return handle
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#busy >= AT_ONCE) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    this.#busy++
    try {
      return await work()
    } finally {
      this.#busy--
      this.#waiting.shift()?.()
    }
  }
}

async function drawThumbnail(file: FileHandle): Promise<Uint8Array> {
  const media = await import('@beatloom/media')
  const signal = AbortSignal.timeout(30_000)
  const [kind] = mimeOf(file.name).split('/')
  if (kind === 'video') return media.posterFrame(file.path, LONGEST_SIDE_PX, signal)
  if (kind === 'image') {
    const picture = await media.readImage(file.path, signal, { longestSide: LONGEST_SIDE_PX, name: file.name })
    return media.encodeImage(picture, { format: 'jpeg', quality: QUALITY })
  }
  throw new AppError('media_unreadable', `"${file.name}" has no picture to show.`)
}
