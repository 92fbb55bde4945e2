import { describe, expect, it } from 'vitest'
import type { SessionSpec } from './protocol.ts'
import { SessionPool } from './session-pool.ts'

const graph = (path: string, sizeBytes: number): Omit<SessionSpec, 'budgetBytes'> => ({
  path,
  label: path,
  provider: 'cpu',
  sizeBytes,
})

function pooled(budget: number) {
  const log: string[] = []
  const pool = new SessionPool(async (spec) => {
    if (spec.path === 'bad') throw new Error('cannot load')
    log.push(`+${spec.path}`)
    return {
      release: async () => {
        log.push(`-${spec.path}`)
      },
    }
  })
  return { pool, log, get: (spec: Omit<SessionSpec, 'budgetBytes'>) => pool.get({ ...spec, budgetBytes: budget }) }
}

describe('session pool', () => {
  it('releases the first expert before it creates the second when only one fits', async () => {
    const { log, get } = pooled(150)
    await get(graph('high', 100))
    await get(graph('high', 100))
    await get(graph('low', 100))
    expect(log).toEqual(['+high', '-high', '+low'])
  })
  it('keeps both experts when both fit', async () => {
    const { log, get } = pooled(200)
    for (const path of ['high', 'low', 'high', 'low']) await get(graph(path, 100))
    expect(log).toEqual(['+high', '+low'])
  })
  it('drops the least recently used first, and no more than needed', async () => {
    const { pool, log, get } = pooled(300)
    for (const path of ['a', 'b', 'c', 'a', 'd']) await get(graph(path, 100))
    expect(log).toEqual(['+a', '+b', '+c', '-b', '+d'])
    expect(pool.resident().map((spec) => spec.path)).toEqual(['c', 'a', 'd'])
  })
  it('loads a graph larger than the budget alone', async () => {
    const { log, get } = pooled(50)
    await get(graph('small', 10))
    await get(graph('huge', 500))
    expect(log).toEqual(['+small', '-small', '+huge'])
  })
  it('keeps one session for each provider and releases all of a graph', async () => {
    const { pool, log, get } = pooled(1000)
    await get(graph('a', 1))
    await get({ ...graph('a', 1), provider: 'cuda' })
    await pool.release('a')
    expect(log).toEqual(['+a', '+a', '-a', '-a'])
    expect(pool.resident()).toEqual([])
  })
  it('does not empty a device for what goes into the machine’s memory', async () => {
    const { log, get } = pooled(150)
    await get({ ...graph('on device', 100), provider: 'cuda' })
    await get(graph('in memory', 100))
    await get({ ...graph('next on device', 100), provider: 'webgpu' })
    expect(log).toEqual(['+on device', '+in memory', '-on device', '+next on device'])
  })
  it('counts what is kept with a graph: others leave before it comes, and it goes with the graph', async () => {
    const { pool, log, get } = pooled(250)
    const high = { ...graph('high', 100), budgetBytes: 250 }
    await get(graph('low', 100))
    await get(high)
    await pool.keep(high, 50)
    expect(log).toEqual(['+low', '+high'])
    await pool.keep(high, 60)
    expect(log).toEqual(['+low', '+high', '-low'])
    // 100 and 60 are taken; it is 'high' that has to leave for 100 more.
    await get(graph('low', 100))
    expect(log).toEqual(['+low', '+high', '-low', '-high', '+low'])
    await get(graph('high', 100))
    expect(log.at(-1)).toBe('+high')
    expect(pool.resident().map((spec) => spec.path)).toEqual(['low', 'high'])
  })
  it('survives a graph that cannot be loaded', async () => {
    const { pool, get } = pooled(1000)
    await expect(get(graph('bad', 1))).rejects.toThrow('cannot load')
    await get(graph('good', 1))
    expect(pool.resident().map((spec) => spec.path)).toEqual(['good'])
  })
})
