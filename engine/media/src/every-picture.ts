import { execFile } from 'node:child_process'
import { findFfmpeg } from './find-ffmpeg.ts'

const options = new Map<string, Promise<string[]>>()

/**
 * Output options under which ffmpeg doubles and drops no picture. ffmpeg 5.1 renamed the option and later versions drop
 * the old name; builds from its repository have numbers that say nothing of it, so the program is asked, once.
 * @throws {AppError} `ffmpeg_missing`.
 */
export async function everyPicture(): Promise<string[]> {
  const { path } = await findFfmpeg()
  const known = options.get(path)
  if (known) return known
  const asked = new Promise<string[]>((resolve) => {
    const newer = ['-fps_mode', 'passthrough']
    execFile(path, [...newer, '-version'], { timeout: 15_000 }, (error) => {
      // That it could not be asked, being killed or never started, says nothing.
      const isAnswer = error === null || typeof error.code === 'number'
      if (!isAnswer) options.delete(path)
      resolve(error && isAnswer ? ['-vsync', '0'] : newer)
    })
  })
  options.set(path, asked)
  return asked
}
