import { AppError, type Conditioning, type Latent, type TensorData } from '@beatloom/core'
import type { Stretch } from '../families.ts'
import { LATENT_RATE } from './contract.ts'

/** Words change over this many latent frames on each side of their moment. */
const FADE = 3
/** The model was taught on clips from 3 s on; shorter stretches are sampled at that length and cut. */
const FEWEST_FRAMES = 30

/**
 * One clip for each prompt of a conditioning whose words change, each a little longer than its words last. Sound
 * stays that of the whole clip, so beats are counted on. Words that begin behind the end are left out.
 */
export function cutTimeline(conditioning: Conditioning, latent: Latent): Stretch[] {
  const fields = tensor(latent, 'hidden_states')
  const total = fields.dims[1]!
  const { later = [], ...first } = conditioning
  const voices = [
    { ...first, startSeconds: 0 },
    ...later
      .filter(({ startSeconds }) => startSeconds * LATENT_RATE < total - 1)
      .map((voice) => ({ ...voice, positive: { ...first.positive, ...voice.positive } })),
  ]
  return voices.map((voice, i) => {
    const begins = voice.startSeconds * LATENT_RATE
    const ends = (voices[i + 1]?.startSeconds ?? Infinity) * LATENT_RATE
    const { from, count } = frameRange(i === 0 ? 0 : begins - FADE, ends + FADE, total)
    const { positive, negative, limits } = voice
    return {
      begins,
      from,
      conditioning: {
        family: conditioning.family,
        positive: { ...positive, audio_embeds: rows(tensorNamed(positive, 'audio_embeds'), from / 2, count / 2) },
        negative,
        ...(limits ? { limits } : {}),
      },
      latent: {
        ...latent,
        tensors: Object.fromEntries(
          Object.entries(latent.tensors).map(([name, part]) => [name, rows(part, from, count)]),
        ),
      },
    }
  })
}

/** Even numbers, since the model reads frames in pairs; at least as many as it was taught with. */
function frameRange(start: number, end: number, total: number): { from: number; count: number } {
  const from = Math.max(0, 2 * Math.floor((start - 1) / 2))
  const count = Math.min(total, Math.max(FEWEST_FRAMES, 2 * Math.ceil((end + 1 - from) / 2)))
  return from + count <= total
    ? { from, count }
    : { from: Math.max(0, total - Math.max(FEWEST_FRAMES, total - from)), count: Math.max(FEWEST_FRAMES, total - from) }
}

function rows(part: TensorData, from: number, count: number): TensorData {
  const [batch = 1, , ...inner] = part.dims
  const size = inner.reduce((product, dim) => product * dim, 1)
  return { dims: [batch, count, ...inner], data: (part.data as Float32Array).slice(from * size, (from + count) * size) }
}

const tensor = (latent: Latent, name: string): TensorData => tensorNamed(latent.tensors, name)

function tensorNamed(tensors: Record<string, TensorData>, name: string): TensorData {
  const found = tensors[name]
  if (!found)
    throw new AppError('input_invalid', `This latent is not one of the pocket model: it has no float tensor "${name}".`)
  return found
}

/**
 * The stretches as one clip. Fields fade from one to the next; the camera goes on from where it is, only the speed at
 * which it moves fades. While later stretches are not there yet, the last one's end stays.
 * @param whole the latent that the stretches were cut from.
 * @param done stretches with clean latents, in order, from the first on.
 */
export function joinTimeline(whole: Latent, done: readonly Stretch[]): Latent {
  return {
    ...whole,
    tensors: {
      ...whole.tensors,
      hidden_states: joined(tensor(whole, 'hidden_states').dims, done, 'hidden_states', false),
      camera_states: joined(tensor(whole, 'camera_states').dims, done, 'camera_states', true),
    },
  }
}

/** @param carried whether speeds are joined instead of values. */
function joined(dims: number[], done: readonly Stretch[], name: string, carried: boolean): TensorData {
  const total = dims[1]!
  const size = dims.slice(2).reduce((product, dim) => product * dim, 1)
  const out = new Float32Array(total * size)
  for (let t = 0; t < total; t++) {
    // Speeds belong to the moment between two frames.
    const shares = sharesAt(done, carried ? t - 0.5 : t)
    if (carried && t > 0) out.copyWithin(t * size, (t - 1) * size, t * size)
    done.forEach((stretch, i) => {
      const share = shares[i]!
      if (share === 0) return
      const { data, dims: own } = tensor(stretch.latent, name)
      const at = (frame: number) => Math.min(own[1]! - 1, Math.max(0, frame - stretch.from)) * size
      const now = at(t)
      const before = at(t - 1)
      for (let k = 0; k < size; k++) {
        const value = Number(data[now + k]) - (carried && t > 0 ? Number(data[before + k]) : 0)
        out[t * size + k]! += share * value
      }
    })
  }
  return { dims, data: out }
}

/** How much each stretch counts at a moment; adds up to 1. */
function sharesAt(done: readonly Stretch[], t: number): number[] {
  const arrived = done.map(({ begins }, i) => (i === 0 ? 1 : smoothStep((t - begins + FADE) / (2 * FADE))))
  return arrived.map((share, i) => {
    const after = arrived.slice(i + 1).reduce((rest, next) => rest * (1 - next), 1)
    return share * after
  })
}

function smoothStep(x: number): number {
  const t = Math.min(1, Math.max(0, x))
  return t * t * (3 - 2 * t)
}
