import { expect, it } from 'vitest'
import { workerEnvironment } from './worker-environment.ts'

it('limits what the allocator keeps, and hands on the rest as it is', () => {
  expect(workerEnvironment({ PATH: '/bin' })).toEqual({
    PATH: '/bin',
    MALLOC_ARENA_MAX: '2',
    MALLOC_MMAP_THRESHOLD_: '4194304',
  })
})

it('leaves a setting that a person made', () => {
  expect(workerEnvironment({ MALLOC_ARENA_MAX: '8' })).toMatchObject({ MALLOC_ARENA_MAX: '8' })
})
