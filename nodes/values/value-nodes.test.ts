import { createRegistry } from '@beatloom/core'
import { runNode, runWorkflow, testHost } from '@beatloom/core/testing'
import { expect, it } from 'vitest'
import { valueNodes } from './index.ts'
import { showValue } from './show-value.ts'

it('constants feed a sum, and the sum is shown', async () => {
  const report = await runWorkflow(
    {
      beatloom: 1,
      nodes: {
        one: { type: 'value.number', params: { value: 1.5 } },
        two: { type: 'value.number', params: { value: 2 } },
        sum: { type: 'value.add', links: { a: { node: 'one', port: 'number' }, b: { node: 'two', port: 'number' } } },
        show: { type: 'value.show', links: { value: { node: 'sum', port: 'sum' } } },
      },
    },
    createRegistry(valueNodes),
    testHost(),
  )
  expect(report.last.type).toBe('run.finished')
  expect(report.events).toContainEqual({ type: 'node.display', node: 'show', items: [{ kind: 'text', text: '3.5' }] })
})

it('shows text as it is, a boolean in words, and other values by their facts', async () => {
  const shown = async (value: unknown) => (await runNode(showValue, { value })).display
  expect(await shown('a b')).toEqual([{ kind: 'text', text: 'a b' }])
  expect(await shown(false)).toEqual([{ kind: 'text', text: 'no', spoken: true }])
  expect(await shown({ width: 64, height: 32, channels: 3, data: new Uint8Array(0) })).toEqual([
    { kind: 'text', text: '64 × 32', spoken: true },
  ])
  expect(await shown({ rate: 30, values: new Float32Array(90) })).toEqual([
    { kind: 'text', text: '30 values a second, 90 values', spoken: true },
  ])
})
