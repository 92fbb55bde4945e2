import { rename, rm, writeFile } from 'node:fs/promises'
import { AppError, type AudioClip, CancelledError, type Embedded, type VideoFile } from '@beatloom/core'
import { audioFacts } from './audio-facts.ts'
import { finishMp4 } from './finish-mp4.ts'
import { miscountedMp3 } from './miscounted-mp3.ts'
import { readMp4Facts } from './mp4-facts.ts'
import { diskFull, runFfmpeg } from './run-ffmpeg.ts'
import { safeInput } from './safe-input.ts'
import { sniffFile } from './sniff.ts'
import { soundFilters } from './write-mp4.ts'

export interface JoinMp4Options {
  /** Silent H.264 videos of one size and rate, encoded alike (`writeMp4`), in their order. */
  pieces: readonly VideoFile[]
  /** Silent video when absent; else cut or padded with silence to the pictures' length. */
  audio?: AudioClip
  /** Where the finished file goes; nothing is there until it is complete and checked. */
  path: string
  metadata?: Embedded
}

export interface JoinedMp4 extends Omit<VideoFile, 'file'> {
  /** `copied`: the very bytes of the song's file; `encoded`: AAC at 256 kb/s. */
  sound: 'copied' | 'encoded' | 'none'
}

/** What an MP4 may carry as it is, and every browser plays. */
const CARRIED_CODECS = new Set(['aac', 'mp3'])
const LEAST_CARRIED_RATE = 32_000
const SOUND_BITRATE = '256k'
/** Rates that television counts with are of whole frames in 1001 ticks. */
const LONGEST_FRAME_TICKS = 1001

/**
 * Joins videos without encoding a frame anew, and lays a song under them. A whole song in AAC or MP3 is carried over
 * byte by byte, its encoder delay told in the edit list; anything else becomes AAC.
 * @throws {AppError} `input_invalid` for pieces that differ in size or rate or have sound, `media_write_failed`, `disk_full`,
 * `ffmpeg_missing`, `run_cancelled`; in every case no file is left.
 */
export async function joinMp4(options: JoinMp4Options, signal: AbortSignal): Promise<JoinedMp4> {
  const { pieces, audio, path, metadata } = options
  const { width, height, frameRate } = requireAlike(pieces)
  const frameCount = pieces.reduce((sum, piece) => sum + piece.frameCount, 0)
  const [list, joined, partial] = [`${path}.txt`, `${path}.joined.mp4`, `${path}.partial.mp4`]
  try {
    await writeFile(list, listOf(pieces, frameRate))
    const sound = audio ? await soundArguments(audio, frameCount / frameRate, frameRate) : null
    const args = [
      ...[
        '-loglevel',
        'error',
        '-y',
        '-f',
        'concat',
        '-safe',
        '0',
        '-protocol_whitelist',
        'file',
        '-i',
        `file:${list}`,
      ],
      ...(sound?.input ?? []),
      // Times in microseconds leave frames a tick off their place; in ticks of this clock each is back on it.
      ...['-map', '0:v:0', '-c:v', 'copy', '-video_track_timescale', String(clockOf(frameRate))],
      ...(sound?.output ?? []),
      ...['-map_metadata', '-1', '-map_chapters', '-1', '-f', 'mp4', `file:${joined}`],
    ]
    await runFfmpeg(args, { signal, purpose: 'write' })
    await finishMp4(joined, partial, metadata ?? null, signal)
    await verify(partial, { frameCount, frameRate, hasSound: audio !== undefined })
    if (signal.aborted) throw new CancelledError()
    await rename(partial, path)
    const durationSeconds = frameCount / frameRate
    const facts = { width, height, frameRate, frameCount, durationSeconds, hasAudio: audio !== undefined }
    return { ...facts, sound: sound?.kind ?? 'none' }
  } catch (error) {
    if (error instanceof Error && (error as NodeJS.ErrnoException).code === 'ENOSPC') throw diskFull()
    throw error
  } finally {
    for (const left of [list, joined, partial]) await rm(left, { force: true })
  }
}

function requireAlike(pieces: readonly VideoFile[]): VideoFile {
  const [first] = pieces
  if (!first) throw new AppError('input_invalid', 'There are no shots to join.')
  const sounding = pieces.findIndex(({ hasAudio }) => hasAudio)
  if (sounding >= 0) {
    // Its pictures would start late by what its own sound is ahead of them.
    throw new AppError(
      'input_invalid',
      `Shots are joined without sound of their own, and shot ${sounding + 1} has some: link silent videos, as Render shots and Encode shot make them.`,
    )
  }
  const other = pieces.findIndex(
    ({ width, height, frameRate }) => width !== first.width || height !== first.height || frameRate !== first.frameRate,
  )
  const odd = pieces[other]
  if (!odd) return first
  const inWords = (video: VideoFile): string => `${video.width} × ${video.height} at ${video.frameRate} fps`
  throw new AppError(
    'input_invalid',
    `Shots can be joined when they are alike: shot ${other + 1} is ${inWords(odd)}, the first ${inWords(first)}. Give all of them one size and rate.`,
  )
}

interface SoundArguments {
  kind: 'copied' | 'encoded'
  input: string[]
  output: string[]
}

async function soundArguments(audio: AudioClip, seconds: number, frameRate: number): Promise<SoundArguments> {
  if (await canBeCarried(audio, seconds, frameRate)) {
    const input = safeInput(audio.file.path, await sniffFile(audio.file.path))
    return { kind: 'copied', input, output: ['-map', '1:a:0', '-c:a', 'copy'] }
  }
  const { input, filters } = await soundFilters(audio, seconds)
  return {
    kind: 'encoded',
    input,
    output: ['-filter_complex', `[1:a:0]${filters.join(',')}[a]`, '-map', '[a]', '-c:a', 'aac', '-b:a', SOUND_BITRATE],
  }
}

/** Whether the sound is all of a file whose packets an MP4 may hold. */
async function canBeCarried(audio: AudioClip, seconds: number, frameRate: number): Promise<boolean> {
  if (audio.startSeconds !== 0 || audio.channels > 2 || audio.sampleRate < LEAST_CARRIED_RATE) return false
  // Silence after the sound needs samples of its own.
  const longestGap = Math.min(0.05, 1.001 / frameRate)
  if (audio.soundSeconds < audio.durationSeconds || Math.abs(audio.durationSeconds - seconds) > longestGap) return false
  const { codec, durationSeconds } = await audioFacts(audio.file.path)
  // MP3 headers may count up to 0.1 s of padding.
  if (!CARRIED_CODECS.has(codec) || Math.abs(durationSeconds - audio.durationSeconds) > 0.15) return false
  // ffmpeg would take the edit list from the wrong tag, or carry the tag's frame as sound.
  return codec !== 'mp3' || (await miscountedMp3(audio.file.path)) === null
}

/**
 * What ffmpeg's concat demuxer reads. Each piece begins where those before it end, to the microsecond: by itself the
 * demuxer would add up the lengths in their headers, which are whole milliseconds, rounded up, and be frames late after
 * some dozen of them.
 */
function listOf(pieces: readonly VideoFile[], frameRate: number): string {
  let frames = 0
  let startsAt = 0
  const lines = pieces.map(({ file, frameCount }) => {
    frames += frameCount
    const endsAt = Math.round((1e6 * frames) / frameRate)
    const seconds = (endsAt - startsAt) / 1e6
    startsAt = endsAt
    return `file '${escaped(file.path)}'\nduration ${seconds.toFixed(6)}\n`
  })
  return lines.join('')
}

/**
 * The slowest clock, ticks per second, on which every frame of a rate lies: 30 for 30 frames a second, 2997 for 29.97,
 * 24000 for 24000/1001.
 */
function clockOf(frameRate: number): number {
  for (let ticks = 1; ticks <= LONGEST_FRAME_TICKS; ticks++) {
    const clock = Math.round(ticks * frameRate)
    if (Math.abs(ticks * frameRate - clock) < 1e-6) return clock
  }
  return Math.round(LONGEST_FRAME_TICKS * frameRate)
}

/** As ffmpeg's concat lists want it: a quote ends the quoted text, stands escaped, and begins it again. */
const escaped = (path: string): string => path.replaceAll("'", "'\\''")

async function verify(
  path: string,
  wanted: { frameCount: number; frameRate: number; hasSound: boolean },
): Promise<void> {
  const { tracks } = await readMp4Facts(path)
  const video = tracks.find((track) => track.kind === 'video')
  const sound = tracks.find((track) => track.kind === 'audio')
  const problems: string[] = []
  if (video?.sampleCount !== wanted.frameCount) {
    problems.push(`it has ${video?.sampleCount ?? 0} frames, not ${wanted.frameCount}`)
  }
  const seconds = wanted.frameCount / wanted.frameRate
  if (video && Math.abs(video.durationSeconds - seconds) > 0.0005) {
    problems.push(`its pictures last ${video.durationSeconds} s and not ${seconds} s`)
  }
  if (video && video.startSeconds >= 0.02) problems.push(`its picture starts at ${video.startSeconds} s`)
  if ((sound !== undefined) !== wanted.hasSound) problems.push(sound ? 'it has sound' : 'it has no sound')
  if (sound && video && Math.abs(sound.startSeconds - video.startSeconds) > 0.02) {
    problems.push(`its sound starts ${sound.startSeconds - video.startSeconds} s off the picture`)
  }
  if (problems.length === 0) return
  throw new AppError('media_write_failed', `The joined video is not what was asked for: ${problems.join('; ')}.`, {
    details: { problems },
  })
}
