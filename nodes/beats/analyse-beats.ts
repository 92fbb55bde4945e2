import { type Beats, tempoCurveOf, tempoOfBeats } from '@beatloom/core'
import { bestBarPath, type Meter } from './bar-path.ts'
import { beatConfidence } from './beat-confidence.ts'
import { type BeatLikelihood, LikelihoodStream, type RunNetwork } from './beat-network.ts'
import { bestBeatPath } from './beat-path.ts'
import { beatTimes } from './beat-times.ts'
import { soundEnvelopes } from './envelopes.ts'
import { HEARD, likelierBeats, withOnsets } from './heard-beats.ts'
import { onsetActivation } from './onset-activation.ts'
import { pieceSections } from './sections.ts'
import { FeatureCollector, type SoundFeatures } from './sound-features.ts'
import { eachSpectralFrame } from './spectral-frames.ts'
import { strongOnsets } from './strong-onsets.ts'
import { type TempoRange, type TempoSalience, tempoSalience } from './tempo-salience.ts'

export interface BeatAnalysisOptions extends Partial<TempoRange> {
  sampleRate: number
  /** Length of the stretch to report. */
  durationSeconds: number
  /** Where that stretch begins in the stream; what lies around it only helps to understand the music. Default 0. */
  startSeconds?: number
  /** The stream begins where the piece does, so that its first beat is likely a downbeat. Default false. */
  fromBeginning?: boolean
  /** Beats per bar to choose from; default 3, 4, 5 and 7. */
  meters?: readonly Meter[]
  /** The network that hears beats; without it, or when it fails, they are told from onsets alone. */
  network?: RunNetwork | undefined
  signal: AbortSignal
  /** Called with the seconds of sound read so far. */
  onProgress?: (seconds: number) => void
}

export interface BeatAnalysis {
  beats: Beats
  /** Largest sample magnitude in each hop of the reported stretch, at the envelopes' rate. */
  peaks: Float32Array
  /** Why the network was not used although there is one. */
  networkFailure?: unknown
}

/** Below this the onsets repeat no better than noise or speech do: see the tests, and beat-confidence.ts. */
export const LEAST_CONFIDENCE = 0.15
/** Quieter than this is silence as far as beats go. */
const AUDIBLE_DB = -60

/**
 * Finds beats, bars, tempo and envelopes in mono sound, reading it once and keeping only features.
 * @param pcm mono samples, −1 … 1.
 * @throws {CancelledError} when the signal aborts.
 */
export async function analyseBeats(
  pcm: AsyncIterable<Float32Array>,
  options: BeatAnalysisOptions,
): Promise<BeatAnalysis> {
  const { sampleRate, signal } = options
  const stream = options.network ? new LikelihoodStream(options.network) : null
  const features = await readFeatures(pcm, sampleRate, signal, options.onProgress, stream)
  const likelihood = (await stream?.finish(features.frameCount)) ?? null
  const found = understand(features, options, likelihood)
  return stream?.failure ? { ...found, networkFailure: stream.failure } : found
}

/** The part after the one pass over the sound: from features, and what the network heard, to beats. */
export function understand(
  features: SoundFeatures,
  options: BeatAnalysisOptions,
  likelihood: BeatLikelihood | null = null,
): BeatAnalysis {
  const { durationSeconds, startSeconds = 0 } = options
  const music = withoutSilentEnd(features)
  const { frameRate } = features
  const from = Math.round(startSeconds * frameRate)
  // A hair less, for the rounding of seconds.
  const to = Math.min(features.frameCount, from + Math.ceil(durationSeconds * frameRate - 1e-6))
  const range = { minTempo: 50, maxTempo: 215, tempoHint: 0, ...definedOnly(options) }
  const onsets = onsetActivation(music)
  const tempo = tempoSalience(onsets.strength, frameRate, range)
  const timesOf = (path: number[]) => withinSound(beatTimes(path, onsets, frameRate), music)
  const told = timesOf(bestBeatPath(onsets.activation, frameRate, tempo))
  const heard = likelihood && withOnsets(likelihood.beat, onsets.activation)
  const byNetwork = heard && timesOf(bestBeatPath(heard, frameRate, tempo, HEARD))
  const all =
    byNetwork && keepsToHint(byNetwork, range.tempoHint)
      ? likelierBeats(byNetwork, told, heard, onsets, frameRate)
      : told
  const confidence = beatConfidence(all, onsets, frameRate)
  const hasBeat = confidence >= LEAST_CONFIDENCE && all.length >= 2
  const bars = bestBarPath(
    hasBeat ? all : [],
    music,
    options.meters ?? [3, 4, 5, 7],
    options.fromBeginning ?? false,
    likelihood?.downbeat,
  )
  const isDownbeat = new Set(bars.downbeats)
  const kept = all.flatMap((time, i) => {
    const local = timeWithin(time - startSeconds, durationSeconds)
    return hasBeat && local !== null ? [{ time: local, down: isDownbeat.has(i) }] : []
  })
  const tempoBpm = hasBeat ? tempoOfBeats(all) : null
  const beats = kept.map((beat) => beat.time)
  const found = {
    durationSeconds,
    beats,
    downbeats: kept.filter((beat) => beat.down).map((beat) => beat.time),
    tempoBpm,
    meter: bars.meter,
    confidence,
    tempoCandidates: tempoBpm === null ? [] : tempoReadings(tempo, tempoBpm),
    tempoCurve: tempoCurveOf(beats),
    onsets: strongOnsets(onsets, frameRate).flatMap((time) => timeWithin(time - startSeconds, durationSeconds) ?? []),
    envelopes: soundEnvelopes(features, from, to),
  }
  return { beats: { ...found, sections: pieceSections(found) }, peaks: features.peaks.slice(from, to) }
}

export async function readFeatures(
  pcm: AsyncIterable<Float32Array>,
  sampleRate: number,
  signal: AbortSignal,
  onProgress: ((seconds: number) => void) | undefined,
  stream: LikelihoodStream | null = null,
): Promise<SoundFeatures> {
  const collector = new FeatureCollector(sampleRate, stream ? (bands) => stream.push(bands) : undefined)
  let frames = 0
  const paced = stream ? drained(pcm, stream) : pcm
  await eachSpectralFrame(paced, sampleRate, signal, (frame) => {
    collector.push(frame)
    if (++frames % 100 === 0) onProgress?.(frames / 100)
  })
  return collector.finish()
}

/** The chunks of sound; before each the network has run on what came before. */
async function* drained(pcm: AsyncIterable<Float32Array>, stream: LikelihoodStream): AsyncGenerator<Float32Array> {
  for await (const chunk of pcm) {
    yield chunk
    await stream.drain()
  }
}

/** Padding, and what a reader adds beyond the end of a file, is not part of the music's rhythm. */
function withoutSilentEnd(features: SoundFeatures): SoundFeatures {
  const frameCount = features.peaks.findLastIndex((peak) => peak > 0) + 1
  const [low, mid, high] = features.flux
  return {
    ...features,
    frameCount,
    flux: [low.subarray(0, frameCount), mid.subarray(0, frameCount), high.subarray(0, frameCount)],
    loudnessDb: features.loudnessDb.subarray(0, frameCount),
  }
}

function definedOnly({ minTempo, maxTempo, tempoHint }: Partial<TempoRange>): Partial<TempoRange> {
  return Object.fromEntries(
    Object.entries({ minTempo, maxTempo, tempoHint }).filter(([, value]) => value !== undefined),
  )
}

/** The network may be so sure of a tempo that a hint does not move it; onsets alone do follow. */
function keepsToHint(times: number[], tempoHint: number): boolean {
  const bpm = tempoHint > 0 && times.length >= 2 ? tempoOfBeats(times) : null
  return bpm === null || Math.abs(Math.log2(bpm / tempoHint)) < 0.25
}

/** Drops the beats that the model carried into silence before and after the music. */
function withinSound(times: number[], { loudnessDb, frameRate }: SoundFeatures): number[] {
  const first = loudnessDb.findIndex((db) => db > AUDIBLE_DB)
  const last = loudnessDb.findLastIndex((db) => db > AUDIBLE_DB)
  if (first < 0) return []
  return times.filter((time) => time * frameRate > first - 5 && time * frameRate < last + 5)
}

/** A beat found up to 20 ms before the stretch is the one at its very edge. */
function timeWithin(time: number, durationSeconds: number): number | null {
  if (time < -0.02 || time > durationSeconds - 0.015) return null
  // Tenths of a millisecond: finer digits are noise, and would differ between machines.
  return Math.round(1e4 * Math.max(0, time)) / 1e4
}

/** The tempo chosen, then its half and double, the likelier first. */
function tempoReadings(tempo: TempoSalience, bpm: number): Beats['tempoCandidates'] {
  const reading = (wanted: number) => {
    // The playing may lie a little beside the exact double, and the grid too.
    const near = [0.98, 0.99, 1, 1.01, 1.02].map((factor) => tempo.salienceAt(factor * wanted))
    return { bpm: wanted, salience: Math.max(...near) }
  }
  const octaves = [reading(2 * bpm), reading(bpm / 2)]
  return [reading(bpm), ...octaves.sort((a, b) => b.salience - a.salience)]
}
