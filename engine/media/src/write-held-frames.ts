import { rename, rm } from 'node:fs/promises'
import { CancelledError, type VideoFile } from '@beatloom/core'
import { readMp4Facts } from './mp4-facts.ts'
import { diskFull, startFfmpeg } from './run-ffmpeg.ts'
import { wrongFrameCount } from './wrong-frame-count.ts'

export interface HeldFrames {
  /** Even, both. */
  width: number
  height: number
  /** Frames per second of the video. */
  frameRate: number
  /** How many frames of the video each picture is shown for; 1 or 2. */
  holds: readonly (1 | 2)[]
  /**
   * The pictures, one for each hold: planes of Y, U and V, 4:2:0, BT.709, limited range, colour sited at the centre of
   * four pixels. Each is valid until the next is asked for.
   */
  pictures(signal: AbortSignal): AsyncIterable<Uint8Array>
}

export interface WriteHeldOptions {
  frames: HeldFrames
  path: string
  /** Frames that can be cut at: each begins a group of its own. */
  keyFrames?: readonly number[]
  /** x264's constant rate factor. Default 26. */
  quality?: number
  onProgress?: (frame: number, frameCount: number) => void
}

/** How often the last picture comes again. */
const BEYOND_END = 2

/**
 * Encodes a quick, silent H.264 video whose pictures are held for one or two frames each: half the pictures, and still
 * every cut on its very frame. It has no B frames, so that it can be cut at its key frames without decoding.
 * @throws {AppError} `media_write_failed`, `disk_full`, `ffmpeg_missing`, `run_cancelled`; then no file is left.
 */
export async function writeHeldFrames(
  options: WriteHeldOptions,
  signal: AbortSignal,
): Promise<Omit<VideoFile, 'file'>> {
  const { frames, path } = options
  const { width, height, frameRate, holds } = frames
  const frameCount = holds.reduce<number>((sum, hold) => sum + hold, 0)
  const partial = `${path}.partial.mp4`
  try {
    const ffmpeg = await startFfmpeg(encoderArguments(options, frameCount, partial), {
      signal,
      purpose: 'write',
      stdin: true,
    })
    try {
      let shown = 0
      let index = 0
      let written: Promise<boolean> = Promise.resolve(true)
      const bytes = (width * height * 3) / 2
      const buffers = [Buffer.allocUnsafe(bytes), Buffer.allocUnsafe(bytes)]
      for await (const picture of frames.pictures(signal)) {
        if (signal.aborted) throw new CancelledError()
        const buffer = buffers[index % 2] as Buffer
        buffer.set(picture)
        if (!(await written)) break
        written = new Promise((resolve) => ffmpeg.stdin.write(buffer, (error) => resolve(!error)))
        shown += holds[index++] ?? 0
        options.onProgress?.(shown, frameCount)
      }
      await written
      // Held to the end and beyond, and cut at the last frame: what rounds there rounds away.
      const last = buffers[(index + 1) % 2] as Buffer
      for (let more = 0; more < BEYOND_END; more++) ffmpeg.stdin.write(last)
      ffmpeg.stdin.end()
      await ffmpeg.finished()
    } finally {
      await ffmpeg.stop()
    }
    const video = (await readMp4Facts(partial)).tracks.find((track) => track.kind === 'video')
    if (video?.sampleCount !== frameCount) {
      throw wrongFrameCount(video?.sampleCount ?? 0, frameCount)
    }
    await rename(partial, path)
  } catch (error) {
    if (error instanceof Error && (error as NodeJS.ErrnoException).code === 'ENOSPC') throw diskFull()
    throw error
  } finally {
    await rm(partial, { force: true })
  }
  return { width, height, frameRate, frameCount, durationSeconds: frameCount / frameRate, hasAudio: false }
}

function encoderArguments(
  { frames, keyFrames = [], quality = 26 }: WriteHeldOptions,
  frameCount: number,
  output: string,
) {
  const { width, height, frameRate, holds } = frames
  // Picture n comes at 2n, less one for every picture before it that is held for a single frame.
  const short = holds.flatMap((hold, index) => (hold === 1 ? [`gte(N,${index + 1})`] : []))
  const filters = [`settb=1/${frameRate}`, `setpts='2*N-${sumOf(short)}'`, `fps=${frameRate}`, 'setsar=1']
  // ffmpeg rounds each to the nearest frame.
  const keys = keyFrames.filter((frame) => frame > 0).map((frame) => (frame / frameRate).toFixed(6))
  return [
    ...['-loglevel', 'error', '-y', '-f', 'rawvideo', '-pixel_format', 'yuv420p', '-video_size', `${width}x${height}`],
    ...['-framerate', String(frameRate), '-i', 'pipe:0', '-vf', filters.join(',')],
    ...[
      '-frames:v',
      String(frameCount),
      '-c:v',
      'libx264',
      '-preset',
      'ultrafast',
      '-bf',
      '0',
      '-crf',
      String(quality),
    ],
    ...(keys.length > 0 ? ['-force_key_frames', keys.join(',')] : []),
    ...['-r', String(frameRate), '-map_metadata', '-1', '-color_primaries', 'bt709', '-color_trc', 'bt709'],
    ...[
      '-colorspace',
      'bt709',
      '-color_range',
      'tv',
      '-chroma_sample_location',
      'center',
      '-f',
      'mp4',
      `file:${output}`,
    ],
  ]
}

/** A sum in brackets by halves: ffmpeg follows expressions a hundred deep, and a plain sum is as deep as it is long. */
function sumOf(terms: readonly string[]): string {
  if (terms.length <= 1) return terms[0] ?? '0'
  const middle = terms.length >> 1
  return `(${sumOf(terms.slice(0, middle))}+${sumOf(terms.slice(middle))})`
}
