import { basename } from 'node:path'
import { AppError } from '@beatloom/core'
import { miscountedMp3 } from './miscounted-mp3.ts'
import { startFfmpeg } from './run-ffmpeg.ts'
import { isSoundFormat, safeInput } from './safe-input.ts'
import { formatInWords, type MediaFormat, sniffFile } from './sniff.ts'

export interface AudioFacts {
  format: MediaFormat
  /** What the file says; exact but for MP3, where up to 0.1 s of padding may be counted. */
  durationSeconds: number
  /** Samples per second. */
  sampleRate: number
  channels: number
  /** ffmpeg's name: `mp3`, `flac`, `vorbis`, `aac`, `pcm_s16le` … */
  codec: string
  /** The file carries a cover picture; it is not sound and is left aside. */
  hasCover: boolean
}

/**
 * Facts of a WAV, MP3, FLAC, OGG or M4A file, decoding nothing unless its length cannot be told otherwise.
 * @throws {AppError} `media_unreadable` when it is no sound or has no length, `file_missing`, `run_cancelled`.
 */
export async function audioFacts(
  path: string,
  signal: AbortSignal = new AbortController().signal,
  name = basename(path),
): Promise<AudioFacts> {
  const format = await sniffFile(path)
  if (!isSoundFormat(format)) {
    throw new AppError(
      'media_unreadable',
      `"${name}" is no WAV, MP3, FLAC, OGG or M4A sound: it is ${formatInWords(format)}. Choose another file.`,
    )
  }
  const header = await headerOf(path, format, signal)
  const facts = parseHeader(header)
  if (!facts) {
    throw new AppError('media_unreadable', `"${name}" is damaged or holds no sound.`, {
      details: { stderr: header.split('\n').slice(-4) },
    })
  }
  const guessed = facts.durationSeconds === null || /Estimating duration from bitrate/.test(header)
  const miscounted = facts.codec === 'mp3' ? await miscountedMp3(path) : null
  const durationSeconds =
    miscounted?.durationSeconds ?? (guessed ? await decodedSeconds(path, format, signal) : facts.durationSeconds)
  if (!durationSeconds)
    throw new AppError('media_unreadable', `"${name}" has no sound in it: it lasts 0 seconds. Choose another file.`)
  return { ...facts, format, durationSeconds }
}

/** What ffmpeg prints about an input. Without an output it ends with an error, which is no failure here. */
async function headerOf(path: string, format: MediaFormat, signal: AbortSignal): Promise<string> {
  const ffmpeg = await startFfmpeg([...safeInput(path, format)], { signal, purpose: 'read' })
  return ffmpeg.finished().catch((error: unknown) => {
    const lines = error instanceof AppError ? error.details?.['stderr'] : undefined
    if (!Array.isArray(lines) || signal.aborted) throw error
    return ffmpeg.output()
  })
}

const CHANNELS_BY_LAYOUT: Record<string, number> = {
  mono: 1,
  stereo: 2,
  downmix: 2,
  quad: 4,
  hexagonal: 6,
  octagonal: 8,
}

/** Reads the first sound stream from ffmpeg's description of an input; null when there is none. */
export function parseHeader(
  text: string,
): { durationSeconds: number | null; sampleRate: number; channels: number; codec: string; hasCover: boolean } | null {
  const stream = /Stream #\d+:\d+[^\n]*?: Audio: (\w+)[^\n]*?, (\d+) Hz, ([^,\n]+)/.exec(text)
  if (!stream) return null
  const [, codec, rate, layout] = stream as unknown as [string, string, string, string]
  const duration = /Duration: (\d+):(\d\d):(\d\d(?:\.\d+)?)/.exec(text)
  return {
    codec,
    sampleRate: Number(rate),
    channels: channelsOf(layout.trim()),
    durationSeconds: duration ? Number(duration[1]) * 3600 + Number(duration[2]) * 60 + Number(duration[3]) : null,
    // Newer ffmpeg says `(attached pic)`; older ones only name a still-picture codec.
    hasCover: /Stream #\d+:\d+[^\n]*?: Video: (mjpeg|png|bmp|gif|webp)\b/.test(text),
  }
}

/** `stereo`, `5.1(side)`, `3 channels` … */
function channelsOf(layout: string): number {
  const named = CHANNELS_BY_LAYOUT[layout.replace(/\(.*/, '')]
  if (named) return named
  const counted = /^(\d+) channels/.exec(layout)
  if (counted) return Number(counted[1])
  const dotted = /^(\d)\.(\d)(?:\.(\d))?/.exec(layout)
  return dotted ? Number(dotted[1]) + Number(dotted[2]) + Number(dotted[3] ?? 0) : 2
}

/** Decodes the whole file and reads the clock at its end. */
async function decodedSeconds(path: string, format: MediaFormat, signal: AbortSignal): Promise<number> {
  const args = [...safeInput(path, format), '-map', '0:a:0', '-f', 'null', '-']
  const ffmpeg = await startFfmpeg(['-loglevel', 'info', ...args], { signal, purpose: 'read' })
  const text = await ffmpeg.finished()
  const times = [...text.matchAll(/time=(\d+):(\d\d):(\d\d(?:\.\d+)?)/g)]
  const last = times.at(-1)
  return last ? Number(last[1]) * 3600 + Number(last[2]) * 60 + Number(last[3]) : 0
}
