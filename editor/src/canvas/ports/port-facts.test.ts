import type { Display } from '@beatloom/core'
import { expect, it } from 'vitest'
import { translator } from '../../i18n/index.ts'
import { factsOfDisplays, factsText, shortValue } from './port-facts.ts'

it('T3: rate, frames and length of a clip are one line', () => {
  const clip = { frameRate: 16, frameCount: 3360, durationSeconds: 210 }
  expect(factsText(clip, translator('en'))).toBe('16 fps, 3360 frames, 3:30.00')
  expect(factsText(clip, translator('zh'))).toBe('16 fps, 3360 帧, 3:30.00')
})

it('T3: a song tells its length, sampling and tempo; nothing known gives nothing', () => {
  const song = { durationSeconds: 63.456, sampleRate: 44100, channels: 2, bpm: 120.5 }
  expect(factsText(song, translator('en'))).toBe('1:03.46, 44.1 kHz, 2 channels, 120.5 BPM')
  expect(factsText({}, translator('en'))).toBe('')
})

it('T4: long values are cut short', () => {
  expect(shortValue('a'.repeat(200))).toHaveLength(80)
  expect(shortValue(true)).toBe('true')
})

it('T3: beats and plans tell what a run has found out about them', () => {
  const beats: Display = {
    kind: 'beats',
    durationSeconds: 4,
    beats: [0, 1, 2],
    downbeats: [0],
    tempoBpm: 60.04,
    confidence: 1,
    peaks: [],
  }
  const found = factsOfDisplays([beats], 'BEATS')
  expect(factsText(found, translator('en'))).toBe('0:04.00, 60 BPM, 3 beats')
  expect(factsText({ shotCount: 12, frameRate: 30 }, translator('zh'))).toBe('30 fps, 12 个镜头')
  expect(factsOfDisplays([], 'SHOTS')).toEqual({})
})
