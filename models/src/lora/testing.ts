/** Small safetensors files for tests. */
import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { FileHandle } from '@beatloom/core'
import { toHalfBits } from '../host/float16.ts'

export interface SmallTensor {
  shape: number[]
  values: number[]
  dtype?: 'F64' | 'F32' | 'F16' | 'BF16' | 'I64' | 'I32'
}

/** Writes a file as the format's description says: length, JSON header, values. */
export async function writeSafetensors(
  path: string,
  tensors: Record<string, SmallTensor>,
  metadata?: Record<string, string>,
): Promise<FileHandle> {
  const header: Record<string, unknown> = metadata ? { __metadata__: metadata } : {}
  const parts: Buffer[] = []
  let end = 0
  for (const [name, { shape, values, dtype = 'F32' }] of Object.entries(tensors)) {
    const part = bytesOf(dtype, values)
    header[name] = { dtype, shape, data_offsets: [end, end + part.length] }
    parts.push(part)
    end += part.length
  }
  return writeRaw(path, JSON.stringify(header), Buffer.concat(parts))
}

/** The same with a header as it is given. */
export async function writeRaw(path: string, header: string, values: Uint8Array): Promise<FileHandle> {
  const json = Buffer.from(header)
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(json.length))
  const bytes = Buffer.concat([length, json, values])
  await writeFile(path, bytes)
  return { path, name: basename(path), sha256: createHash('sha256').update(bytes).digest('hex') }
}

function bytesOf(dtype: NonNullable<SmallTensor['dtype']>, values: number[]): Buffer {
  const words = new Uint32Array(Float32Array.from(values).buffer)
  const typed = {
    F64: () => Float64Array.from(values),
    F32: () => words,
    F16: () => Uint16Array.from(values, toHalfBits),
    BF16: () => Uint16Array.from(words, (word) => word >>> 16),
    I64: () => BigInt64Array.from(values, BigInt),
    I32: () => Int32Array.from(values),
  }
  return Buffer.from(typed[dtype]().buffer)
}

/** A LoRA of one layer: down `[rank, in]` and up `[out, rank]`, in diffusers' names unless others are given. */
export function layerTensors(
  module: string,
  down: number[][],
  up: number[][],
  names: readonly [string, string] = ['lora_A', 'lora_B'],
): Record<string, SmallTensor> {
  const tensor = (rows: number[][]): SmallTensor => ({ shape: [rows.length, rows[0]!.length], values: rows.flat() })
  return { [`${module}.${names[0]}.weight`]: tensor(down), [`${module}.${names[1]}.weight`]: tensor(up) }
}
