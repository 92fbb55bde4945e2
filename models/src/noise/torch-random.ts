/**
 * Normal noise as PyTorch draws it on the CPU (`torch.Generator('cpu').manual_seed(seed)`, `torch.randn`), so a seed
 * gives the composition it gives in ComfyUI and diffusers. Within 1.2e-7 of PyTorch, which uses vector forms of the
 * logarithm and cosine; bit for bit the same on every machine and run of Beatloom.
 */
import { AppError } from '@beatloom/core'

const STATE_SIZE = 624
const SHIFT_SIZE = 397

export const MAX_SEED = 2n ** 64n - 1n

export interface NoiseGenerator {
  /** The next `count` normal values. */
  randn(count: number): Float32Array
}

/**
 * @param seed 0 … 2^64 − 1, in decimal if a string. As in PyTorch, only the low 32 bits matter.
 * @throws {AppError} `input_invalid` for any other seed.
 */
export function createGenerator(seed: bigint | string): NoiseGenerator {
  const next = mersenneTwister(Number(parseSeed(seed) & 0xffffffffn))
  // The second value of a pair made by a short draw waits here for the next short draw.
  let waiting: number | null = null
  const short = (): number => {
    if (waiting !== null) {
      const value = waiting
      waiting = null
      return value
    }
    const angle = 2 * Math.PI * uniform53(next)
    const radius = Math.sqrt(-2 * Math.log1p(-uniform53(next)))
    waiting = radius * Math.sin(angle)
    return radius * Math.cos(angle)
  }
  return {
    randn(count) {
      const values = new Float32Array(count)
      if (count < 16) for (let i = 0; i < count; i++) values[i] = short()
      else fillLong(values, next)
      return values
    },
  }
}

/** The first `count` normal values of a seed. */
export function torchCpuRandn(seed: bigint | string, count: number): Float32Array {
  return createGenerator(seed).randn(count)
}

export function parseSeed(seed: bigint | string): bigint {
  if (typeof seed === 'string' && !/^\d{1,20}$/.test(seed)) throw badSeed(seed)
  const value = BigInt(seed)
  if (value < 0n || value > MAX_SEED) throw badSeed(String(seed))
  return value
}

function badSeed(seed: string): AppError {
  return new AppError('input_invalid', `A seed is a whole number from 0 to ${MAX_SEED}; "${seed.slice(0, 40)}" is not.`)
}

/** Draws of 16 values and more: uniforms first, then turned into normal values in blocks of 16, in place. */
function fillLong(values: Float32Array, next: () => number): void {
  const uniform24 = () => (next() & 0xffffff) / 0x1000000
  const count = values.length
  for (let i = 0; i < count; i++) values[i] = uniform24()
  for (let start = 0; start + 16 <= count; start += 16) toNormal(values, start)
  if (count % 16 === 0) return
  // An incomplete last block is drawn afresh, overlapping the one before it.
  for (let i = count - 16; i < count; i++) values[i] = uniform24()
  toNormal(values, count - 16)
}

/** Box–Muller on 16 uniforms, each operation in single precision. */
function toNormal(values: Float32Array, start: number): void {
  const { fround } = Math
  const turn = fround(2 * Math.PI)
  for (let j = start; j < start + 8; j++) {
    const radius = fround(Math.sqrt(fround(-2 * fround(Math.log(fround(1 - values[j]!))))))
    const angle = fround(turn * values[j + 8]!)
    values[j] = radius * fround(Math.cos(angle))
    values[j + 8] = radius * fround(Math.sin(angle))
  }
}

/** 53 random bits as a fraction; the first draw is the high word. */
function uniform53(next: () => number): number {
  const high = BigInt(next())
  const low = BigInt(next())
  return Number(((high << 32n) | low) & 0x1fffffffffffffn) / 2 ** 53
}

/** MT19937 (Matsumoto & Nishimura 1998): 32-bit draws. */
function mersenneTwister(seed: number): () => number {
  const state = new Uint32Array(STATE_SIZE)
  state[0] = seed
  for (let i = 1; i < STATE_SIZE; i++) {
    const previous = state[i - 1]! ^ (state[i - 1]! >>> 30)
    state[i] = Math.imul(1812433253, previous) + i
  }
  let index = STATE_SIZE
  return () => {
    if (index === STATE_SIZE) {
      twist(state)
      index = 0
    }
    let y = state[index++]!
    y ^= y >>> 11
    y ^= (y << 7) & 0x9d2c5680
    y ^= (y << 15) & 0xefc60000
    return (y ^ (y >>> 18)) >>> 0
  }
}

function twist(state: Uint32Array): void {
  for (let i = 0; i < STATE_SIZE; i++) {
    const y = (state[i]! & 0x80000000) | (state[(i + 1) % STATE_SIZE]! & 0x7fffffff)
    const shifted = state[(i + SHIFT_SIZE) % STATE_SIZE]! ^ (y >>> 1)
    state[i] = y & 1 ? shifted ^ 0x9908b0df : shifted
  }
}
