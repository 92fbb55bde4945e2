import { describe, expect, it } from 'vitest'
import type { Shot, Shots } from '../values.ts'
import { applyShotEdits } from './apply-shot-edits.ts'
import { planShots } from './plan-shots.ts'
import type { ShotEdit } from './shot-edits.ts'
import { beatless, madeSong } from './testing/made-songs.ts'

const song = madeSong({ bpm: 120, bars: [8, 8], leadSeconds: 0 })

/** Shots that begin at these seconds, at 10 frames per second. */
function plan(...starts: number[]): Shots {
  const ends = [...starts.slice(1), 20]
  const shots = starts.map(
    (startSeconds, i): Shot => ({
      startFrame: Math.round(10 * startSeconds),
      endFrame: Math.round(10 * (ends[i] as number)),
      startSeconds,
      endSeconds: ends[i] as number,
      markSeconds: i === 0 ? null : startSeconds,
      reason: i === 0 ? 'start' : 'downbeat',
      section: 'A',
      energy: 0.5,
      prompt: `shot ${i}, pan left`,
      picture: i,
      framing: (['wide', 'medium', 'close'] as const)[i % 3] as Shot['framing'],
      seed: String(100 + i),
      continues: false,
      fadeFrames: 0,
      locked: false,
      starred: false,
    }),
  )
  return { durationSeconds: 20, frameRate: 10, frameCount: 200, shots }
}

const edited = (shots: Shots, ...edits: ShotEdit[]): Shot[] => {
  const result = applyShotEdits(shots, edits)
  expect(result.unmatched).toEqual([])
  return result.shots.shots
}
const starts = (shots: Shot[]): number[] => shots.map(({ startSeconds }) => startSeconds)

describe('applyShotEdits', () => {
  it('cuts a shot in two: the left keeps its content, the right is seen differently', () => {
    const shots = edited(plan(0, 8, 12), { do: 'cut', at: 10 })
    expect(starts(shots)).toEqual([0, 8, 10, 12])
    expect(shots[1]).toEqual({ ...plan(0, 8, 12).shots[1], endFrame: 100, endSeconds: 10 })
    expect(shots[2]).toMatchObject({
      reason: 'hand',
      markSeconds: null,
      picture: 1,
      framing: 'wide',
      prompt: 'shot 1, pan right',
    })
    expect(shots[2]?.seed).not.toBe('101')
    expect(shots[3]).toEqual(plan(0, 8, 12).shots[2])
  })

  it('marks a cut by hand with the beat it lies on, within half a frame', () => {
    const marked = (at: number) => applyShotEdits(plan(0), [{ do: 'cut', at }], song).shots.shots[1]?.markSeconds
    expect(marked(4.51)).toBe(4.5)
    expect(marked(4.2)).toBeNull()
  })

  it('takes a planned cut within 60 ms for the cut that was made by hand', () => {
    const fine = { ...plan(0, 8), frameRate: 100, frameCount: 2000 }
    fine.shots = fine.shots.map((one) => ({ ...one, startFrame: 10 * one.startFrame, endFrame: 10 * one.endFrame }))
    expect(starts(edited(fine, { do: 'cut', at: 8.05 }))).toEqual([0, 8.05])
    expect(starts(edited(fine, { do: 'cut', at: 8.07 }))).toEqual([0, 8, 8.07])
  })

  it('joins at the nearest cut within half a second; the joined shot keeps the content of the first', () => {
    const shots = edited(plan(0, 5, 8, 12), { do: 'join', at: 8.4 })
    expect(starts(shots)).toEqual([0, 5, 12])
    expect(shots[1]).toMatchObject({ prompt: 'shot 1, pan left', seed: '101', framing: 'medium', endFrame: 120 })
  })

  it('gives a joined shot another framing where it would look like the next', () => {
    const shots = edited(plan(0, 5, 8, 12), { do: 'set', at: 13, picture: 1, framing: 'medium' }, { do: 'join', at: 8 })
    expect(shots.map(({ framing }) => framing)).toEqual(['wide', 'close', 'medium'])
  })

  it('moves a cut, and nothing else', () => {
    const shots = edited(plan(0, 5, 8, 12), { do: 'move', at: 7.7, to: 9.1 })
    expect(starts(shots)).toEqual([0, 5, 9.1, 12])
    expect(shots[2]).toMatchObject({ reason: 'hand', prompt: 'shot 2, pan left', seed: '102' })
    expect([shots[0], shots[3]]).toEqual([plan(0, 5).shots[0], plan(0, 5, 8, 12).shots[3]])
  })

  it('sets the shot in which a moment lies', () => {
    const shots = edited(plan(0, 5, 8), {
      do: 'set',
      at: 5,
      prompt: 'snow',
      seed: '9',
      fadeSeconds: 0.4,
      starred: true,
    })
    expect(shots[1]).toMatchObject({
      prompt: 'snow',
      seed: '9',
      fadeFrames: 4,
      starred: true,
      framing: 'medium',
      picture: 1,
    })
  })

  it('lets nothing go before the first shot to go on from', () => {
    const [first] = edited(plan(0, 5), { do: 'set', at: 1, continues: true, fadeSeconds: 1 })
    expect(first).toMatchObject({ continues: false, fadeFrames: 0 })
  })

  it('makes no fade longer than the shots it joins', () => {
    expect(edited(plan(0, 19.5), { do: 'set', at: 19.8, fadeSeconds: 4 })[1]?.fadeFrames).toBe(5)
  })

  it('gives edits back that have nothing to act on', () => {
    const lost: ShotEdit[] = [
      { do: 'cut', at: 0 },
      { do: 'cut', at: 20 },
      { do: 'cut', at: 3600 },
      { do: 'join', at: 6 },
      { do: 'move', at: 5, to: 20 },
      { do: 'move', at: 5, to: 0 },
      { do: 'set', at: 20, prompt: 'x' },
      { do: 'lock', from: 20, to: 25, prompt: 'x', seed: '1' },
      { do: 'lock', from: 3, to: 3.01, prompt: 'x', seed: '1' },
    ]
    const before = plan(0, 5)
    expect(applyShotEdits(before, lost)).toEqual({ shots: before, unmatched: lost })
  })
})

describe('applyShotEdits: locks', () => {
  const lock = { do: 'lock', from: 6, to: 9, prompt: 'kept', seed: '5' } as const

  it('puts a shot over whatever was there and trims its neighbours', () => {
    const shots = edited(plan(0, 5, 8, 12), lock)
    expect(starts(shots)).toEqual([0, 5, 6, 9, 12])
    expect(shots[2]).toMatchObject({
      prompt: 'kept',
      seed: '5',
      locked: true,
      endSeconds: 9,
      picture: 1,
      reason: 'hand',
    })
    expect(shots[3]).toMatchObject({ prompt: 'shot 2, pan left', seed: '102', reason: 'hand' })
  })

  it('lets one shot go on behind it as another', () => {
    const shots = edited(plan(0), lock)
    expect(starts(shots)).toEqual([0, 6, 9])
    expect(shots[2]?.seed).not.toBe(shots[0]?.seed)
    expect(shots[2]?.framing).not.toBe(shots[0]?.framing)
  })

  it('gives what is left for a moment to the shot behind', () => {
    expect(starts(edited(plan(0, 5.7, 9.3, 12), lock))).toEqual([0, 6, 9, 12])
    expect(edited(plan(0, 5.7, 9.3, 12), lock)[2]).toMatchObject({ prompt: 'shot 2, pan left', startFrame: 90 })
    expect(starts(edited(plan(0, 9.3), { ...lock, from: 0.2, to: 9 }))).toEqual([0, 0.2, 9])
  })

  it('keeps the reason of a planned cut at its start', () => {
    expect(edited(plan(0, 6, 12), lock)[1]).toMatchObject({ reason: 'downbeat', markSeconds: 6, locked: true })
  })

  it('ends with the sound', () => {
    expect(edited(plan(0, 5), { ...lock, to: 30 }).at(-1)).toMatchObject({ startSeconds: 6, endFrame: 200 })
  })

  it('holds against later cuts, joins and moves; a second lock of the same range takes its place', () => {
    const later: ShotEdit[] = [
      { do: 'cut', at: 7 },
      { do: 'join', at: 6 },
      { do: 'move', at: 9, to: 10 },
      { ...lock, from: 8, to: 11 },
    ]
    const { shots, unmatched } = applyShotEdits(plan(0, 5, 8, 12), [lock, ...later, { ...lock, prompt: 'newer' }])
    expect(unmatched).toEqual(later)
    expect(shots.shots.filter(({ locked }) => locked)).toMatchObject([
      { prompt: 'newer', startSeconds: 6, endSeconds: 9 },
    ])
  })
})

describe('applyShotEdits: many', () => {
  it('carries out a thousand cuts by hand', () => {
    const planned = planShots(beatless(600, [], 0.2))
    const edits = Array.from({ length: 1000 }, (_, i): ShotEdit => ({ do: 'cut', at: 0.3 + 0.59 * i }))
    const started = performance.now()
    const { shots, unmatched } = applyShotEdits(planned, edits)
    expect(performance.now() - started).toBeLessThan(500)
    expect(unmatched).toEqual([])
    expect(shots.shots.length).toBeGreaterThanOrEqual(1000)
    expect(shots.shots.filter(({ reason }) => reason === 'hand')).toHaveLength(1000)
  })
})
