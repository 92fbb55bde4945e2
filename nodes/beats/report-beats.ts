import { type Beats, Blocked, defineNode, type ParamMeta } from '@beatloom/core'
import { z } from 'zod'

const PARTS = ['tempo', 'meter', 'counts', 'confidence', 'others'] as const
type Part = (typeof PARTS)[number]

export const reportBeats = defineNode({
  type: 'beats.report',
  version: 1,
  title: 'Describe beats',
  description: 'Puts a beat analysis into words, its tempo into a number and its beat times into JSON text.',
  category: 'Audio',
  aliases: ['bpm', 'tempo', 'analysis', 'json', 'export beats'],
  phase: 'audio',
  converter: true,
  inputs: { beats: { type: 'BEATS', title: 'Beats' } },
  outputs: {
    text: { type: 'TEXT', title: 'Text' },
    tempo: { type: 'NUMBER', title: 'Tempo', description: 'Beats per minute; nothing where the music has no beat.' },
    json: { type: 'TEXT', title: 'Beat times', description: 'Tempo, meter, confidence, beats and downbeats as JSON.' },
  },
  params: z.object({
    parts: z
      .array(z.enum(PARTS))
      .default([...PARTS])
      .describe('What the text says; the JSON always holds everything.')
      .meta({ widget: 'multichoice', title: 'In the text' } satisfies ParamMeta),
  }),
  run({ beats }, { parts }, { signal, display }) {
    signal.throwIfAborted()
    const text = describeBeats(beats, parts)
    display({ kind: 'text', text, spoken: true })
    return { text, tempo: beats.tempoBpm === null ? new Blocked() : rounded(beats.tempoBpm, 2), json: beatsJson(beats) }
  },
})

export function describeBeats(beats: Beats, parts: readonly Part[] = PARTS): string {
  const seconds = `${rounded(beats.durationSeconds, 1)} s`
  if (beats.tempoBpm === null) return `No steady beat in ${seconds} of sound (confidence ${percent(beats.confidence)}).`
  const others = beats.tempoCandidates.slice(1).map(({ bpm }) => rounded(bpm, 1))
  const sayings: Record<Part, string | null> = {
    tempo: `${rounded(beats.tempoBpm, 1)} BPM`,
    meter: beats.meter === null ? null : `${beats.meter} beats to the bar`,
    counts: `${beats.beats.length} beats and ${beats.downbeats.length} bars in ${seconds}`,
    confidence: `confidence ${percent(beats.confidence)}`,
    others: others.length === 0 ? null : `other readings: ${others.join(' and ')} BPM`,
  }
  return PARTS.flatMap((part) => (parts.includes(part) ? (sayings[part] ?? []) : [])).join(', ')
}

function beatsJson({ durationSeconds, tempoBpm, meter, confidence, beats, downbeats, tempoCandidates }: Beats): string {
  return JSON.stringify({
    durationSeconds,
    tempoBpm: tempoBpm === null ? null : rounded(tempoBpm, 3),
    meter,
    confidence: rounded(confidence, 3),
    tempoCandidates: tempoCandidates.map(({ bpm, salience }) => ({
      bpm: rounded(bpm, 2),
      salience: rounded(salience, 3),
    })),
    beats: beats.map((time) => rounded(time, 4)),
    downbeats: downbeats.map((time) => rounded(time, 4)),
  })
}

const percent = (share: number): string => `${Math.round(100 * share)} %`
const rounded = (value: number, digits: number): number => Number(value.toFixed(digits))
