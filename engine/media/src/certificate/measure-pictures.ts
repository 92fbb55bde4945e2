import { AppError } from '@beatloom/core'
import { readMp4Facts } from '../mp4-facts.ts'
import { formatInWords, sniffFile } from '../sniff.ts'
import { CutFinder } from './cut-finder.ts'
import { type PictureClock, pictureClock } from './picture-clock.ts'
import { readSmallPictures } from './read-small-pictures.ts'
import { trackEnds } from './track-ends.ts'

export interface PictureMeasure extends PictureClock {
  /** Pictures that came out of the decoder, and how many the container lists; 0 where its list is in pieces. */
  frames: number
  announcedFrames: number
  /** When the last one should end; null where the container does not say. */
  announcedEndSeconds: number | null
  /** Hard cuts: the first frame of each new shot and when it is shown, seconds from the start of the movie. */
  cuts: { frame: number; seconds: number }[]
}

/**
 * Decodes a video's pictures once and measures their number, clock and hard cuts. Some 16 bytes a picture are held.
 * @param onProgress called with pictures decoded and listed.
 * @throws {AppError} `media_unreadable` for what is no MP4 with pictures, `file_missing`, `ffmpeg_missing`,
 * `run_cancelled`.
 */
export async function measurePictures(
  path: string,
  signal: AbortSignal,
  onProgress?: (frame: number, frameCount: number) => void,
): Promise<PictureMeasure> {
  await requireMp4(path)
  const video = (await readMp4Facts(path)).tracks.find((track) => track.kind === 'video')
  if (!video) throw new AppError('media_unreadable', 'The file has no picture track.')
  const finder = new CutFinder(video.frameRate || 25)
  let frames = 0
  const times = await readSmallPictures(
    path,
    (grey) => {
      finder.push(grey)
      if (++frames % 100 === 0) onProgress?.(frames, Math.max(frames, video.sampleCount))
    },
    signal,
  )
  if (frames === 0) throw new AppError('media_unreadable', 'The file has no pictures that can be decoded.')
  onProgress?.(frames, frames)
  const cuts = finder.finish().map((frame) => ({ frame, seconds: times[frame] ?? 0 }))
  return {
    ...pictureClock(times, video.frameRate),
    frames,
    announcedFrames: video.sampleCount,
    announcedEndSeconds: (await trackEnds(path)).video,
    cuts,
  }
}

async function requireMp4(path: string): Promise<void> {
  const format = await sniffFile(path)
  if (format === 'mp4') return
  throw new AppError('media_unreadable', `The file is no MP4 video: it is ${formatInWords(format)}.`)
}
