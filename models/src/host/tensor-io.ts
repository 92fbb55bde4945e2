import type { PortFacts, TensorData } from '@beatloom/core'
// The inference thread reads this file, and starts sooner without the rest of the core.
import { AppError } from '@beatloom/core/errors'
import { fromHalfBits, toHalfBits } from './float16.ts'

/** Names that exporters use for one and the same input or output; the first is ours. */
const ALIASES: readonly (readonly string[])[] = [
  ['out_hidden_states', 'out_sample', 'sample', 'output'],
  ['last_hidden_state', 'hidden_states', 'text_embeds'],
  ['hidden_states', 'sample'],
  ['latent_parameters', 'latent_sample', 'sample'],
  ['timestep', 't'],
]

/**
 * An output by our name or by one of its aliases; a graph's only output needs no name.
 * @throws {AppError} `model_invalid` naming what the graph gave.
 */
export function outputNamed(outputs: Record<string, TensorData>, name: string): TensorData {
  const names = [name, ...ALIASES.filter((group) => group[0] === name).flat()]
  const found = names.find((candidate) => outputs[candidate] !== undefined)
  const all = Object.keys(outputs)
  const tensor = found === undefined && all.length === 1 ? outputs[all[0]!] : outputs[found ?? name]
  if (tensor) return tensor
  throw new AppError('model_invalid', `The model gives no output "${name}"; it gives ${all.join(', ')}.`, {
    details: { output: name, valid: all },
  })
}

/** A tensor in the element type and shape that a graph wants. */
export interface Feed {
  name: string
  type: string
  dims: number[]
  data: TensorData['data'] | Float64Array | Int8Array
}

/**
 * Matches tensors to a graph's inputs: by name or alias, converted between float32, float16, int32 and int64, a
 * scalar taken for `[1]` and back. Inputs of LoRAs that are not given are off.
 * @param label what the graph is called in messages.
 * @throws {AppError} `model_invalid` when a name, type or shape does not fit; `details.valid` has the graph's names.
 */
export function feedsFor(label: string, ports: readonly PortFacts[], inputs: Record<string, TensorData>): Feed[] {
  const valid = ports.map((port) => port.name)
  const byPort = new Map<string, TensorData>()
  for (const [name, tensor] of Object.entries(inputs)) {
    const target = valid.includes(name) ? name : aliasAmong(name, valid, inputs)
    if (target === undefined) {
      throw new AppError('model_invalid', `${label} has no input "${name}"; its inputs are ${valid.join(', ')}.`, {
        details: { input: name, valid },
      })
    }
    byPort.set(target, tensor)
  }
  return ports.map((port) => {
    const tensor = byPort.get(port.name) ?? noLora(port)
    if (!tensor) {
      const given = Object.keys(inputs).join(', ')
      throw new AppError('model_invalid', `${label} needs the input "${port.name}"; it was given ${given || 'none'}.`, {
        details: { input: port.name, valid },
      })
    }
    return {
      name: port.name,
      type: port.type,
      dims: dimsFor(label, port, tensor),
      data: convert(label, port, tensor.data),
    }
  })
}

/** An input for a LoRA where there is none: of rank 0, so that nothing is added. Null for other inputs. */
export function noLora({ name, dims }: PortFacts): TensorData | null {
  if (!name.startsWith('lora.')) return null
  return { dims: dims.map((dim) => (typeof dim === 'number' && dim > 0 ? dim : 0)), data: new Float32Array(0) }
}

function aliasAmong(name: string, valid: readonly string[], inputs: Record<string, TensorData>): string | undefined {
  const groups = ALIASES.filter((group) => group.includes(name))
  return groups.flat().find((candidate) => valid.includes(candidate) && inputs[candidate] === undefined)
}

function dimsFor(label: string, port: PortFacts, { dims, data }: TensorData): number[] {
  const count = dims.reduce((product, dim) => product * dim, 1)
  if (count !== data.length) {
    throw new AppError(
      'model_invalid',
      `The input "${port.name}" of ${label} says [${dims}] but has ${data.length} values.`,
    )
  }
  if (port.dims.length === 0 && count === 1) return []
  if (port.dims.length === 1 && dims.length === 0) return [1]
  const fits =
    port.dims.length === dims.length && port.dims.every((dim, i) => typeof dim !== 'number' || dim === dims[i])
  if (!fits) {
    throw new AppError(
      'model_invalid',
      `The input "${port.name}" of ${label} must be [${port.dims.join(', ')}]; it was given [${dims.join(', ')}].`,
      { details: { input: port.name } },
    )
  }
  return dims
}

function convert(label: string, port: PortFacts, data: TensorData['data']): Feed['data'] {
  switch (port.type) {
    case 'float32':
      return data instanceof Float32Array ? data : Float32Array.from(data as ArrayLike<number | bigint>, Number)
    case 'float64':
      return Float64Array.from(data as ArrayLike<number | bigint>, Number)
    case 'float16':
      // Sixteen-bit data is taken for half floats already.
      return data instanceof Uint16Array
        ? data
        : Uint16Array.from(data as ArrayLike<number | bigint>, (x) => toHalfBits(Number(x)))
    case 'int64':
      return data instanceof BigInt64Array
        ? data
        : BigInt64Array.from(data as ArrayLike<number>, (x) => BigInt(Math.trunc(x)))
    case 'int32':
      return data instanceof Int32Array
        ? data
        : Int32Array.from(data as ArrayLike<number | bigint>, (x) => Math.trunc(Number(x)))
    case 'bool':
      return Uint8Array.from(data as ArrayLike<number | bigint>, (x) => (Number(x) === 0 ? 0 : 1))
    case 'uint8':
      return data instanceof Uint8Array ? data : Uint8Array.from(data as ArrayLike<number | bigint>, Number)
    default:
      throw new AppError(
        'model_invalid',
        `The input "${port.name}" of ${label} is ${port.type}, which is not supported; export it as float32.`,
        { details: { input: port.name, type: port.type } },
      )
  }
}

/** A graph's output as host data of its own: half and double floats become float32. */
export function hostTensor(type: string, dims: readonly number[], data: unknown): TensorData {
  const own = { dims: [...dims] }
  if (data instanceof Float32Array) return { ...own, data: data.slice() }
  if (data instanceof BigInt64Array) return { ...own, data: data.slice() }
  if (data instanceof Int32Array) return { ...own, data: data.slice() }
  if (data instanceof Uint16Array && type === 'float16') return { ...own, data: Float32Array.from(data, fromHalfBits) }
  if (data instanceof Uint8Array) return { ...own, data: data.slice() }
  return { ...own, data: Float32Array.from(data as ArrayLike<number>) }
}
