import { rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../testing/test-engine.ts'
import { DiskCache } from './disk-cache.ts'

const key = (letter: string): string => letter.repeat(64)
const result = (value: unknown) => ({ outputs: { value }, display: [] })
const SLOW = { seconds: 1 }
const CHEAP = { seconds: 0.001 }

it('keeps what was slow to make across restarts, typed arrays included', async () => {
  const folder = temporaryFolder()
  const cache = new DiskCache(folder)
  cache.put(key('a'), result({ values: Float32Array.of(1, 2.5) }), SLOW)
  await cache.close()
  const reopened = new DiskCache(folder)
  expect(reopened.has(key('a'))).toBe(true)
  expect(await reopened.get(key('a'))).toEqual(result({ values: Float32Array.of(1, 2.5) }))
  await reopened.close()
})

it('keeps cheap small results in memory alone', async () => {
  const folder = temporaryFolder()
  const cache = new DiskCache(folder)
  cache.put(key('a'), result(1), CHEAP)
  expect(cache.get(key('a'))).toEqual(result(1))
  await cache.close()
  const reopened = new DiskCache(folder)
  expect(reopened.has(key('a'))).toBe(false)
  await reopened.close()
})

it('misses when a file that the result leans on is gone', async () => {
  const folder = temporaryFolder()
  const path = join(folder, 'clip.mp4')
  writeFileSync(path, 'clip')
  const cache = new DiskCache(join(folder, 'cache'))
  cache.put(key('a'), result({ file: { path, sha256: key('0'), name: 'clip.mp4' } }), CHEAP)
  expect(cache.has(key('a'))).toBe(true)
  await cache.close()
  const reopened = new DiskCache(join(folder, 'cache'))
  expect(reopened.has(key('a'))).toBe(true)
  rmSync(path)
  expect(reopened.has(key('a'))).toBe(false)
  await reopened.close()
})

it('treats a damaged entry as a miss and forgets it', async () => {
  const folder = temporaryFolder()
  const cache = new DiskCache(folder)
  cache.put(key('a'), result('x'.repeat(1000)), SLOW)
  await cache.close()
  truncateSync(join(folder, 'aa', key('a')), 10)
  const reopened = new DiskCache(folder)
  expect(await reopened.get(key('a'))).toBeUndefined()
  expect(reopened.has(key('a'))).toBe(false)
  await reopened.close()
})

it('lets the least recently used entries go when the disk share is full', async () => {
  const folder = temporaryFolder()
  const cache = new DiskCache(folder, { memoryBytes: 0, diskBytes: 5_000 })
  for (const letter of ['a', 'b', 'c', 'd']) {
    cache.put(key(letter), result(new Uint8Array(1_000)), SLOW)
    await cache.flush()
  }
  await cache.get(key('a'))
  cache.put(key('e'), result(new Uint8Array(1_000)), SLOW)
  await cache.flush()
  expect(['a', 'b', 'c', 'd', 'e'].filter((letter) => cache.has(key(letter)))).toEqual(['a', 'c', 'd', 'e'])
  await cache.close()
})

it('holds no more in memory than its share', async () => {
  const cache = new DiskCache(temporaryFolder(), { memoryBytes: 10_000 })
  for (let index = 0; index < 50; index++)
    cache.put(key(index.toString(36)).slice(0, 64), result(new Uint8Array(1_000)), CHEAP)
  expect(cache.sizes.memoryBytes).toBeLessThanOrEqual(10_000)
  await cache.close()
})
