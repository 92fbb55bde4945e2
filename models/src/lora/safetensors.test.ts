import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readSafetensors } from './safetensors.ts'
import { writeRaw, writeSafetensors } from './testing.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'beatloom-safetensors-'))
})
afterAll(() => rm(folder, { recursive: true }))
const at = (name: string) => join(folder, name)
const file = (name: string) => ({ path: at(name), name })

describe('safetensors', () => {
  it('gives names, shapes and metadata, and the values of each element type', async () => {
    const handle = await writeSafetensors(
      at('all.safetensors'),
      {
        single: { shape: [], values: [0.1] },
        half: { shape: [2, 2], values: [1, -2.5, 65504, 2 ** -24], dtype: 'F16' },
        brain: { shape: [3], values: [1, -2.5, 2 ** 100], dtype: 'BF16' },
        empty: { shape: [0, 4], values: [] },
        alpha: { shape: [], values: [0.5], dtype: 'F64' },
        steps: { shape: [2], values: [8, -1], dtype: 'I64' },
        rank: { shape: [1], values: [16], dtype: 'I32' },
      },
      { trainer: 'test' },
    )
    const { tensors, metadata, read } = await readSafetensors(handle)
    expect([...tensors].map(([name, { shape }]) => [name, shape])).toEqual([
      ['single', []],
      ['half', [2, 2]],
      ['brain', [3]],
      ['empty', [0, 4]],
      ['alpha', []],
      ['steps', [2]],
      ['rank', [1]],
    ])
    expect(metadata).toEqual({ trainer: 'test' })
    expect(await read('single')).toEqual(Float32Array.of(0.1))
    expect(await read('half')).toEqual(Float32Array.of(1, -2.5, 65504, 2 ** -24))
    expect(await read('brain')).toEqual(Float32Array.of(1, -2.5, 2 ** 100))
    expect(await read('empty')).toEqual(new Float32Array(0))
    expect(await read('alpha')).toEqual(Float32Array.of(0.5))
    expect(await read('steps')).toEqual(Float32Array.of(8, -1))
    expect(await read('rank')).toEqual(Float32Array.of(16))
  })
  it('refuses a file that breaks off, in its values or in its header, with both sizes', async () => {
    const { path } = await writeSafetensors(at('cut.safetensors'), { a: { shape: [4], values: [1, 2, 3, 4] } })
    const { length } = await readFile(path)
    for (const size of [length - 1, 20]) {
      await truncate(path, size)
      await expect(readSafetensors(file('cut.safetensors'))).rejects.toMatchObject({
        code: 'input_invalid',
        message: expect.stringMatching(new RegExp(`^cut.safetensors breaks off: it has ${size} of \\d+ bytes.$`)),
      })
    }
  })
  it.each([
    ['no bytes', Buffer.alloc(0)],
    ['a header of many petabytes', Buffer.from(`${'\xff'.repeat(7)}\x00{}`, 'latin1')],
    ['a PyTorch archive', Buffer.concat([Buffer.from('PK\x03\x04\x14\x00\x00\x00'), Buffer.alloc(64, 0x61)])],
  ])('refuses %s', async (_what, bytes) => {
    await writeFile(at('other'), bytes)
    await expect(readSafetensors(file('other'))).rejects.toMatchObject({
      code: 'input_invalid',
      message: expect.stringMatching(/^"other" is no safetensors file, or it is damaged\.$|^other breaks off/),
    })
  })
  it.each([
    ['no JSON', 'no header'],
    ['a list', '[1]'],
    ['an entry without a shape', '{"a":{"dtype":"F32","data_offsets":[0,4]}}'],
    ['a shape that is not as long as its bytes', '{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}'],
    ['bytes that end before they begin', '{"a":{"dtype":"I8","shape":[0],"data_offsets":[4,0]}}'],
    ['a negative place', '{"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}'],
  ])('refuses a header that is or has %s', async (_what, header) => {
    const handle = await writeRaw(at('odd'), header, new Uint8Array(4))
    await expect(readSafetensors(handle)).rejects.toMatchObject({ code: 'input_invalid', details: { file: 'odd' } })
  })
  it('lists element types it cannot read, and refuses to read them', async () => {
    const header = '{"a":{"dtype":"F8_E4M3","shape":[4],"data_offsets":[0,4]}}'
    const { tensors, read } = await readSafetensors(await writeRaw(at('small'), header, new Uint8Array(4)))
    expect(tensors.get('a')?.dtype).toBe('F8_E4M3')
    await expect(read('a')).rejects.toMatchObject({ code: 'input_invalid', details: { type: 'F8_E4M3' } })
  })
})
