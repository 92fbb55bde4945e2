import { writeFile } from 'node:fs/promises'
import type { FileHandle, Image, Mask, NodeContext } from '@beatloom/core'
import { encodeImage, fileNameOf, fitWithin, IMAGE_MIME } from '@beatloom/media'

/** Large enough for a node on a dense screen, small enough to load at once, pixels. */
const THUMBNAIL_SIDE = 640

interface ShowOptions {
  /** For a close look: the file that holds the whole picture, or `keep` to keep one beside the thumbnail. */
  full?: FileHandle | 'keep'
  /** The mask that the one shown was painted over. */
  start?: Mask
}

/**
 * Shows a picture on the node: a JPEG of at most 640 pixels a side; the facts beside it are the picture's own.
 * @param name what the picture is called; its ending is left out.
 */
export async function showImage(
  image: Image,
  name: string,
  context: NodeContext,
  { full, start }: ShowOptions = {},
): Promise<void> {
  const stem = name.replace(/\.\w{1,5}$/, '')
  const { width, height } = image
  const file = await keep(await fitWithin(image, THUMBNAIL_SIDE), 85, `${stem} thumbnail`, context)
  if (full === undefined || Math.max(width, height) <= THUMBNAIL_SIDE) {
    const before = start && (await fitWithin({ ...start, channels: 1 }, THUMBNAIL_SIDE))
    const beneath = before ? { start: await keep(before, 85, `${stem} start`, context) } : {}
    context.display({ kind: 'image', file, width, height, ...beneath })
    return
  }
  const whole = full === 'keep' ? await keep(image, 95, stem, context) : full
  context.display({ kind: 'image', file, width, height, full: whole })
}

async function keep(image: Image, quality: number, name: string, { artifacts }: NodeContext): Promise<FileHandle> {
  const path = await artifacts.scratch('.jpg')
  await writeFile(path, await encodeImage(image, { format: 'jpeg', quality }))
  return artifacts.adopt(path, fileNameOf(name, 'jpg'), IMAGE_MIME.jpeg)
}
