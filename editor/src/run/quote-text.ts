import type { Quote } from '../api/types.ts'
import { fileSize, workRange } from '../i18n/format.ts'
import type { Translate } from '../i18n/index.ts'

/** `12–18 s`; one value where both ends read the same. */
export const timeRange = ([low, high]: Quote['seconds']): string => workRange(low, high)

/** The quote in one short line: time, and how much of the graph is done already. */
export function quoteInShort({ seconds, run, cached }: Quote, t: Translate): string {
  if (run === 0) return t('quote.allDone')
  const share = t('quote.share', { run, all: run + cached })
  return `${timeRange(seconds)} · ${share}`
}

export interface QuoteFact {
  key: 'time' | 'memory' | 'disk' | 'nodes'
  value: string
}

/** The whole quote, fact by fact. */
export function quoteFacts(quote: Quote, t: Translate): QuoteFact[] {
  return [
    { key: 'time', value: timeRange(quote.seconds) },
    { key: 'memory', value: fileSize(quote.memoryBytes) },
    { key: 'disk', value: fileSize(quote.diskBytes) },
    { key: 'nodes', value: t('quote.nodesText', { run: quote.run, cached: quote.cached }) },
  ]
}
