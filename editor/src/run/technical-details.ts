import type { ErrorReport } from '@beatloom/core'

/** Homes of people, in the three systems' ways of writing them. */
const PERSONAL: readonly [RegExp, string][] = [
  // Names with a space in them are common there.
  [/[A-Za-z]:(?:\\{1,2}|\/)Users(?:\\{1,2}|\/)(?:[^\\/"':\r\n]+(?=[\\/])|[^\\/\s"':]+)/g, '~'],
  [/(?:\/home|\/Users)\/[^/\s"':]+/g, '~'],
  [/(?<![\w.-])\/root(?=[/\s"':]|$)/g, '~'],
]

export const withoutPersonalPaths = (text: string): string =>
  PERSONAL.reduce((result, [pattern, stand]) => result.replaceAll(pattern, stand), text)

/** What to send to somebody who can help: code, sentence, facts; no names of people. */
export function technicalDetails(error: ErrorReport, run: string | null): string {
  const lines = [`code: ${error.code}`, `message: ${error.message}`]
  if (error.node !== undefined) lines.push(`node: ${error.node}`)
  if (run !== null) lines.push(`run: ${run}`)
  if (error.details) lines.push(`details: ${JSON.stringify(error.details, null, 2)}`)
  return withoutPersonalPaths(lines.join('\n'))
}
