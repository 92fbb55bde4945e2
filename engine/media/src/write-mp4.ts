import { rename, rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { AppError, type AudioClip, CancelledError, type Embedded, type Frames, type VideoFile } from '@beatloom/core'
import { finishMp4 } from './finish-mp4.ts'
import { mixFilters, stretchArguments } from './read-pcm.ts'
import { diskFull, type FfmpegProcess, startFfmpeg } from './run-ffmpeg.ts'
import { verifyMp4 } from './verify-mp4.ts'

export interface WriteMp4Options {
  frames: Frames
  /** Cut or padded with silence to the pictures' length. Silent video when absent. */
  audio?: AudioClip
  /** Where the finished file goes; nothing is there until it is complete and checked. */
  path: string
  /** x264's constant rate factor, 1 (finest) … 51. Default 18: no visible loss. */
  quality?: number
  /** x264's effort. Default `veryfast`. */
  preset?: 'ultrafast' | 'superfast' | 'veryfast' | 'faster' | 'fast' | 'medium' | 'slow'
  /** Carried inside the file, and read back before the file is handed over. */
  metadata?: Embedded
  onProgress?: (frame: number, frameCount: number) => void
}

export type Mp4Result = Omit<VideoFile, 'file'>

/**
 * Encodes a video that plays everywhere: H.264 yuv420p (BT.709, limited range), constant frame rate, exactly
 * `frameCount` pictures, AAC stereo from time 0 at 192 kb/s, index first.
 * Frames are pulled as fast as the encoder takes them and at most two are held.
 * @throws {AppError} `media_write_failed`, `disk_full`, `ffmpeg_missing`, `run_cancelled`, and what the frames throw;
 * in every case no file is left.
 */
export async function writeMp4(options: WriteMp4Options, signal: AbortSignal): Promise<Mp4Result> {
  const { frames, path } = options
  requireEncodable(frames)
  const partial = `${path}.partial.mp4`
  const encoded = `${path}.encoded.mp4`
  try {
    const args = await encoderArguments(options, encoded)
    const ffmpeg = await startFfmpeg(args, { signal, purpose: 'write', stdin: true })
    try {
      await feed(ffmpeg, options, signal)
      await ffmpeg.finished()
    } finally {
      await ffmpeg.stop()
    }
    await finishMp4(encoded, partial, options.metadata ?? null, signal)
    await verifyMp4(partial, options)
    if (signal.aborted) throw new CancelledError()
    await rename(partial, path)
  } catch (error) {
    if (error instanceof Error && (error as NodeJS.ErrnoException).code === 'ENOSPC') throw diskFull()
    throw error
  } finally {
    await rm(partial, { force: true })
    await rm(encoded, { force: true })
  }
  const { width, height, frameRate, frameCount } = frames
  const durationSeconds = frameCount / frameRate
  return { width, height, frameRate, frameCount, durationSeconds, hasAudio: options.audio !== undefined }
}

/** Writes every frame to the encoder. Two buffers: one drains while the next frame is made. */
async function feed(ffmpeg: FfmpegProcess, options: WriteMp4Options, signal: AbortSignal): Promise<void> {
  const { frames, onProgress } = options
  const frameBytes = frames.width * frames.height * 3
  const buffers = [Buffer.allocUnsafe(frameBytes), Buffer.allocUnsafe(frameBytes)]
  let written: Promise<boolean> = Promise.resolve(true)
  let count = 0
  for await (const frame of frames.frames(signal)) {
    if (signal.aborted) throw new CancelledError()
    if (frame.channels !== 3 || frame.data.length !== frameBytes || count === frames.frameCount) {
      throw new AppError(
        'media_write_failed',
        `The frames do not keep to their own facts: frame ${count + 1} of ${frames.frameCount} is ${frame.width} × ${frame.height} with ${frame.channels} channels, and ${frames.width} × ${frames.height} RGB was announced.`,
      )
    }
    const buffer = buffers[count % 2]!
    buffer.set(frame.data)
    // The pipe broke: ffmpeg ended early, and `finished` says why.
    if (!(await written)) return
    if (count > 0) onProgress?.(count, frames.frameCount)
    written = new Promise((resolve) => ffmpeg.stdin.write(buffer, (error) => resolve(!error)))
    count++
  }
  if (signal.aborted) throw new CancelledError()
  if (!(await written)) return
  if (count !== frames.frameCount) {
    throw new AppError('media_write_failed', `The frames ended early: ${count} of ${frames.frameCount} came.`)
  }
  onProgress?.(count, frames.frameCount)
  ffmpeg.stdin.end()
}

async function encoderArguments(options: WriteMp4Options, output: string): Promise<string[]> {
  const { frames, audio, quality = 18, preset = 'veryfast' } = options
  const rate = String(frames.frameRate)
  const pictures = ['-f', 'rawvideo', '-pixel_format', 'rgb24', '-video_size', `${frames.width}x${frames.height}`]
  const args = ['-loglevel', 'error', '-y', ...pictures, '-framerate', rate, '-i', 'pipe:0']
  const filters = ['[0:v]scale=out_color_matrix=bt709:out_range=tv,format=yuv420p,setsar=1[v]']
  const outputs = ['-map', '[v]']
  if (audio) {
    const sound = await soundFilters(audio, frames.frameCount / frames.frameRate)
    args.push(...sound.input)
    filters.push(`[1:a:0]${sound.filters.join(',')}[a]`)
    outputs.push('-map', '[a]', '-c:a', 'aac', '-b:a', '192k')
  }
  // Keeps fine detail that would be taken for noise, for about twice the bytes.
  const tune = ['-tune', 'grain']
  // More threads than cores hold more pictures and gain nothing; x264's default is 1.5 per core, without a limit.
  const threads = Math.min(8, availableParallelism() + 1)
  return [
    ...[...args, '-filter_complex', filters.join(';'), ...outputs],
    ...['-map_metadata', '-1', '-map_chapters', '-1'],
    ...['-c:v', 'libx264', '-preset', preset, '-crf', String(quality), ...tune, '-pix_fmt', 'yuv420p', '-r', rate],
    ...['-threads', String(threads), '-profile:v', 'high'],
    ...['-color_primaries', 'bt709', '-color_trc', 'bt709', '-colorspace', 'bt709', '-color_range', 'tv'],
    ...['-f', 'mp4', `file:${output}`],
  ]
}

/** Brings a clip to stereo of exactly the pictures' length, at a rate that every player takes. */
export async function soundFilters(audio: AudioClip, seconds: number): Promise<{ input: string[]; filters: string[] }> {
  const rate = audio.sampleRate === 44_100 ? 44_100 : 48_000
  const samples = Math.round(seconds * rate)
  const { input, filters } = await stretchArguments({
    path: audio.file.path,
    startSeconds: audio.startSeconds,
    lengthSeconds: audio.soundSeconds,
    channels: audio.channels,
  })
  const length = ['apad', `atrim=end_sample=${samples}`]
  return { input, filters: [...filters, ...mixFilters(audio.channels, 2), `aresample=${rate}`, ...length] }
}

function requireEncodable({ width, height, frameRate, frameCount }: Frames): void {
  if (width % 2 !== 0 || height % 2 !== 0 || width < 2 || height < 2) {
    throw new AppError('media_write_failed', `H.264 video needs even sides; the frames are ${width} × ${height}.`)
  }
  if (frameCount < 1 || !(frameRate > 0)) {
    throw new AppError('media_write_failed', 'There are no frames to encode.')
  }
}
