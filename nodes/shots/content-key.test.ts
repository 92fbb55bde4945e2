import { expect, it } from 'vitest'
import { contentKey } from './content-key.ts'

it('is the same for equal values, wherever their files lie and in whatever order their keys are', () => {
  const file = { path: '/a/song.mp3', sha256: 'abc', name: 'song.mp3' }
  const one = { file, startSeconds: 1, more: undefined, values: Float32Array.of(1, 2) }
  const other = { values: Float32Array.of(1, 2), startSeconds: 1, file: { ...file, path: '/b/song.mp3' } }
  expect(contentKey(one)).toBe(contentKey(other))
})

it('differs where anything differs', () => {
  const keys = [
    { a: 1 },
    { a: 2 },
    { b: 1 },
    [1],
    [[1]],
    [1, 2],
    Float32Array.of(1),
    Float32Array.of(2),
    Uint8Array.of(0, 0, 128, 63),
    '1',
    1,
    1n,
    null,
    true,
    { path: 'x', sha256: 'a' },
    { path: 'x', sha256: 'b' },
    { path: 'x' },
    { path: 'y' },
  ].map(contentKey)
  expect(new Set(keys).size).toBe(keys.length)
})
