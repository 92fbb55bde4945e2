/**
 * Writes the few parts of a WebAssembly module that one small kernel needs (WebAssembly core specification 2.0 with
 * threads, section 5 "Binary format"). Instructions are plain byte lists, so a program is built with spreads and maps.
 */
export type Code = number[]

export const I32 = 0x7f
export const V128 = 0x7b

function unsigned(value: number): Code {
  const bytes: Code = []
  do {
    const rest = value >>> 7
    bytes.push((value & 127) | (rest ? 128 : 0))
    value = rest
  } while (value)
  return bytes
}

function signed(value: number): Code {
  const bytes: Code = []
  for (;;) {
    const byte = value & 127
    value >>= 7
    const done = (value === 0 && !(byte & 64)) || (value === -1 && (byte & 64) !== 0)
    bytes.push(done ? byte : byte | 128)
    if (done) return bytes
  }
}

export const get = (local: number): Code => [0x20, ...unsigned(local)]
export const set = (local: number): Code => [0x21, ...unsigned(local)]
export const constant = (value: number): Code => [0x41, ...signed(value)]
const simd = (operation: number, ...rest: number[]): Code => [0xfd, ...unsigned(operation), ...rest]
/** Adds to a 32-bit local. */
export const increase = (local: number, by: Code): Code => [...get(local), ...by, I32_ADD, ...set(local)]
/** Repeats the body while it leaves a number other than 0. */
export const repeat = (body: Code): Code => [0x03, 0x40, ...body, 0x0d, 0x00, 0x0b]

export const I32_ADD = 0x6a
export const I32_SUB = 0x6b
export const I32_MUL = 0x6c
export const I32_AND = 0x71
export const I32_OR = 0x72
export const I32_SHL = 0x74
export const I32_SHR = 0x75
export const i32Load = (offset: number): Code => [0x28, 2, ...unsigned(offset)]

export const v128Load = (offset: number): Code => simd(0x00, 0, ...unsigned(offset))
/** Eight bytes, each widened to 16 bits. */
export const loadBytesWide: Code = simd(0x02, 0, 0)
export const v128Store: Code = simd(0x0b, 0, 0)
export const shuffle = (lanes: readonly number[]): Code => simd(0x0d, ...lanes)
export const I16X8_SPLAT = simd(0x10)
export const I32X4_SPLAT = simd(0x11)
export const U8_FROM_I16 = simd(0x66)
export const I16_FROM_I32 = simd(0x85)
export const I16X8_ADD = simd(0x8e)
export const I16X8_MUL = simd(0x95)
export const I32X4_SUB = simd(0xb1)
/** Products of 16-bit lanes, summed in pairs. */
export const I32X4_DOT = simd(0xba)
export const F32X4_ADD = simd(0xe4)
export const F32X4_SUB = simd(0xe5)
export const F32X4_MUL = simd(0xe6)
export const F32X4_FROM_I32 = simd(0xfa)
export function f32x4Constant(value: number): Code {
  const bytes = new Uint8Array(Float32Array.of(value, value, value, value).buffer)
  return simd(0x0c, ...bytes)
}

/**
 * A module of one function, exported by `name`, that works on the shared memory it imports as `host.memory`.
 * @param parameters how many i32 parameters; they are the first locals.
 * @param locals types of the further locals.
 * @param pages least and most size of the memory, 64 KiB each.
 */
export function moduleOf(
  name: string,
  parameters: number,
  locals: number[],
  body: Code,
  pages: number,
): Uint8Array<ArrayBuffer> {
  const text = (value: string): Code => [...unsigned(value.length), ...new TextEncoder().encode(value)]
  const section = (id: number, content: Code): Code => [id, ...unsigned(content.length), ...content]
  const declared = locals.flatMap((type) => [1, type])
  const code = [...unsigned(locals.length), ...declared, ...body, 0x0b]
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, ...unsigned(parameters), ...new Array<number>(parameters).fill(I32), 0]),
    ...section(2, [1, ...text('host'), ...text('memory'), 2, 3, ...unsigned(1), ...unsigned(pages)]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...text(name), 0, 0]),
    ...section(10, [1, ...unsigned(code.length), ...code]),
  ])
}
