import type { AudioClip } from '@beatloom/core'

/** What lies from one second of a clip to another; beyond its sound it is silent, as the clip is. */
export function partOfAudio(audio: AudioClip, from: number, to: number): AudioClip {
  const durationSeconds = to - from
  const soundSeconds = Math.min(durationSeconds, Math.max(0, audio.soundSeconds - from))
  return { ...audio, startSeconds: audio.startSeconds + from, durationSeconds, soundSeconds }
}
