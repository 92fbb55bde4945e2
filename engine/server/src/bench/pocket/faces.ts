import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Image } from '@beatloom/core'
import { encodeImage, readImage } from '@beatloom/media'
import type { TestMedia } from './test-media.ts'

export interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

export interface Face {
  name: string
  path: string
  /** Of the face itself, in fractions of the picture. */
  place: Box
  /** The picture was among the training's. */
  learned: boolean
}

const box = (left: number, top: number, right: number, bottom: number): Box => ({ left, top, right, bottom })
const ASTRONAUT = box(174, 36, 287, 169)

/** Faces and cuts that show them, pixels of the portraits. */
const CUTS: { name: string; portrait: keyof TestMedia['faces']; face: Box; cut: Box }[] = [
  { name: 'astronaut, square', portrait: 'astronaut', face: ASTRONAUT, cut: box(0, 0, 512, 512) },
  { name: 'astronaut, 16:9', portrait: 'astronaut', face: ASTRONAUT, cut: box(0, 0, 512, 288) },
  { name: 'astronaut, 9:16', portrait: 'astronaut', face: ASTRONAUT, cut: box(86, 0, 374, 512) },
  { name: 'photographer', portrait: 'photographer', face: box(185, 112, 258, 195), cut: box(70, 10, 370, 310) },
  { name: 'Grace Hopper', portrait: 'hopper', face: box(165, 130, 370, 325), cut: box(0, 40, 512, 552) },
]

/** Writes the cuts of the portraits that are there. */
export async function facesFrom(portraits: TestMedia['faces'], folder: string): Promise<Face[]> {
  const faces: Face[] = []
  for (const [index, { name, portrait, face, cut }] of CUTS.entries()) {
    const source = portraits[portrait]
    if (!source) continue
    const path = join(folder, `face-${index}.png`)
    const picture = cutOut(await readImage(source, new AbortController().signal), cut)
    writeFileSync(path, await encodeImage(picture, { format: 'png' }))
    faces.push({ name, path, place: placeWithin(face, cut), learned: portrait === 'hopper' })
  }
  return faces
}

/** @param cut whole pixels inside the picture. */
export function cutOut({ width, channels, data }: Image, cut: Box): Image {
  const [wide, tall] = [cut.right - cut.left, cut.bottom - cut.top]
  const out = new Uint8Array(wide * tall * channels)
  for (let y = 0; y < tall; y++) {
    const from = ((cut.top + y) * width + cut.left) * channels
    out.set(data.subarray(from, from + wide * channels), y * wide * channels)
  }
  return { width: wide, height: tall, channels, data: out }
}

/** A box as fractions of the one around it. */
export function placeWithin(inner: Box, outer: Box): Box {
  const [wide, tall] = [outer.right - outer.left, outer.bottom - outer.top]
  return {
    left: (inner.left - outer.left) / wide,
    top: (inner.top - outer.top) / tall,
    right: (inner.right - outer.left) / wide,
    bottom: (inner.bottom - outer.top) / tall,
  }
}
