import { expect, it } from 'vitest'
import { summarizeDrag } from './drag-summary.ts'

const file = (type: string) => ({ kind: 'file', type })

it('D1: files are told apart by kind while they are still being dragged', () => {
  const items = [
    ...['application/json', 'image/png', 'image/jpeg', 'audio/mpeg', 'audio/x-wav', 'video/webm', ''].map(file),
    { kind: 'string', type: 'text/plain' },
  ]
  expect(summarizeDrag(items)).toEqual({ workflows: 1, media: 5, mayCarry: 4, others: 1 })
  expect(summarizeDrag([])).toEqual({ workflows: 0, media: 0, mayCarry: 0, others: 0 })
})
