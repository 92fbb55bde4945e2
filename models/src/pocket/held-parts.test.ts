import { expect, it } from 'vitest'
import { heldParts } from './held-parts.ts'

const held = (negative: string) => heldParts(negative).parts.join(', ')
const CAMERA = 'pan left, pan right, tilt up, tilt down, zoom in, zoom out, roll left, roll right, shake'

it.each([
  ['', ''],
  ['light, flicker', 'light, glow, warm, cool'],
  ['闪烁', 'light, glow'],
  ['不要闪烁，没有光晕', 'light, glow'],
  ['no flicker', 'light, glow'],
  ['glow', 'glow'],
  ['zoom', 'zoom in, zoom out'],
  ['zoom in', 'zoom in'],
  ['zooming out', 'zoom out'],
  ['镜头推近', 'zoom in'],
  ['镜头拉远', 'zoom out'],
  ['pan', 'pan left, pan right'],
  ['panning to the left', 'pan left'],
  ['镜头右移', 'pan right'],
  ['tilt down or rolling clockwise', 'tilt down, roll right'],
  ['counterclockwise rotation', 'roll left'],
  ['镜头逆时针旋转', 'roll left'],
  ['shaking camera', 'shake'],
  ['镜头抖动', 'shake'],
  ['camera movement', CAMERA],
  ['镜头运动', CAMERA],
  ['motion', `${CAMERA}, subject, scenery`],
  ['warm light', 'warm'],
  ['colour changes', 'warm, cool'],
  ['distorted faces; swaying', 'subject'],
  ['人物晃动、水波', 'subject, scenery'],
])('"%s" holds %s', (negative, expected) => {
  expect(held(negative)).toBe(expected)
  expect(heldParts(negative).unknown).toEqual([])
})

it('names what it cannot hold, and holds the rest', () => {
  expect(heldParts('blurry, ugly hands, Zoom')).toEqual({
    parts: ['zoom in', 'zoom out'],
    unknown: ['blurry', 'ugly hands'],
  })
})

it('does not take words for others that begin alike', () => {
  // "expanding" holds no pan, "shadow" no shake, "spandex" no pan.
  expect(heldParts('expanding shadow, spandex')).toEqual({ parts: [], unknown: ['expanding shadow', 'spandex'] })
})
