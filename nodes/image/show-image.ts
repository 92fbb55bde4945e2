import { writeFile } from 'node:fs/promises'
import type { Image, NodeContext } from '@beatloom/core'
import { encodeImage, fileNameOf, fitWithin, IMAGE_MIME } from '@beatloom/media'

/** Large enough for a node on a dense screen, small enough to load at once, pixels. */
const THUMBNAIL_SIDE = 640

/**
 * Shows a picture on the node: a JPEG of at most 640 pixels a side; the facts beside it are the picture's own.
 * @param name what the picture is called; its ending is left out.
 */
export async function showImage(image: Image, name: string, context: NodeContext): Promise<void> {
  const stem = name.replace(/\.\w{1,5}$/, '')
  const thumbnail = await fitWithin(image, THUMBNAIL_SIDE)
  const path = await context.artifacts.scratch('.jpg')
  await writeFile(path, await encodeImage(thumbnail, { format: 'jpeg', quality: 85 }))
  const file = await context.artifacts.adopt(path, fileNameOf(`${stem} thumbnail`, 'jpg'), IMAGE_MIME.jpeg)
  context.display({ kind: 'image', file, width: image.width, height: image.height })
}
