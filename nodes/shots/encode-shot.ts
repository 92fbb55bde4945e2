import {
  AppError,
  clipFacts,
  defineNode,
  type Frames,
  type Image,
  known,
  type ParamMeta,
  type ValueFacts,
  type VideoFile,
} from '@beatloom/core'
import { fitWithin, writeMp4 } from '@beatloom/media'
import { z } from 'zod'
import { clipMegapixels, megapixels } from '../clip-pixels.ts'
import { rateFactorParam } from '../video/rate-factor-param.ts'

/** Longer side of the small picture, pixels. */
const THUMB_SIDE = 160
const HEAD_AND_TAIL = 'Head and tail have to be shorter than the shot.'
/** A model that makes frames by rules of its own may be so many short; the last one is held. */
const MOST_HELD_FRAMES = 3
/** Rate factor of frames that are encoded once more: no loss that could be seen after it. */
const BLENDED_QUALITY = 8

export const encodeShot = defineNode({
  type: 'shots.encode',
  version: 1,
  title: 'Encode shot',
  description:
    'Encodes the frames of one shot, without sound, so that it can be joined to others as it is. Render shots does this for each of its shots.',
  category: 'shots',
  aliases: ['segment', 'clip', '编码镜头'],
  phase: 'encode',
  inputs: { frames: { type: 'FRAMES', title: 'Frames' } },
  outputs: {
    video: { type: 'VIDEO', title: 'Video' },
    head: { type: 'VIDEO', title: 'Head', description: 'The frames over which it fades in; nothing for a hard cut.' },
    tail: {
      type: 'VIDEO',
      title: 'Tail',
      description: 'The frames over which the next shot fades in; nothing for a hard cut.',
    },
    thumb: { type: 'IMAGE', title: 'Small picture', description: 'Of its middle.' },
  },
  params: z.object({
    frameCount: z
      .int()
      .min(0)
      .max(10_000_000)
      .default(0)
      .describe('Frames the shot has to have; 0: as many as come.')
      .meta({ title: 'Frames' } satisfies ParamMeta),
    frameRate: z
      .number()
      .min(0)
      .max(240)
      .default(0)
      .describe('Frames per second it has to have; 0: whatever comes.')
      .meta({ title: 'Frame rate', unit: 'fps' } satisfies ParamMeta),
    head: z
      .int()
      .min(0)
      .max(1000)
      .default(0)
      .describe('Frames at its start that go to a file of their own, to be blended with the shot before.')
      .meta({ title: 'Head', advanced: true } satisfies ParamMeta),
    tail: z
      .int()
      .min(0)
      .max(1000)
      .default(0)
      .describe('Frames at its end that go to a file of their own, to be blended with the next shot.')
      .meta({ title: 'Tail', advanced: true } satisfies ParamMeta),
    quality: rateFactorParam(),
  }),
  check: ({ frameCount, head, tail }) =>
    frameCount > 0 && head + tail >= frameCount ? [{ param: 'head', message: HEAD_AND_TAIL }] : [],
  facts: ({ frames }, params) => encodedFacts(frames, params),
  cost(_params, { frames }) {
    const pixels = clipMegapixels(frames)
    if (pixels === null) return null
    return {
      work: 0.3 + 0.018 * pixels,
      memoryBytes: 60e6 + 190e6 * (megapixels(frames) ?? 1),
      diskBytes: 20e3 + 20e3 * pixels,
    }
  },
  async run({ frames }, { frameCount, frameRate, head, tail, quality }, { signal, progress, artifacts, display }) {
    signal.throwIfAborted()
    if (frameRate !== 0 && frames.frameRate !== frameRate) throw otherRate(frames.frameRate, frameRate)
    const wanted = frameCount === 0 ? frames.frameCount : frameCount
    if (head + tail >= wanted) throw new AppError('input_invalid', HEAD_AND_TAIL)
    const missing = wanted - frames.frameCount
    if (missing > MOST_HELD_FRAMES) throw tooShort(frames, wanted)
    if (missing > 0) {
      const text = `The shot came ${missing} frames short; its last frame is held.`
      display({ kind: 'note', code: 'frame_held', text })
    }
    let thumb: Image | null = null
    const exact = withCount(frames, wanted, async (frame, index) => {
      if (index === Math.floor(wanted / 2)) thumb = await fitWithin(frame, THUMB_SIDE)
    })
    const reader = exact.frames(signal)[Symbol.asyncIterator]()
    let written = 0
    const encode = async (frameCount: number, quality: number): Promise<VideoFile> => {
      const path = await artifacts.scratch('.mp4')
      const before = written
      const onProgress = (frame: number): void => progress(before + frame, wanted)
      const facts = await writeMp4({ frames: nextOf(exact, reader, frameCount), path, quality, onProgress }, signal)
      written += frameCount
      return { file: await artifacts.adopt(path, 'shot.mp4', 'video/mp4'), ...facts }
    }
    try {
      // One pass over the frames; what is blended later is kept finer, since it is encoded once more.
      const first = head > 0 ? await encode(head, Math.min(quality, BLENDED_QUALITY)) : undefined
      const video = await encode(wanted - head - tail, quality)
      const last = tail > 0 ? await encode(tail, Math.min(quality, BLENDED_QUALITY)) : undefined
      // Asked once more, the frames can say that they are at their end.
      await reader.next()
      return { video, head: first as VideoFile, tail: last as VideoFile, thumb: thumb as unknown as Image }
    } finally {
      await reader.return?.()
    }
  },
})

/** The parts that one shot is written in. */
function encodedFacts(
  frames: ValueFacts = {},
  params: { frameCount: number; frameRate: number; head: number; tail: number },
): { video: ValueFacts; head: ValueFacts; tail: ValueFacts } {
  const { width, height } = frames
  const frameRate = params.frameRate || frames.frameRate
  // Set, it is met exactly or not at all.
  const durationErrorSeconds = params.frameCount > 0 ? 0 : (frames.durationErrorSeconds ?? 0)
  const whole = params.frameCount || frames.frameCount
  const part = (frameCount: number | undefined): ValueFacts => ({
    ...clipFacts(known({ width, height, frameRate, frameCount, hasAudio: false })),
    durationErrorSeconds,
  })
  const { head, tail } = params
  const middle = whole === undefined ? undefined : Math.max(1, whole - head - tail)
  return {
    video: part(middle),
    head: head > 0 ? { ...part(head), durationErrorSeconds: 0 } : {},
    tail: tail > 0 ? { ...part(tail), durationErrorSeconds: 0 } : {},
  }
}

/** The next frames of a pass under way. */
function nextOf(source: Frames, reader: AsyncIterator<Image>, frameCount: number): Frames {
  return {
    ...source,
    frameCount,
    async *frames() {
      for (let index = 0; index < frameCount; index++) {
        const step = await reader.next()
        if (step.done) return
        yield step.value
      }
    },
  }
}

/** The clip with exactly so many frames: cut off, or its last frame held. */
function withCount(source: Frames, frameCount: number, see: (frame: Image, index: number) => Promise<void>): Frames {
  return {
    ...source,
    frameCount,
    async *frames(signal) {
      let index = 0
      let last: Image | null = null
      for await (const frame of source.frames(signal)) {
        if (index === frameCount) return
        await see(frame, index)
        // The producer may reuse its buffer for the next frame.
        if (index === source.frameCount - 1) last = { ...frame, data: frame.data.slice() }
        index++
        yield frame
      }
      for (; last && index < frameCount; index++) {
        await see(last, index)
        yield last
      }
    },
  }
}

const otherRate = (came: number, wanted: number): AppError =>
  new AppError(
    'input_invalid',
    `The shots are planned at ${wanted} frames per second and the frames come at ${came}: put Change frame rate before Render shots, or plan at ${came}.`,
    { details: { frameRates: [came, wanted] } },
  )

const tooShort = ({ frameCount, frameRate }: Frames, wanted: number): AppError =>
  new AppError(
    'input_invalid',
    `The shot has to have ${wanted} frames and ${frameCount} came, ${((wanted - frameCount) / frameRate).toFixed(2)} s too few: make it as long as its sound, or plan shorter shots.`,
    { details: { frameCount, wanted } },
  )
