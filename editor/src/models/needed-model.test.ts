import { expect, it } from 'vitest'
import { lacksFor, readNeed } from './needed-model.ts'

it('reads what a file says of a model, and leaves out what is of another kind', () => {
  const entry = {
    title: ' Tiny ',
    sizeBytes: 9,
    memoryBytes: -1,
    licence: '',
    source: ['x'],
    family: 'pocket',
    sha256: 1,
  }
  expect(readNeed('tiny', entry)).toEqual({ name: 'tiny', title: 'Tiny', sizeBytes: 9, family: 'pocket' })
  for (const odd of [null, undefined, 7, 'text', [1], { sizeBytes: '9', memoryBytes: Number.NaN, title: {} }]) {
    expect(readNeed('tiny', odd)).toEqual({ name: 'tiny' })
  }
})

it('says what a machine has too little of, and nothing where the file does not tell', () => {
  const room = { memoryBytes: 8e9, diskFreeBytes: 20e9 }
  expect(lacksFor({ name: 'a' }, room)).toEqual([])
  expect(lacksFor({ name: 'a', sizeBytes: 7e9 }, room)).toEqual([])
  expect(lacksFor({ name: 'a', sizeBytes: 19.99e9, memoryBytes: 4e9 }, room)).toEqual([
    { kind: 'disk', needed: 19.99e9, there: 20e9 },
  ])
  expect(
    lacksFor({ name: 'a', sizeBytes: 57e9, memoryBytes: 28e9 }, room).map(({ kind, needed }) => [kind, needed]),
  ).toEqual([
    ['memory', 28e9],
    ['disk', 57e9],
  ])
})
