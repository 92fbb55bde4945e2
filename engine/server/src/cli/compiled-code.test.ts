import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, it } from 'vitest'

const CLI = fileURLToPath(new URL('./main.ts', import.meta.url))
const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'beatloom-compiled-'))
  folders.push(folder)
  return folder
}

const usageWith = (folder: string): string =>
  execFileSync(process.execPath, [CLI, 'help'], {
    encoding: 'utf8',
    env: { ...process.env, NODE_COMPILE_CACHE: folder },
  })

it('keeps compiled sources in the folder that the environment names', () => {
  const folder = newFolder()
  expect(usageWith(folder)).toContain('beatloom')
  const [version] = readdirSync(folder)
  expect(readdirSync(join(folder, version!)).length).toBeGreaterThan(3)
})

it('starts all the same where nothing can be kept', () => {
  const file = join(newFolder(), 'no-folder')
  writeFileSync(file, '')
  expect(usageWith(file)).toContain('beatloom')
})
