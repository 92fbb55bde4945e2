import { describe, expect, it } from 'vitest'
import { moveRange } from './song-range.ts'

const limits = { min: 3, max: 15 }
const now = { from: 10, to: 18 }

describe('the used stretch of a song', () => {
  it('moves whole with its left grip and stays inside the song', () => {
    expect(moveRange(now, { from: 12, to: 18 }, 60, limits)).toEqual({ start: 12, duration: 8 })
    expect(moveRange(now, { from: 57, to: 18 }, 60, limits)).toEqual({ start: 52, duration: 8 })
  })
  it('changes its length with the right grip, within what is allowed', () => {
    expect(moveRange(now, { from: 10, to: 20 }, 60, limits)).toEqual({ start: 10, duration: 10 })
    expect(moveRange(now, { from: 10, to: 40 }, 60, limits)).toEqual({ start: 10, duration: 15 })
    expect(moveRange(now, { from: 10, to: 11 }, 60, limits)).toEqual({ start: 10, duration: 3 })
  })
  it('never asks for more than the song has', () => {
    expect(moveRange({ from: 0, to: 2 }, { from: 0, to: 1 }, 2, limits)).toEqual({ start: 0, duration: 2 })
  })
})
