import { join, sep } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { dataFolderAt, SAMPLES } from '../folder/data-folder.ts'
import { locate, publicFile, safeFileName } from './reference.ts'

const folder = dataFolderAt('/data')
const sha = 'a'.repeat(64)

it('finds samples, assets and artifacts', () => {
  expect(locate(folder, 'samples/cover.jpg').path).toBe(join(SAMPLES, 'cover.jpg'))
  expect(locate(folder, `assets/${sha}/a song.mp3`)).toMatchObject({
    path: `/data/assets/${sha}/a song.mp3`,
    sha256: sha,
  })
  expect(locate(folder, `artifacts/${sha}/clip.mp4`).path).toBe(`/data/artifacts/${sha}/clip.mp4`)
})

it.each([
  '../../etc/passwd',
  'samples/../../package.json',
  'samples/./x',
  '/etc/passwd',
  'assets/../db.sqlite',
  `assets/${sha}/../../db.sqlite`,
  `assets/${sha}`,
  'assets/short/name',
  `assets/${sha.toUpperCase()}/name`,
  'samples\\..\\..\\secret',
  'samples/a\0.jpg',
  'C:/windows/system.ini',
  'models/x/y',
  '',
])('refuses %j', (reference) => {
  expect(() => locate(folder, reference)).toThrow(expect.objectContaining({ code: 'path_refused' }))
})

it('never leaves its folders, whatever the reference', () => {
  const part = fc.oneof(fc.string(), fc.constantFrom('..', '.', 'samples', 'assets', 'artifacts', sha, '%2e%2e', '~'))
  fc.assert(
    fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
      let path: string
      try {
        path = locate(folder, parts.join('/')).path
      } catch {
        return true
      }
      return [SAMPLES, folder.assets, folder.artifacts].some((root) => path.startsWith(root + sep))
    }),
    { numRuns: 2_000, verbose: 1 },
  )
})

it('makes any name a plain file name and keeps its ending', () => {
  expect(safeFileName('../../x.jpg')).toBe('x.jpg')
  expect(safeFileName('..')).toBe('file')
  expect(safeFileName('a:b?.png')).toBe('a_b_.png')
  const long = safeFileName(`${'n'.repeat(500)}.mp4`)
  expect(long.length).toBeLessThanOrEqual(120)
  expect(long.endsWith('.mp4')).toBe(true)
})

it('gives addresses and no paths', () => {
  const path = `/data/artifacts/${sha}/my clip.mp4`
  expect(publicFile(folder, { path, sha256: sha, name: 'my clip.mp4' })).toEqual({
    sha256: sha,
    name: 'my clip.mp4',
    url: `/api/v1/files/artifacts/${sha}/my%20clip.mp4`,
  })
  expect(publicFile(folder, { path: '/etc/passwd', sha256: sha, name: 'passwd' }).url).toBeNull()
})
