import { AppError, defineNode, type ParamMeta } from '@beatloom/core'
import { z } from 'zod'

const about = { version: 1, category: 'Values', converter: true } as const

export const numberToText = defineNode({
  ...about,
  type: 'value.number-to-text',
  title: 'Number to text',
  description: 'Writes a number out, with a point and as many decimals as asked for.',
  aliases: ['string', 'format', 'Zahl zu Text', 'nombre en texte', '数値を文字に', '数字转文本'],
  inputs: { number: { type: 'NUMBER', title: 'Number' } },
  outputs: { text: { type: 'TEXT', title: 'Text' } },
  params: z.object({
    decimals: z
      .int()
      .min(-1)
      .max(10)
      .default(-1)
      .describe('Digits after the point; -1 writes as many as the number has.')
      .meta({ title: 'Decimals' } satisfies ParamMeta),
  }),
  run: ({ number }, { decimals }) => ({ text: decimals < 0 ? String(number) : number.toFixed(decimals) }),
})

export const textToNumber = defineNode({
  ...about,
  type: 'value.text-to-number',
  title: 'Text to number',
  description: 'Reads a text as a number, written with a point or a comma: 120, -3.5, 1e3 or 0,25.',
  aliases: ['parse', 'float', 'Text zu Zahl', 'texte en nombre', '文字を数値に', '文本转数字'],
  inputs: { text: { type: 'TEXT', title: 'Text' } },
  outputs: { number: { type: 'NUMBER', title: 'Number' } },
  params: z.object({}),
  run: ({ text }) => ({ number: numberIn(text) }),
})

export const booleanToNumber = defineNode({
  ...about,
  type: 'value.boolean-to-number',
  title: 'Yes or no to number',
  description: 'Makes one number of yes and another of no: 1 and 0 unless told otherwise.',
  aliases: [
    'boolean',
    'switch',
    'select',
    'choose',
    'Schalter zu Zahl',
    'booléen en nombre',
    '真偽を数値に',
    '是否转数字',
  ],
  inputs: { boolean: { type: 'BOOLEAN', title: 'Yes or no' } },
  outputs: { number: { type: 'NUMBER', title: 'Number' } },
  params: z.object({
    yes: z
      .number()
      .default(1)
      .describe('The number for yes.')
      .meta({ title: 'Yes' } satisfies ParamMeta),
    no: z
      .number()
      .default(0)
      .describe('The number for no.')
      .meta({ title: 'No' } satisfies ParamMeta),
  }),
  run: ({ boolean }, { yes, no }) => ({ number: boolean ? yes : no }),
})

export const numberToBoolean = defineNode({
  ...about,
  type: 'value.number-to-boolean',
  title: 'Number to yes or no',
  description: 'Says yes to numbers above a limit and no to the others; with the limit at 0, yes to all above nothing.',
  aliases: ['threshold', 'compare', 'greater', 'Zahl zu Schalter', 'nombre en booléen', '数値を真偽に', '数字转是否'],
  inputs: { number: { type: 'NUMBER', title: 'Number' } },
  outputs: { boolean: { type: 'BOOLEAN', title: 'Yes or no' } },
  params: z.object({
    above: z
      .number()
      .default(0)
      .describe('Numbers above this are a yes.')
      .meta({ title: 'Above' } satisfies ParamMeta),
  }),
  run: ({ number }, { above }) => ({ boolean: number > above }),
})

export const booleanToText = defineNode({
  ...about,
  type: 'value.boolean-to-text',
  title: 'Yes or no to text',
  description: 'Gives one text for yes and another for no, such as two prompts to switch between.',
  aliases: ['boolean', 'switch', 'choose', 'Schalter zu Text', 'booléen en texte', '真偽を文字に', '是否转文本'],
  inputs: { boolean: { type: 'BOOLEAN', title: 'Yes or no' } },
  outputs: { text: { type: 'TEXT', title: 'Text' } },
  params: z.object({
    yes: z
      .string()
      .max(4000)
      .default('yes')
      .describe('The text for yes.')
      .meta({ title: 'Yes' } satisfies ParamMeta),
    no: z
      .string()
      .max(4000)
      .default('no')
      .describe('The text for no.')
      .meta({ title: 'No' } satisfies ParamMeta),
  }),
  run: ({ boolean }, { yes, no }) => ({ text: boolean ? yes : no }),
})

const SPOKEN: ReadonlyMap<string, boolean> = new Map([
  ...['yes', 'true', 'on', '1', 'y', '是', '开'].map((word) => [word, true] as const),
  ...['no', 'false', 'off', '0', 'n', '', '否', '关'].map((word) => [word, false] as const),
])

export const textToBoolean = defineNode({
  ...about,
  type: 'value.text-to-boolean',
  title: 'Text to yes or no',
  description: 'Reads yes, true, on or 1 as a yes, and no, false, off, 0 or nothing as a no.',
  aliases: ['parse', 'boolean', 'Text zu Schalter', 'texte en booléen', '文字を真偽に', '文本转是否'],
  inputs: { text: { type: 'TEXT', title: 'Text' } },
  outputs: { boolean: { type: 'BOOLEAN', title: 'Yes or no' } },
  params: z.object({}),
  run({ text }) {
    const boolean = SPOKEN.get(text.trim().toLowerCase())
    if (boolean === undefined) {
      throw new AppError(
        'input_invalid',
        `${quoted(text)} is neither yes nor no: write yes, true, on or 1, or no, false, off or 0.`,
      )
    }
    return { boolean }
  },
})

/** @throws {AppError} `input_invalid` for what is no number. */
function numberIn(text: string): number {
  const plain = text.trim().replace(/^([+-]?\d*),(\d+)$/, '$1.$2')
  const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : Number.NaN
  if (Number.isFinite(number)) return number
  throw new AppError('input_invalid', `${quoted(text)} is no number: write digits, such as 120 or -3.5.`)
}

/** In quotes, and short enough for a sentence. */
const quoted = (text: string): string => `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`
