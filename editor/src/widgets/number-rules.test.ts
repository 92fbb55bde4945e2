import type { ParamDescriptor } from '@beatloom/core'
import { expect, it } from 'vitest'
import { numberRules, offGrid, secondsOf, stepped } from './number-rules.ts'

const param = (schema: object, meta: Partial<ParamDescriptor> = {}): ParamDescriptor => ({
  name: 'n',
  description: '',
  default: 0,
  schema: schema as Record<string, unknown>,
  ...meta,
})
const frames = numberRules(param({ type: 'integer', minimum: 5, maximum: 121 }, { step: 4, offset: 1 }))

it('W2: frames in 4n + 1 step from one allowed count to the next, and stay within their range', () => {
  expect(stepped(81, 1, frames)).toBe(85)
  expect(stepped(81, -10, frames)).toBe(41)
  expect(stepped(82, 1, frames)).toBe(85)
  expect(stepped(82, -1, frames)).toBe(81)
  expect(stepped(119, 10, frames)).toBe(121)
  expect(stepped(81, 1, frames, true)).toBe(85)
})

it('W2: a count off the grid names the allowed ones beside it', () => {
  expect(offGrid(81, frames)).toBeNull()
  expect(offGrid(82, frames)).toEqual({ below: 81, above: 85 })
  expect(offGrid(3, frames)).toEqual({ below: 5, above: 5 })
})

it('W2: multiples come from the schema', () => {
  const size = numberRules(param({ type: 'integer', minimum: 64, maximum: 2048, multipleOf: 16 }))
  expect(stepped(832, 1, size)).toBe(848)
  expect(offGrid(850, size)).toEqual({ below: 848, above: 864 })
})

it('W2: 81 frames at 16 a second last 5.06 s', () => {
  expect(secondsOf(81, 16)).toBe('5.06 s')
  expect(secondsOf(48, 24)).toBe('2 s')
})

it('W1: Alt takes a tenth of a step where fractions are allowed', () => {
  const free = numberRules(param({ type: 'number', minimum: 0, maximum: 100 }))
  expect(stepped(1, 1, free)).toBe(1.1)
  expect(stepped(1, 1, free, true)).toBe(1.01)
  expect(stepped(1, 10, free)).toBe(2)
  const whole = numberRules(param({ type: 'integer' }))
  expect(stepped(1, 1, whole, true)).toBe(2)
})
