import { MAX_PICTURE_PIXELS } from './media-limits.ts'
import { shrunk } from './picture-size.ts'

const QUALITY = 0.92

/**
 * Draws a picture anew as a JPG whose longer side fits, in the browser: for pictures too large to send, and for kinds
 * that this browser shows and the server does not read.
 * @throws when the browser cannot show the picture either.
 */
export async function redrawPicture(file: File, longestSide: number): Promise<File> {
  const image = new Image()
  const address = URL.createObjectURL(file)
  try {
    image.src = address
    await image.decode()
    const { width, height } = shrunk({ width: image.naturalWidth, height: image.naturalHeight }, longestSide)
    if (width * height === 0 || width * height > MAX_PICTURE_PIXELS) throw new Error('no pixels')
    const canvas = document.createElement('canvas')
    canvas.width = width
    canvas.height = height
    const context = canvas.getContext('2d')!
    context.fillStyle = '#ffffff'
    context.fillRect(0, 0, width, height)
    context.imageSmoothingQuality = 'high'
    context.drawImage(image, 0, 0, width, height)
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY))
    if (!blob) throw new Error('no canvas of this size')
    return new File([blob], `${file.name.replace(/\.\w+$/, '')}.jpg`, { type: 'image/jpeg' })
  } finally {
    URL.revokeObjectURL(address)
  }
}
