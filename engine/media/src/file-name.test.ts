import { expect, it } from 'vitest'
import { fileNameOf } from './file-name.ts'

it.each([
  ['clip', 'clip.mp4'],
  ['clip.mp4', 'clip.mp4'],
  ['../../etc/passwd', 'etc passwd.mp4'],
  ['C:\\temp\\a:b?.MP4', 'C temp a b.mp4'],
  ['Zwölf 漢字 🎵', 'Zwölf 漢字 🎵.mp4'],
  ['con', 'con_.mp4'],
  [' .hidden. ', 'hidden.mp4'],
  ['\u0000\n', 'untitled.mp4'],
  ['', 'untitled.mp4'],
])('%j becomes %j', (typed, name) => {
  expect(fileNameOf(typed, 'mp4')).toBe(name)
})

it('keeps names short enough for every file system', () => {
  expect([...fileNameOf('🎵'.repeat(500), 'png')].length).toBe(104)
})
