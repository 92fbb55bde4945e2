import { expect, it } from 'vitest'
import { technicalDetails, withoutPersonalPaths } from './technical-details.ts'

it('E1: what is copied names the code and the facts, and no home of anybody', () => {
  const text = technicalDetails(
    {
      code: 'media_unreadable',
      message: 'Cannot read /home/maria/song.mp3.',
      node: 'song',
      details: { stderr: ['C:\\Users\\Li Wei\\a.mp3', '/Users/jo/b.mp3: no'] },
    },
    'r-1',
  )
  expect(text).toContain('code: media_unreadable')
  expect(text).toContain('node: song\nrun: r-1')
  expect(text).toContain('~/song.mp3')
  expect(text).not.toMatch(/maria|\bjo\b|Wei/)
})

it('E1: leaves other paths as they are', () => {
  expect(withoutPersonalPaths('assets/ab/x.jpg /homework/root/rooted')).toBe('assets/ab/x.jpg /homework/root/rooted')
  expect(withoutPersonalPaths('/root/x and D:/Users/ann/y')).toBe('~/x and ~/y')
})
