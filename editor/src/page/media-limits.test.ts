import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { MAX_PICTURE_PIXELS, MAX_SONG_SECONDS, MAX_UPLOAD_BYTES } from './media-limits.ts'

const source = (path: string): string => readFileSync(join(import.meta.dirname, '../../..', path), 'utf8')

it("A3: the page's limits are the server's own", () => {
  expect(source('engine/server/src/http/build-server.ts')).toContain('MAX_UPLOAD_BYTES = 500 * 2 ** 20')
  expect(MAX_UPLOAD_BYTES).toBe(500 * 2 ** 20)
  expect(source('engine/media/src/read-image.ts')).toContain('MAX_PICTURE_PIXELS = 100_000_000')
  expect(MAX_PICTURE_PIXELS).toBe(100_000_000)
  expect(source('nodes/audio/load-audio.ts')).toContain('.max(36_000)')
  expect(MAX_SONG_SECONDS).toBe(36_000)
})
