import { type AudioClip, type Beats, factsOfValue } from '@beatloom/core'
import { runNode } from '@beatloom/core/testing'
import { expect, it } from 'vitest'
import { splitAudio } from './split-audio.ts'

const clip = (durationSeconds: number, soundSeconds = durationSeconds): AudioClip => ({
  file: { path: '/song.wav', name: 'song.wav', sha256: '0'.repeat(64) },
  startSeconds: 20,
  durationSeconds,
  soundSeconds,
  sampleRate: 44_100,
  channels: 2,
})
/** Of the sound that is cut. */
const bars = (...downbeats: number[]) => ({ downbeats }) as Beats

async function split(audio: AudioClip, params: { at?: number; frameRate?: 24 | 30 } = {}, beats?: Beats) {
  const ownBeats = beats && { ...beats, durationSeconds: beats.durationSeconds ?? audio.durationSeconds }
  const inputs = ownBeats ? { audio, beats: ownBeats } : { audio }
  const { first, second } = await runNode(splitAudio, inputs, params)
  return { first: first as AudioClip, second: second as AudioClip }
}

it('cuts where it is told, and the parts are the whole', async () => {
  const { first, second } = await split(clip(8))
  expect(first).toMatchObject({ startSeconds: 20, durationSeconds: 4 })
  expect(second).toMatchObject({ startSeconds: 24, durationSeconds: 4 })
})

it('cuts on the nearest bar line, where one is near', async () => {
  expect((await split(clip(8), {}, bars(0, 1.7, 3.43, 5.1))).first.durationSeconds).toBeCloseTo(103 / 30, 9)
  expect((await split(clip(8), { at: 0.6 }, bars(0, 1.7, 3.43, 5.1))).first.durationSeconds).toBeCloseTo(5.1, 9)
  expect((await split(clip(8), {}, bars(0, 1))).first.durationSeconds).toBe(4)
  expect((await split(clip(8), {}, bars())).first.durationSeconds).toBe(4)
})

it('gives both shots whole frames, as many together as the sound takes', async () => {
  for (const frameRate of [24, 30] as const) {
    for (const duration of [3, 4.99, 7.3, 8.017, 15]) {
      for (const at of [0.1, 0.337, 0.5, 0.9]) {
        const { first, second } = await split(clip(duration), { at, frameRate })
        const [a, b] = [first.durationSeconds * frameRate, second.durationSeconds * frameRate]
        expect(a).toBeCloseTo(Math.round(a), 6)
        expect(Math.round(a) + Math.round(b)).toBe(Math.round(duration * frameRate))
      }
    }
  }
})

it('keeps the silence behind a short song', async () => {
  const { first, second } = await split(clip(8, 3))
  expect([first.soundSeconds, second.soundSeconds]).toEqual([3, 0])
})

it('says beforehand what it gives; where bar lines decide, the sum is still exact', async () => {
  const params = splitAudio.params.parse({ at: 0.4 })
  const audio = clip(7)
  const { first, second } = await split(audio, { at: 0.4 })
  const facts = splitAudio.facts?.({ audio: factsOfValue('AUDIO', audio) }, params, {})
  const exactly = { durationErrorSeconds: 0 }
  expect(facts).toEqual({
    first: { ...factsOfValue('AUDIO', first), ...exactly },
    second: { ...factsOfValue('AUDIO', second), ...exactly },
  })
  const onBars = await split(audio, { at: 0.4 }, bars(0, 2, 4, 6))
  expect(onBars.first.durationSeconds).toBe(2)
  expect(onBars.first.durationSeconds + onBars.second.durationSeconds).toBeCloseTo(
    (facts?.first?.durationSeconds as number) + (facts?.second?.durationSeconds as number),
    9,
  )
})

it('refuses a sound of less than two frames', async () => {
  await expect(split(clip(0.03))).rejects.toThrowError('too short to be cut in two')
})

it('refuses the beats of another sound', async () => {
  const others = { ...bars(0, 2, 4), durationSeconds: 6 }
  await expect(split(clip(8), {}, others)).rejects.toThrowError('link the beats of this very sound')
})
