import { join } from 'node:path'
import { expect, it } from 'vitest'
import { makeSong } from '../testing/kill-song.ts'
import { temporaryFolder } from '../testing/test-engine.ts'

it('makes the same song after kill -9 of the worker and of the server, and repeats at most one shot each time', {
  timeout: 240_000,
}, async ({ skip }) => {
  if (process.platform !== 'linux') skip('Processes are looked up with ps, as on Linux.')
  const seed = Number(process.env.BEATLOOM_SEED ?? Date.now() % 2 ** 31)
  console.log(`BEATLOOM_SEED=${seed}`)
  const calm = await makeSong(join(temporaryFolder(), 'calm'), [])
  expect(calm).toMatchObject({ frameCount: 617, resumed: 0 })
  expect(calm.shots).toBeGreaterThan(3)
  expect(calm.rendered).toBe(calm.shots)
  const kills = [
    { afterMs: 2_000 + (seed % 3_000), who: 'worker' as const },
    { afterMs: 1_000 + (Math.floor(seed / 3_000) % 3_000), who: 'server' as const },
  ]
  const killed = await makeSong(join(temporaryFolder(), 'killed'), kills)
  expect(killed.frames).toBe(calm.frames)
  expect(killed.rendered).toBeLessThanOrEqual(killed.shots + killed.resumed)
})
