import { expect, it } from 'vitest'
import { placeApart } from './free-place.ts'

const SIZE = { width: 100, height: 60 }
const box = (id: string, x: number, y: number) => ({ id, x, y, ...SIZE })

it('L3: takes the wanted place where it is free', () => {
  expect(placeApart({ x: 0, y: 0 }, SIZE, [])).toEqual({ x: 0, y: 0 })
  expect(placeApart({ x: 0, y: 0 }, SIZE, [box('beside', 140, 0), box('below', 0, 100)])).toEqual({ x: 0, y: 0 })
})

it('L3: goes down past all that it would cover, in whatever order they are listed', () => {
  const boxes = [box('second', 20, 100), box('first', -20, 10), box('far', 0, 400)]
  // Below "second", 40 from its lower edge; up to "far" 140 are left.
  expect(placeApart({ x: 0, y: 0 }, SIZE, boxes)).toEqual({ x: 0, y: 200 })
  expect(placeApart({ x: 0, y: 0 }, { width: 100, height: 190 }, boxes)).toEqual({ x: 0, y: 500 })
})
