import { type AudioClip, CERTIFICATE_VERSION, type PlannedCuts, type SyncCertificate } from '@beatloom/core'
import {
  hashMedia,
  measureClip,
  measurePictures,
  measureSound,
  movieSound,
  type PictureMeasure,
  readMovieSound,
  readPcm,
  type SoundMeasure,
} from '@beatloom/media'
import type { RunNetwork } from '../beats/beat-network.ts'
import { analyseBeats } from '../beats/index.ts'
import { type CutsToBeats, cutsToBeats, type NoComparison } from './certificate/cuts-to-beats.ts'
import { cutsMeantForBeats, cutsToPlan, matchCuts } from './certificate/cuts-to-plan.ts'
import { judge } from './certificate/judge.ts'
import { rounded } from './certificate/rounded.ts'
import { soundOffset, WindowKeeper, windowStarts } from './certificate/sound-offset.ts'

export interface CertifyOptions {
  /** A finished MP4. */
  path: string
  /** What the video should be: of a plan of shots, or of the certificate that it carries. */
  planned?: PlannedCuts
  /** What its sound was made from; the offset against it is measured when given. */
  song?: AudioClip
  /** Made by Beatloom, so that a wandering clock or unequal lengths are faults. Default: when planned. */
  isOurs?: boolean
  /** What helps to hear the beats; without it they are told from onsets alone. */
  network?: RunNetwork | undefined
  /** Called with pictures decoded and all. */
  onProgress?: (frame: number, frameCount: number) => void
}

/**
 * Decodes a video and measures whether its picture and sound agree; see `judge.ts` for the rule and core's
 * `SyncCertificate` for what the numbers mean. Pictures and sound are decoded side by side and streamed.
 * @throws {AppError} `media_unreadable` for what is no MP4 video, `file_missing`, `ffmpeg_missing`, `run_cancelled`.
 */
export async function certify(options: CertifyOptions, signal: AbortSignal): Promise<SyncCertificate> {
  const { path, planned, song, isOurs = planned !== undefined, network, onProgress } = options
  // One failure ends the other half too.
  const stop = new AbortController()
  const either = AbortSignal.any([signal, stop.signal])
  const halves = [
    measurePictures(path, either, onProgress),
    hear(path, song, network, either),
    hashMedia(path, either),
  ] as const
  const [pictures, heard, mediaSha256] = await Promise.all(halves).catch(async (cause: unknown) => {
    stop.abort()
    await Promise.allSettled(halves)
    throw cause
  })
  const matched = planned ? matchCuts(planned, pictures.cuts) : null
  const source = heard?.source ?? null
  const compared = cutsToBeats(cutsMeantForBeats(matched, pictures.cuts), heard?.beats ?? [])
  const picture = pictureOf(pictures, planned)
  const measures = {
    mediaSha256,
    picture,
    sound: heard && soundOf(heard.sound),
    startDifferenceMs: heard && 1e3 * (heard.sound.startSeconds - pictures.startSeconds),
    lengthDifferenceMs: heard && 1e3 * (heard.sound.lengthSeconds - pictures.lengthSeconds),
    source,
    cuts: pictures.cuts,
    beats: heard && { tempoBpm: heard.tempoBpm, confidence: heard.confidence, count: heard.beats.length },
    cutsToBeats: isCompared(compared) ? compared : null,
    planned: planned ?? null,
    cutsToPlan: planned && matched ? cutsToPlan(planned, matched, pictures.cuts, source?.offsetMs ?? 0) : null,
  }
  const verdict = judge(measures, {
    isOurs,
    why: isCompared(compared) ? null : compared,
    announcedPictureSeconds: pictures.announcedEndSeconds,
  })
  return { version: CERTIFICATE_VERSION, ...verdict, ...rounded(measures) }
}

const isCompared = (result: CutsToBeats | NoComparison): result is CutsToBeats => typeof result === 'object'

interface Heard {
  sound: SoundMeasure
  source: SyncCertificate['source']
  /** Seconds from the start of the movie. */
  beats: number[]
  tempoBpm: number | null
  confidence: number
}

/** Samples per second at which beats are looked for and sounds compared. */
const ANALYSIS_RATE = 44_100

async function hear(
  path: string,
  song: AudioClip | undefined,
  network: RunNetwork | undefined,
  signal: AbortSignal,
): Promise<Heard | null> {
  const track = await movieSound(path, signal)
  if (!track) return null
  const sound = await measureSound(track, signal)
  const starts = windowStarts(sound.lengthSeconds, ANALYSIS_RATE)
  const keeper = new WindowKeeper(song ? starts : [], track.startSeconds, ANALYSIS_RATE)
  const { beats } = await analyseBeats(keeper.watch(readMovieSound(track, ANALYSIS_RATE, signal)), {
    sampleRate: ANALYSIS_RATE,
    durationSeconds: sound.lengthSeconds,
    fromBeginning: true,
    network,
    signal,
  })
  return {
    sound,
    source: song ? await compareWithSong(keeper, starts, sound, song, signal) : null,
    beats: beats.beats.map((beat) => beat + track.startSeconds),
    tempoBpm: beats.tempoBpm,
    confidence: beats.confidence,
  }
}

async function compareWithSong(
  heard: WindowKeeper,
  starts: readonly number[],
  sound: SoundMeasure,
  song: AudioClip,
  signal: AbortSignal,
): Promise<SyncCertificate['source']> {
  const keeper = new WindowKeeper(starts, 0, ANALYSIS_RATE)
  for await (const _ of keeper.watch(readPcm(song, { sampleRate: ANALYSIS_RATE, channels: 1 }, signal))) {
    // Only passes by.
  }
  const offset = soundOffset(heard, keeper, ANALYSIS_RATE)
  if (!offset) return null
  const { loudnessLufs } = await measureClip(song, signal)
  const isHeard = loudnessLufs !== null && sound.loudnessLufs !== null
  return { ...offset, loudnessDifferenceLu: isHeard ? sound.loudnessLufs! - loudnessLufs : null }
}

function pictureOf(pictures: PictureMeasure, planned: PlannedCuts | undefined): SyncCertificate['picture'] {
  const { frameRate, frames, announcedFrames, startSeconds, lengthSeconds, missingFrames, isSteady } = pictures
  const expectedFrames = planned?.frameCount ?? null
  const startMs = 1e3 * startSeconds
  return { frameRate, frames, announcedFrames, expectedFrames, startMs, lengthSeconds, missingFrames, isSteady }
}

function soundOf(sound: SoundMeasure): NonNullable<SyncCertificate['sound']> {
  const { startSeconds, lengthSeconds, sampleRate, channels, peakDb, loudnessLufs, clippedRuns } = sound
  // Silence is told on the movie's clock.
  const silences = sound.silences.map((silence) => ({
    startSeconds: silence.startSeconds + startSeconds,
    endSeconds: silence.endSeconds + startSeconds,
  }))
  const startMs = 1e3 * startSeconds
  return { startMs, lengthSeconds, sampleRate, channels, peakDb, loudnessLufs, clippedRuns, silences }
}
