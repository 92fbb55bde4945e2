interface Decoder {
  decode(options: { frameIndex: number }): Promise<{ image: CanvasImageSource & { close(): void } }>
  tracks: { ready: Promise<void>; selectedTrack: { frameCount: number } | null }
  close(): void
}

type DecoderClass = new (init: { data: ArrayBuffer; type: string }) => Decoder

/**
 * The frames of an animated picture one by one, so that they can follow a sound; null where the browser plays them
 * only by itself.
 */
export async function decodeFrames(address: string): Promise<ImageBitmap[] | null> {
  const Decoder = (globalThis as { ImageDecoder?: DecoderClass }).ImageDecoder
  if (!Decoder) return null
  const type = /^data:([^;]+);/.exec(address)?.[1] ?? 'image/webp'
  const data = await (await fetch(address)).arrayBuffer()
  const decoder = new Decoder({ data, type })
  try {
    await decoder.tracks.ready
    const count = decoder.tracks.selectedTrack?.frameCount ?? 0
    const frames: ImageBitmap[] = []
    for (let frameIndex = 0; frameIndex < count; frameIndex++) {
      const { image } = await decoder.decode({ frameIndex })
      frames.push(await createImageBitmap(image))
      image.close()
    }
    return frames.length > 1 ? frames : null
  } catch {
    return null
  } finally {
    decoder.close()
  }
}
