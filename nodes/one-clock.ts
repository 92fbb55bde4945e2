import { AppError, type AudioClip, type Beats, SLOWEST_USUAL_RATE } from '@beatloom/core'

/** A thousandth of a frame for the rounding of seconds. */
const ONE_FRAME = 1.001

/**
 * Picture and sound may differ by at most a frame.
 * @throws {AppError} `input_invalid`, saying which side is longer and what to change.
 */
export function requireOneClock(
  { frameCount, frameRate }: { frameCount: number; frameRate: number },
  audio: AudioClip,
): void {
  const pictureSeconds = frameCount / frameRate
  const soundSeconds = audio.durationSeconds
  if (Math.abs(pictureSeconds - soundSeconds) <= ONE_FRAME / frameRate) return
  const spoken = (seconds: number) => `${Number(seconds.toFixed(3))} s`
  throw new AppError(
    'input_invalid',
    `The picture lasts ${spoken(pictureSeconds)} and the sound ${spoken(soundSeconds)}: give the sound ${spoken(pictureSeconds)} with Fit sound, or make ${Math.round(soundSeconds * frameRate)} frames.`,
    { details: { pictureSeconds, soundSeconds } },
  )
}

/**
 * A plan is of one sound, and of no other.
 * @throws {AppError} `input_invalid` where they differ by more than a frame of the plan.
 */
export function requirePlanOfSound(
  { durationSeconds, frameRate }: { durationSeconds: number; frameRate: number },
  audio: AudioClip,
): void {
  const soundSeconds = audio.durationSeconds
  if (Math.abs(durationSeconds - soundSeconds) <= ONE_FRAME / frameRate) return
  const spoken = (seconds: number) => seconds.toFixed(2)
  throw new AppError(
    'input_invalid',
    `The plan is of ${spoken(durationSeconds)} s of sound and this sound lasts ${spoken(soundSeconds)} s: link the sound that the plan was made of, or give this one its length with Fit sound.`,
    { details: { planSeconds: durationSeconds, soundSeconds } },
  )
}

/** Why beats and sound do not belong together; null where they are as long as each other to within a frame. */
export function differentLengths(beatsSeconds: number, audioSeconds: number, frameRate: number): string | null {
  if (Math.abs(beatsSeconds - audioSeconds) * frameRate <= 1 + 1e-6) return null
  const seconds = (value: number): string => value.toFixed(2)
  return `The beats are of ${seconds(beatsSeconds)} s of sound and this sound lasts ${seconds(audioSeconds)} s: link the beats of this very sound.`
}

/**
 * @param frameRate of the pictures that go with them; where there are none, as in the check before a run.
 * @throws {AppError} `input_invalid` where beats are of another sound than the one beside them.
 */
export function requireBeatsOfSound(beats: Beats, audio: AudioClip, frameRate = SLOWEST_USUAL_RATE): void {
  const refusal = differentLengths(beats.durationSeconds, audio.durationSeconds, frameRate)
  if (refusal !== null) throw new AppError('input_invalid', refusal)
}
