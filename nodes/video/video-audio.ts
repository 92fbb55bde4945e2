import { AppError, defineNode, known } from '@beatloom/core'
import { openAudio } from '@beatloom/media'
import { z } from 'zod'

const PEAK_COUNT = 400

export const videoAudio = defineNode({
  type: 'video.audio',
  version: 1,
  title: 'Video to audio',
  description: 'Takes the sound of a video file, as long as its pictures; where the sound ends early, silence follows.',
  category: 'Video',
  aliases: ['extract audio', 'soundtrack', 'Ton aus Video', 'son de la vidéo', '動画の音声', '视频转音频'],
  phase: 'audio',
  converter: true,
  inputs: { video: { type: 'VIDEO', title: 'Video' } },
  outputs: { audio: { type: 'AUDIO', title: 'Audio' } },
  params: z.object({}),
  facts: ({ video }) => ({ audio: known({ durationSeconds: video?.durationSeconds }) }),
  async run({ video }, _params, { signal, display }) {
    signal.throwIfAborted()
    if (!video.hasAudio) {
      throw new AppError('input_invalid', `"${video.file.name}" has no sound: it was saved without any.`)
    }
    const { durationSeconds } = video
    const options = { durationSeconds, minimumSeconds: durationSeconds, peakCount: PEAK_COUNT }
    const { clip, peaks } = await openAudio(video.file, options, signal)
    display({ kind: 'audio', file: video.file, startSeconds: 0, durationSeconds, peaks })
    return { audio: clip }
  },
})
