import { describe, expect, it } from 'vitest'
import { frameMask, tokenTimesteps } from './conditions.ts'
import { WAN, wholeFrames } from './contract.ts'
import { areaOf, sizeFor } from './sizes.ts'
import { cleaned } from './text.ts'

describe('the frame for a picture', () => {
  it('of I2V is the largest of even latent rows and columns within the area', () => {
    const of = (width: number, height: number, area: '480p' | '720p') =>
      sizeFor(WAN['wan-i2v'], { width, height }, areaOf(WAN['wan-i2v'], area))
    expect(of(1920, 1080, '720p')).toEqual({ width: 1280, height: 720 })
    expect(of(1920, 1080, '480p')).toEqual({ width: 832, height: 464 })
    expect(of(1024, 1024, '720p')).toEqual({ width: 960, height: 960 })
    expect(of(1024, 1024, '480p')).toEqual({ width: 624, height: 624 })
  })
  it('of TI2V is the nearer of width first and height first', () => {
    const of = (width: number, height: number) =>
      sizeFor(WAN['wan-ti2v'], { width, height }, areaOf(WAN['wan-ti2v'], '720p'))
    expect(of(1920, 1080)).toEqual({ width: 1248, height: 704 })
    expect(of(1024, 1024)).toEqual({ width: 960, height: 928 })
  })
})

it('clips have 4k + 1 frames', () => {
  expect([0, 1, 2, 16, 17, 80, 81, 120].map(wholeFrames)).toEqual([1, 1, 1, 17, 17, 81, 81, 121])
})

it('marks the given frames: the first in all four channels, the last in the fourth', () => {
  const mask = frameMask(3, 2, true)
  const channel = (k: number) => [...mask.subarray(k * 6, (k + 1) * 6)]
  expect([0, 1, 2].map(channel)).toEqual(Array.from({ length: 3 }, () => [1, 1, 0, 0, 0, 0]))
  expect(channel(3)).toEqual([1, 1, 0, 0, 1, 1])
  expect([...frameMask(3, 2, false).subarray(18)]).toEqual([1, 1, 0, 0, 0, 0])
  // A clip of one frame is its first.
  expect([...frameMask(1, 1, true)]).toEqual([1, 1, 1, 1])
})

it('tells every token its timestep, 0 for those of a given first frame', () => {
  const { dims, data } = tokenTimesteps(875, [3, 4, 6], true)
  expect(dims).toEqual([1, 18])
  expect([...data]).toEqual([...new Array(6).fill(0), ...new Array(12).fill(875)])
  expect([...tokenTimesteps(875, [1, 2, 2], false).data]).toEqual([875])
})

it('cleans a prompt as ftfy does, then of entities, twice over, and of spaces', () => {
  // What ftfy 6.3 makes of them.
  expect(cleaned('夕阳，“大海”！ＡＢ')).toBe('夕阳,"大海"!AB')
  expect(cleaned('ﬁsh ‘a’ “b”')).toBe('fish \'a\' "b"')
  expect(cleaned('ｱｲｳ')).toBe('アイウ')
  expect(cleaned('a\u0000b\u200b c\ufeff')).toBe('ab\u200b c')
  expect(cleaned('…—①')).toBe('…—①')
  expect(cleaned('  a &amp;amp; b\n\t&lt;c&gt;　d ')).toBe('a & b <c> d')
})
