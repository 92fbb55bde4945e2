import type { Shot } from '@beatloom/core'
import { expect, it } from 'vitest'
import { remadeShots } from './remade-shots.ts'

const RATE = 30

/** Shots of two seconds each, cut on beats half a second apart. */
function planOf(change: (shot: Shot, index: number) => Partial<Shot> = () => ({})) {
  const shots = Array.from({ length: 4 }, (_, index): Shot => {
    const shot: Shot = {
      ...{ startFrame: index * 60, endFrame: index * 60 + 60, startSeconds: index * 2, endSeconds: index * 2 + 2 },
      ...{ markSeconds: index * 2, reason: 'downbeat', section: null, energy: 0, prompt: '', picture: 0 },
      ...{ framing: 'wide', seed: String(index), continues: false, fadeFrames: 0, locked: false, starred: false },
    }
    return { ...shot, ...change(shot, index) }
  })
  return {
    shots,
    frameRate: RATE,
    durationSeconds: 8,
    beats: Array.from({ length: 16 }, (_, i) => i / 2),
    downbeats: [0, 2, 4, 6],
  }
}
const remade = (now: ReturnType<typeof planOf>) => [...remadeShots(planOf(), now)].sort()

it('check 9: other words, picture, framing or seed make one shot again; lock and star make none', () => {
  expect(remade(planOf())).toEqual([])
  for (const change of [{ prompt: 'rain' }, { picture: 1 }, { framing: 'close' as const }, { seed: '9' }])
    expect(remade(planOf((_, index) => (index === 2 ? change : {})))).toEqual([2])
  expect(remade(planOf(() => ({ locked: true, starred: true })))).toEqual([])
})

it('P4: an edge that moves makes exactly the two shots again that share it', () => {
  const moved = planOf((_, index) =>
    index === 1
      ? { endFrame: 130, endSeconds: 130 / RATE }
      : index === 2
        ? { startFrame: 130, startSeconds: 130 / RATE }
        : {},
  )
  expect(remade(moved)).toEqual([1, 2])
})

it('check 10: a beat inside one shot is of that shot alone; one at a cut is of the two that share it', () => {
  const beats = (from: number, to: number) => {
    const plan = planOf()
    const swap = (time: number) => (time === from ? to : time)
    return { ...plan, beats: plan.beats.map(swap), downbeats: plan.downbeats.map(swap) }
  }
  expect(remade(beats(2.5, 2.6))).toEqual([1])
  expect(remade(beats(4, 4.03))).toEqual([1, 2])
  expect(remade(beats(4, 3.97))).toEqual([1, 2])
  // Within its frame the cut stays where it is, and a beat a little before it is the later shot's, at its very start.
  expect(remade(beats(4, 4.01))).toEqual([2])
  expect(remade(beats(4, 3.99))).toEqual([])
  expect(remade(beats(3.5, 3.98))).toEqual([1])
})

it('a fade is drawn over the end of the shot before; what goes on from a shot made again is made again', () => {
  expect(remade(planOf((_, index) => (index === 2 ? { fadeFrames: 10 } : {})))).toEqual([1])
  const chain = planOf((_, index) => (index >= 2 ? { continues: true } : {}))
  const changed = planOf((_, index) => ({ continues: index >= 2, ...(index === 1 ? { seed: '77' } : {}) }))
  expect([...remadeShots(chain, changed)].sort()).toEqual([1, 2, 3])
})
