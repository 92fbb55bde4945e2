import { expect, it } from 'vitest'
import { beatCommand } from './beat-keys.ts'
import { tappedBpm } from './use-taps.ts'

const none = { code: '', altKey: false, shiftKey: false, ctrlKey: false, metaKey: false }

it('P3: arrows choose, with Shift by 10 ms, with Alt by 1 ms; Ctrl moves the playhead', () => {
  expect(beatCommand({ ...none, key: 'ArrowRight' })).toEqual({ do: 'select', by: 1 })
  expect(beatCommand({ ...none, key: 'ArrowLeft', shiftKey: true })).toEqual({ do: 'nudge', seconds: -0.01 })
  expect(beatCommand({ ...none, key: 'ArrowRight', altKey: true })).toEqual({ do: 'nudge', seconds: 0.001 })
  expect(beatCommand({ ...none, key: 'ArrowRight', ctrlKey: true })).toEqual({ do: 'head', seconds: 0.1 })
})

it('letters go by their place on the keyboard, and belong to others with Ctrl', () => {
  expect(beatCommand({ ...none, key: 'в', code: 'KeyD' })).toEqual({ do: 'downbeat' })
  expect(beatCommand({ ...none, key: 't', code: 'KeyT' })).toEqual({ do: 'tap' })
  expect(beatCommand({ ...none, key: 'z', code: 'KeyZ', ctrlKey: true })).toBeNull()
  expect(beatCommand({ ...none, key: 'Tab' })).toBeNull()
})

it('taps tell a tempo by the middle one of their gaps, so that one missed tap changes little', () => {
  expect(tappedBpm([1])).toBeNull()
  expect(tappedBpm([0, 0.5, 1, 2, 2.5])).toBe(120)
})
