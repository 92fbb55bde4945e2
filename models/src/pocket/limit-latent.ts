import type { ConditioningLimits, Latent, TensorData } from '@beatloom/core'
import { FIELD_CHANNELS } from './contract.ts'
import type { HeldPart } from './held-parts.ts'

/** Channels of the fields that each part moves or lights (models/README.md, "Latent"). */
const FIELDS_OF: Partial<Record<HeldPart, number[]>> = { scenery: [0, 1], subject: [2, 3], light: [4], glow: [5] }
const WARMTH = 6
/** Camera channel, and the sign of the values that a part forbids. */
const CAMERA_OF: Partial<Record<HeldPart, [channel: number, sign: 1 | -1]>> = {
  'pan right': [0, 1],
  'pan left': [0, -1],
  'tilt down': [1, 1],
  'tilt up': [1, -1],
  'zoom in': [2, 1],
  'zoom out': [2, -1],
  'roll right': [3, 1],
  'roll left': [3, -1],
}
const CAMERA_CHANNELS = 4
/** A camera is steadied over this many latent frames (standard deviation): a shake goes, a turn of the path stays. */
const STEADY_FRAMES = 6

/**
 * Takes out of a clean latent what the negative prompt rules out and scales the rest by the prompt's weight: the same
 * as the gates of the network, which multiply channels that a prompt does not ask for by zero, so the rest is
 * untouched. A direction of the camera that is ruled out leaves the opposite one.
 */
export function limitLatent(latent: Latent, { weight, held }: ConditioningLimits): Latent {
  const fields = latent.tensors['hidden_states']
  const camera = latent.tensors['camera_states']
  if (!fields || !camera || (weight === 1 && held.length === 0)) return latent
  const parts = held as HeldPart[]
  return {
    ...latent,
    tensors: {
      ...latent.tensors,
      hidden_states: limitFields(fields, parts, weight),
      camera_states: limitCamera(camera, parts, weight),
    },
  }
}

function limitFields({ dims, data }: TensorData, held: readonly HeldPart[], weight: number): TensorData {
  const cells = dims[3]! * dims[4]!
  const closed = new Set(held.flatMap((part) => FIELDS_OF[part] ?? []))
  const lowest = held.includes('cool') ? 0 : -Infinity
  const highest = held.includes('warm') ? 0 : Infinity
  const values = Float32Array.from(data as Float32Array, (value, i) => {
    const channel = Math.floor(i / cells) % FIELD_CHANNELS
    if (closed.has(channel)) return 0
    return weight * (channel === WARMTH ? Math.min(highest, Math.max(lowest, value)) : value)
  })
  return { dims, data: values }
}

function limitCamera({ dims, data }: TensorData, held: readonly HeldPart[], weight: number): TensorData {
  const frames = dims[1]!
  const values = Float32Array.from(data as Float32Array)
  for (let channel = 0; channel < CAMERA_CHANNELS; channel++) {
    const signs = held.flatMap((part) => (CAMERA_OF[part]?.[0] === channel ? [CAMERA_OF[part][1]] : []))
    const first = values[channel]!
    let path: Float64Array = Float64Array.from(
      { length: frames },
      (_, t) => values[t * CAMERA_CHANNELS + channel]! - first,
    )
    if (held.includes('shake')) path = steadied(path)
    path.forEach((value, t) => {
      const allowed = signs.includes(Math.sign(value) as 1 | -1) ? 0 : value
      values[t * CAMERA_CHANNELS + channel] = first + weight * allowed
    })
  }
  return { dims, data: values }
}

/** The path's straight line from end to end, and what is left of the rest after a Gaussian blur in time. */
function steadied(path: Float64Array): Float64Array {
  const last = path.length - 1
  const slope = last > 0 ? (path[last]! - path[0]!) / last : 0
  const rest = path.map((value, t) => value - path[0]! - slope * t)
  const smooth = rest.map((_, t) => {
    let sum = 0
    let weights = 0
    for (let k = Math.max(0, t - 3 * STEADY_FRAMES); k <= Math.min(last, t + 3 * STEADY_FRAMES); k++) {
      const weight = Math.exp(-0.5 * ((k - t) / STEADY_FRAMES) ** 2)
      sum += weight * rest[k]!
      weights += weight
    }
    return sum / weights
  })
  return smooth.map((value, t) => value - smooth[0]! + slope * t)
}
