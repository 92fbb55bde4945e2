import { type Beats, type Curve, defineNode, known, type ParamMeta } from '@beatloom/core'
import { z } from 'zod'
import { curveDisplay } from './curve-values.ts'
import { holdPeaks, pulseCurve, safeMarks } from './pulses.ts'

const SOURCES = ['beat-pulse', 'bar-pulse', 'onset', 'bass', 'mid', 'high', 'loudness'] as const
type Source = (typeof SOURCES)[number]

export const curveFromBeats = defineNode({
  type: 'curve.from-beats',
  version: 1,
  title: 'Curve from beats',
  description:
    'Makes a curve, 0 to 1, from one side of the music: a pulse on each beat or bar, its onsets, or a level.',
  category: 'Audio',
  aliases: ['envelope', 'pulse', 'audio reactive', 'schedule', '曲线'],
  phase: 'audio',
  converter: true,
  inputs: { beats: { type: 'BEATS', title: 'Beats' } },
  outputs: { curve: { type: 'CURVE', title: 'Curve' } },
  params: z.object({
    source: z
      .enum(SOURCES)
      .default('beat-pulse')
      .describe('What the curve follows.')
      .meta({ title: 'Follows' } satisfies ParamMeta),
    decaySeconds: z
      .number()
      .min(0.02)
      .max(4)
      .default(0.2)
      .describe('How long pulses and onsets ring: seconds to fall to 37 %. Levels have a release of their own.')
      .meta({ title: 'Decay', unit: 's' } satisfies ParamMeta),
    safeFlashes: z
      .boolean()
      .default(true)
      .describe('Above three beats a second, pulse on every second beat, so that light never flashes dangerously fast.')
      .meta({ title: 'Safe flashes', advanced: true } satisfies ParamMeta),
  }),
  facts: ({ beats }) => ({ curve: known({ durationSeconds: envelopeSeconds(beats?.durationSeconds) }) }),
  run({ beats }, { source, decaySeconds, safeFlashes }, { signal, display }) {
    signal.throwIfAborted()
    const curve = { rate: beats.envelopes.rate, values: valuesOf(beats, source, decaySeconds, safeFlashes) }
    display(curveDisplay(curve))
    return { curve } satisfies { curve: Curve }
  },
})

function valuesOf(beats: Beats, source: Source, decaySeconds: number, safeFlashes: boolean): Float32Array {
  const { envelopes } = beats
  const { rate } = envelopes
  switch (source) {
    case 'beat-pulse':
    case 'bar-pulse': {
      const marks = source === 'beat-pulse' ? beats.beats : beats.downbeats
      return pulseCurve(safeFlashes ? safeMarks(marks) : marks, rate, envelopes.onset.length, decaySeconds)
    }
    case 'onset':
      return holdPeaks(envelopes.onset, rate, decaySeconds)
    case 'bass':
    case 'mid':
    case 'high':
    case 'loudness':
      return envelopes[source].slice()
    default:
      return source satisfies never
  }
}

/** Envelopes cover the sound with whole steps of 1/100 s; a hair less, for the rounding of seconds. */
function envelopeSeconds(soundSeconds: number | undefined): number | undefined {
  return soundSeconds === undefined ? undefined : Math.ceil(soundSeconds * 100 - 1e-6) / 100
}
