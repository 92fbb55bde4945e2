import { join } from 'node:path'
import { expect, it } from 'vitest'
import { makeSong } from '../testing/kill-song.ts'
import { temporaryFolder } from '../testing/test-engine.ts'

const KILLS = 20

it('makes the same song after 20 kills at random moments, and repeats at most one shot each time', {
  timeout: 1_800_000,
}, async ({ skip }) => {
  if (process.platform !== 'linux') skip('Processes are looked up with ps, as on Linux.')
  const seed = Number(process.env.BEATLOOM_SEED ?? Date.now() % 2 ** 31)
  console.log(`BEATLOOM_SEED=${seed}`)
  let state = seed
  const random = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return (state >>> 8) % below
  }
  const calm = await makeSong(join(temporaryFolder(), 'calm'), [])
  // The song takes some 12 seconds, and a start two: several songs are needed for so many kills.
  let done = 0
  for (let song = 0; done < KILLS; song++) {
    const kills = Array.from({ length: Math.min(5, KILLS - done) }, () => ({
      afterMs: 500 + random(3_500),
      who: random(2) === 0 ? ('worker' as const) : ('server' as const),
    }))
    const killed = await makeSong(join(temporaryFolder(), `killed-${song}`), kills)
    console.log(`song ${song}: ${killed.resumed} kills, ${killed.rendered} of ${killed.shots} shots rendered`)
    expect(killed.frames).toBe(calm.frames)
    expect(killed.rendered).toBeLessThanOrEqual(killed.shots + killed.resumed)
    done += Math.max(1, killed.resumed)
  }
})
