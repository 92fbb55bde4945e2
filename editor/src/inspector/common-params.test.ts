import type { NodeDescriptor, ParamDescriptor } from '@beatloom/core'
import { expect, it } from 'vitest'
import { commonParams } from './common-params.ts'

const param = (name: string, schema: Record<string, unknown>) => ({ name, schema, description: '' }) as ParamDescriptor
const node = (...params: ParamDescriptor[]) => ({ type: 'x', params }) as unknown as NodeDescriptor

it('K16: the inspector offers for several nodes what they all have alike', () => {
  const width = param('width', { type: 'integer', minimum: 1 })
  const other = param('width', { type: 'integer', minimum: 16 })
  const name = param('name', { type: 'string' })
  expect(commonParams([node(width, name), node(name, width)]).map((p) => p.name)).toEqual(['width', 'name'])
  expect(commonParams([node(width, name), node(name, other)]).map((p) => p.name)).toEqual(['name'])
  expect(commonParams([])).toEqual([])
})
