import type { Framing } from '../values.ts'

/** What a line of a plan's text says of its shot; what it leaves out is undefined, and as planned. */
export interface ShotLine {
  seconds: number
  /** From 0, though the text counts from 1. */
  picture?: number
  framing?: Framing
  seed?: string
  fadeSeconds: number
  continues: boolean
  locked: boolean
  starred: boolean
  prompt?: string
}

const CLOCK = /^(\d{1,4}):([0-5]?\d(?:\.\d{1,6})?)$/

/** @returns the line read, or a sentence that says what is wrong with it. */
export function readShotLine(source: string, number: number): ShotLine | string {
  const bar = source.indexOf('|')
  const head = (bar < 0 ? source : source.slice(0, bar)).trim()
  const [time = '', ...words] = head.split(/\s+/)
  const clock = CLOCK.exec(time)
  if (!clock) return `Line ${number}: "${time}" is no time; write minutes and seconds, such as 0:12.400.`
  const line: ShotLine = {
    seconds: 60 * Number(clock[1]) + Number(clock[2]),
    fadeSeconds: 0,
    continues: false,
    locked: false,
    starred: false,
  }
  if (bar >= 0) {
    line.prompt = source.slice(bar + 1).trim()
    if (line.prompt.length > 2000) return `Line ${number}: the prompt is longer than 2000 characters.`
  }
  for (let i = 0; i < words.length; i++) {
    const word = (words[i] as string).toLowerCase()
    const value = words[i + 1] ?? ''
    if (word === 'seed' || word === 'fade') i++
    const problem = readWord(line, word, value, number)
    if (problem !== null) return problem
  }
  return line
}

function readWord(line: ShotLine, word: string, value: string, number: number): string | null {
  switch (word) {
    case 'wide':
    case 'medium':
    case 'close':
      line.framing = word
      return null
    case 'lock':
      line.locked = true
      return null
    case 'star':
      line.starred = true
      return null
    case 'continues':
      line.continues = true
      return null
    case 'seed':
      if (!/^\d{1,15}$/.test(value))
        return `Line ${number}: a seed is a whole number of up to 15 digits, not "${value}".`
      line.seed = value
      return null
    case 'fade':
      if (!/^\d(\.\d+)?$/.test(value) || Number(value) > 4) {
        return `Line ${number}: a fade lasts from 0 to 4 seconds, not "${value}".`
      }
      line.fadeSeconds = Number(value)
      return null
  }
  if (/^\d+$/.test(word)) {
    const picture = Number(word)
    if (picture < 1 || picture > 1000) return `Line ${number}: pictures are numbered from 1 to 1000, not "${word}".`
    line.picture = picture - 1
    return null
  }
  return `Line ${number}: "${word}" is not known here; words may be wide, medium, close, seed, fade, continues, lock and star, and the prompt stands behind |.`
}
