/** Sounds with known beats, made from numbers alone; for tests and for measuring the tracker's timing. */

export const SAMPLE_RATE = 44_100

export interface Hit {
  /** Seconds. */
  time: number
  sound: 'click' | 'kick' | 'snare' | 'hat' | 'pluck'
  gain?: number
  /** Of a pluck. */
  hz?: number
}

/** Random numbers 0 … 1 that are the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Mixes the hits into mono sound. */
export function render(hits: readonly Hit[], durationSeconds: number): Float32Array {
  const out = new Float32Array(Math.round(durationSeconds * SAMPLE_RATE))
  const noise = randomFrom(7)
  for (const { time, sound, gain = 1, hz = 440 } of hits) {
    const start = Math.round(time * SAMPLE_RATE)
    const length = Math.min(out.length - start, Math.round(LENGTH_SECONDS[sound] * SAMPLE_RATE))
    for (let i = Math.max(0, -start); i < length; i++) {
      out[start + i] = (out[start + i] as number) + 0.5 * gain * voice(sound, i / SAMPLE_RATE, hz, noise)
    }
  }
  return out
}

const LENGTH_SECONDS: Record<Hit['sound'], number> = { click: 0.02, kick: 0.25, snare: 0.15, hat: 0.06, pluck: 0.6 }

/** `t` seconds into the sound. */
function voice(sound: Hit['sound'], t: number, hz: number, noise: () => number): number {
  const tone = (frequency: number) => Math.sin(2 * Math.PI * frequency * t)
  const hiss = () => 2 * noise() - 1
  switch (sound) {
    case 'click':
      return tone(1000) * Math.exp(-t / 0.005)
    case 'kick':
      return Math.sin(2 * Math.PI * (50 * t + 4 * (1 - Math.exp(-t / 0.02)))) * Math.exp(-t / 0.08)
    case 'snare':
      return (0.6 * hiss() + 0.4 * tone(190)) * Math.exp(-t / 0.05)
    case 'hat':
      return 0.5 * hiss() * Math.exp(-t / 0.015)
    case 'pluck':
      return 0.5 * (tone(hz) + 0.5 * tone(2 * hz) + 0.25 * tone(3 * hz)) * Math.exp(-t / 0.25)
  }
}

/** Times of a steady beat from `offset` on, each moved by up to ±`jitter` seconds. */
export function steadyBeats(bpm: number, durationSeconds: number, offset = 0, jitter = 0, seed = 1): number[] {
  const random = randomFrom(seed)
  const times: number[] = []
  for (let i = 0; offset + (60 / bpm) * i < durationSeconds - 0.02; i++) {
    times.push(Math.max(0, offset + (60 / bpm) * i + jitter * (2 * random() - 1)))
  }
  return times
}

/** Kick, snare, eighth-note hats and a bass and chord that change with each bar. */
export function drumLoop(beats: readonly number[], meter: 3 | 4, durationSeconds: number): Float32Array {
  const roots = [110, 146.83, 164.81, 130.81]
  const hits = beats.flatMap((time, i): Hit[] => {
    const position = i % meter
    const root = roots[Math.floor(i / meter) % roots.length] as number
    const gap = (beats[i + 1] ?? time + (time - (beats[i - 1] ?? 0))) - time
    const backbeat = meter === 4 ? position % 2 === 1 : position > 0
    return [
      { time, sound: 'hat' },
      { time: time + gap / 2, sound: 'hat', gain: 0.5 },
      backbeat ? { time, sound: 'snare', gain: 0.8 } : { time, sound: 'kick' },
      { time, sound: 'pluck', hz: root, gain: position === 0 ? 0.8 : 0.5 },
      { time, sound: 'pluck', hz: root * 3, gain: 0.3 },
      { time, sound: 'pluck', hz: root * 3.78, gain: 0.3 },
    ]
  })
  return render(hits, durationSeconds)
}

/** As a decoder hands it over. */
export async function* inChunks(samples: Float32Array, size = 4096): AsyncGenerator<Float32Array> {
  for (let start = 0; start < samples.length; start += size) yield samples.subarray(start, start + size)
}
