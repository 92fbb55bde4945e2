import { defineNode, type ParamMeta } from '@beatloom/core'
import { shrinkVideo } from '@beatloom/media'
import { z } from 'zod'

const side = (title: string) =>
  z
    .int()
    .min(16)
    .max(4096)
    .multipleOf(2)
    .meta({ title } satisfies ParamMeta)

export const shrinkShot = defineNode({
  type: 'shots.shrink',
  version: 1,
  title: 'Shrink shot',
  description: 'A quick small copy of a finished shot, which takes its place in the animatic.',
  category: 'shots',
  aliases: ['proxy', 'downscale', '代理', '缩小'],
  phase: 'encode',
  inputs: { video: { type: 'VIDEO', title: 'Video' } },
  outputs: { video: { type: 'VIDEO', title: 'Video' } },
  params: z.object({
    width: side('Width').default(640).describe('Width of the copy, pixels.'),
    height: side('Height').default(360).describe('Height of the copy, pixels.'),
  }),
  facts: ({ video }, { width, height }) => ({ video: { ...video, width, height, hasAudio: false } }),
  cost(_params, { video }) {
    const frames = video?.frameCount
    return frames === undefined ? null : { work: 0.2 + 0.003 * frames, memoryBytes: 60e6, diskBytes: 3e3 * frames }
  },
  async run({ video }, { width, height }, { signal, artifacts }) {
    signal.throwIfAborted()
    const path = await artifacts.scratch('.mp4')
    const facts = await shrinkVideo(video, { width, height, path }, signal)
    return { video: { file: await artifacts.adopt(path, 'shot-small.mp4', 'video/mp4'), ...facts } }
  },
})
