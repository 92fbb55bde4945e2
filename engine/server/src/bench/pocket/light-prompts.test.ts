import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')
const training = '../../../../../models/training'
const prompts = JSON.parse(read('./light-prompts.json')) as Record<'en' | 'zh', string[]>
const strings = (source: string): string[] => [...source.matchAll(/"([^"\\]*)"/g)].map((match) => match[1]!)

/** The part of a Python dictionary that belongs to a language. */
function partOf(source: string, name: string, language: 'en' | 'zh'): string {
  const whole = source.slice(source.indexOf(`${name} = {`))
  const [, en, zh] = /^.*?"en": \{(.*?)^ {4}"zh": \{(.*?)^ {4}\}/ms.exec(whole)!
  return (language === 'en' ? en : zh)!
}

/** What a template can become: any words in its slots. */
function shapeOf(template: string): RegExp {
  const parts = template.split(/\{\w+\}/).map((part) => part.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`)
}

describe.each(['en', 'zh'] as const)('the light prompts, %s', (language) => {
  const lexicon = partOf(read(`${training}/lexicon_light.py`), 'LIGHTS', language)
  const templates = [...lexicon.matchAll(/\[([^\]]*)\]/g)].flatMap((match) => strings(match[1]!))
  const words = read(`${training}/lexicon.py`)

  it('hold every template of the lexicon (else run models/training/light_prompts.py)', () => {
    expect(templates.length).toBeGreaterThan(80)
    const missing = templates.filter((template) => !prompts[language].some((prompt) => shapeOf(template).test(prompt)))
    expect(missing).toEqual([])
  })

  it('hold every driver phrase and every strong word', () => {
    const phrases = strings(partOf(words, 'DRIVER_PHRASES', language).replace(/"\w+":/g, ''))
    const strong = strings(/"high": \[(.*?)\]/s.exec(partOf(words, 'STRENGTHS', language))![1]!)
    expect(phrases.length).toBeGreaterThan(50)
    expect(strong.length).toBeGreaterThan(5)
    const all = prompts[language].join('\n')
    expect([...phrases, ...strong].filter((word) => !all.includes(word))).toEqual([])
  })
})
