import type { FileFacts } from '../api/types.ts'
import { clockTime } from '../i18n/format.ts'

/** `1024 × 768` or `3:05 · 44.1 kHz`. */
export function factsLine({ facts }: FileFacts): string {
  const parts: string[] = []
  if (facts.width && facts.height) parts.push(`${facts.width} × ${facts.height}`)
  if (facts.durationSeconds) parts.push(clockTime(facts.durationSeconds, facts.durationSeconds < 60 ? 1 : 0))
  if (facts.sampleRate) parts.push(`${facts.sampleRate / 1000} kHz`)
  return parts.join(' · ')
}
