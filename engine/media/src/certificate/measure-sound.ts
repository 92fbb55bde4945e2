import type { AudioClip } from '@beatloom/core'
import { audioFacts } from '../audio-facts.ts'
import { readMp4Facts } from '../mp4-facts.ts'
import { decodeStretch, readPcm, type Stretch } from '../read-pcm.ts'
import { LevelMeter, type SoundLevels } from './sound-levels.ts'
import { trackEnds } from './track-ends.ts'

/** A video's sound as its container tells it. */
export interface MovieSound {
  path: string
  /** When the first sample is heard, edit list applied; seconds from the start of the movie. */
  startSeconds: number
  /** When it should have been heard to its end; null where the container does not say. */
  endSeconds: number | null
  /** Samples per second. */
  sampleRate: number
  channels: number
}

export interface SoundMeasure extends SoundLevels {
  startSeconds: number
  sampleRate: number
  channels: number
  /** As heard: the last coded packet is longer than that, and the container cuts it. */
  lengthSeconds: number
}

/**
 * The first sound track of an MP4; null when it has none.
 * @throws {AppError} `media_unreadable`, `file_missing`, `ffmpeg_missing`, `run_cancelled`.
 */
export async function movieSound(path: string, signal: AbortSignal): Promise<MovieSound | null> {
  const track = (await readMp4Facts(path)).tracks.find(({ kind }) => kind === 'audio')
  if (!track) return null
  // The sample description says two channels of nearly every sound; the decoder knows.
  const { sampleRate, channels } = await audioFacts(path, signal)
  const { audio: endSeconds } = await trackEnds(path)
  return { path, startSeconds: track.startSeconds, endSeconds, sampleRate, channels }
}

/**
 * The whole of a video's sound as mono samples in chunks; the first is heard at `startSeconds`.
 * @param sampleRate samples per second of the result.
 * @throws {AppError} `media_unreadable`, `ffmpeg_missing`, `run_cancelled`.
 */
export function readMovieSound(
  sound: MovieSound,
  sampleRate: number,
  signal: AbortSignal,
): AsyncGenerator<Float32Array, void, undefined> {
  return decodeStretch(wholeOf(sound), { sampleRate, channels: 1 }, signal)
}

/** Decodes a video's sound once, at its own rate, and measures length, levels and silence. Memory is constant. */
export async function measureSound(sound: MovieSound, signal: AbortSignal): Promise<SoundMeasure> {
  const { startSeconds, endSeconds, sampleRate, channels } = sound
  const meter = new LevelMeter(sampleRate, 2)
  for await (const chunk of decodeStretch(wholeOf(sound), { sampleRate, channels: 2 }, signal)) meter.push(chunk)
  const levels = meter.finish()
  const decodedSeconds = levels.sampleCount / sampleRate
  const lengthSeconds = Math.min(decodedSeconds, (endSeconds ?? Number.POSITIVE_INFINITY) - startSeconds)
  return { ...levels, startSeconds, sampleRate, channels, lengthSeconds }
}

/** The levels of a clip as it would be heard in a video: in stereo, silence after its sound included. */
export async function measureClip(clip: AudioClip, signal: AbortSignal): Promise<SoundLevels> {
  const meter = new LevelMeter(clip.sampleRate, 2)
  for await (const chunk of readPcm(clip, { channels: 2 }, signal)) meter.push(chunk)
  return meter.finish()
}

/** Longer than any file; ffmpeg's clock ends at 2⁶³ µs. */
const FOREVER_SECONDS = 1e9

function wholeOf({ path, channels }: MovieSound): Stretch {
  return { path, startSeconds: 0, lengthSeconds: FOREVER_SECONDS, channels }
}
