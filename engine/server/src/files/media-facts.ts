import { readFile, stat } from 'node:fs/promises'
import { AppError, type FileHandle, parseWorkflow } from '@beatloom/core'

/** What the page wants to know of a file before it is used. */
export interface FileFacts {
  mime: string
  kind: 'image' | 'audio' | 'video' | 'workflow' | 'weights'
  facts: {
    width?: number
    height?: number
    /** Seconds. */
    durationSeconds?: number
    sampleRate?: number
    channels?: number
    frameRate?: number
  }
  /** Text of the workflow that the file is, or carries. */
  workflow?: string
}

/** Larger text is no workflow. */
const MAX_WORKFLOW_BYTES = 32 * 2 ** 20
/** Decoding to this size reads the whole picture and holds little of it, px. */
const CHECK_SIDE_PX = 64

const IMAGES = { jpeg: 'image/jpeg', png: 'image/png', webp: 'image/webp' } as const
const SOUNDS = {
  wav: 'audio/wav',
  mp3: 'audio/mpeg',
  flac: 'audio/flac',
  ogg: 'audio/ogg',
  aac: 'audio/aac',
  matroska: 'audio/webm',
} as const

/**
 * Looks at a file by its content, whatever its name says. Pictures are decoded once, small, so that a damaged one is
 * found here and not in a run. The decoders are loaded when first needed.
 * @throws {AppError} `media_unreadable`, `media_too_large`, `workflow_unreadable`, `input_invalid`, `ffmpeg_missing`
 */
export async function mediaFacts(path: string, name: string): Promise<FileFacts> {
  const media = await import('@beatloom/media')
  const signal = AbortSignal.timeout(60_000)
  const format = await media.sniffFile(path)
  if (format in IMAGES) {
    const { width, height } = await media.imageFacts(path, name)
    await media.readImage(path, signal, { longestSide: CHECK_SIDE_PX, name })
    const embedded = format === 'png' ? await media.readEmbedded(path) : null
    const facts: FileFacts = { mime: IMAGES[format as keyof typeof IMAGES], kind: 'image', facts: { width, height } }
    return embedded ? { ...facts, workflow: embedded.workflow } : facts
  }
  if (format in SOUNDS) return soundFacts(SOUNDS[format as keyof typeof SOUNDS], path, name, signal)
  if (format === 'mp4') return mp4Facts(path, name, signal)
  if (format === 'safetensors') return weightsFacts(path, name)
  if (format === 'text') return workflowFacts(path, name)
  throw new AppError(
    'media_unreadable',
    `"${name}" is no picture, sound, video or workflow that Beatloom reads: it is ${media.formatInWords(format)}. Choose another file.`,
  )
}

async function soundFacts(mime: string, path: string, name: string, signal: AbortSignal): Promise<FileFacts> {
  const { audioFacts } = await import('@beatloom/media')
  const { durationSeconds, sampleRate, channels } = await audioFacts(path, signal, name)
  return { mime, kind: 'audio', facts: { durationSeconds, sampleRate, channels } }
}

/** An MP4 file is a video, or a sound when it holds no pictures. */
async function mp4Facts(path: string, name: string, signal: AbortSignal): Promise<FileFacts> {
  const { readEmbedded, readMp4Facts } = await import('@beatloom/media')
  const { tracks, durationSeconds: movieSeconds } = await readMp4Facts(path)
  const video = tracks.find((track) => track.kind === 'video')
  if (!video) return soundFacts('audio/mp4', path, name, signal)
  const { width, height } = video
  const frameRate = video.frameRate > 0 ? video.frameRate : undefined
  // Of its pictures: a sound that is longer plays on without them.
  const durationSeconds = video.durationSeconds || movieSeconds
  const embedded = await readEmbedded(path)
  const facts: FileFacts = { mime: 'video/mp4', kind: 'video', facts: { width, height, durationSeconds, frameRate } }
  return embedded ? { ...facts, workflow: embedded.workflow } : facts
}

/** Whether they are for an installed model shows in a run. */
async function weightsFacts(path: string, name: string): Promise<FileFacts> {
  const { readSafetensors } = await import('@beatloom/models/lora')
  await readSafetensors({ path, name })
  return { mime: 'application/octet-stream', kind: 'weights', facts: {} }
}

async function workflowFacts(path: string, name: string): Promise<FileFacts> {
  const isJson = /\.json$/i.test(name)
  if (!isJson || (await stat(path)).size > MAX_WORKFLOW_BYTES) {
    throw new AppError('media_unreadable', `"${name}" is no picture, sound or video: it is text. Choose another file.`)
  }
  const workflow = await readFile(path, 'utf8')
  parseWorkflow(workflow)
  return { mime: 'application/json', kind: 'workflow', facts: {}, workflow }
}

/** The waveform of a sound: `count` peaks, 0 … 1. */
export async function waveform(file: FileHandle, count: number, signal: AbortSignal): Promise<number[]> {
  const { openAudio } = await import('@beatloom/media')
  return (await openAudio(file, { peakCount: count }, signal)).peaks
}
