import { readMp3Frames } from './mp3-frames.ts'

/** How to read an MP3 file whose tag names another number of frames than there are. */
export interface MiscountedMp3 {
  /** Where reading begins, bytes: behind the tag, whose frame is no sound. */
  soundAt: number
  /** The stretch of what is decoded from there that is sound, samples; to the file's end where `endSample` is null. */
  startSample: number
  endSample: number | null
  /** Length of that stretch. */
  durationSeconds: number
}

/** Samples that every MP3 decoder is late: 528 of its filters and one of the encoder's. */
const DECODER_DELAY = 529

/**
 * ffmpeg believes the tag. Where it names too few frames, the encoder's padding is cut out in the middle of the sound and
 * all behind comes up to a frame early (11 ms at LAME's usual padding); any wrong number tells a wrong length. Such a file
 * is read from behind its tag, and cut by what was counted.
 * @returns null for an MP3 whose tag is right or absent: ffmpeg reads it as it should be.
 */
export async function miscountedMp3(path: string): Promise<MiscountedMp3 | null> {
  const frames = await readMp3Frames(path)
  if (!frames || frames.claimed === frames.count) return null
  const { soundAt, count, isWhole, samplesPerFrame, sampleRate, padding } = frames
  const startSample = padding ? padding.before + DECODER_DELAY : 0
  const decoded = count * samplesPerFrame
  // A file that was cut off, or to which another was added, does not end in this encoder's padding.
  const excess = padding && isWhole ? Math.max(0, padding.after - DECODER_DELAY) : 0
  const endSample = excess > 0 ? decoded - excess : null
  const durationSeconds = Math.max(0, (endSample ?? decoded) - startSample) / sampleRate
  return { soundAt, startSample, endSample, durationSeconds }
}
