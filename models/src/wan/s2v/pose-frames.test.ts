import { expect, it } from 'vitest'
import { poseFrames } from './pose-frames.ts'

it('takes about 16 frames a second of a pose video, from its start, as far as it goes', () => {
  expect(poseFrames(30, 8, 80)).toEqual([0, 2, 4, 6])
  expect(poseFrames(24, 9, 80)).toEqual([0, 2, 4, 6, 8])
  expect(poseFrames(40, 9, 80)).toEqual([0, 2, 4, 6, 8])
  expect(poseFrames(8, 3, 2)).toEqual([0, 1])
})
