import { AppError, CancelledError, clipFacts, defineNode, type Frames, type InputFacts } from '@beatloom/core'
import { coverCrop } from '@beatloom/media'
import { z } from 'zod'

const inputs = {
  first: { type: 'FRAMES', title: 'First' },
  second: { type: 'FRAMES', title: 'Second' },
} as const

export const joinFrames = defineNode({
  type: 'frames.join',
  version: 1,
  title: 'Join clips',
  description: 'Plays one clip after the other. Both need the same frame rate; the second takes the size of the first.',
  category: 'Video',
  aliases: ['concat', 'append', 'sequence', 'cut', 'aneinanderhängen', 'enchaîner', '連結', '拼接'],
  phase: 'generate',
  inputs,
  outputs: { frames: { type: 'FRAMES', title: 'Frames' } },
  passThrough: { frames: 'first' },
  params: z.object({}),
  facts: (known) => ({ frames: joinedFacts(known) }),
  run({ first, second }) {
    if (first.frameRate !== second.frameRate) throw mixedRates(first, second)
    return { frames: joined(first, second) }
  },
})

function joinedFacts({ first, second }: InputFacts<typeof inputs>) {
  const count = first?.frameCount !== undefined && second?.frameCount !== undefined
  const rate = first?.frameRate ?? second?.frameRate
  const clip = clipFacts({
    ...(first?.width === undefined ? {} : { width: first.width }),
    ...(first?.height === undefined ? {} : { height: first.height }),
    ...(rate === undefined ? {} : { frameRate: rate }),
    ...(count ? { frameCount: (first.frameCount as number) + (second.frameCount as number) } : {}),
  })
  return { ...clip, durationErrorSeconds: (first?.durationErrorSeconds ?? 0) + (second?.durationErrorSeconds ?? 0) }
}

function joined(first: Frames, second: Frames): Frames {
  const { width, height, frameRate } = first
  return {
    width,
    height,
    frameRate,
    frameCount: first.frameCount + second.frameCount,
    async *frames(signal) {
      yield* first.frames(signal)
      for await (const frame of second.frames(signal)) {
        if (signal.aborted) throw new CancelledError()
        yield await coverCrop(frame, width, height)
      }
    },
  }
}

function mixedRates(first: Frames, second: Frames): AppError {
  return new AppError(
    'input_invalid',
    `The first clip has ${first.frameRate} frames per second and the second ${second.frameRate}: give both the same with Change frame rate.`,
    { details: { frameRates: [first.frameRate, second.frameRate] } },
  )
}
