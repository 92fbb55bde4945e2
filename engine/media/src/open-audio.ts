import { AppError, type AudioClip, type FileHandle } from '@beatloom/core'
import { type AudioFacts, audioFacts } from './audio-facts.ts'
import { PeakCollector, rememberPeaks } from './audio-peaks.ts'
import { decodeStretch } from './read-pcm.ts'

export interface OpenAudioOptions {
  /** Where the stretch begins in the file, seconds. Default 0. */
  startSeconds?: number
  /** Length wanted, seconds; the whole rest of the file when absent. */
  durationSeconds?: number
  /** A shorter sound is padded with silence to this (but never beyond `durationSeconds`). Default 0. */
  minimumSeconds?: number
  /** How many waveform peaks to gather on the way. Default 0. */
  peakCount?: number
}

export interface OpenedAudio {
  clip: AudioClip
  facts: AudioFacts
  /** What the person should know: what was shorter, padded, left aside. */
  notes: { code: 'audio_shorter' | 'audio_padded' | 'audio_cover_ignored'; text: string }[]
  /** As `audioPeaks`. */
  peaks: number[]
}

/**
 * Opens a stretch of a sound file. The stretch is decoded once, streaming, to count its samples: headers guess.
 * @throws {AppError} `media_unreadable` when it is no sound or has no length, `input_invalid` when the start lies
 * beyond its end, `file_missing`, `ffmpeg_missing`, `run_cancelled`.
 */
export async function openAudio(
  file: FileHandle,
  options: OpenAudioOptions,
  signal: AbortSignal,
): Promise<OpenedAudio> {
  const { startSeconds = 0, minimumSeconds = 0, peakCount = 0 } = options
  const facts = await audioFacts(file.path, signal, file.name)
  if (startSeconds >= facts.durationSeconds) throw startsTooLate(file, startSeconds, facts.durationSeconds)
  const wanted = options.durationSeconds ?? facts.durationSeconds - startSeconds + 1
  const peaks = new PeakCollector()
  let samples = 0
  const stretch = { path: file.path, startSeconds, lengthSeconds: wanted, channels: facts.channels }
  for await (const chunk of decodeStretch(stretch, { sampleRate: facts.sampleRate, channels: 1 }, signal)) {
    samples += chunk.length
    peaks.add(chunk)
  }
  if (samples === 0) {
    if (startSeconds > 0) throw startsTooLate(file, startSeconds, facts.durationSeconds)
    throw new AppError(
      'media_unreadable',
      `"${file.name}" has no sound in it: it lasts 0 seconds. Choose another file.`,
    )
  }
  const counted = samples / facts.sampleRate
  // The last sample's rounding is no shortage.
  const isShort = options.durationSeconds !== undefined && counted < wanted - 1.5 / facts.sampleRate
  const soundSeconds = options.durationSeconds !== undefined && !isShort ? wanted : counted
  const durationSeconds = Math.max(soundSeconds, Math.min(minimumSeconds, options.durationSeconds ?? minimumSeconds))
  const notes: OpenedAudio['notes'] = []
  if (durationSeconds > soundSeconds) {
    notes.push({
      code: 'audio_padded',
      text: `The song has only ${spoken(soundSeconds)} of sound from its start point; silence was added to make ${spoken(durationSeconds)}.`,
    })
  } else if (isShort) {
    notes.push({
      code: 'audio_shorter',
      text: `The song has ${spoken(soundSeconds)} of sound from its start point, so the clip lasts that long instead of ${spoken(wanted)}.`,
    })
  }
  if (facts.hasCover) {
    notes.push({ code: 'audio_cover_ignored', text: 'The cover picture inside the sound file was left aside.' })
  }
  const { sampleRate, channels } = facts
  const clip = { file, startSeconds, durationSeconds, soundSeconds, sampleRate, channels }
  rememberPeaks(clip, peaks)
  return {
    clip,
    facts,
    notes,
    peaks: peakCount > 0 ? peaks.peaks(peakCount, Math.round(durationSeconds * sampleRate)) : [],
  }
}

function startsTooLate(file: FileHandle, startSeconds: number, durationSeconds: number): AppError {
  return new AppError(
    'input_invalid',
    `"${file.name}" is ${spoken(durationSeconds)} long, so it cannot start at ${spoken(startSeconds)}: choose an earlier start.`,
    { details: { startSeconds, durationSeconds } },
  )
}

function spoken(seconds: number): string {
  return `${Number(seconds.toFixed(2))} s`
}
