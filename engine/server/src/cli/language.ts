import type { Registry } from '@beatloom/core'

export type Language = 'en' | 'zh'

/** `BEATLOOM_LANG`, else what the system says of messages; English where neither names Chinese. */
export function languageOf(env: NodeJS.ProcessEnv): Language {
  const wished = [env.BEATLOOM_LANG, env.LC_ALL, env.LC_MESSAGES, env.LANG].find((value) => value)
  return wished?.toLowerCase().startsWith('zh') ? 'zh' : 'en'
}

export const LANGUAGE: Language = languageOf(process.env)

/** The Chinese of nodes and sentences; read where it is wanted, since no English start needs it. */
export const CHINESE =
  LANGUAGE === 'zh'
    ? { ...(await import('@beatloom/node-words')), ...(await import('@beatloom/core/sentences')) }
    : null

/** Chinese titles of node types by their English ones, as far as a command has met them. */
const titles = new Map<string, string>()

export function learnTitles(registry: Registry): void {
  for (const { type, title } of registry.values()) titles.set(title, CHINESE?.zhNodes[type]?.title ?? title)
}

/** A sentence for the terminal, in the person's language. Lines of JSON never come through here. */
export const speak = (text: string): string =>
  CHINESE?.translateSentence(text, LANGUAGE, (title) => titles.get(title) ?? title) ?? text

/** A number as the language writes it. */
export const numberText = (value: number, digits: number): string =>
  new Intl.NumberFormat(LANGUAGE === 'zh' ? 'zh-CN' : 'en', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    useGrouping: false,
  }).format(value)

/** Columns a text takes on a terminal: Chinese characters and their signs take two. */
export const columnsOf = (text: string): number =>
  [...text].reduce((sum, sign) => sum + (/[\p{Script=Han}\u3000-\u303f\uff00-\uff60]/u.test(sign) ? 2 : 1), 0)

/** What fits into so many columns. */
export function cutTo(text: string, columns: number): string {
  let used = 0
  const signs = [...text]
  const end = signs.findIndex((sign) => {
    used += columnsOf(sign)
    return used > columns
  })
  return end === -1 ? text : signs.slice(0, end).join('')
}
