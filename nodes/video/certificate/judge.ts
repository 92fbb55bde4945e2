import type { CertificateReason, SyncCertificate } from '@beatloom/core'
import type { NoComparison } from './cuts-to-beats.ts'

/**
 * The rule. Red is what was measured beyond one frame or 20 ms, whichever is more: below that nobody notices, and a
 * cut can only be placed to half a frame (ITU-R BT.1359: sound is noticed 45 ms early and 125 ms late).
 *
 * - What is counted or read needs no margin: frames, start times, lengths, the sound against its song (correlation
 *   finds it to 0.1 ms), cuts against their plan and their marks.
 * - An analysis of music errs by some milliseconds on single beats, now and then by half a beat. So single cuts against
 *   beats are reported and never judged; the median of all is, with its 95 % interval: red when the whole interval
 *   lies beyond the limit, good when it lies within, undecided between.
 * - Cuts that follow no beat, music without one, videos without cuts or sound: nothing can be said, and that is said.
 *   It is unknown, not green; a song to compare the sound with still makes green.
 * - Videos of others may begin or end their sound elsewhere than their picture; that alone desynchronises nothing.
 */
export type Measures = Omit<SyncCertificate, 'version' | 'verdict' | 'reasons'>

export interface JudgeOptions {
  /** Made by Beatloom: steady clock, both tracks from 0, equally long. */
  isOurs: boolean
  /** Why there is no `cutsToBeats`, where there is none. */
  why: NoComparison | null
  /** When sound and picture should end by the container, seconds; null where it does not say. */
  announcedPictureSeconds: number | null
}

const LEAST_LIMIT_MS = 20
/** In a video of others, a sound that ends this much before the picture, or after it, is cut off. */
const CUT_OFF_MS = 500
/** Measured on the sample song: with its AAC at 64 kb/s 0.99, at 32 kb/s 0.95; with other music, even of its tempo, below 0.2. */
const SAME_SONG = 0.5
/** AAC at 192 kb/s changes loudness by less than 0.1 LU; half a unit is heard by nobody. */
const SAME_LOUDNESS_LU = 0.5

export function judge(
  measures: Measures,
  options: JudgeOptions,
): { verdict: SyncCertificate['verdict']; reasons: CertificateReason[] } {
  const limitMs = Math.max(1e3 / measures.picture.frameRate, LEAST_LIMIT_MS)
  const reasons = [
    ...pictureReasons(measures, options),
    ...clockReasons(measures, options, limitMs),
    ...soundReasons(measures),
    ...sourceReasons(measures, limitMs),
    ...planReasons(measures, limitMs),
    ...beatReasons(measures, options, limitMs),
  ]
  const has = (level: CertificateReason['level']): boolean => reasons.some((one) => one.level === level)
  const verdict = has('red') ? 'red' : has('good') ? 'green' : 'unknown'
  // Once something else decides, what could not be told is only worth knowing.
  const told = reasons.map((one) => (one.level === 'unknown' && verdict !== 'unknown' ? asNote(one) : one))
  return { verdict, reasons: told.sort((a, b) => ORDER.indexOf(a.level) - ORDER.indexOf(b.level)) }
}

const ORDER: CertificateReason['level'][] = ['red', 'unknown', 'good', 'note']
const asNote = (reason: CertificateReason): CertificateReason => ({ ...reason, level: 'note' })
const reason = (level: CertificateReason['level'], code: string, text: string): CertificateReason => ({
  level,
  code,
  text,
})
/** Whole milliseconds from ten on; below, a tenth. */
const ms = (value: number): string => String(Math.abs(value) < 10 ? Math.round(10 * value) / 10 : Math.round(value))
const size = (value: number): string => ms(Math.abs(value))

function pictureReasons({ picture, planned }: Measures, options: JudgeOptions): CertificateReason[] {
  const { frames, announcedFrames, expectedFrames, missingFrames, frameRate, isSteady } = picture
  const found: CertificateReason[] = []
  if (announcedFrames > frames && !isTrimmed(picture, options)) {
    found.push(reason('red', 'frames_lost', `Of ${announcedFrames} frames only ${frames} can be decoded.`))
  }
  if (expectedFrames !== null && frames !== expectedFrames) {
    found.push(reason('red', 'frame_count', `The video has ${frames} frames; its plan has ${expectedFrames}.`))
  }
  if (missingFrames > 0) {
    found.push(reason('red', 'frames_missing', `Frames are missing between others: ${missingFrames}.`))
  }
  // Clocks in whole ticks are off by less than a thousandth.
  if (planned && Math.abs(frameRate / planned.frameRate - 1) > 1e-3) {
    const text = `The video shows ${frameRate} frames per second; its plan has ${planned.frameRate}.`
    found.push(reason('red', 'frame_rate', text))
  }
  if (!isSteady) {
    const level = options.isOurs ? 'red' : 'note'
    found.push(reason(level, 'frame_rate_varies', `The time from frame to frame varies, around ${frameRate} a second.`))
  }
  return found
}

/** An edit list shows only a part of the pictures, and the length it announces is what came. */
function isTrimmed({ lengthSeconds, startMs, frameRate }: Measures['picture'], options: JudgeOptions): boolean {
  const { announcedPictureSeconds } = options
  if (options.isOurs || announcedPictureSeconds === null) return false
  return Math.abs(startMs / 1e3 + lengthSeconds - announcedPictureSeconds) <= 1 / frameRate
}

function clockReasons(
  { startDifferenceMs, lengthDifferenceMs }: Measures,
  { isOurs }: JudgeOptions,
  limitMs: number,
): CertificateReason[] {
  const found: CertificateReason[] = []
  if (startDifferenceMs !== null && Math.abs(startDifferenceMs) > LEAST_LIMIT_MS) {
    const way = startDifferenceMs > 0 ? 'after' : 'before'
    const text = `The sound starts ${size(startDifferenceMs)} ms ${way} the picture.`
    found.push(reason(isOurs ? 'red' : 'note', 'starts_apart', text))
  }
  const endsMs = (startDifferenceMs ?? 0) + (lengthDifferenceMs ?? 0)
  if (lengthDifferenceMs !== null && Math.abs(endsMs) > 1.001 * limitMs) {
    const way = endsMs > 0 ? 'after' : 'before'
    const isRed = isOurs || Math.abs(endsMs) > CUT_OFF_MS
    found.push(reason(isRed ? 'red' : 'note', 'ends_apart', `The sound ends ${size(endsMs)} ms ${way} the picture.`))
  }
  return found
}

function soundReasons({ sound }: Measures): CertificateReason[] {
  if (!sound) return [reason('unknown', 'no_sound', 'The video has no sound, so there is nothing to agree with.')]
  if (sound.peakDb === null) return [reason('unknown', 'silent', 'The sound is silent from beginning to end.')]
  const found: CertificateReason[] = []
  if (sound.clippedRuns > 0) {
    const text = `The sound is clipped: full scale is held in ${sound.clippedRuns} places.`
    found.push(reason('note', 'clipped', text))
  }
  if (sound.silences.length > 0) {
    const seconds = sound.silences.reduce((sum, one) => sum + one.endSeconds - one.startSeconds, 0)
    const text = `The sound pauses for ${seconds.toFixed(1)} s in all, in ${sound.silences.length} places.`
    found.push(reason('note', 'pauses', text))
  }
  return found
}

function sourceReasons({ source }: Measures, limitMs: number): CertificateReason[] {
  if (!source) return []
  const { offsetMs, driftMs, match, loudnessDifferenceLu } = source
  if (match < SAME_SONG) {
    return [reason('red', 'other_sound', 'The sound of the video is not that of the song, or lies seconds off it.')]
  }
  const found: CertificateReason[] = []
  if (Math.abs(offsetMs) > LEAST_LIMIT_MS) {
    const way = offsetMs > 0 ? 'late' : 'early'
    const text = `The sound comes ${size(offsetMs)} ms ${way} against the song.`
    found.push(reason('red', offsetMs > 0 ? 'sound_late' : 'sound_early', text))
  } else if (driftMs > limitMs) {
    found.push(reason('red', 'sound_drifts', `The sound drifts by ${size(driftMs)} ms against the song.`))
  } else {
    const text = `The sound lies where the song has it, ${size(offsetMs)} ms off.`
    found.push(reason('good', 'sound_in_place', text))
  }
  if (loudnessDifferenceLu !== null && Math.abs(loudnessDifferenceLu) > SAME_LOUDNESS_LU) {
    const way = loudnessDifferenceLu > 0 ? 'louder' : 'quieter'
    const text = `The sound is ${Math.abs(loudnessDifferenceLu).toFixed(1)} LU ${way} than the song.`
    found.push(reason('note', 'loudness_changed', text))
  }
  return found
}

function planReasons({ planned, cutsToPlan, source }: Measures, limitMs: number): CertificateReason[] {
  if (!planned || !cutsToPlan || planned.cuts.length === 0) return []
  const { found: count, missed, unplanned, maxFrames, markShiftMs, markP95Ms } = cutsToPlan
  const found: CertificateReason[] = []
  if (missed.length > count && unplanned > count) {
    const text = `Cuts are elsewhere than planned: ${missed.length} of ${planned.cuts.length} are missing, ${unplanned} are not in the plan.`
    found.push(reason('red', 'cuts_off_plan', text))
  } else if (missed.length > 0) {
    const text = `Of ${planned.cuts.length} planned cuts ${missed.length} cannot be seen; the pictures there are alike.`
    found.push(reason('note', 'cuts_unseen', text))
  }
  if (count === 0) return found
  if (maxFrames > 1) {
    const text = `Cuts lie up to ${maxFrames} frames from where they were planned.`
    found.push(reason('red', 'cuts_off_plan', text))
  }
  if (markShiftMs === null || markP95Ms === null || !source) return found
  // Rounding to frames takes half a frame at most, so twice that is no rounding.
  if (Math.abs(markShiftMs) > limitMs || markP95Ms > 1.001 * limitMs) {
    const text = `Cuts lie ${size(markP95Ms)} ms from their marks in the song.`
    found.push(reason('red', 'cuts_off_marks', text))
  } else {
    const text = `Nineteen of twenty cuts lie within ${size(markP95Ms)} ms of their marks in the song.`
    found.push(reason('good', 'cuts_on_marks', text))
  }
  return found
}

const UNTOLD: Record<NoComparison, string> = {
  no_cuts: 'No hard cuts were found, so nothing marks the beat in the picture.',
  no_beat: 'No steady beat was found in the sound, so cuts cannot be compared with one.',
  few_cuts: 'There are too few cuts to compare with the beat: five are needed.',
  cuts_not_on_beats: 'The cuts do not follow the beat, so they say nothing about a shift.',
  off_beats: 'The cuts lie midway between the beats, which may be meant.',
}

function beatReasons({ sound, cutsToBeats }: Measures, { why }: JudgeOptions, limitMs: number): CertificateReason[] {
  if (!sound || sound.peakDb === null) return []
  if (!cutsToBeats) return why ? [reason('unknown', why, UNTOLD[why])] : []
  const { shiftMs, lowMs, highMs, count } = cutsToBeats
  const sure = `${count} cuts; 95 % sure of ${ms(lowMs)} to ${ms(highMs)} ms`
  const way = shiftMs >= 0 ? 'late' : 'early'
  if (lowMs > limitMs || highMs < -limitMs) {
    const text = `The picture comes ${size(shiftMs)} ms ${way} against the beat (${sure}).`
    return [reason('red', `picture_${way}`, text)]
  }
  if (lowMs >= -limitMs && highMs <= limitMs) {
    const text = `The cuts fall on the beat, ${size(shiftMs)} ms ${way} on the median (${sure}).`
    return [reason('good', 'cuts_on_beats', text)]
  }
  const text = `The cuts lie ${size(shiftMs)} ms ${way} on the median, too uncertain to judge (${sure}).`
  return [reason('unknown', 'shift_uncertain', text)]
}
