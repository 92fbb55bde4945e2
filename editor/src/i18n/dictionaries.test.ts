import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { en } from './en.ts'
import { zh } from './zh.ts'

const SOURCE = join(import.meta.dirname, '..')
const code = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !/i18n\/(en|zh)\.ts$/.test(name) && !name.includes('.test.'))
  .map((name) => readFileSync(join(SOURCE, name), 'utf8'))
  .join('\n')
/** Keys put together from a name and a state: `state.${run.state}`. */
const families = new Set([...code.matchAll(/`([\w.]+\.)\$\{/g)].map((match) => match[1] ?? ''))

describe('the dictionaries', () => {
  it('have the same keys', () => {
    expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort())
  })

  it('fill in the same values', () => {
    const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort()
    for (const [key, text] of Object.entries(en)) expect(places(zh[key as keyof typeof zh]), key).toEqual(places(text))
  })

  it('say something everywhere', () => {
    for (const dictionary of [en, zh])
      for (const [key, text] of Object.entries(dictionary)) expect(text.trim(), key).not.toBe('')
  })

  it('hold no string that nothing shows', () => {
    const unused = Object.keys(en).filter(
      (key) => !code.includes(`'${key}'`) && ![...families].some((family) => key.startsWith(family)),
    )
    expect(unused).toEqual([])
  })
})
