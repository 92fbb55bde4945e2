import type { PortType } from '@beatloom/core'

export type PortShape =
  | 'circle'
  | 'double-circle'
  | 'triangle'
  | 'wave'
  | 'bar'
  | 'ladder'
  | 'half'
  | 'hexagon'
  | 'square'
  | 'letter'
  | 'hash'
  | 'switch'
  | 'ring'
  | 'arc'
  | 'diamond'
  | 'cross'

export interface PortLook {
  /** Contrast at least 3:1 on both themes' node grounds, #1b1d21 and #ffffff. */
  colour: string
  shape: PortShape
  /** Two letters, for those who cannot tell the colours apart. */
  tag: string
}

export const PORT_LOOKS = {
  IMAGE: { colour: '#2f86d6', shape: 'circle', tag: 'IM' },
  FRAMES: { colour: '#4f7cff', shape: 'double-circle', tag: 'FR' },
  VIDEO: { colour: '#8b5cf6', shape: 'triangle', tag: 'VI' },
  AUDIO: { colour: '#1f9d63', shape: 'wave', tag: 'AU' },
  BEATS: { colour: '#d9641e', shape: 'bar', tag: 'BE' },
  SHOTS: { colour: '#c2417c', shape: 'ladder', tag: 'SH' },
  MASK: { colour: '#6f8a1f', shape: 'half', tag: 'MA' },
  LATENT: { colour: '#d0489b', shape: 'hexagon', tag: 'LA' },
  MODEL: { colour: '#9a7bd0', shape: 'square', tag: 'MO' },
  TEXT: { colour: '#a8791a', shape: 'letter', tag: 'TX' },
  NUMBER: { colour: '#3f93a0', shape: 'hash', tag: 'NU' },
  BOOLEAN: { colour: '#b8574f', shape: 'switch', tag: 'BO' },
  ANY: { colour: '#808790', shape: 'ring', tag: 'AN' },
  CURVE: { colour: '#b07d2b', shape: 'arc', tag: 'CU' },
  CONDITIONING: { colour: '#c9702f', shape: 'diamond', tag: 'CO' },
  VAE: { colour: '#cf4f4f', shape: 'cross', tag: 'VA' },
  TEXT_ENCODER: { colour: '#8f8420', shape: 'square', tag: 'TE' },
  AUDIO_ENCODER: { colour: '#2c9486', shape: 'square', tag: 'AE' },
} satisfies Record<PortType, PortLook>

/** A type this editor has never heard of looks like ANY. */
export const lookOf = (type: string): PortLook => (PORT_LOOKS as Record<string, PortLook>)[type] ?? PORT_LOOKS.ANY

/** Outline of each shape in a box of 14 × 14. */
export const SHAPE_PATHS: Record<PortShape, string> = {
  circle: 'M7 2a5 5 0 1 1 0 10a5 5 0 1 1 0-10Z',
  'double-circle': 'M7 1a6 6 0 1 1 0 12a6 6 0 1 1 0-12ZM7 4.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 1 0 0-5Z',
  triangle: 'M3 1.5L12.5 7L3 12.5Z',
  wave: 'M2 5h1.8v4H2ZM5 2h1.8v10H5ZM8 4h1.8v6H8ZM11 5.5h1.8v3H11Z',
  bar: 'M4.8 1h4.4v12H4.8Z',
  ladder: 'M2 2h2v10H2ZM10 2h2v10h-2ZM4 3.5h6v1.8H4ZM4 8.7h6v1.8H4Z',
  half: 'M7 1.5a5.5 5.5 0 0 1 0 11Z',
  hexagon: 'M7 1L12.2 4v6L7 13L1.8 10V4Z',
  square: 'M2.5 2.5h9v9h-9Z',
  letter: 'M2 2h10v2.6H8.4V12H5.6V4.6H2Z',
  hash: 'M4 1h1.8v3.2h2.4V1H10v3.2h2.6V6H10v2h2.6v1.8H10V13H8.2V9.8H5.8V13H4V9.8H1.4V8H4V6H1.4V4.2H4Z',
  switch: 'M4.5 3.5h5a3.5 3.5 0 0 1 0 7h-5a3.5 3.5 0 0 1 0-7Z',
  ring: 'M7 1.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11ZM7 4a3 3 0 1 0 0 6a3 3 0 1 0 0-6Z',
  arc: 'M1.5 11.5C1.5 5 5 2 12.5 2v2.6C7 4.6 4.4 7 4.4 11.5Z',
  diamond: 'M7 1L13 7L7 13L1 7Z',
  cross: 'M5 1.5h4V5h3.5v4H9v3.5H5V9H1.5V5H5Z',
}
