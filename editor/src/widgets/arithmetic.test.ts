import { expect, it } from 'vitest'
import { calculate } from './arithmetic.ts'

it.each([
  ['24*60/2', 720],
  ['1 + 2 * 3', 7],
  ['(1+2)*3', 9],
  ['-2.5', -2.5],
  ['0,5', 0.5],
  ['2*-3', -6],
  ['1e3', 1000],
])('%s is %d', (text, value) => expect(calculate(text)).toBe(value))

it.each(['', 'abc', '2+', '(1', '1/0', '2 3', 'alert(1)'])('“%s” is no number', (text) =>
  expect(calculate(text)).toBeNull(),
)
