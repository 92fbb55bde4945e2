import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { openFrameSpool } from './frame-spool.ts'

const folder = await mkdtemp(join(tmpdir(), 'beatloom-spool-'))
afterAll(() => rm(folder, { recursive: true }))

it('gives frames back in any order, and leaves no file', async () => {
  const spool = await openFrameSpool(3, async (suffix) => join(folder, `one${suffix}`))
  const memory = new Uint8Array(3)
  for (let frame = 0; frame < 5; frame++) {
    // A writer may use the same memory for every frame.
    await spool.append(memory.fill(frame))
  }
  expect([spool.count, await readdir(folder)]).toEqual([5, ['one.frames']])
  for (const frame of [4, 0, 2]) {
    await spool.read(frame, memory)
    expect([...memory]).toEqual([frame, frame, frame])
  }
  await expect(spool.append(new Uint8Array(2))).rejects.toThrow('no frame of 3')
  await spool.close()
  expect(await readdir(folder)).toEqual([])
})
