import { describe, expect, it } from 'vitest'
import { alignment } from './align-guides.ts'

const box = (left: number, top: number, width = 100, height = 50) => ({ left, top, width, height })

describe('M14: alignment', () => {
  it('pulls a box into line with the nearest edge, and the line spans both', () => {
    const { by, x, y } = alignment(box(4, 200), [box(0, 0)], 6)
    expect(by).toEqual({ x: -4, y: 0 })
    expect(x).toEqual({ at: 0, from: 0, to: 250 })
    expect(y).toBeNull()
  })

  it('pulls middles into line where sizes differ', () => {
    // Middles: 25 and 27.
    expect(alignment(box(300, 12, 100, 30), [box(0, 0)], 6).by).toEqual({ x: 0, y: -2 })
  })

  it('leaves a box alone that is farther off than it reaches', () => {
    expect(alignment(box(7, 107), [box(0, 0)], 6)).toEqual({ by: { x: 0, y: 0 }, x: null, y: null })
  })
})
