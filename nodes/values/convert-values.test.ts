import { runNode } from '@beatloom/core/testing'
import { expect, it } from 'vitest'
import {
  booleanToNumber,
  booleanToText,
  numberToBoolean,
  numberToText,
  textToBoolean,
  textToNumber,
} from './convert-values.ts'

it.each([
  ['120', 120],
  [' -3.5 ', -3.5],
  ['1e3', 1000],
  ['0,25', 0.25],
  ['.5', 0.5],
])('reads %j as a number', async (text, number) => {
  expect((await runNode(textToNumber, { text })).number).toBe(number)
})

it.each(['', 'fast', '12 BPM', '1,000.5', '0x10', 'Infinity', '1e999'])('says that %j is no number', async (text) => {
  await expect(async () => runNode(textToNumber, { text })).rejects.toMatchObject({
    code: 'input_invalid',
    message: expect.stringContaining(`"${text}" is no number`),
  })
})

it('writes a number as it is, or with so many decimals', async () => {
  const written = async (decimals: number) => (await runNode(numberToText, { number: 1.2345 }, { decimals })).text
  expect([await written(-1), await written(2), await written(0)]).toEqual(['1.2345', '1.23', '1'])
})

it('goes between yes and no, numbers and texts', async () => {
  expect((await runNode(booleanToNumber, { boolean: true })).number).toBe(1)
  expect((await runNode(booleanToNumber, { boolean: false }, { yes: 30, no: 24 })).number).toBe(24)
  expect((await runNode(numberToBoolean, { number: 0 })).boolean).toBe(false)
  expect((await runNode(numberToBoolean, { number: 0.1 })).boolean).toBe(true)
  expect((await runNode(numberToBoolean, { number: 120 }, { above: 120 })).boolean).toBe(false)
  expect((await runNode(booleanToText, { boolean: true }, { yes: 'slow pan', no: '' })).text).toBe('slow pan')
  expect((await runNode(textToBoolean, { text: ' Yes ' })).boolean).toBe(true)
  expect((await runNode(textToBoolean, { text: '否' })).boolean).toBe(false)
  await expect(async () => runNode(textToBoolean, { text: 'maybe' })).rejects.toMatchObject({ code: 'input_invalid' })
})
