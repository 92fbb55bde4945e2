import type { PortFacts, TensorData } from '@beatloom/core'
import { describe, expect, it } from 'vitest'
import { fromHalfBits, toHalfBits } from './float16.ts'
import { feedsFor, hostTensor, outputNamed } from './tensor-io.ts'

const port = (name: string, type: string, dims: PortFacts['dims']): PortFacts => ({ name, type, dims })
const floats = (dims: number[], ...values: number[]): TensorData => ({ dims, data: Float32Array.from(values) })

describe('feeds', () => {
  it('turn [1] into a scalar and a scalar into [1] as the graph wants', () => {
    expect(feedsFor('m', [port('timestep', 'float32', [])], { timestep: floats([1], 5) })[0]!.dims).toEqual([])
    expect(feedsFor('m', [port('timestep', 'float32', ['batch'])], { timestep: floats([], 5) })[0]!.dims).toEqual([1])
  })
  it('change the element type to the graph’s', () => {
    const feed = (type: string, tensor: TensorData) => feedsFor('m', [port('x', type, ['n'])], { x: tensor })[0]!.data
    expect(feed('int64', floats([1], 874.9))).toEqual(BigInt64Array.of(874n))
    expect(feed('int32', { dims: [2], data: BigInt64Array.of(7n, 8n) })).toEqual(Int32Array.of(7, 8))
    expect(feed('float32', { dims: [1], data: BigInt64Array.of(9n) })).toEqual(Float32Array.of(9))
    expect(feed('float16', floats([2], 1, -2))).toEqual(Uint16Array.of(0x3c00, 0xc000))
    expect(feed('bool', floats([2], 0, 1))).toEqual(Uint8Array.of(0, 1))
  })
  it('know the names that other exporters use', () => {
    const [feed] = feedsFor('m', [port('sample', 'float32', [2])], { hidden_states: floats([2], 1, 2) })
    expect(feed).toMatchObject({ name: 'sample', data: Float32Array.of(1, 2) })
  })
  it('are of rank 0 for LoRAs that are not given', () => {
    const ports = [port('lora.net.a', 'float32', [3, 'rank']), port('lora.net.b', 'float16', ['rank', 4])]
    expect(feedsFor('m', ports, {}).map(({ dims, data }) => [dims, data.length])).toEqual([
      [[3, 0], 0],
      [[0, 4], 0],
    ])
  })
  it('refuse a wrong name, a missing input, a wrong shape and an odd type, with the right names', () => {
    const ports = [port('sample', 'float32', ['n', 3])]
    const given = (inputs: Record<string, TensorData>) => () => feedsFor('toy/net', ports, inputs)
    expect(given({ smaple: floats([1, 3], 1, 2, 3) })).toThrow('toy/net has no input "smaple"; its inputs are sample.')
    expect(given({})).toThrow('needs the input "sample"')
    expect(given({ sample: floats([1, 2], 1, 2) })).toThrow('must be [n, 3]; it was given [1, 2]')
    expect(given({ sample: floats([2, 3], 1, 2) })).toThrow('has 2 values')
    expect(() => feedsFor('m', [port('x', 'string', [1])], { x: floats([1], 1) })).toThrow(
      'string, which is not supported',
    )
  })
})

describe('outputs', () => {
  it('are found by alias, or alone whatever they are called', () => {
    const tensor = floats([1], 1)
    expect(outputNamed({ sample: tensor, other: floats([1], 2) }, 'out_hidden_states')).toBe(tensor)
    expect(outputNamed({ anything: tensor }, 'last_hidden_state')).toBe(tensor)
    expect(() => outputNamed({ a: tensor, b: tensor }, 'matte')).toThrow('no output "matte"; it gives a, b')
  })
  it('come back as float32 when they are half floats', () => {
    expect(hostTensor('float16', [2], Uint16Array.of(0x3c00, 0x7bff)).data).toEqual(Float32Array.of(1, 65504))
  })
})

describe('half floats', () => {
  it('keep every half value through a float and back', () => {
    for (let half = 0; half < 0x10000; half++) {
      const value = fromHalfBits(half)
      if (Number.isNaN(value)) expect(Number.isNaN(fromHalfBits(toHalfBits(value)))).toBe(true)
      else if (toHalfBits(value) !== half) expect.fail(`half ${half} became ${toHalfBits(value)}`)
    }
  })
  it('round to even', () => {
    // Between 1 and the next half, 1 + 2^-10, and between that and the one after.
    expect(toHalfBits(1 + 2 ** -11)).toBe(0x3c00)
    expect(toHalfBits(1 + 3 * 2 ** -11)).toBe(0x3c02)
    expect(toHalfBits(65520)).toBe(0x7c00)
    expect(toHalfBits(2 ** -25)).toBe(0)
    expect(toHalfBits(3 * 2 ** -25)).toBe(2)
  })
})
