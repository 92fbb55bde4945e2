import { AppError, type Embedded, type Frames } from '@beatloom/core'
import { readMp4Facts } from './mp4-facts.ts'
import { readEmbedded } from './read-embedded.ts'

/** Sound may start this far from the picture before anyone notices, seconds. */
const MAX_START_OFFSET = 0.02

/**
 * Reads a written video back and compares it with what was asked for.
 * @throws {AppError} `media_write_failed`, naming every difference.
 */
export async function verifyMp4(
  path: string,
  expected: { frames: Frames; audio?: unknown; metadata?: Embedded },
): Promise<void> {
  const { frames, audio, metadata } = expected
  const facts = await readMp4Facts(path)
  const video = facts.tracks.find((track) => track.kind === 'video')
  const sound = facts.tracks.find((track) => track.kind === 'audio')
  const problems: string[] = []
  const check = (holds: boolean, problem: string) => {
    if (!holds) problems.push(problem)
  }
  check(facts.isFaststart, 'its index does not stand first')
  check(video !== undefined, 'it has no picture track')
  if (video) {
    check(video.sampleCount === frames.frameCount, `it has ${video.sampleCount} frames, not ${frames.frameCount}`)
    check(
      video.width === frames.width && video.height === frames.height,
      `it is ${video.width} × ${video.height}, not ${frames.width} × ${frames.height}`,
    )
    check(video.startSeconds < MAX_START_OFFSET, `its picture starts at ${video.startSeconds} s`)
  }
  check((sound !== undefined) === (audio !== undefined), sound ? 'it has sound' : 'it has no sound')
  if (sound && video) {
    const offset = Math.abs(sound.startSeconds - video.startSeconds)
    check(offset <= MAX_START_OFFSET, `its sound starts ${offset} s off the picture`)
    check(sound.channels === 2, `its sound has ${sound.channels} channels`)
  }
  if (metadata) {
    const carried = await readEmbedded(path)
    const isSame =
      carried?.workflow === metadata.workflow && JSON.stringify(carried.files) === JSON.stringify(metadata.files)
    check(isSame, 'the workflow inside it differs from the one that ran')
  }
  if (problems.length === 0) return
  throw new AppError('media_write_failed', `The written video is not what was asked for: ${problems.join('; ')}.`, {
    details: { problems },
  })
}
