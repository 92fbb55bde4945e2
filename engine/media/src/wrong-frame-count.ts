import { AppError } from '@beatloom/core'

/** For a video that was written with other frames than it was given. */
export function wrongFrameCount(came: number, wanted: number): AppError {
  const problem = `it has ${came} frames, not ${wanted}`
  return new AppError('media_write_failed', `The written video is not what was asked for: ${problem}.`, {
    details: { problems: [problem] },
  })
}
