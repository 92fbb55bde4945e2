import type { NodeContext, VideoFile } from '@beatloom/core'

/** Shows a finished video on the node. */
export function showVideo(video: VideoFile, context: NodeContext): void {
  const { file, width, height, frameRate, frameCount, durationSeconds } = video
  context.display({ kind: 'video', file, width, height, frameRate, frameCount, durationSeconds })
}
