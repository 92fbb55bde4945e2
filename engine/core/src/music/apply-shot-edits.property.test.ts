import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Shot, Shots } from '../values.ts'
import { applyShotEdits } from './apply-shot-edits.ts'
import { planShots } from './plan-shots.ts'
import type { ShotEdit } from './shot-edits.ts'
import { shotsToText, textToShotEdits } from './shot-text.ts'
import { madeSong, randomFrom } from './testing/made-songs.ts'

const seed = Number(process.env.BEATLOOM_SEED ?? Math.floor(Math.random() * 2 ** 31))

const songOptions = {
  bpm: fc.integer({ min: 70, max: 180 }),
  bars: fc.array(fc.integer({ min: 4, max: 12 }), { minLength: 1, maxLength: 4 }),
  seed: fc.integer({ min: 0, max: 1e6 }),
}
const plans = fc
  .record({ song: fc.record(songOptions), frameRate: fc.constantFrom(24, 25, 30, 60) })
  .map(({ song, frameRate }) => planShots(madeSong(song), { frameRate, prompts: 'one\ntwo' }))

const time = fc.double({ min: 0, max: 90, noNaN: true })
const content = {
  prompt: fc.constantFrom('rain', '下雪', 'a | b'),
  seed: fc.integer({ min: 0, max: 1e9 }).map(String),
}
const edit: fc.Arbitrary<ShotEdit> = fc.oneof(
  fc.record({ do: fc.constant('cut' as const), at: time }),
  fc.record({ do: fc.constant('join' as const), at: time }),
  fc.record({ do: fc.constant('move' as const), at: time, to: time }),
  fc
    .tuple(time, fc.double({ min: -1, max: 1, noNaN: true }))
    .map(([at, by]): ShotEdit => ({ do: 'move', at, to: Math.max(0, at + by) })),
  fc.record(
    {
      do: fc.constant('set' as const),
      at: time,
      ...content,
      framing: fc.constantFrom('wide' as const, 'close' as const),
      continues: fc.boolean(),
      fadeSeconds: fc.double({ min: 0, max: 4, noNaN: true }),
      starred: fc.boolean(),
    },
    { requiredKeys: ['do', 'at'] },
  ),
  fc
    .record({ from: time, seconds: fc.double({ min: 0, max: 10, noNaN: true }), ...content })
    .map(({ from, seconds, ...rest }): ShotEdit => ({ do: 'lock', from, to: from + seconds, ...rest })),
)

function expectWhole({ shots, frameCount, frameRate }: Shots): void {
  let frame = 0
  for (const [i, shot] of shots.entries()) {
    expect(shot.startFrame).toBe(frame)
    expect(shot.endFrame).toBeGreaterThan(shot.startFrame)
    expect(shot.startSeconds).toBe(shot.startFrame / frameRate)
    expect(shot.endSeconds).toBe(shot.endFrame / frameRate)
    expect(shot.fadeFrames).toBeLessThanOrEqual(shot.endFrame - shot.startFrame)
    if (i === 0) expect([shot.continues, shot.fadeFrames]).toEqual([false, 0])
    frame = shot.endFrame
  }
  expect(frame).toBe(frameCount)
}

it(`any edits leave shots without gaps, in order, of a frame at least, and locks where they were put (seed ${seed})`, () => {
  fc.assert(
    fc.property(plans, fc.array(edit, { maxLength: 40 }), (planned, edits) => {
      const before = structuredClone(planned)
      const { shots, unmatched } = applyShotEdits(planned, edits)
      expect(planned).toEqual(before)
      expectWhole(shots)
      for (const one of edits) {
        if (one.do !== 'lock' || unmatched.includes(one)) continue
        const startFrame = Math.round(one.from * shots.frameRate)
        const endFrame = Math.min(shots.frameCount, Math.round(one.to * shots.frameRate))
        expect(shots.shots.filter(({ locked }) => locked)).toContainEqual(
          expect.objectContaining({ startFrame, endFrame, locked: true }),
        )
      }
    }),
    { seed, numRuns: 400 },
  )
})

const one = (kind: 'cut' | 'join' | 'move') =>
  fc.record({
    planned: plans,
    share: fc.double({ min: 0, max: 0.9999, noNaN: true }),
    by: fc.double({ min: 0.1, max: 0.9, noNaN: true }),
    kind: fc.constant(kind),
  })

it(`one cut made, taken away or moved changes the shots that touch it and no others (seed ${seed})`, () => {
  fc.assert(
    fc.property(fc.oneof(one('cut'), one('join'), one('move')), ({ planned, share, by, kind }) => {
      const index = Math.floor(share * planned.shots.length)
      const shot = planned.shots[index] as Shot
      fc.pre(kind === 'cut' || index > 0)
      const inside = shot.startSeconds + by * (shot.endSeconds - shot.startSeconds)
      const edits: ShotEdit[] = [
        kind === 'cut'
          ? { do: 'cut', at: inside }
          : kind === 'join'
            ? { do: 'join', at: shot.startSeconds }
            : { do: 'move', at: shot.startSeconds, to: inside },
      ]
      const { shots, unmatched } = applyShotEdits(planned, edits)
      expect(unmatched).toEqual([])
      const touching = kind === 'cut' ? [index] : [index - 1, index]
      expect(shots.shots).toHaveLength(planned.shots.length + (kind === 'cut' ? 1 : kind === 'join' ? -1 : 0))
      for (const [i, other] of planned.shots.entries()) {
        if (!touching.includes(i)) expect(shots.shots).toContainEqual(other)
      }
    }),
    { seed, numRuns: 300 },
  )
})

/** The plan with each cut at most so much earlier or later. */
function withCutsElsewhere(plan: Shots, seconds: number, random: () => number): Shots {
  const starts = plan.shots.map(({ startFrame }) =>
    startFrame === 0 ? 0 : Math.round(startFrame + plan.frameRate * seconds * (2 * random() - 1)),
  )
  const shots = plan.shots.map((shot, i) => {
    const [startFrame, endFrame] = [starts[i] as number, starts[i + 1] ?? plan.frameCount]
    return {
      ...shot,
      startFrame,
      endFrame,
      startSeconds: startFrame / plan.frameRate,
      endSeconds: endFrame / plan.frameRate,
    }
  })
  return { ...plan, shots }
}

it(`edits keep their meaning on the plan of a better analysis, its times up to 50 ms elsewhere (seed ${seed})`, () => {
  const cases = fc.record({
    song: fc.record({
      ...songOptions,
      bars: fc.array(fc.integer({ min: 8, max: 16 }), { minLength: 2, maxLength: 4 }),
    }),
    pick: fc.integer({ min: 0, max: 1e6 }),
  })
  fc.assert(
    fc.property(cases, ({ song, pick }) => {
      const old = planShots(madeSong(song))
      const fresh = withCutsElsewhere(old, 0.05, randomFrom(song.seed))
      const chosen = randomFrom(pick)
      const [toCut, toSet, toLock] = old.shots
        .map((shot) => ({ shot, turn: chosen() }))
        .toSorted((a, b) => a.turn - b.turn)
        .map(({ shot }) => shot) as [Shot, Shot, Shot]
      const middle = (shot: Shot): number => (shot.startSeconds + shot.endSeconds) / 2
      const edits: ShotEdit[] = [
        { do: 'set', at: middle(toSet), prompt: 'mine' },
        { do: 'cut', at: middle(toCut) },
        { do: 'lock', from: toLock.startSeconds, to: toLock.endSeconds, prompt: 'locked', seed: '1' },
      ]
      const onOld = applyShotEdits(old, edits)
      const onFresh = applyShotEdits(fresh, edits)
      expect(onFresh.unmatched).toEqual([])
      expectWhole(onFresh.shots)
      expect(onFresh.shots.shots).toHaveLength(onOld.shots.shots.length)
      for (const [i, shot] of onOld.shots.shots.entries()) {
        const other = onFresh.shots.shots[i] as Shot
        expect(Math.abs(other.startSeconds - shot.startSeconds)).toBeLessThanOrEqual(0.05 + 1 / 30 + 1e-9)
        expect([other.prompt === 'mine', other.locked]).toEqual([shot.prompt === 'mine', shot.locked])
        if (shot.locked) expect([other.startFrame, other.endFrame]).toEqual([shot.startFrame, shot.endFrame])
      }
    }),
    { seed, numRuns: 150 },
  )
})

it(`a plan written as text and read again is the same plan (seed ${seed})`, () => {
  const said = ({ shots }: Shots) =>
    shots.map(({ startFrame, endFrame, prompt, picture, framing, seed, continues, fadeFrames, locked, starred }) => {
      return { startFrame, endFrame, prompt, picture, framing, seed, continues, fadeFrames, locked, starred }
    })
  fc.assert(
    fc.property(plans, fc.array(edit, { maxLength: 20 }), (planned, edits) => {
      const { shots } = applyShotEdits(planned, edits)
      const text = shotsToText(shots)
      const read = textToShotEdits(text, planned)
      expect(read.problems).toEqual([])
      const again = applyShotEdits(planned, read.edits)
      expect(again.unmatched).toEqual([])
      expect(said(again.shots)).toEqual(said(shots))
      expect(shotsToText(again.shots)).toBe(text)
    }),
    { seed, numRuns: 300 },
  )
})
