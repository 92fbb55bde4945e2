import type { ValueByType } from './values.ts'

/**
 * Values of some types carry a clock, and `clock-clash.ts` says which of them may meet: FRAMES, VIDEO and SHOTS have a
 * frame rate and a frame count, AUDIO and BEATS a length in seconds; SHOTS also have that of the sound they were made of.
 */
export type PortType = keyof ValueByType

export const PORT_TYPES = [
  'IMAGE',
  'MASK',
  'FRAMES',
  'VIDEO',
  'AUDIO',
  'BEATS',
  'SHOTS',
  'CURVE',
  'LATENT',
  'CONDITIONING',
  'MODEL',
  'VAE',
  'TEXT_ENCODER',
  'AUDIO_ENCODER',
  'TEXT',
  'NUMBER',
  'BOOLEAN',
  'ANY',
] as const satisfies readonly PortType[]

/** Values of these types are rebuilt from their recipe, never kept in the cache. */
export const STREAMED_TYPES: ReadonlySet<PortType> = new Set(['FRAMES'])

export interface OutputPort<T extends PortType = PortType> {
  type: T
  /** The node yields an array; a downstream input that is no list runs once for each item. */
  list?: boolean
  title?: string
  description?: string
}

export interface InputPort<T extends PortType = PortType> extends OutputPort<T> {
  optional?: boolean
  /** Computed only when the node's `needs` asks for it. */
  lazy?: boolean
}

export type Link = { node: string; port: string }

export type Fit = { ok: true } | { ok: false; code: 'type_mismatch'; from: PortType; to: PortType }

/** Whether a value of the output's type may flow into the input. Lists and single values mix by mapping. */
export function fits(output: OutputPort, input: InputPort): Fit {
  if (output.type === input.type || output.type === 'ANY' || input.type === 'ANY') return { ok: true }
  return { ok: false, code: 'type_mismatch', from: output.type, to: input.type }
}
