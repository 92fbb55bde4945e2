import type { Curve } from '@beatloom/core'
import { runNode } from '@beatloom/core/testing'
import { expect, it } from 'vitest'
import { constantCurve } from './constant-curve.ts'
import { curveToNumber } from './curve-to-number.ts'

const curve: Curve = { rate: 2, values: Float32Array.of(0, 1, 0.5, -0.5) }
const numberOf = async (params: Record<string, unknown>) => (await runNode(curveToNumber, { curve }, params)).number

it('makes a number of a curve: its mean, ends, or a moment between its values', async () => {
  expect(await numberOf({})).toBe(0.25)
  expect(await numberOf({ measure: 'peak' })).toBe(1)
  expect(await numberOf({ measure: 'lowest' })).toBe(-0.5)
  // 0.75 s lies halfway between the values at 0.5 s and 1 s.
  expect(await numberOf({ measure: 'moment', seconds: 0.75 })).toBe(0.75)
})

it('refuses a curve without values', async () => {
  const empty = { rate: 10, values: new Float32Array(0) }
  await expect(async () => runNode(curveToNumber, { curve: empty })).rejects.toMatchObject({ code: 'input_invalid' })
})

it('holds a number for its seconds, and gives it back', async () => {
  const held = (await runNode(constantCurve, { number: 0.75 }, { seconds: 1.5 })).curve as Curve
  expect(held.values).toHaveLength(150)
  expect((await runNode(curveToNumber, { curve: held })).number).toBe(0.75)
})
