import { runNode } from '@beatloom/core/testing'
import { expect, it } from 'vitest'
import { drawCurve } from './draw-curve.ts'

it('W1: follows its points, whichever order they were drawn in, between the lowest and highest value', async () => {
  const points = [
    [1, 0],
    [0, 1],
  ]
  const { curve } = await runNode(drawCurve, {}, { points, seconds: 2, lowest: -1, highest: 3 })
  expect(curve.rate).toBe(100)
  expect(curve.values).toHaveLength(200)
  expect(curve.values[0]).toBe(3)
  expect(curve.values[199]).toBe(-1)
})
