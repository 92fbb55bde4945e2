import { fileURLToPath } from 'node:url'
import { type AudioClip, type Beats, describeNode } from '@beatloom/core'
import { runNode } from '@beatloom/core/testing'
import { describe, expect, it } from 'vitest'
import { editBeats } from './edit-beats.ts'

const loudness = Float32Array.from({ length: 400 }, (_, t) => t / 400)
const beats: Beats = {
  durationSeconds: 4,
  beats: [0, 1, 2, 3],
  downbeats: [0, 2],
  tempoBpm: 60,
  meter: 2,
  confidence: 0.8,
  tempoCandidates: [{ bpm: 60, salience: 1 }],
  envelopes: { rate: 100, onset: loudness, bass: loudness, mid: loudness, high: loudness, loudness },
}
const song: AudioClip = {
  file: {
    path: fileURLToPath(new URL('../../workflows/samples/song.mp3', import.meta.url)),
    sha256: '0'.repeat(64),
    name: 'song.mp3',
  },
  startSeconds: 0,
  durationSeconds: 4,
  soundSeconds: 4,
  sampleRate: 44_100,
  channels: 2,
}

describe('beats.edit', () => {
  it('hands on beats without changes as they are', async () => {
    const { beats: same, display } = await runNode(editBeats, { beats })
    expect(same).toBe(beats)
    expect(display).toHaveLength(1)
  })

  it('carries out changes and shows the result, with its loudness where there is no sound', async () => {
    const edits = [{ do: 'add', at: 1.5 }]
    const { beats: edited, display } = await runNode(editBeats, { beats }, { edits })
    expect(edited.beats).toEqual([0, 1, 1.5, 2, 3])
    expect(display).toMatchObject([{ kind: 'beats', durationSeconds: 4, beats: [0, 1, 1.5, 2, 3], downbeats: [0, 2] }])
    const [shown] = display as { peaks: number[] }[]
    expect(shown?.peaks[200]).toBe(0.5)
  })

  it('shows the waveform of the sound', async () => {
    const { display } = await runNode(editBeats, { beats, audio: song })
    const [shown] = display as { peaks: number[] }[]
    expect(shown?.peaks).toHaveLength(1200)
    expect(Math.max(...(shown?.peaks ?? []))).toBeGreaterThan(0.3)
  })

  it('names changes that found no beat, and makes the others', async () => {
    const edits = [
      { do: 'remove', at: 1.4 },
      { do: 'remove', at: 3.05 },
      { do: 'move', at: 2.5, to: 2 },
    ]
    const { beats: edited, display } = await runNode(editBeats, { beats }, { edits })
    expect(edited.beats).toEqual([0, 1, 2])
    expect(display[1]).toEqual({
      kind: 'note',
      code: 'edits_unmatched',
      text: 'Changes that found no beat within 70 ms of their time, and are kept without effect: 1.40 s, 2.50 s.',
    })
  })

  it('names five of many', async () => {
    const edits = Array.from({ length: 8 }, () => ({ do: 'remove', at: 1.4 }))
    const { display } = await runNode(editBeats, { beats }, { edits })
    expect(display[1]).toMatchObject({ text: expect.stringMatching(/: (?:1\.40 s, ){4}1\.40 s and 3 more\.$/) })
  })

  it('refuses a sound that the beats are not of, and takes one that is off by less than a frame', async () => {
    const other = { ...song, durationSeconds: 4.05, soundSeconds: 4.05 }
    await expect(runNode(editBeats, { beats, audio: other }, {})).rejects.toMatchObject({
      code: 'input_invalid',
      message: 'The beats are of 4.00 s of sound and this sound lasts 4.05 s: link the beats of this very sound.',
    })
    const near = { ...song, durationSeconds: 4.04, soundSeconds: 4.04 }
    expect((await runNode(editBeats, { beats, audio: near }, {})).beats).toBe(beats)
  })

  it('is bypassed by the beats it was given, and has a widget of its own', () => {
    const { passThrough, params } = describeNode(editBeats)
    expect(passThrough).toEqual({ beats: 'beats' })
    expect(params).toMatchObject([{ name: 'edits', widget: 'beats', default: [] }])
  })

  it('refuses changes it does not know', () => {
    expect(editBeats.params.safeParse({ edits: [{ do: 'sing', at: 1 }] }).success).toBe(false)
  })
})
