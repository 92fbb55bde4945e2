/** Writes the parts of onnx.proto that tell a graph's ports and external data. */
const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))]
const bytes = (field: number, content: Buffer): Buffer =>
  Buffer.concat([Buffer.from([...varint(field * 8 + 2), ...varint(content.length)]), content])
const number = (field: number, value: number): Buffer => Buffer.from([...varint(field * 8), ...varint(value)])
const text = (field: number, value: string): Buffer => bytes(field, Buffer.from(value))

/**
 * @param external bytes of weights that each data file must hold.
 * @param elementType TensorProto.DataType of every port.
 */
export function onnxFile(
  inputs: readonly string[],
  outputs: readonly string[],
  external: Record<string, number> = {},
  elementType = 1,
): Buffer {
  const port = (field: number, name: string): Buffer =>
    bytes(field, Buffer.concat([text(1, name), bytes(2, bytes(1, number(1, elementType)))]))
  const entry = (key: string, value: string): Buffer => bytes(13, Buffer.concat([text(1, key), text(2, value)]))
  const tensors = Object.entries(external).map(([location, length]) =>
    bytes(
      5,
      Buffer.concat([
        text(8, location),
        entry('location', location),
        entry('offset', '0'),
        entry('length', `${length}`),
      ]),
    ),
  )
  const graph = [...tensors, ...inputs.map((name) => port(11, name)), ...outputs.map((name) => port(12, name))]
  return Buffer.concat([number(1, 10), bytes(7, Buffer.concat(graph))])
}
