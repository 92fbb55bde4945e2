import type { Ending } from './end-notices.ts'

/** Two soft notes: upwards for success, downwards for failure. Hz. */
const NOTES: Record<Ending, [number, number]> = { success: [587.3, 880], failure: [440, 311.1] }
const NOTE_SECONDS = 0.22
const LOUDNESS = 0.12

/** Plays without any file; a browser that forbids sound before the first press stays silent. */
export function playChime(ending: Ending): void {
  const context = new AudioContext()
  for (const [index, hertz] of NOTES[ending].entries()) {
    const start = context.currentTime + index * NOTE_SECONDS * 0.8
    const tone = context.createOscillator()
    const level = context.createGain()
    tone.frequency.value = hertz
    level.gain.setValueAtTime(0, start)
    level.gain.linearRampToValueAtTime(LOUDNESS, start + 0.02)
    level.gain.exponentialRampToValueAtTime(0.0001, start + NOTE_SECONDS * 2)
    tone.connect(level).connect(context.destination)
    tone.start(start)
    tone.stop(start + NOTE_SECONDS * 2)
    if (index === 1) tone.onended = () => void context.close()
  }
}
