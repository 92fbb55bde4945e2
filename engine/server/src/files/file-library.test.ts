import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openTestEngine } from '../testing/test-engine.ts'

it('W5: a file named by its content is found under another name and in another place; one of other content is not', async () => {
  const { files, assets, folder } = await openTestEngine()
  const source = join(folder.scratch, 'song.txt')
  await writeFile(source, 'la la la')
  const { sha256 } = await assets.copyIn(source, 'song.txt')
  expect((await files.resolve(`assets/${sha256}/renamed.txt`)).sha256).toBe(sha256)

  await mkdir(join(folder.artifacts, sha256), { recursive: true })
  await rename(join(folder.assets, sha256, 'song.txt'), join(folder.artifacts, sha256, 'song.txt'))
  const moved = await files.resolve(`assets/${sha256}/song.txt`)
  expect(moved).toMatchObject({ sha256, name: 'song.txt', path: join(folder.artifacts, sha256, 'song.txt') })

  const other = 'f'.repeat(64)
  await expect(files.resolve(`assets/${other}/song.txt`)).rejects.toMatchObject({ code: 'file_missing' })
})
