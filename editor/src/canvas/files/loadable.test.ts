import { expect, it } from 'vitest'
import { isLoadable } from './loadable.ts'

it.each([
  ['photo.webp', 'image/webp'],
  ['song.m4a', 'audio/x-m4a'],
  ['song.ogg', 'application/ogg'],
  ['clip.mov', 'video/quicktime'],
  // Browsers name no type for these.
  ['style.safetensors', ''],
  ['style.safetensors', 'application/octet-stream'],
  ['SONG.FLAC', ''],
  ['recording', ''],
])('D2: %s (%s) may become a node', (name, type) => {
  expect(isLoadable({ name, type })).toBe(true)
})

it.each([
  ['diary.txt', 'text/plain'],
  ['accounts.pdf', 'application/pdf'],
  ['animation.gif', 'image/gif'],
  ['drawing.svg', 'image/svg+xml'],
  ['keys.kdbx', ''],
  ['model.ckpt', 'application/octet-stream'],
])('D2: %s (%s) is not sent anywhere', (name, type) => {
  expect(isLoadable({ name, type })).toBe(false)
})
