import {
  AppError,
  type Beats,
  CancelledError,
  clipFacts,
  defineNode,
  type Image,
  known,
  type Mask,
  type ParamMeta,
  type Shot,
  type Shots,
  type ValueFacts,
  type VideoFile,
} from '@beatloom/core'
import { coverCrop, fileNameOf, joinMp4, splitMp4, writeHeldFrames } from '@beatloom/media'
import type { Aspect } from '@beatloom/models'
import { z } from 'zod'
import { safeMarks } from '../curve/pulses.ts'
import { ZoomPainter } from '../frames/zoom-painter.ts'
import { toRgb } from '../image/to-rgb.ts'
import { toYuv420 } from '../image/to-yuv420.ts'
import { nearestAspect } from '../latent/frame-size.ts'
import { requireBeatsOfSound, requireOneClock, requirePlanOfSound } from '../one-clock.ts'
import { showVideo } from '../video/show-video.ts'
import { sceneStart, sceneView } from './scene-view.ts'

/** Pixels, by shape: 360 lines, and as many columns where it stands upright. */
const SIZES: Record<Aspect, { width: number; height: number }> = {
  '16:9': { width: 640, height: 360 },
  '9:16': { width: 360, height: 640 },
  '1:1': { width: 480, height: 480 },
}
/** How far a shot zooms from its beginning to its end, and what a beat adds at its height. */
const DRIFT = 0.08
const BEAT_ZOOM = 0.025
const BEAT_GAIN = 0.1
/** Seconds in which a beat's push falls to 37 %. */
const BEAT_DECAY = 0.15
/** Painted pictures before other work of the process gets its turn. */
const PICTURES_BETWEEN_PAUSES = 8

export const animatic = defineNode({
  type: 'shots.animatic',
  version: 1,
  title: 'Animatic',
  description:
    'A quick small video of the whole plan, without a model: every shot at its time, moving a little, with the song. To see the cuts before anything is rendered.',
  category: 'shots',
  aliases: ['preview', 'storyboard', 'rough cut', 'previz', '动态分镜', '预览'],
  phase: 'encode',
  inputs: {
    shots: { type: 'SHOTS', title: 'Shots' },
    audio: { type: 'AUDIO', title: 'Audio' },
    beats: { type: 'BEATS', title: 'Beats' },
    images: { type: 'IMAGE', title: 'Pictures', list: true },
    masks: {
      type: 'MASK',
      title: 'Subjects',
      list: true,
      optional: true,
      description: 'What closer looks are taken of.',
    },
  },
  outputs: {
    video: { type: 'VIDEO', title: 'Video' },
    clips: { type: 'VIDEO', title: 'Shots', list: true, description: 'The same without sound, one video a shot.' },
  },
  params: z.object({
    aspect: z
      .enum(['auto', '16:9', '9:16', '1:1'])
      .default('auto')
      .describe('Shape of the video; auto takes the one nearest to the first picture.')
      .meta({ title: 'Aspect' } satisfies ParamMeta),
    name: z
      .string()
      .max(120)
      .default('animatic')
      .describe('File name, without the ending')
      .meta({ title: 'Name' } satisfies ParamMeta),
  }),
  facts({ shots, images }, { aspect }) {
    const size = knownSize(images?.[0], aspect)
    const { frameRate, frameCount } = shots ?? {}
    return {
      video: clipFacts({ ...size, ...known({ frameRate, frameCount }), hasAudio: true }),
      clips: clipFacts({ ...size, ...known({ frameRate }), hasAudio: false }),
    }
  },
  cost(_params, { shots }) {
    const frames = shots?.frameCount
    return frames === undefined ? null : { work: 0.5 + 0.0025 * frames, memoryBytes: 80e6, diskBytes: 4e3 * frames }
  },
  async run({ shots, audio, beats, images, masks = [] }, { aspect, name }, context) {
    const { signal, artifacts, progress } = context
    signal.throwIfAborted()
    requirePlanOfSound(shots, audio)
    requireOneClock(shots, audio)
    requireBeatsOfSound(beats, audio, shots.frameRate)
    const [first] = images
    if (!first) throw new AppError('input_invalid', 'There is no picture for the shots: link at least one.')
    const size = SIZES[aspect === 'auto' ? nearestAspect(first) : aspect]
    const silent = await artifacts.scratch('.mp4')
    const path = await artifacts.scratch('.mp4')
    const { frameRate } = shots
    const pictures = (within: AbortSignal) => paintAll({ shots, beats, images, masks, size }, within)
    const frames = { ...size, frameRate, holds: shots.shots.flatMap(holdsOf), pictures }
    const keyFrames = shots.shots.map((shot) => shot.startFrame)
    const facts = await writeHeldFrames({ frames, path: silent, keyFrames, onProgress: progress }, signal)
    const piece = { ...facts, file: { path: silent, sha256: '', name } }
    const { sound: _, ...joined } = await joinMp4({ pieces: [piece], audio, path }, signal)
    const file = await artifacts.adopt(path, fileNameOf(name, 'mp4'), 'video/mp4')
    const video = { file, ...joined }
    showVideo(video, context)
    const parts = await splitMp4({ ...facts, path: silent }, keyFrames, artifacts.scratch, signal)
    const clips: VideoFile[] = []
    for (const { path, frameCount } of parts) {
      const file = await artifacts.adopt(path, 'draft.mp4', 'video/mp4')
      clips.push({ ...facts, frameCount, durationSeconds: frameCount / frameRate, file })
    }
    return { video, clips }
  },
})

function knownSize({ width, height }: ValueFacts = {}, aspect: Aspect | 'auto'): { width?: number; height?: number } {
  if (aspect !== 'auto') return SIZES[aspect]
  return width === undefined || height === undefined ? {} : SIZES[nearestAspect({ width, height })]
}

/** Two frames a picture, and one for the last where they are odd in number. */
function holdsOf({ startFrame, endFrame }: Shot): (1 | 2)[] {
  const frames = endFrame - startFrame
  return Array.from({ length: Math.ceil(frames / 2) }, (_, i) => (2 * i + 1 < frames ? 2 : 1))
}

interface Scenery {
  shots: Shots
  beats: Beats
  images: readonly Image[]
  masks: readonly Mask[]
  size: { width: number; height: number }
}

async function* paintAll(
  { shots, beats, images, masks, size }: Scenery,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const painters = new Map<Image, PicturePainter>()
  const marks = beats.beats
  const lights = safeMarks(marks)
  let painted = 0
  for (const [index, shot] of shots.shots.entries()) {
    const { image } = await sceneView(shots, index, images, masks)
    let painter = painters.get(image)
    if (!painter) {
      painter = await picturePainter(image, size)
      painters.set(image, painter)
    }
    const scene = sceneOf(shots, index)
    const isOut = /\b(out|away|back)\b|拉远|后退|缩小/i.test(scene.prompt)
    for (let frame = shot.startFrame; frame < shot.endFrame; frame += 2) {
      if (signal.aborted) throw new CancelledError()
      const way = (frame - scene.startFrame) / Math.max(1, scene.endFrame - scene.startFrame - 1)
      const seconds = frame / shots.frameRate
      const zoom = 1 + DRIFT * (isOut ? 1 - way : way) + BEAT_ZOOM * pushAt(marks, seconds)
      yield painter(zoom, 1 + BEAT_GAIN * pushAt(lights, seconds))
      if (++painted % PICTURES_BETWEEN_PAUSES === 0) await new Promise((resolve) => setImmediate(resolve))
    }
  }
}

/** Paints a picture as video stores it: the three planes one after another, valid until it paints the next. */
type PicturePainter = (zoom: number, gain: number) => Uint8Array

async function picturePainter(image: Image, { width, height }: Scenery['size']): Promise<PicturePainter> {
  // A quarter larger than the frame: a zoomed view still has all its pixels.
  const large = toYuv420(toRgb(await coverCrop(image, evenly(width * 1.25), evenly(height * 1.25))))
  const [across, down] = [width / 2, height / 2]
  const y = new ZoomPainter(large.y, width, height)
  const u = new ZoomPainter(large.u, across, down)
  const v = new ZoomPainter(large.v, across, down)
  const out = new Uint8Array(width * height + 2 * across * down)
  const [toY, toU, toV] = [0, width * height, width * height + across * down].map((at) => out.subarray(at))
  return (zoom, gain) => {
    y.paint(zoom, gain, toY as Uint8Array, 16)
    u.paint(zoom, gain, toU as Uint8Array, 128)
    v.paint(zoom, gain, toV as Uint8Array, 128)
    return out
  }
}

const evenly = (pixels: number) => 2 * Math.round(pixels / 2)

/** The words and the frames of the whole scene that a shot belongs to: its move goes on where a shot goes on. */
function sceneOf(plan: Shots, index: number): { prompt: string; startFrame: number; endFrame: number } {
  const { shots } = plan
  const { prompt, startFrame } = shots[sceneStart(plan, index)] as Shot
  let last = index
  while (shots[last + 1]?.continues) last++
  return { prompt, startFrame, endFrame: (shots[last] as Shot).endFrame }
}

/** 1 at a mark, falling off until the next. */
function pushAt(marks: readonly number[], seconds: number): number {
  let [low, high] = [0, marks.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((marks[middle] as number) <= seconds + 1e-6) low = middle + 1
    else high = middle
  }
  const last = marks[low - 1]
  return last === undefined ? 0 : Math.exp(-(seconds - last) / BEAT_DECAY)
}
