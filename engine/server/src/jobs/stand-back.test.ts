import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { constants, getPriority } from 'node:os'
import { expect, test } from 'vitest'
import { standBack } from './stand-back.ts'

test('a process that computes stands back, unless asked not to; one that is gone is no error', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true })
  const autogroup = `/proc/${child.pid}/autogroup`
  try {
    const own = getPriority()
    standBack(child.pid, { BEATLOOM_PRIORITY: 'normal' })
    expect(getPriority(child.pid)).toBe(own)
    standBack(child.pid, {})
    expect(getPriority(child.pid)).toBe(constants.priority.PRIORITY_BELOW_NORMAL)
    if (existsSync(autogroup)) expect(readFileSync(autogroup, 'utf8')).toMatch(/nice 10$/m)
    else console.log('This system shares its cores out by process alone; there is no autogroup to look at.')
  } finally {
    child.kill('SIGKILL')
    await new Promise((resolve) => child.once('exit', resolve))
  }
  expect(() => standBack(child.pid, {})).not.toThrow()
  expect(() => standBack(undefined)).not.toThrow()
})
