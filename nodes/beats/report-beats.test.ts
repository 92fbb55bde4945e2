import { type Beats, Blocked } from '@beatloom/core'
import { runNode } from '@beatloom/core/testing'
import { expect, it } from 'vitest'
import { reportBeats } from './report-beats.ts'

const none = new Float32Array(0)
const beats: Beats = {
  durationSeconds: 8,
  beats: [0.5, 1.00004, 1.5, 2, 2.5],
  downbeats: [0.5, 2.5],
  tempoBpm: 120.04,
  meter: 4,
  confidence: 0.816,
  tempoCandidates: [
    { bpm: 120.04, salience: 1 },
    { bpm: 60.02, salience: 0.5 },
  ],
  envelopes: { rate: 100, onset: none, bass: none, mid: none, high: none, loudness: none },
}

it('says tempo, meter, counts, confidence and other readings', async () => {
  const { text, tempo, json } = await runNode(reportBeats, { beats })
  expect(text).toBe('120 BPM, 4 beats to the bar, 5 beats and 2 bars in 8 s, confidence 82 %, other readings: 60 BPM')
  expect(tempo).toBe(120.04)
  expect(JSON.parse(json as string)).toMatchObject({
    tempoBpm: 120.04,
    beats: [0.5, 1, 1.5, 2, 2.5],
    downbeats: [0.5, 2.5],
  })
})

it('gives no tempo where there is none', async () => {
  const silent = { ...beats, beats: [], downbeats: [], tempoBpm: null, meter: null, confidence: 0, tempoCandidates: [] }
  const { text, tempo } = await runNode(reportBeats, { beats: silent })
  expect(text).toBe('No steady beat in 8 s of sound (confidence 0 %).')
  expect(tempo).toBeInstanceOf(Blocked)
})
