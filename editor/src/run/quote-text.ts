import type { Quote } from '../api/types.ts'
import { fileSize, workRange } from '../i18n/format.ts'
import type { Translate } from '../i18n/index.ts'

/** `12–18 s`; one value where both ends read the same. */
export const timeRange = ([low, high]: Quote['seconds']): string => workRange(low, high)

/** The quote in one short line: time, and how much of the graph is done already. */
export function quoteInShort({ seconds, run, cached, shots }: Quote, t: Translate): string {
  if (run === 0) return t('quote.allDone')
  const [loop] = shots ?? []
  const share = loop
    ? t('quote.shotsText', { run: loop.missing.length, count: loop.count })
    : t('quote.share', { run, all: run + cached })
  return `${timeRange(seconds)} · ${share}`
}

/** More than these are counted, not listed. */
const MOST_LISTED = 12

/** `2 of 12 to make: 3, 4`. */
function shotsText({ count, missing }: NonNullable<Quote['shots']>[number], t: Translate): string {
  if (missing.length === 0) return t('quote.shotsDone', { count })
  const all = missing.length === count || missing.length > MOST_LISTED
  const words = { run: missing.length, count, numbers: missing.join(', ') }
  return all ? t('quote.shotsText', words) : t('quote.shotsNamed', words)
}

export interface QuoteFact {
  key: 'time' | 'memory' | 'disk' | 'nodes' | 'shots'
  value: string
}

/** The whole quote, fact by fact. */
export function quoteFacts(quote: Quote, t: Translate): QuoteFact[] {
  return [
    { key: 'time', value: timeRange(quote.seconds) },
    { key: 'memory', value: fileSize(quote.memoryBytes) },
    { key: 'disk', value: fileSize(quote.diskBytes) },
    { key: 'nodes', value: t('quote.nodesText', { run: quote.run, cached: quote.cached }) },
    ...(quote.shots ?? []).map((shots) => ({ key: 'shots' as const, value: shotsText(shots, t) })),
  ]
}
