import { AppError, clipFacts, defineNode, type FileHandle, type ParamMeta, type VideoFile } from '@beatloom/core'
import { readMp4Facts } from '@beatloom/media'
import { z } from 'zod'
import { showVideo } from './show-video.ts'

/** Where a file's clock is uneven its length is told a little differently before it is opened. */
const HEADER_ERROR_SECONDS = 0.15

export const loadVideo = defineNode({
  type: 'video.load',
  version: 1,
  title: 'LoadVideo',
  description: 'Opens an MP4 or MOV video file.',
  category: 'Video',
  aliases: ['load video', 'open', 'clip', 'movie', 'Video laden', 'charger une vidéo', '動画を読み込む', '加载视频'],
  inputs: {},
  outputs: { video: { type: 'VIDEO', title: 'Video' } },
  params: z.object({
    file: z
      .string()
      .default('')
      .describe('The video')
      .meta({ widget: 'file', accept: 'video', title: 'Video' } satisfies ParamMeta),
  }),
  facts: (_inputs, _params, { file }) => ({
    video: file && { ...clipFacts(file), durationErrorSeconds: HEADER_ERROR_SECONDS },
  }),
  async run(_inputs, { file: reference }, context) {
    const file = await context.files.resolve(reference)
    context.signal.throwIfAborted()
    const video = await openVideo(file)
    showVideo(video, context)
    return { video }
  },
})

/** @throws {AppError} `media_unreadable` when it is no MP4 or MOV with pictures in it. */
export async function openVideo(file: FileHandle): Promise<VideoFile> {
  const { tracks } = await readMp4Facts(file.path)
  const pictures = tracks.find((track) => track.kind === 'video')
  if (!pictures || pictures.sampleCount === 0 || pictures.durationSeconds <= 0) {
    throw new AppError('media_unreadable', `"${file.name}" has no pictures in it. Choose another file.`)
  }
  const { width, height, frameRate, durationSeconds } = pictures
  const hasAudio = tracks.some((track) => track.kind === 'audio')
  const frameCount = Math.max(1, Math.round(durationSeconds * frameRate))
  return { file, width, height, frameRate, frameCount, durationSeconds: frameCount / frameRate, hasAudio }
}
