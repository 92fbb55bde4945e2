import { runNode } from '@beatloom/core/testing'
import { handleOf, makeMedia, type ScratchFolder, scratchFolder } from '@beatloom/media/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { loadAudio } from './load-audio.ts'

let folder: ScratchFolder
beforeAll(async () => {
  folder = await scratchFolder()
  await makeMedia(folder.file('ten.wav'), '-f', 'lavfi', '-i', 'sine=300:d=10')
  await makeMedia(folder.file('two.wav'), '-f', 'lavfi', '-i', 'sine=300:d=2')
})
afterAll(() => folder.remove())

const files = { resolve: (reference: string) => handleOf(folder.file(reference)) }

it('takes 8 s from the start unless told otherwise, and shows the waveform', async () => {
  const { audio, display } = await runNode(loadAudio, {}, { file: 'ten.wav' }, { files })
  expect(audio).toMatchObject({ startSeconds: 0, durationSeconds: 8, soundSeconds: 8, channels: 1 })
  expect(display).toMatchObject([{ kind: 'audio', startSeconds: 0, durationSeconds: 8 }])
  const peaks = (display[0] as { peaks: number[] }).peaks
  expect(peaks.length).toBe(400)
  // lavfi's sine has an amplitude of 1/8.
  for (const peak of peaks) expect(peak).toBeCloseTo(0.125, 2)
})

it('gives the rest of a song that ends early, and says so', async () => {
  const { audio, display } = await runNode(loadAudio, {}, { file: 'ten.wav', startSeconds: 6 }, { files })
  expect(audio).toMatchObject({ startSeconds: 6, durationSeconds: 4 })
  expect(display[1]).toMatchObject({ kind: 'note', code: 'audio_shorter' })
})

it('pads a song of 2 s to 3 s, and says so; the waveform ends in silence', async () => {
  const { audio, display } = await runNode(loadAudio, {}, { file: 'two.wav' }, { files })
  expect(audio).toMatchObject({ durationSeconds: 3, soundSeconds: 2 })
  expect(display[1]).toMatchObject({ kind: 'note', code: 'audio_padded' })
  const peaks = (display[0] as { peaks: number[] }).peaks
  expect(peaks[200]).toBeGreaterThan(0.1)
  expect(peaks[300]).toBe(0)
})

it('takes all of a song, to its last sample and not padded, for a length of 0', async () => {
  const whole = await runNode(loadAudio, {}, { file: 'two.wav', durationSeconds: 0 }, { files })
  expect(whole.audio).toMatchObject({ startSeconds: 0, durationSeconds: 2, soundSeconds: 2 })
  expect(whole.display.filter((item) => item.kind === 'note')).toEqual([])
  const rest = await runNode(loadAudio, {}, { file: 'ten.wav', startSeconds: 7.5, durationSeconds: 0 }, { files })
  expect(rest.audio).toMatchObject({ startSeconds: 7.5, durationSeconds: 2.5 })
})
