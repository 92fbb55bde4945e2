import { type AudioClip, CancelledError } from '@beatloom/core'
import { miscountedMp3 } from './miscounted-mp3.ts'
import { startFfmpeg } from './run-ffmpeg.ts'
import { safeInput } from './safe-input.ts'
import { sniffFile } from './sniff.ts'

export interface PcmOptions {
  /** Samples per second of the result; the clip's own when absent. */
  sampleRate?: number
  /** 1: the mean of left and right. 2: stereo, a mono file on both sides. */
  channels: 1 | 2
}

/** Which stretch of a file to decode: `lengthSeconds` from `startSeconds` on. */
export interface Stretch {
  path: string
  startSeconds: number
  lengthSeconds: number
  /** Channels of the file. */
  channels: number
}

/** Frames (one sample per channel) in a chunk. */
const CHUNK_FRAMES = 16_384

/**
 * Decodes a clip to interleaved float samples, nominally −1 … 1, in chunks of at most 16,384 frames; each chunk is
 * the reader's to keep. Exactly `round(durationSeconds · sampleRate)` frames come, silence after `soundSeconds`.
 * Encoder delay is trimmed where the file tells it (LAME and iTunes tags, Ogg, M4A edit lists), so time 0 is the
 * first sample the musician heard; a tag that names a wrong number of frames changes nothing about that.
 * @throws {AppError} `media_unreadable`, `file_missing`, `ffmpeg_missing`, `run_cancelled`.
 */
export async function* readPcm(
  clip: AudioClip,
  options: PcmOptions,
  signal: AbortSignal,
): AsyncGenerator<Float32Array, void, undefined> {
  const rate = options.sampleRate ?? clip.sampleRate
  const total = Math.round(clip.durationSeconds * rate)
  const sounding = Math.min(total, Math.round(clip.soundSeconds * rate))
  let frames = 0
  if (sounding > 0) {
    const stretch: Stretch = {
      path: clip.file.path,
      startSeconds: clip.startSeconds,
      lengthSeconds: clip.soundSeconds,
      channels: clip.channels,
    }
    for await (const chunk of decodeStretch(stretch, { ...options, sampleRate: rate }, signal)) {
      const wanted = Math.min(chunk.length / options.channels, sounding - frames)
      if (wanted <= 0) break
      frames += wanted
      yield chunk.subarray(0, wanted * options.channels)
    }
  }
  while (frames < total) {
    if (signal.aborted) throw new CancelledError()
    const silent = Math.min(CHUNK_FRAMES, total - frames)
    frames += silent
    yield new Float32Array(silent * options.channels)
  }
}

/** Decodes what the file has in a stretch; it may end early, and the last sample may be off by one in length. */
export async function* decodeStretch(
  stretch: Stretch,
  options: Required<PcmOptions>,
  signal: AbortSignal,
): AsyncGenerator<Float32Array, void, undefined> {
  const { input, filters } = await stretchArguments(stretch)
  const chain = [...filters, ...mixFilters(stretch.channels, options.channels), `aresample=${options.sampleRate}`]
  const output = ['-map', '0:a:0', '-af', chain.join(','), '-f', 'f32le', '-acodec', 'pcm_f32le', 'pipe:1']
  const ffmpeg = await startFfmpeg(['-loglevel', 'error', ...input, ...output], {
    signal,
    purpose: 'read',
    stdout: true,
  })
  try {
    yield* floats(ffmpeg.stdout, options.channels)
    await ffmpeg.finished()
  } finally {
    await ffmpeg.stop()
  }
}

/** Time is the number of samples so far, in ticks of one sample: containers round, and some start late. */
const SAMPLE_CLOCK = 'asettb=1/sr,asetpts=N'

/**
 * How to read a stretch sample-exactly. MP3 and raw AAC have no index, and a seek in them lands where the bit rate
 * says it should, so they are decoded from their start (some 500 times faster than real time) and cut by a filter.
 */
export async function stretchArguments(stretch: Stretch): Promise<{ input: string[]; filters: string[] }> {
  const format = await sniffFile(stretch.path)
  const file = safeInput(stretch.path, format)
  const start = seconds(stretch.startSeconds)
  const length = seconds(stretch.lengthSeconds)
  if (format === 'mp3' || format === 'aac') {
    const end = seconds(stretch.startSeconds + stretch.lengthSeconds)
    const cut = [SAMPLE_CLOCK, `atrim=start=${start}:end=${end}`, 'asetpts=N']
    const miscounted = format === 'mp3' ? await miscountedMp3(stretch.path) : null
    if (!miscounted) return { input: file, filters: cut }
    const { soundAt, startSample, endSample } = miscounted
    const sound = `atrim=start_sample=${startSample}${endSample === null ? '' : `:end_sample=${endSample}`}`
    return { input: ['-skip_initial_bytes', String(soundAt), ...file], filters: [sound, ...cut] }
  }
  const seek = stretch.startSeconds > 0 ? ['-ss', start] : []
  return { input: [...seek, ...file], filters: [SAMPLE_CLOCK, `atrim=end=${length}`] }
}

/** Filters that bring `from` channels to one or two without changing loudness: ffmpeg's own mono to stereo takes 3 dB. */
export function mixFilters(from: number, to: 1 | 2): string[] {
  if (from === 1) return to === 1 ? [] : ['pan=stereo|c0=c0|c1=c0']
  const stereo = 'aformat=channel_layouts=stereo'
  return to === 2 ? [stereo] : [stereo, 'pan=mono|c0=0.5*c0+0.5*c1']
}

/** Microseconds are finer than half a sample at 384 kHz. */
function seconds(value: number): string {
  return value.toFixed(6)
}

async function* floats(bytes: AsyncIterable<Buffer>, channels: number): AsyncGenerator<Float32Array> {
  const frameBytes = 4 * channels
  let rest: Buffer = Buffer.alloc(0)
  for await (const part of bytes) {
    const joined = rest.length === 0 ? part : Buffer.concat([rest, part])
    const whole = joined.length - (joined.length % frameBytes)
    rest = joined.subarray(whole)
    for (let at = 0; at < whole; at += CHUNK_FRAMES * frameBytes) {
      // Copied: the bytes may lie unaligned, and belong to the stream.
      const chunk = new Uint8Array(joined.subarray(at, Math.min(whole, at + CHUNK_FRAMES * frameBytes)))
      yield new Float32Array(chunk.buffer, 0, chunk.length / 4)
    }
  }
}
