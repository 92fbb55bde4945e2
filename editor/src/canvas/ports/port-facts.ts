import type { Display } from '@beatloom/core'
import type { PortFacts } from '../../api/types.ts'
import type { Translate } from '../../i18n/index.ts'

/** What is known of a value in one line: `1280 × 720, 16 fps, 3360 frames, 3:30.00`. Empty while nothing is. */
export function factsText(facts: KnownFacts & { value?: unknown }, t: Translate): string {
  const { width, height, frameRate, frameCount, durationSeconds, sampleRate, channels, bpm, value } = facts
  const { beatCount, shotCount } = facts
  const parts: string[] = []
  if (value !== undefined) parts.push(t('port.value', { value: shortValue(value) }))
  if (width && height) parts.push(`${width} × ${height}`)
  if (frameRate) parts.push(`${round(frameRate)} fps`)
  if (frameCount) parts.push(t('port.frames', { n: frameCount }))
  if (durationSeconds !== undefined) parts.push(preciseTime(durationSeconds))
  if (sampleRate) parts.push(`${sampleRate / 1000} kHz`)
  if (channels) parts.push(t('port.channels', { n: channels }))
  if (bpm) parts.push(`${round(bpm)} BPM`)
  if (beatCount) parts.push(t('beats.count', { n: beatCount }))
  if (shotCount) parts.push(t('shots.count', { n: shotCount }))
  return parts.join(', ')
}

export interface KnownFacts extends PortFacts {
  beatCount?: number
}

/** What a run has found out about beats or a plan: no analysis can say it before. */
export function factsOfDisplays(items: readonly Display[], type: string): KnownFacts {
  for (const item of items) {
    if (item.kind === 'beats' && type === 'BEATS') {
      const { durationSeconds, beats, tempoBpm } = item
      const bpm = tempoBpm === null ? {} : { bpm: Math.round(tempoBpm * 10) / 10 }
      return { durationSeconds, beatCount: beats.length, ...bpm }
    }
    if (item.kind === 'shots' && type === 'SHOTS') {
      const { durationSeconds, frameRate, shots } = item
      return { durationSeconds, frameRate, frameCount: shots.at(-1)?.endFrame ?? 0, shotCount: shots.length }
    }
  }
  return {}
}

const round = (number: number): number => Math.round(number * 1000) / 1000

/** `210` → `3:30.00`. */
export function preciseTime(seconds: number): string {
  const hundredths = Math.round(seconds * 100)
  const minutes = Math.floor(hundredths / 6000)
  return `${minutes}:${((hundredths - minutes * 6000) / 100).toFixed(2).padStart(5, '0')}`
}

const LONGEST = 80

export function shortValue(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text
}
