import { fileURLToPath } from 'node:url'
import type { AudioClip, Beats, Display, Image, ShotEdit, Shots } from '@beatloom/core'
import { runNode } from '@beatloom/core/testing'
import { describe, expect, it } from 'vitest'
import { detectBeats } from '../beats/detect-beats.ts'
import { planShots } from './plan-shots.ts'

const song = (durationSeconds: number): AudioClip => ({
  file: {
    path: fileURLToPath(new URL('../../workflows/samples/song.mp3', import.meta.url)),
    sha256: '0'.repeat(64),
    name: 'song.mp3',
  },
  startSeconds: 0,
  durationSeconds,
  soundSeconds: durationSeconds,
  sampleRate: 44_100,
  channels: 2,
})
const audio = song(15)
const { beats } = (await runNode(detectBeats, { audio })) as unknown as { beats: Beats }
const silence = (seconds: number): Beats => {
  const none = new Float32Array(Math.round(100 * seconds))
  const envelopes = { rate: 100, onset: none, bass: none, mid: none, high: none, loudness: none }
  return {
    ...beats,
    durationSeconds: seconds,
    beats: [],
    downbeats: [],
    tempoBpm: null,
    meter: null,
    sections: [],
    onsets: [],
    envelopes,
  }
}

interface Planned {
  shots: Shots
  display: Display[]
  shown: Extract<Display, { kind: 'shots' }>
  notes: string[]
}

async function plan(
  params: Record<string, unknown> = {},
  inputs: { images?: Image[]; beats?: Beats } = {},
): Promise<Planned> {
  const { shots, display } = await runNode(planShots, { audio, beats, ...inputs }, params)
  const shown = display.find((item) => item.kind === 'shots') as Planned['shown']
  return { shots, display, shown, notes: display.flatMap((item) => (item.kind === 'note' ? [item.text] : [])) }
}

describe('shots.plan', () => {
  it('cuts the sample song on its bar lines and shows the plan with its beats and waveform', async () => {
    const { shots, shown, display, notes } = await plan({ prompts: 'neon rain', frameRate: 24 })
    expect(shots).toMatchObject({ durationSeconds: 15, frameRate: 24, frameCount: 360 })
    expect(shots.shots.length).toBeGreaterThan(2)
    for (const { markSeconds } of shots.shots.slice(1)) expect(beats.downbeats).toContain(markSeconds)
    expect(shown).toMatchObject({
      shots: shots.shots,
      planned: shots.shots,
      beats: beats.beats,
      downbeats: beats.downbeats,
    })
    expect(shown.sound).toEqual({ file: audio.file, startSeconds: 0 })
    expect(shown.peaks).toHaveLength(1200)
    expect(Math.max(...shown.peaks)).toBeGreaterThan(0.5)
    expect(display).toContainEqual({
      kind: 'text',
      spoken: true,
      text: expect.stringMatching(/^Shots: \d+, from \d\.\d to \d\.\d s long\.$/),
    })
    expect(notes).toEqual([])
  })

  it('carries out what was changed by hand, shows what was planned beside it, and says what found no place', async () => {
    const edits: ShotEdit[] = [
      { do: 'lock', from: 4, to: 7, prompt: 'kept', seed: '9' },
      { do: 'cut', at: 5000 },
      { do: 'set', at: 0.5, starred: true },
    ]
    const { shots, shown, notes } = await plan({ edits })
    expect(shots.shots.find(({ locked }) => locked)).toMatchObject({
      startFrame: 120,
      endFrame: 210,
      prompt: 'kept',
      seed: '9',
    })
    expect(shots.shots[0]?.starred).toBe(true)
    expect(shown.planned.some(({ locked, starred }) => locked || starred)).toBe(false)
    expect(notes).toEqual(['Changes by hand that find nothing to change here, and are kept: 1.'])
  })

  it('splits shots that edits make longer than the model can', async () => {
    const plain = await plan({ shortest: 2, longest: 4 })
    const edits = plain.shots.shots.slice(1).map(({ startSeconds }): ShotEdit => ({ do: 'join', at: startSeconds }))
    const { shots } = await plan({ shortest: 2, longest: 4, edits, partSeconds: 5 })
    expect(shots.shots.map(({ continues }) => continues)).toEqual([false, ...shots.shots.slice(1).map(() => true)])
    for (const { startSeconds, endSeconds } of shots.shots) expect(endSeconds - startSeconds).toBeLessThanOrEqual(5)
  })

  it('goes round the pictures that are linked', async () => {
    const image: Image = { width: 1, height: 1, channels: 3, data: new Uint8Array(3) }
    const { shots } = await plan({}, { images: [image, image] })
    expect(new Set(shots.shots.map(({ picture }) => picture))).toEqual(new Set([0, 1]))
  })

  it('says which prompts are never used and which sections the music does not have', async () => {
    const { shots, notes } = await plan({ prompts: `${'a\n'.repeat(50)}[bridge] b` })
    expect(notes).toEqual([
      `Prompts that no shot uses: ${51 - shots.shots.length}.`,
      'Sections that prompts name and this music does not have: "bridge".',
    ])
  })

  it('refuses beats that are of another sound, before and in the run', async () => {
    await expect(plan({}, { beats: { ...beats, durationSeconds: 15.1 } })).rejects.toMatchObject({
      code: 'input_invalid',
      message: 'The beats are of 15.10 s of sound and this sound lasts 15.00 s: link the beats of this very sound.',
    })
    const cost = (beatsSeconds: number) =>
      planShots.cost?.(
        planShots.params.parse({}),
        { beats: { durationSeconds: beatsSeconds }, audio: { durationSeconds: 15 } },
        {},
      )
    expect(cost(15.1)?.refusal).toMatch(/^The beats are of 15\.10 s/)
    expect(cost(15.03)?.refusal).toBeUndefined()
    await expect(plan({}, { beats: { ...beats, durationSeconds: 15.03 } })).resolves.toBeDefined()
  })

  it.each([0.5, 15])('plans %f s of silence', async (seconds) => {
    const { shots } = await runNode(planShots, { audio: song(seconds), beats: silence(seconds) })
    expect(shots.frameCount).toBe(30 * seconds)
    expect(shots.shots.at(-1)?.endFrame).toBe(30 * seconds)
    expect(shots.shots.every(({ reason }) => reason === 'start' || reason === 'length')).toBe(true)
  })

  it('carries out a thousand cuts by hand', async () => {
    const edits = Array.from({ length: 1000 }, (_, i): ShotEdit => ({ do: 'cut', at: (15 * (i + 0.5)) / 1000 }))
    const { shots } = await plan({ edits, frameRate: 120 })
    expect(shots.shots.length).toBeGreaterThan(990)
    let frame = 0
    for (const shot of shots.shots) {
      expect(shot.startFrame).toBe(frame)
      frame = shot.endFrame
    }
    expect(frame).toBe(1800)
  })

  it('finds contradictions in its settings', () => {
    const problems = (params: Record<string, unknown>) =>
      planShots.check?.(planShots.params.parse(params)).map(({ param }) => param)
    expect(problems({})).toEqual([])
    expect(problems({ shortest: 5 })).toEqual(['longest'])
    expect(problems({ transition: 'fade', fadeSeconds: 2 })).toEqual(['fadeSeconds'])
    expect(problems({ fadeSeconds: 2 })).toEqual([])
  })

  it('tells the length and about how many shots there will be before it runs', async () => {
    const params = planShots.params.parse({})
    const facts = planShots.facts?.({ audio: { durationSeconds: 15 } }, params, {}).shots
    expect(facts).toMatchObject({ durationSeconds: 15, frameRate: 30, frameCount: 450 })
    const { shots } = await plan()
    expect(facts?.shotCount).toBeGreaterThan(shots.shots.length / 2)
    expect(facts?.shotCount).toBeLessThan(shots.shots.length * 2)
  })
})
