import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Beats, Shot } from '../values.ts'
import { planShots } from './plan-shots.ts'
import { madeSong } from './testing/made-songs.ts'

const seed = Number(process.env.BEATLOOM_SEED ?? Math.floor(Math.random() * 2 ** 31))

const songs = fc.record({
  bpm: fc.integer({ min: 60, max: 200 }),
  meter: fc.constantFrom(3, 4),
  bars: fc.array(fc.integer({ min: 4, max: 40 }), { minLength: 1, maxLength: 6 }),
  leadSeconds: fc.double({ min: 0, max: 1, noNaN: true }),
  jitterSeconds: fc.constantFrom(0, 0.01),
  seed: fc.integer({ min: 0, max: 1e6 }),
})
const options = fc.record({
  pace: fc.constantFrom('calm' as const, 'medium' as const, 'fast' as const),
  seed: fc.integer({ min: 0, max: 1e6 }).map(String),
  frameRate: fc.constantFrom(24, 25, 30, 60),
  prompts: fc.constantFrom('', 'one\ntwo\nthree', 'one\nB: in B\n[chorus] loud'),
})

/** One beat somewhere else, no nearer to its neighbours than a tenth of a beat. */
function withBeatMoved(beats: Beats, index: number, share: number): { moved: Beats; time: number } {
  const time = beats.beats[index] as number
  const [before, after] = [beats.beats[index - 1] ?? 0, beats.beats[index + 1] ?? beats.durationSeconds]
  const to = time + share * 0.45 * (share < 0 ? time - before : after - time)
  const replaced = (times: number[]): number[] => times.map((one) => (one === time ? to : one))
  return { moved: { ...beats, beats: replaced(beats.beats), downbeats: replaced(beats.downbeats) }, time }
}

const keyOf = (shot: Shot): string => JSON.stringify(shot)

it(`one moved beat changes at most the two shots that share its cut (seed ${seed})`, () => {
  fc.assert(
    fc.property(
      songs,
      options,
      fc.nat(),
      fc.double({ min: -1, max: 1, noNaN: true }),
      (shape, settings, pick, share) => {
        const song = madeSong(shape)
        const { moved, time } = withBeatMoved(song, pick % song.beats.length, share)
        const [plan, other] = [planShots(song, settings).shots, planShots(moved, settings).shots]
        const same = new Set(other.map(keyOf))
        const changed = plan.filter((shot) => !same.has(keyOf(shot)))
        // A section always cuts: where its downbeat came too near to another cut, it is the other that gives way.
        const opens = plan.some((shot) => shot.reason === 'section' && shot.markSeconds === time)
        expect(changed.length).toBeLessThanOrEqual(opens ? 3 : 2)
        if (changed.length > 2) return
        for (const shot of changed) {
          expect(Math.min(Math.abs(shot.startSeconds - time), Math.abs(shot.endSeconds - time))).toBeLessThanOrEqual(
            0.51 / settings.frameRate,
          )
        }
      },
    ),
    { seed, numRuns: 300 },
  )
})

it(`any analysis gives shots that fill the piece, within their limits (seed ${seed})`, () => {
  const time = fc.double({ min: 0, max: 40, noNaN: true })
  const analyses = fc.record({
    song: songs,
    extra: fc.array(time, { maxLength: 30 }),
    onsets: fc.option(fc.array(time, { maxLength: 30 }), { nil: undefined }),
    keep: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  fc.assert(
    fc.property(analyses, options, ({ song: shape, extra, onsets, keep }, settings) => {
      const song = madeSong(shape)
      const beats = [...song.beats.filter((_, i) => (i * 0.618) % 1 < keep), ...extra].sort((a, b) => a - b)
      const rough: Beats = {
        ...song,
        beats,
        downbeats: beats.filter((_, i) => i % 3 === 0),
        ...(onsets ? { onsets: onsets.toSorted((a, b) => a - b) } : {}),
      }
      const plan = planShots(rough, settings)
      expect(plan.frameCount).toBe(Math.max(1, Math.round(song.durationSeconds * settings.frameRate)))
      let frame = 0
      for (const shot of plan.shots) {
        expect(shot.startFrame).toBe(frame)
        const frames = shot.endFrame - shot.startFrame
        if (plan.shots.length > 1) expect(frames).toBeGreaterThanOrEqual(1.5 * settings.frameRate)
        expect(frames).toBeLessThanOrEqual(8.5 * settings.frameRate)
        expect(shot.startSeconds).toBe(shot.startFrame / settings.frameRate)
        if (shot.markSeconds !== null) {
          expect(Math.abs(shot.startSeconds - shot.markSeconds)).toBeLessThanOrEqual(0.5 / settings.frameRate + 1e-9)
        }
        frame = shot.endFrame
      }
      expect(frame).toBe(plan.frameCount)
    }),
    { seed, numRuns: 200 },
  )
})

it(`most cuts stay where they are when another analysis puts every beat up to 50 ms elsewhere (seed ${seed})`, () => {
  let [all, kept, sameContent] = [0, 0, 0]
  for (let i = 0; i < 60; i++) {
    const shape = { bpm: 70 + ((i * 37) % 110), bars: [8, 16, 8 + (i % 9), 12], seed: seed + i }
    const plan = planShots(madeSong(shape)).shots
    const other = planShots(madeSong({ ...shape, jitterSeconds: 0.05 })).shots
    for (const shot of plan) {
      all++
      const same = other.find((one) => Math.abs(one.startSeconds - shot.startSeconds) <= 0.05 + 1 / 30)
      if (same) kept++
      if (same && same.seed === shot.seed && same.prompt === shot.prompt && same.framing === shot.framing) sameContent++
    }
  }
  // Measured 2026-11 over five seeds of 1,858 shots: 99.7 % of the cuts, 96.2 to 99.1 % with the same content.
  expect(kept / all, `kept ${kept} of ${all}, same content ${sameContent}`).toBeGreaterThan(0.98)
  expect(sameContent / all, `same content ${sameContent} of ${all}`).toBeGreaterThan(0.94)
})
