import { describe, expect, it } from 'vitest'
import type { SessionSpec } from './protocol.ts'
import { SessionPool } from './session-pool.ts'

const graph = (path: string, sizeBytes: number): SessionSpec => ({ path, label: path, provider: 'cpu', sizeBytes })

function pooled(budget: number) {
  const log: string[] = []
  const pool = new SessionPool(budget, async (spec) => {
    if (spec.path === 'bad') throw new Error('cannot load')
    log.push(`+${spec.path}`)
    return {
      release: async () => {
        log.push(`-${spec.path}`)
      },
    }
  })
  return { pool, log }
}

describe('session pool', () => {
  it('releases the first expert before it creates the second when only one fits', async () => {
    const { pool, log } = pooled(150)
    await pool.get(graph('high', 100))
    await pool.get(graph('high', 100))
    await pool.get(graph('low', 100))
    expect(log).toEqual(['+high', '-high', '+low'])
  })
  it('keeps both experts when both fit', async () => {
    const { pool, log } = pooled(200)
    for (const path of ['high', 'low', 'high', 'low']) await pool.get(graph(path, 100))
    expect(log).toEqual(['+high', '+low'])
  })
  it('drops the least recently used first, and no more than needed', async () => {
    const { pool, log } = pooled(300)
    for (const path of ['a', 'b', 'c', 'a', 'd']) await pool.get(graph(path, 100))
    expect(log).toEqual(['+a', '+b', '+c', '-b', '+d'])
    expect(pool.resident().map((spec) => spec.path)).toEqual(['c', 'a', 'd'])
  })
  it('loads a graph larger than the budget alone', async () => {
    const { pool, log } = pooled(50)
    await pool.get(graph('small', 10))
    await pool.get(graph('huge', 500))
    expect(log).toEqual(['+small', '-small', '+huge'])
  })
  it('keeps one session for each provider and releases all of a graph', async () => {
    const { pool, log } = pooled(1000)
    await pool.get(graph('a', 1))
    await pool.get({ ...graph('a', 1), provider: 'cuda' })
    await pool.release('a')
    expect(log).toEqual(['+a', '+a', '-a', '-a'])
    expect(pool.resident()).toEqual([])
  })
  it('survives a graph that cannot be loaded', async () => {
    const { pool } = pooled(1000)
    await expect(pool.get(graph('bad', 1))).rejects.toThrow('cannot load')
    await pool.get(graph('good', 1))
    expect(pool.resident().map((spec) => spec.path)).toEqual(['good'])
  })
})
