import { afterEach, describe, expect, it, onTestFinished } from 'vitest'
import { type Claims, createClaims } from './claims.ts'

/** As the browser has them, for the names of one test. */
function fakeLocks(): LockManager {
  const held = new Map<string, (reason: unknown) => void>()
  const request = async (name: string, options: LockOptions, work: (lock: Lock | null) => unknown) => {
    const before = held.get(name)
    if (before && !options.steal) return work(null)
    before?.(new DOMException('stolen', 'AbortError'))
    const stolen = new Promise((_, reject) => held.set(name, reject))
    const own = held.get(name)
    try {
      return await Promise.race([Promise.resolve(work({ name, mode: 'exclusive' })), stolen])
    } finally {
      if (held.get(name) === own) held.delete(name)
    }
  }
  return { request, query: async () => ({}) } as unknown as LockManager
}

let number = 0
afterEach(() => {
  number++
})

function openWindow(locks: LockManager | null, talks = true): Claims & { lost: string[] } {
  const channel = talks ? new BroadcastChannel(`claims-${number}`) : null
  onTestFinished(() => channel?.close())
  const claims = createClaims(locks, channel)
  const lost: string[] = []
  claims.onLost((name) => lost.push(name))
  return Object.assign(claims, { lost })
}

describe.each([
  ['with Web Locks', fakeLocks],
  ['where there are none, since the page is no secure context', () => null],
])('D4: a draft is held by one window, %s', (_, makeLocks) => {
  it('the second is turned away until the first lets go', async () => {
    const locks = makeLocks()
    const [one, two] = [openWindow(locks), openWindow(locks)]
    expect(await one.claim('draft:a')).toBe(true)
    expect(await one.claim('draft:a')).toBe(true)
    expect(await two.claim('draft:a')).toBe(false)
    expect(await two.claim('draft:b')).toBe(true)
    one.release('draft:a')
    await expect.poll(() => two.claim('draft:a')).toBe(true)
  })

  it('who takes over waits until the other has brought its work to safety, and the other knows', async () => {
    const locks = makeLocks()
    const [one, two] = [openWindow(locks), openWindow(locks)]
    await one.claim('draft:a')
    const order: string[] = []
    one.beforeYield(async (name) => {
      await new Promise((resolve) => setTimeout(resolve, 30))
      order.push(`saved ${name}`)
    })
    await two.takeOver('draft:a')
    order.push('taken')
    expect(order).toEqual(['saved draft:a', 'taken'])
    expect(one.lost).toEqual(['draft:a'])
    expect(await one.claim('draft:a')).toBe(false)
    expect(two.lost).toEqual([])
  })

  it('of two that ask at once one gets it', async () => {
    const locks = makeLocks()
    const [one, two] = [openWindow(locks), openWindow(locks)]
    const got = await Promise.all([one.claim('draft:a'), two.claim('draft:a')])
    expect(got.filter(Boolean)).toHaveLength(1)
  })
})

it('D4: a window that does not answer loses what it held', async () => {
  const locks = fakeLocks()
  const [frozen, two] = [openWindow(locks, false), openWindow(locks)]
  await frozen.claim('draft:a')
  await two.takeOver('draft:a')
  await expect.poll(() => frozen.lost).toEqual(['draft:a'])
  expect(await frozen.claim('draft:a')).toBe(false)
})
