import { readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { serialize } from 'node:v8'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../testing/test-engine.ts'
import { DiskCache } from './disk-cache.ts'

const key = (letter: string): string => letter.repeat(64)
const result = (value: unknown) => ({ outputs: { value }, display: [], lists: [] })
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

/** A finished shot: a video in a file, and a small picture beside it. */
function shot(folder: string, name: string, thumbBytes = 300) {
  const path = join(folder, `${name}.mp4`)
  writeFileSync(path, name)
  return result({ file: { path, sha256: key('0'), name }, thumb: new Uint8Array(thumbBytes) })
}

it('lets finished shots go last, however old they are, whoever kept them', async () => {
  const folder = temporaryFolder()
  const limits = { memoryBytes: 0, diskBytes: 10_000 }
  const cache = new DiskCache(join(folder, 'cache'), limits)
  for (const letter of ['a', 'b', 'c']) cache.put(key(letter), shot(folder, letter), SLOW)
  await cache.flush()
  // A file that is only shown is no finished one.
  const shown = { path: join(folder, 'a.mp4'), sha256: key('0'), name: 'a.mp4' }
  const display = [{ kind: 'image' as const, file: shown, width: 8, height: 8 }]
  cache.put(key('s'), { outputs: {}, display, lists: [] }, SLOW)
  await cache.close()
  const reopened = new DiskCache(join(folder, 'cache'), limits)
  for (let latent = 0; latent < 40; latent++) {
    reopened.put(key(String.fromCharCode(0x100 + latent)), result(new Uint8Array(1_000)), SLOW)
    await reopened.flush()
    expect(reopened.sizes.diskBytes).toBeLessThanOrEqual(10_000)
  }
  expect(['a', 'b', 'c', 's'].filter((letter) => reopened.has(key(letter)))).toEqual(['a', 'b', 'c'])
  expect(await reopened.get(key('a'))).toEqual(shot(folder, 'a'))
  await reopened.close()
})

it('lets the oldest finished shots go where they hold more than half of the share', async () => {
  const folder = temporaryFolder()
  const cache = new DiskCache(join(folder, 'cache'), { memoryBytes: 0, diskBytes: 10_000 })
  const letters = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
  for (const letter of letters) {
    cache.put(key(letter), shot(folder, letter, 900), SLOW)
    await cache.flush()
  }
  await cache.get(key('a'))
  for (const latent of ['k', 'l', 'm', 'n', 'o', 'p']) {
    cache.put(key(latent), result(new Uint8Array(1_000)), SLOW)
    await cache.flush()
  }
  expect(letters.filter((letter) => cache.has(key(letter)))).toEqual(['a', 'f', 'g', 'h'])
  expect(['n', 'o', 'p'].every((latent) => cache.has(key(latent)))).toBe(true)
  await cache.close()
})

it('counts nothing as there that another process let go', async () => {
  const folder = temporaryFolder()
  const limits = { memoryBytes: 0, diskBytes: 5_000 }
  const [one, other] = [new DiskCache(folder, limits), new DiskCache(folder, limits)]
  one.put(key('a'), result(new Uint8Array(1_000)), SLOW)
  await one.flush()
  other.refresh()
  expect(other.has(key('a'))).toBe(true)
  for (const letter of ['b', 'c', 'd', 'e', 'f']) {
    one.put(key(letter), result(new Uint8Array(1_000)), SLOW)
    await one.flush()
  }
  expect(one.has(key('a'))).toBe(false)
  other.refresh()
  expect(other.has(key('a'))).toBe(false)
  expect(other.sizes.diskBytes).toBe(one.sizes.diskBytes)
  await Promise.all([one.close(), other.close()])
})

it('opens a folder that did not tell files apart', async () => {
  const folder = temporaryFolder()
  const cache = new DiskCache(join(folder, 'cache'))
  cache.put(key('a'), shot(folder, 'a'), SLOW)
  await cache.close()
  const index = new DatabaseSync(join(folder, 'cache', 'index.sqlite'))
  index.exec('ALTER TABLE entries DROP COLUMN is_file')
  index.close()
  const reopened = new DiskCache(join(folder, 'cache'), { memoryBytes: 0, diskBytes: 5_000 })
  for (const letter of ['b', 'c', 'd', 'e', 'f']) {
    reopened.put(key(letter), result(new Uint8Array(1_000)), SLOW)
    await reopened.flush()
  }
  expect(['a', 'b'].map((letter) => reopened.has(key(letter)))).toEqual([true, false])
  await reopened.close()
})

it('holds no more in memory than its share', async () => {
  const cache = new DiskCache(temporaryFolder(), { memoryBytes: 10_000 })
  for (let index = 0; index < 50; index++)
    cache.put(key(index.toString(36)).slice(0, 64), result(new Uint8Array(1_000)), CHEAP)
  expect(cache.sizes.memoryBytes).toBeLessThanOrEqual(10_000)
  await cache.close()
})

it('remembers which outputs are lists; an entry that does not say is a miss where that is not clear', async () => {
  const folder = temporaryFolder()
  const cache = new DiskCache(folder)
  const list = { outputs: { masks: [Uint8Array.of(1)] }, display: [], lists: ['masks'] }
  for (const letter of ['a', 'b', 'c']) cache.put(key(letter), list, SLOW)
  await cache.close()
  const { lists: _, ...before } = list
  writeFileSync(join(folder, 'bb', key('b')), serialize(before))
  writeFileSync(join(folder, 'cc', key('c')), serialize({ outputs: { mask: Uint8Array.of(1) }, display: [] }))
  const reopened = new DiskCache(folder)
  expect(await reopened.get(key('a'))).toEqual(list)
  expect(await reopened.get(key('b'))).toBeUndefined()
  expect(reopened.has(key('b'))).toBe(false)
  expect(await reopened.get(key('c'))).toEqual({ outputs: { mask: Uint8Array.of(1) }, display: [], lists: [] })
  await reopened.close()
})

it('tells what results show without reading them, across restarts, and nothing from an index of before', async () => {
  const folder = temporaryFolder()
  const cache = new DiskCache(folder)
  const display = [{ kind: 'text' as const, text: 'seen' }]
  cache.put(key('a'), { ...result(new Uint8Array(1_000)), display }, SLOW)
  cache.put(key('b'), result(1), SLOW)
  const told = (of: DiskCache) => Promise.all(['a', 'b', 'c'].map((letter) => of.displayOf(key(letter))))
  expect(await told(cache)).toEqual([display, undefined, undefined])
  await cache.close()
  const reopened = new DiskCache(folder)
  expect(await told(reopened)).toEqual([display, undefined, undefined])
  expect(reopened.sizes.memoryBytes).toBe(0)
  expect(await reopened.get(key('a'))).toMatchObject({ display })
  await reopened.close()
  const index = new DatabaseSync(join(folder, 'index.sqlite'))
  index.exec('ALTER TABLE entries DROP COLUMN shows')
  index.close()
  const older = new DiskCache(folder)
  expect(await told(older)).toEqual([undefined, undefined, undefined])
  expect(await older.get(key('a'))).toMatchObject({ display })
  await older.close()
})

it('lets what a result shows go with it', async () => {
  const folder = temporaryFolder()
  const cache = new DiskCache(folder, { diskBytes: 6_000 })
  const display = [{ kind: 'text' as const, text: 'x'.repeat(1_000) }]
  for (const letter of ['a', 'b', 'c', 'd']) {
    cache.put(key(letter), { ...result(1), display }, SLOW)
    await cache.flush()
  }
  expect(readdirSync(join(folder, 'aa'))).toEqual([])
  expect(readdirSync(join(folder, 'dd')).sort()).toEqual([key('d'), `${key('d')}.display`])
  expect(cache.sizes.diskBytes).toBeLessThanOrEqual(6_000)
  await cache.close()
})
