import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { WORDS } from './dictionaries.ts'

const SOURCE = join(import.meta.dirname, '..')
const code = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !/i18n\/words\//.test(name) && !name.includes('.test.'))
  .map((name) => readFileSync(join(SOURCE, name), 'utf8'))
  .join('\n')
const wordFiles = readdirSync(join(import.meta.dirname, 'words'))
/** Keys put together from a name and a state: `state.${run.state}`. */
const families = new Set([...code.matchAll(/`([\w.]+\.)\$\{/g)].map((match) => match[1] ?? ''))

describe('L2: the dictionaries', () => {
  it('fill in the same values in both languages', () => {
    const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort()
    for (const [key, [english, chinese]] of Object.entries(WORDS)) expect(places(chinese), key).toEqual(places(english))
  })

  it('say something everywhere', () => {
    for (const [key, texts] of Object.entries(WORDS)) for (const text of texts) expect(text.trim(), key).not.toBe('')
  })

  it('name no key twice, where one area would hide another', () => {
    const keys = wordFiles.flatMap((name) => {
      const text = readFileSync(join(import.meta.dirname, 'words', name), 'utf8')
      return [...text.matchAll(/^ {2}'([\w.-]+)': \[/gm)].map((match) => match[1] ?? '')
    })
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([])
    expect(keys.length).toBe(Object.keys(WORDS).length)
  })

  it('hold no string that nothing shows', () => {
    const unused = Object.keys(WORDS).filter(
      (key) => !code.includes(`'${key}'`) && ![...families].some((family) => key.startsWith(family)),
    )
    expect(unused).toEqual([])
  })
})
