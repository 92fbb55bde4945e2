import type { Image } from '@beatloom/core'
import { describe, expect, it } from 'vitest'
import { scoreBeats, visualChange } from './rhythm.ts'
import { beatsOfMidi } from './tempo-map.ts'

const FRAME_RATE = 30
const SECONDS = 8

/** Grey frames whose brightness is a function of time, 0 … 255. */
function clip(brightness: (seconds: number) => number, seconds = SECONDS): Image[] {
  return Array.from({ length: seconds * FRAME_RATE }, (_, frame) => {
    const value = Math.min(255, Math.max(0, Math.round(brightness(frame / FRAME_RATE))))
    return { width: 32, height: 16, channels: 3, data: new Uint8Array(32 * 16 * 3).fill(value) }
  })
}

const beatsEvery = (interval: number, from = 0.2): number[] =>
  Array.from({ length: Math.floor((SECONDS - from) / interval) }, (_, i) => from + i * interval)

/** A pulse at each time that falls to 1/e in 0.16 s. */
const pulses = (times: number[], height: number) => (seconds: number) => {
  const since = seconds - (times.findLast((time) => time <= seconds) ?? Number.NEGATIVE_INFINITY)
  return 100 + height * Math.exp(-since / 0.16)
}

/** One at the frame of each time. */
function attacksAt(times: number[]): Float64Array {
  const attacks = new Float64Array(SECONDS * FRAME_RATE)
  for (const time of times) attacks[Math.round(time * FRAME_RATE)] = 1
  return attacks
}

describe('the picture against the beats', () => {
  const beats = beatsEvery(0.45)
  const scoresOf = (pulseTimes: number[], height = 60) =>
    scoreBeats(visualChange({ frames: clip(pulses(pulseTimes, height)) }), attacksAt(beats), beats, FRAME_RATE)

  it('is all hits and high contrast where light strikes on every beat', () => {
    const scores = scoresOf(beats)
    expect(scores.hit).toBe(1)
    // Three frames of 13.5 are within one of a beat.
    expect(scores.nullHit).toBeGreaterThan(0.12)
    expect(scores.nullHit).toBeLessThan(0.35)
    expect(scores.contrast).toBeGreaterThan(2.5)
    expect(Math.abs(scores.lag)).toBeLessThanOrEqual(1)
    expect(scores.alignment).toBeGreaterThan(scores.nullAlignment + 0.3)
    expect(scores.avAlign).toBe(1)
  })

  it('tells how late the picture comes', () => {
    const scores = scoresOf(beats.map((time) => time + 4 / FRAME_RATE))
    expect(scores.lag).toBeGreaterThanOrEqual(4)
    expect(scores.hit).toBeLessThan(0.3)
    expect(scores.avAlign).toBeLessThan(0.2)
  })

  it('gives no credit for pulses at another tempo, nor for stillness', () => {
    const other = scoresOf(beatsEvery(0.611, 0.33))
    expect(other.hit - other.nullHit).toBeLessThan(0.25)
    const still = scoresOf(beats, 0)
    expect(still.hit).toBe(0)
    expect(still.contrast).toBeCloseTo(1, 5)
  })
})

it('reads beats from a MIDI tempo map', () => {
  // 480 ticks to the beat; 500,000 µs per beat, after two beats 250,000 µs per beat.
  const track = [0, 0xff, 0x51, 3, 0x07, 0xa1, 0x20, 0x87, 0x40, 0xff, 0x51, 3, 0x03, 0xd0, 0x90, 0, 0xff, 0x2f, 0]
  const header = [0x4d, 0x54, 0x68, 0x64, 0, 0, 0, 6, 0, 0, 0, 1, 0x01, 0xe0]
  const bytes = Uint8Array.from([...header, 0x4d, 0x54, 0x72, 0x6b, 0, 0, 0, track.length, ...track])
  expect(beatsOfMidi(bytes, 2)).toEqual([0, 0.5, 1, 1.25, 1.5, 1.75])
})
