import { expect, it } from 'vitest'
import { cropNote } from './crop-note.ts'

it('says how much of the camera’s path could be shown', () => {
  expect(cropNote({ cropScale: 1.005, pathScale: 1 })).toBeNull()
  expect(cropNote({ cropScale: 1.08, pathScale: 1 })).toBe('The picture is enlarged by 8 % to give the camera room.')
  expect(cropNote({ cropScale: 1.12, pathScale: 0.6 })).toContain('60 % of what was asked')
})
