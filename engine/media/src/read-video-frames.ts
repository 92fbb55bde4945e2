import { AppError, type Image } from '@beatloom/core'
import { everyPicture } from './every-picture.ts'
import { readMp4Facts } from './mp4-facts.ts'
import { startFfmpeg } from './run-ffmpeg.ts'
import { safeInput } from './safe-input.ts'

/**
 * Decodes an MP4's pictures in order, RGB, one at a time; each is the reader's to keep.
 * @param wanted scaled to this size, pixels, the video's own when absent; at this steady frame rate, its own when absent;
 * beginning with picture number `firstFrame` of the file, from 0: those before it are decoded and no more.
 * @throws {AppError} `media_unreadable`, `file_missing`, `ffmpeg_missing`, `run_cancelled`.
 */
export async function* readVideoFrames(
  path: string,
  wanted: { width?: number; height?: number; frameRate?: number; firstFrame?: number },
  signal: AbortSignal,
): AsyncGenerator<Image, void, undefined> {
  const video = (await readMp4Facts(path)).tracks.find((track) => track.kind === 'video')
  if (!video) throw new AppError('media_unreadable', 'The file has no picture track.')
  const { width = video.width, height = video.height } = wanted
  const { frameRate, firstFrame = 0 } = wanted
  const steady = frameRate === undefined ? '' : `fps=${frameRate},`
  const from = firstFrame > 0 ? `select='gte(n,${firstFrame})',` : ''
  const filter = `${from}${steady}scale=${width}:${height}:in_color_matrix=bt709:flags=bicubic+accurate_rnd+full_chroma_int`
  const args = ['-loglevel', 'error', ...safeInput(path, 'mp4'), '-map', '0:v:0', '-vf', filter]
  // The first one would be doubled to fill the time before it.
  const every = firstFrame > 0 ? await everyPicture() : []
  const output = [...every, '-f', 'rawvideo', '-pix_fmt', 'rgb24', 'pipe:1']
  const ffmpeg = await startFfmpeg([...args, ...output], { signal, purpose: 'read', stdout: true })
  const frameBytes = width * height * 3
  try {
    let data = new Uint8Array(frameBytes)
    let filled = 0
    for await (const part of ffmpeg.stdout as AsyncIterable<Buffer>) {
      for (let at = 0; at < part.length; ) {
        const taken = Math.min(part.length - at, frameBytes - filled)
        data.set(part.subarray(at, at + taken), filled)
        filled += taken
        at += taken
        if (filled < frameBytes) continue
        yield { width, height, channels: 3, data }
        data = new Uint8Array(frameBytes)
        filled = 0
      }
    }
    await ffmpeg.finished()
  } finally {
    await ffmpeg.stop()
  }
}
