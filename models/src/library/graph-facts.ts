import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { AppError } from '@beatloom/core'

/** What an ONNX file says of itself, read without its weights. */
export interface GraphFacts {
  inputs: GraphPort[]
  outputs: GraphPort[]
  /** Files that hold its weights, relative to the graph, with the bytes that each must have at least. */
  external: Record<string, number>
}

export interface GraphPort {
  name: string
  /** TensorProto.DataType: 1 float32, 7 int64, 10 float16, 16 bfloat16; 0 where it is no tensor. */
  elementType: number
}

export const BFLOAT16 = 16

const WINDOW_BYTES = 64 * 1024
/** Wire types of protocol buffers (https://protobuf.dev/programming-guides/encoding). */
const WIRE = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const

class NotAGraph extends Error {}

interface Field {
  number: number
  /** Value of a number; 0 for bytes. */
  value: number
  from: number
  to: number
}

/**
 * Reads the fields of onnx.proto that tell inputs, outputs and external data; weights inside the file are skipped.
 * @throws {AppError} `model_invalid` when the file is no ONNX graph or breaks off.
 */
export function readGraphFacts(path: string): GraphFacts {
  const file = openSync(path, 'r')
  try {
    return readModelProto(new Bytes(file))
  } catch (error) {
    if (!(error instanceof NotAGraph)) throw error
    throw new AppError('model_invalid', `The file ${path} is no ONNX graph, or it breaks off in the middle.`, {
      details: { file: path },
    })
  } finally {
    closeSync(file)
  }
}

/** The file seen through a window, so a graph with gigabytes of weights inside costs no memory. */
class Bytes {
  readonly size: number
  readonly #file: number
  readonly #window = Buffer.alloc(WINDOW_BYTES)
  #from = 0
  #length = 0

  constructor(file: number) {
    this.#file = file
    this.size = fstatSync(file).size
  }

  at(position: number): number {
    if (position < this.#from || position >= this.#from + this.#length) {
      this.#from = position
      this.#length = readSync(this.#file, this.#window, 0, WINDOW_BYTES, position)
    }
    const byte = this.#window[position - this.#from]
    if (this.#length === 0 || byte === undefined) throw new NotAGraph()
    return byte
  }

  text(from: number, to: number): string {
    if (to - from > WINDOW_BYTES) throw new NotAGraph()
    const bytes = Buffer.alloc(to - from)
    if (readSync(this.#file, bytes, 0, bytes.length, from) < bytes.length) throw new NotAGraph()
    return bytes.toString('utf8')
  }

  varint(position: number): [value: number, next: number] {
    let value = 0
    for (let place = 0; place < 10; place++) {
      const byte = this.at(position + place)
      value += (byte & 0x7f) * 2 ** (7 * place)
      if (byte < 0x80) return [value, position + place + 1]
    }
    throw new NotAGraph()
  }

  *fields(from: number, to: number): Generator<Field> {
    let position = from
    while (position < to) {
      const [key, start] = this.varint(position)
      const number = Math.floor(key / 8)
      const wire = key % 8
      if (number === 0) throw new NotAGraph()
      let field: Field
      if (wire === WIRE.varint) {
        const [value, next] = this.varint(start)
        field = { number, value, from: start, to: next }
      } else if (wire === WIRE.bytes) {
        const [length, inside] = this.varint(start)
        field = { number, value: 0, from: inside, to: inside + length }
      } else if (wire === WIRE.fixed64 || wire === WIRE.fixed32) {
        field = { number, value: 0, from: start, to: start + (wire === WIRE.fixed64 ? 8 : 4) }
      } else throw new NotAGraph()
      if (field.to > to) throw new NotAGraph()
      yield field
      position = field.to
    }
  }
}

function readModelProto(bytes: Bytes): GraphFacts {
  const facts: GraphFacts = { inputs: [], outputs: [], external: {} }
  const weights = new Set<string>()
  let graphs = 0
  for (const { number, from, to } of bytes.fields(0, bytes.size)) {
    if (number !== 7) continue
    graphs++
    readGraph(bytes, from, to, facts, weights, true)
  }
  if (graphs === 0) throw new NotAGraph()
  // Older graphs list their weights among the inputs; nobody has to feed those.
  facts.inputs = facts.inputs.filter(({ name }) => !weights.has(name))
  return facts
}

function readGraph(bytes: Bytes, from: number, to: number, facts: GraphFacts, weights: Set<string>, top: boolean) {
  for (const field of bytes.fields(from, to)) {
    if (field.number === 1) readNode(bytes, field, facts, weights)
    else if (field.number === 5) {
      const name = readTensor(bytes, field, facts)
      if (top) weights.add(name)
    } else if (top && field.number === 11) facts.inputs.push(readPort(bytes, field))
    else if (top && field.number === 12) facts.outputs.push(readPort(bytes, field))
  }
}

/** Constants and the bodies of loops and branches hold tensors too. */
function readNode(bytes: Bytes, node: Field, facts: GraphFacts, weights: Set<string>): void {
  for (const attribute of bytes.fields(node.from, node.to)) {
    if (attribute.number !== 5) continue
    for (const part of bytes.fields(attribute.from, attribute.to)) {
      if (part.number === 5 || part.number === 10) readTensor(bytes, part, facts)
      else if (part.number === 6 || part.number === 11) readGraph(bytes, part.from, part.to, facts, weights, false)
    }
  }
}

/** @returns the tensor's name. */
function readTensor(bytes: Bytes, tensor: Field, facts: GraphFacts): string {
  let name = ''
  const entries: Record<string, string> = {}
  for (const field of bytes.fields(tensor.from, tensor.to)) {
    if (field.number === 8) name = bytes.text(field.from, field.to)
    if (field.number !== 13) continue
    const pair = ['', '']
    for (const part of bytes.fields(field.from, field.to)) {
      if (part.number === 1 || part.number === 2) pair[part.number - 1] = bytes.text(part.from, part.to)
    }
    entries[pair[0] as string] = pair[1] as string
  }
  if (entries['location'] !== undefined) {
    const end = (Number(entries['offset']) || 0) + (Number(entries['length']) || 0)
    facts.external[entries['location']] = Math.max(facts.external[entries['location']] ?? 0, end)
  }
  return name
}

function readPort(bytes: Bytes, port: Field): GraphPort {
  const result: GraphPort = { name: '', elementType: 0 }
  for (const field of bytes.fields(port.from, port.to)) {
    if (field.number === 1) result.name = bytes.text(field.from, field.to)
    if (field.number !== 2) continue
    for (const kind of bytes.fields(field.from, field.to)) {
      if (kind.number !== 1) continue
      for (const part of bytes.fields(kind.from, kind.to)) if (part.number === 1) result.elementType = part.value
    }
  }
  return result
}
