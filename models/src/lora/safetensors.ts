import { open, stat } from 'node:fs/promises'
import { AppError, type FileHandle } from '@beatloom/core'
import { z } from 'zod'
import { fromHalfBits } from '../host/float16.ts'

/** A file of named tensors: their shapes are known, their values are read one tensor at a time. */
export interface Safetensors {
  tensors: ReadonlyMap<string, TensorEntry>
  metadata: Readonly<Record<string, string>>
  /**
   * A tensor's values, row-major.
   * @throws {AppError} `input_invalid` for element types that are not in `ELEMENT_BYTES`, such as those of 8 bits.
   */
  read(tensor: string): Promise<Float32Array>
}

export interface TensorEntry {
  dtype: string
  shape: number[]
  /** First byte and the one after the last, counted from behind the header. */
  data_offsets: [number, number]
}

/** Of the reference implementation (huggingface/safetensors, `MAX_HEADER_SIZE`). */
const MAX_HEADER_BYTES = 100e6
const LENGTH_BYTES = 8
const ELEMENT_BYTES: Partial<Record<string, number>> = { F64: 8, F32: 4, F16: 2, BF16: 2, I64: 8, I32: 4 }

const whole = z.int().nonnegative()
const entrySchema = z.object({ dtype: z.string(), shape: z.array(whole), data_offsets: z.tuple([whole, whole]) })
const metadataSchema = z.record(z.string(), z.string())

/**
 * Reads the header: eight bytes with its length, then JSON with type, shape and place of every tensor.
 * @throws {AppError} `file_missing`; `input_invalid` for another kind of file and for one that breaks off.
 */
export async function readSafetensors({ path, name }: Pick<FileHandle, 'path' | 'name'>): Promise<Safetensors> {
  const { size } = await stat(path).catch((cause) => {
    throw new AppError('file_missing', 'The file does not exist any more.', { cause })
  })
  const length =
    size < LENGTH_BYTES ? 0 : Number(new DataView(await bytesAt(path, 0, LENGTH_BYTES)).getBigUint64(0, true))
  if (length < 2 || length > MAX_HEADER_BYTES) throw damaged(name)
  const needed = LENGTH_BYTES + length
  if (needed > size) throw breaksOff(name, size, needed)
  const { tensors, metadata } = parseHeader(await bytesAt(path, LENGTH_BYTES, length), name)
  const end = needed + Math.max(0, ...[...tensors.values()].map(({ data_offsets }) => data_offsets[1]))
  if (end > size) throw breaksOff(name, size, end)
  return {
    tensors,
    metadata,
    async read(tensor) {
      const entry = tensors.get(tensor)
      if (!entry) throw damaged(name)
      const { dtype, data_offsets } = entry
      if (ELEMENT_BYTES[dtype] === undefined) throw unreadType(name, tensor, dtype)
      const bytes = await bytesAt(path, needed + data_offsets[0], data_offsets[1] - data_offsets[0])
      return floatsOf(dtype, bytes)
    },
  }
}

function parseHeader(bytes: ArrayBuffer, name: string) {
  try {
    const { __metadata__, ...entries } = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    const tensors = new Map(Object.entries(entries).map(([key, value]) => [key, entrySchema.parse(value)]))
    if ([...tensors.values()].every(isOfItsSize)) return { tensors, metadata: metadataSchema.parse(__metadata__ ?? {}) }
  } catch {
    // Falls through to the same refusal as a header whose sizes contradict each other.
  }
  throw damaged(name)
}

function isOfItsSize({ dtype, shape, data_offsets: [start, end] }: TensorEntry): boolean {
  const width = ELEMENT_BYTES[dtype]
  if (width === undefined) return start <= end
  return shape.reduce((product, dim) => product * dim, width) === end - start
}

async function bytesAt(path: string, position: number, count: number): Promise<ArrayBuffer> {
  const handle = await open(path)
  try {
    const bytes = new Uint8Array(count)
    // One read gives at most 2 GiB.
    for (let done = 0; done < count; ) {
      const { bytesRead } = await handle.read(bytes, done, count - done, position + done)
      if (bytesRead === 0) break
      done += bytesRead
    }
    return bytes.buffer
  } finally {
    await handle.close()
  }
}

/** Every half float there is: a table is as fast to read as memory, and files have hundreds of millions of them. */
let halves: Float32Array | null = null

function floatsOf(dtype: string, bytes: ArrayBuffer): Float32Array {
  switch (dtype) {
    case 'F32':
      return new Float32Array(bytes)
    case 'F16': {
      halves ??= Float32Array.from({ length: 0x10000 }, (_, half) => fromHalfBits(half))
      const words = new Uint16Array(bytes)
      const floats = new Float32Array(words.length)
      for (let k = 0; k < words.length; k++) floats[k] = halves[words[k]!]!
      return floats
    }
    case 'BF16': {
      // The upper half of a float.
      const words = new Uint16Array(bytes)
      const floats = new Uint32Array(words.length)
      for (let k = 0; k < words.length; k++) floats[k] = words[k]! << 16
      return new Float32Array(floats.buffer)
    }
    // Numbers that stand alone, such as alpha.
    case 'F64':
      return Float32Array.from(new Float64Array(bytes))
    case 'I64':
      return Float32Array.from(new BigInt64Array(bytes), Number)
    default:
      return Float32Array.from(new Int32Array(bytes))
  }
}

const damaged = (name: string): AppError =>
  new AppError('input_invalid', `"${name}" is no safetensors file, or it is damaged.`, { details: { file: name } })

const breaksOff = (name: string, size: number, needed: number): AppError =>
  new AppError('input_invalid', `${name} breaks off: it has ${size} of ${needed} bytes.`, {
    details: { file: name, size, needed },
  })

const unreadType = (name: string, tensor: string, dtype: string): AppError =>
  new AppError(
    'input_invalid',
    `In "${name}", ${tensor} is of the type ${dtype}, which cannot be read; save it as F32, F16 or BF16.`,
    {
      details: { file: name, tensor, type: dtype, valid: Object.keys(ELEMENT_BYTES) },
    },
  )
