import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { type AudioClip, type Beats, describeNode } from '@beatloom/core'
import { runNode } from '@beatloom/core/testing'
import { createModelHost } from '@beatloom/models'
import { afterAll, describe, expect, it } from 'vitest'
import { detectBeats, withContext } from './detect-beats.ts'
import { scoreBeats } from './f-measure.ts'
import { shortenPeaks } from './show-beats.ts'

const samples = new URL('../../workflows/samples/', import.meta.url)
const truth = JSON.parse(await readFile(new URL('song.beats.json', samples), 'utf8')) as { beats: number[] }

/** A stretch of the sample song: 140 BPM throughout, its first beat at 0 s, exact by construction. */
const song = (startSeconds: number, durationSeconds: number): AudioClip => ({
  file: { path: fileURLToPath(new URL('song.mp3', samples)), sha256: '0'.repeat(64), name: 'song.mp3' },
  startSeconds,
  durationSeconds,
  soundSeconds: durationSeconds,
  sampleRate: 44_100,
  channels: 2,
})

const models = createModelHost({ folders: [], provider: 'cpu', threads: 2 })
afterAll(() => models.close())

const truthWithin = (start: number, seconds: number): number[] =>
  truth.beats.filter((time) => time >= start && time < start + seconds).map((time) => time - start)

describe('beats.detect', () => {
  it.each([
    [0, 8],
    [0, 3],
    [5.3, 3],
    [2.9, 5],
    [4, 15],
  ])('finds the beats of the sample song from %f s for %i s', async (start, seconds) => {
    const { beats } = (await runNode(detectBeats, { audio: song(start, seconds) }, {}, { models })) as unknown as {
      beats: Beats
    }
    const score = scoreBeats(beats.beats, truthWithin(start, seconds))
    expect(score.fMeasure).toBeGreaterThanOrEqual(0.9)
    expect(score.medianAbsoluteError).toBeLessThanOrEqual(0.01)
    expect(beats.tempoBpm).toBeCloseTo(140, 0)
    expect(beats.durationSeconds).toBe(seconds)
    expect(beats.envelopes.onset).toHaveLength(100 * seconds)
  })

  it('shows the waveform with its beats, and progress up to the end', async () => {
    const steps: [number, number][] = []
    const { beats, display } = await runNode(
      detectBeats,
      { audio: song(0, 8) },
      {},
      {
        progress: (step, all) => steps.push([step, all]),
      },
    )
    const [shown] = display
    expect(shown).toMatchObject({ kind: 'beats', durationSeconds: 8, beats: (beats as Beats).beats })
    const { peaks } = shown as { peaks: number[] }
    expect(peaks).toHaveLength(800)
    expect(Math.max(...peaks)).toBeGreaterThan(0.5)
    expect(steps.at(-1)?.[0]).toBe(steps.at(-1)?.[1])
  })

  it('W1: offers its meters in the order they are declared, though two of them look like numbers', () => {
    const meter = describeNode(detectBeats).params.find((param) => param.name === 'meter')
    expect(meter?.schema.enum).toEqual(['auto', '3', '4'])
  })

  it('refuses an impossible tempo range', () => {
    const problems = (params: Record<string, unknown>) =>
      detectBeats.check?.(detectBeats.params.parse(params)).map((problem) => problem.param)
    expect(problems({ minTempo: 120, maxTempo: 90 })).toEqual(['maxTempo'])
    expect(problems({ tempoHint: 40 })).toEqual(['tempoHint'])
    expect(problems({})).toEqual([])
  })
})

describe('withContext', () => {
  it('listens up to 10 s around the clip', () => {
    const { clip, startSeconds } = withContext(song(12, 8))
    expect(startSeconds).toBe(10)
    expect(clip).toMatchObject({ startSeconds: 2, durationSeconds: 28, soundSeconds: 28 })
    expect(withContext(song(3, 8)).startSeconds).toBe(3)
  })

  it('does not look for sound behind a padded end', () => {
    const { clip } = withContext({ ...song(0, 3), soundSeconds: 2 })
    expect(clip).toMatchObject({ durationSeconds: 3, soundSeconds: 2 })
  })
})

describe('shortenPeaks', () => {
  it('keeps the highest of each stretch', () => {
    expect(shortenPeaks(Float32Array.of(0, 0.5, 0.25, 1.5, 0, 0), 3)).toEqual([0.5, 1, 0])
    expect(shortenPeaks(Float32Array.of(0.1234), 3)).toEqual([0.123])
  })
})
