import {
  AppError,
  CancelledError,
  clipFacts,
  defineNode,
  type Frames,
  type Image,
  type ParamMeta,
} from '@beatloom/core'
import { z } from 'zod'
import { clipMegapixels, megapixels } from '../clip-pixels.ts'
import { frameRateParam } from './frame-rate-param.ts'

export const retimeFrames = defineNode({
  type: 'frames.retime',
  version: 1,
  title: 'Change frame rate',
  description:
    'Gives a clip another frame rate at the same speed and length: frames are repeated, left out or blended.',
  category: 'Video',
  aliases: [
    'retime',
    'fps',
    'resample',
    'interpolate',
    'convert rate',
    'Bildrate',
    'cadence',
    'フレームレート',
    '变帧率',
  ],
  phase: 'generate',
  retimes: true,
  inputs: { frames: { type: 'FRAMES', title: 'Frames' } },
  outputs: { frames: { type: 'FRAMES', title: 'Frames' } },
  passThrough: { frames: 'frames' },
  params: z.object({
    frameRate: frameRateParam(),
    method: z
      .enum(['nearest', 'blend'])
      .default('nearest')
      .describe('nearest: each frame is the closest one there is; blend: a mix of the two around its moment.')
      .meta({ title: 'Method', widget: 'choice' } satisfies ParamMeta),
  }),
  facts: ({ frames }, { frameRate }) => ({
    frames: clipFacts({ width: frames?.width, height: frames?.height, frameRate, ...lengthOf(frames) }),
  }),
  cost({ method }, _inputs, { frames }) {
    const pixels = clipMegapixels(frames)
    if (pixels === null) return null
    return { work: (method === 'blend' ? 0.004 : 0.001) * pixels, memoryBytes: 10e6 + 12e6 * (megapixels(frames) ?? 1) }
  },
  run: ({ frames }, { frameRate, method }) => ({ frames: retimed(frames, frameRate, method) }),
})

const lengthOf = (facts: { durationSeconds?: number } | undefined): { durationSeconds?: number } =>
  facts?.durationSeconds === undefined ? {} : { durationSeconds: facts.durationSeconds }

/** The clip at another rate, `round(seconds × rate)` frames of it. Holds two frames, however long it is. */
export function retimed(source: Frames, frameRate: number, method: 'nearest' | 'blend'): Frames {
  if (source.frameRate === frameRate) return source
  const { width, height } = source
  const frameCount = Math.max(1, Math.round((source.frameCount / source.frameRate) * frameRate))
  /** Where frame `n` lies among the source's frames. */
  const positionOf = (n: number): number => {
    const position = Math.min(source.frameCount - 1, (n * source.frameRate) / frameRate)
    return method === 'nearest' ? Math.min(source.frameCount - 1, Math.floor(position + 0.5)) : position
  }
  return {
    width,
    height,
    frameRate,
    frameCount,
    async *frames(signal) {
      const reader = source.frames(signal)[Symbol.asyncIterator]()
      const bytes = width * height * 3
      let before = new Uint8Array(bytes)
      let after = new Uint8Array(bytes)
      const mixed = new Uint8Array(bytes)
      let read = -1
      try {
        for (let n = 0; n < frameCount; n++) {
          if (signal.aborted) throw new CancelledError()
          const position = positionOf(n)
          const first = Math.floor(position)
          const share = position - first
          while (read < first + (share > 0 ? 1 : 0)) {
            const step = await reader.next()
            if (step.done) throw endedEarly(read + 1, source.frameCount)
            ;[before, after] = [after, before]
            after.set(rgbOf(step.value))
            read++
          }
          const data = share > 0 ? mix(before, after, share, mixed) : read > first ? before : after
          yield { width, height, channels: 3, data }
        }
      } finally {
        await reader.return?.()
      }
    },
  }
}

function mix(a: Uint8Array, b: Uint8Array, share: number, out: Uint8Array): Uint8Array {
  const weight = Math.round(share * 256)
  for (let i = 0; i < out.length; i++)
    out[i] = ((a[i] as number) * (256 - weight) + (b[i] as number) * weight + 128) >> 8
  return out
}

/** Frames are RGB by their contract; a grey one would shift every row. */
function rgbOf({ channels, data }: Image): Uint8Array {
  if (channels !== 3) throw new TypeError(`A frame has 3 channels; this one has ${channels}.`)
  return data
}

const endedEarly = (came: number, announced: number): AppError =>
  new AppError('media_unreadable', `The frames ended early: ${came} of ${announced} came.`)
