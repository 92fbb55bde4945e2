import { defineNode, type ParamMeta } from '@beatloom/core'
import { fileNameOf, writeMp4 } from '@beatloom/media'
import { z } from 'zod'
import { clipMegapixels, megapixels } from '../clip-pixels.ts'
import { requireOneClock } from '../one-clock.ts'
import { rateFactorParam } from './rate-factor-param.ts'
import { showVideo } from './show-video.ts'

export const saveMp4 = defineNode({
  type: 'video.save-mp4',
  version: 1,
  title: 'SaveMP4',
  description: 'Encodes frames and sound to an MP4 that plays everywhere and carries this workflow inside.',
  category: 'Video',
  aliases: ['save video', 'export', 'encode', 'h264', 'Video speichern', 'enregistrer', '動画を保存', '保存视频'],
  inputs: { frames: { type: 'FRAMES' }, audio: { type: 'AUDIO', optional: true } },
  outputs: { video: { type: 'VIDEO' } },
  params: z.object({
    name: z
      .string()
      .max(120)
      .default('clip')
      .describe('File name, without the ending')
      .meta({ title: 'Name' } satisfies ParamMeta),
    quality: rateFactorParam(),
  }),
  phase: 'encode',
  terminal: true,
  converter: true,
  facts: ({ frames, audio }) => ({ video: { ...frames, hasAudio: audio !== undefined } }),
  cost({ quality }, { frames }) {
    const pixels = clipMegapixels(frames)
    if (pixels === null) return null
    const seconds = frames?.durationSeconds ?? 0
    // x264's files halve with every 6 steps of the rate factor. Measured 2026-11-22: 8 to 15 kB a megapixel at 18.
    const bytes = 20e3 + 20e3 * pixels * 2 ** ((18 - quality) / 6) + 24e3 * seconds
    // While the index is moved to the front, the video is there twice.
    return { work: 0.3 + 0.018 * pixels, memoryBytes: 60e6 + 190e6 * (megapixels(frames) ?? 1), diskBytes: 2 * bytes }
  },
  async run({ frames, audio }, { name, quality }, context) {
    context.signal.throwIfAborted()
    if (audio) requireOneClock(frames, audio)
    const path = await context.artifacts.scratch('.mp4')
    const metadata = await context.provenance()
    const onProgress = context.progress
    const facts = await writeMp4({ frames, audio, path, quality, metadata, onProgress }, context.signal)
    const file = await context.artifacts.adopt(path, fileNameOf(name, 'mp4'), 'video/mp4')
    const video = { file, ...facts }
    showVideo(video, context)
    return { video }
  },
})
