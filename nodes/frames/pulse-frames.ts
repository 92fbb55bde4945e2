import {
  AppError,
  CancelledError,
  type Curve,
  clipFacts,
  defineNode,
  type Frames,
  type Image,
  type ParamMeta,
  type ValueFacts,
} from '@beatloom/core'
import { coverCrop } from '@beatloom/media'
import type { Aspect } from '@beatloom/models'
import { z } from 'zod'
import { clipMegapixels, megapixels } from '../clip-pixels.ts'
import { curveAt } from '../curve/index.ts'
import { toRgb } from '../image/to-rgb.ts'
import { frameSize, nearestAspect, type Resolution } from '../latent/frame-size.ts'
import { ZoomPainter } from './zoom-painter.ts'

/** Painted pixels wait this long at most before other work of the process gets its turn. */
const FRAMES_BETWEEN_PAUSES = 4

export const pulseFrames = defineNode({
  type: 'frames.pulse',
  version: 1,
  title: 'Pulse picture',
  description: 'Turns one picture into moving frames without a model: it zooms and brightens as the curves say.',
  category: 'Video',
  aliases: ['zoom', 'beat', 'ken burns', 'flash', 'animate', '缩放'],
  phase: 'generate',
  inputs: {
    image: { type: 'IMAGE', title: 'Picture' },
    zoom: { type: 'CURVE', title: 'Zoom', optional: true, description: '0 shows the whole picture, 1 the full zoom.' },
    brightness: { type: 'CURVE', title: 'Brightness', optional: true, description: '0 as it is, 1 brightest.' },
    audio: { type: 'AUDIO', title: 'Audio', optional: true, description: 'The sound whose length the frames take.' },
  },
  outputs: { frames: { type: 'FRAMES', title: 'Frames' } },
  params: z.object({
    zoomAmount: z
      .number()
      .min(0)
      .max(1)
      .default(0.06)
      .describe('How far a curve value of 1 zooms in: 0.06 is 6 %.')
      .meta({ title: 'Zoom amount', widget: 'slider' } satisfies ParamMeta),
    brightnessAmount: z
      .number()
      .min(-1)
      .max(2)
      .default(0.2)
      .describe('How much brighter a curve value of 1 is: 0.2 is 20 %; negative darkens.')
      .meta({ title: 'Brightness amount', widget: 'slider' } satisfies ParamMeta),
    seconds: z
      .number()
      .min(0)
      .max(3600)
      .default(0)
      .describe('Length in seconds; 0 takes the length of the audio, or of the longer curve.')
      .meta({ title: 'Length', unit: 's' } satisfies ParamMeta),
    frameRate: z
      .union([z.literal(24), z.literal(25), z.literal(30), z.literal(60)])
      .default(30)
      .describe('Frames per second.')
      .meta({ title: 'Frame rate', widget: 'choice' } satisfies ParamMeta),
    resolution: z
      .enum(['480p', '720p'])
      .default('720p')
      .describe('Size of the frames.')
      .meta({ title: 'Resolution' } satisfies ParamMeta),
    aspect: z
      .enum(['auto', '16:9', '9:16', '1:1'])
      .default('auto')
      .describe('Shape of the frames; auto takes the one nearest to the picture, which is cropped to fit.')
      .meta({ title: 'Aspect' } satisfies ParamMeta),
  }),
  facts: (inputs, params) => ({ frames: pulseFacts(inputs, params) }),
  cost(_params, _inputs, { frames }) {
    const pixels = clipMegapixels(frames)
    return pixels === null ? null : { work: 0.1 + 0.012 * pixels, memoryBytes: 20e6 + 12e6 * (megapixels(frames) ?? 1) }
  },
  async run({ image, zoom, brightness, audio }, params, { signal }) {
    signal.throwIfAborted()
    const curves = [zoom, brightness].filter((curve) => curve !== undefined)
    const seconds = params.seconds || audio?.durationSeconds || Math.max(0, ...curves.map(lengthOf))
    const frameCount = Math.round(seconds * params.frameRate)
    if (frameCount < 1) {
      throw new AppError('input_invalid', 'These frames have no length: set the seconds, or link the audio or a curve.')
    }
    const aspect = params.aspect === 'auto' ? nearestAspect(image) : params.aspect
    const size = frameSize(params.resolution, aspect)
    const motion = { zoom, brightness, zoomAmount: params.zoomAmount, brightnessAmount: params.brightnessAmount }
    return { frames: zoomingFrames(image, { ...size, frameRate: params.frameRate, frameCount }, motion) }
  },
})

type PulseInput = 'image' | 'zoom' | 'brightness' | 'audio'
interface PulseSettings {
  seconds: number
  frameRate: number
  resolution: Resolution
  aspect: Aspect | 'auto'
}

function pulseFacts(inputs: { [K in PulseInput]?: ValueFacts }, params: PulseSettings): ValueFacts {
  const { image } = inputs
  const hasSize = image?.width !== undefined && image.height !== undefined
  const auto = hasSize ? nearestAspect({ width: image.width as number, height: image.height as number }) : null
  const aspect = params.aspect === 'auto' ? auto : params.aspect
  const durationSeconds = params.seconds || knownLength(inputs)
  const clip = clipFacts({
    ...(aspect ? frameSize(params.resolution, aspect) : {}),
    frameRate: params.frameRate,
    ...(durationSeconds ? { durationSeconds } : {}),
  })
  // The seconds that are set hold, whatever is linked.
  return params.seconds > 0 ? { ...clip, durationErrorSeconds: 0 } : clip
}

/** The audio's length, or the longest curve's; nothing while one that is linked is not known. */
function knownLength({ audio, zoom, brightness }: { [K in PulseInput]?: ValueFacts }): number | undefined {
  if (audio) return audio.durationSeconds
  const lengths = [zoom, brightness].flatMap((curve) => (curve ? [curve.durationSeconds] : []))
  if (lengths.length === 0 || lengths.includes(undefined)) return undefined
  return Math.max(...(lengths as number[]))
}

const lengthOf = ({ rate, values }: Curve): number => values.length / rate

export interface ZoomMotion {
  zoom: Curve | undefined
  brightness: Curve | undefined
  /** Zoom factor − 1 and gain − 1 at a curve value of 1. */
  zoomAmount: number
  brightnessAmount: number
}

/** Frames painted when read; frame `n` shows the curves at `n / frameRate` seconds. Holds one picture and one frame. */
export function zoomingFrames(image: Image, size: Omit<Frames, 'frames'>, motion: ZoomMotion): Frames {
  return {
    ...size,
    async *frames(signal) {
      const { width, height, frameRate, frameCount } = size
      if (signal.aborted) throw new CancelledError()
      // Some pixels to spare keep a zoomed view sharp; more than a quarter would make the full view flicker.
      const spare = Math.min(1.25, 1 + motion.zoomAmount)
      const source = await coverCrop(toRgb(image), Math.round(width * spare), Math.round(height * spare))
      const painter = new ZoomPainter(source, width, height)
      const data = new Uint8Array(width * height * 3)
      for (let frame = 0; frame < frameCount; frame++) {
        if (frame % FRAMES_BETWEEN_PAUSES === 0) await new Promise(setImmediate)
        if (signal.aborted) throw new CancelledError()
        const seconds = frame / frameRate
        const zoom = motion.zoom ? Math.max(0, curveAt(motion.zoom, seconds)) : 0
        const light = motion.brightness ? curveAt(motion.brightness, seconds) : 0
        painter.paint(1 + motion.zoomAmount * zoom, 1 + motion.brightnessAmount * light, data)
        yield { width, height, channels: 3, data }
      }
    },
  }
}
