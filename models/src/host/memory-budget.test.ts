import { totalmem } from 'node:os'
import { expect, it } from 'vitest'
import { deviceBudget, hostBudget } from './memory-budget.ts'

const quarter = Math.round(totalmem() / 4)

it('is a quarter of the machine, and of a device most of what it has', async () => {
  expect(hostBudget({})).toBe(quarter)
  expect(await deviceBudget({}, async () => null)).toBe(quarter)
  expect(await deviceBudget({}, async () => 80e9)).toBe(56e9)
})

it('is what the settings say, and then no device is asked', async () => {
  const asked: string[] = []
  const env = { BEATLOOM_MEMORY_GB: '3', BEATLOOM_DEVICE_MEMORY_GB: '7.5' }
  const device = await deviceBudget(env, async () => {
    asked.push('device')
    return 80e9
  })
  expect([hostBudget(env), device, asked]).toEqual([3e9, 7.5e9, []])
})

it.each(['much', '-1', '0'])('refuses "%s", which is no size', (text) => {
  expect(() => hostBudget({ BEATLOOM_MEMORY_GB: text })).toThrow(
    `BEATLOOM_MEMORY_GB is "${text}"; it must be a size in GB, such as 16.`,
  )
})
