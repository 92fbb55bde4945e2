import { join } from 'node:path'
import type { ComponentRef } from '@beatloom/core'
import { readModelJson } from '../../library/json-file.ts'

/** What a causal convolution remembers of the frames before: its last inputs. */
export interface CacheFacts {
  channels: number
  frames: number
  /** Its grid is the latent's times this. */
  scale: number
}

export interface VaeFacts {
  /** Of each latent channel; a latent is `(mean − M) / S`. */
  mean: readonly number[]
  deviation: readonly number[]
  /** Empty for graphs that take whole clips. */
  caches: readonly CacheFacts[]
  /** Latent frames that a decoder takes at once in rounds of its own; 0 where it takes all it is given at once. */
  latentsOfRound: number
}

/** Means and deviations of Wan2.1's and Wan2.2's latents (`wan/modules/vae2_1.py`, `vae2_2.py`), where a config is silent. */
const MEAN_16 = [
  -0.7571, -0.7089, -0.9113, 0.1075, -0.1745, 0.9653, -0.1517, 1.5508, 0.4134, -0.0715, 0.5517, -0.3632, -0.1922,
  -0.9497, 0.2503, -0.2921,
]
const DEVIATION_16 = [
  2.8184, 1.4541, 2.3275, 2.6558, 1.2196, 1.7708, 2.6052, 2.0743, 3.2687, 2.1526, 2.8652, 1.5579, 1.6382, 1.1253,
  2.8251, 1.916,
]
const MEAN_48 = [
  -0.2289, -0.0052, -0.1323, -0.2339, -0.2799, 0.0174, 0.1838, 0.1557, -0.1382, 0.0542, 0.2813, 0.0891, 0.157, -0.0098,
  0.0375, -0.1825, -0.2246, -0.1207, -0.0698, 0.5109, 0.2665, -0.2108, -0.2158, 0.2502, -0.2055, -0.0322, 0.1109,
  0.1567, -0.0729, 0.0899, -0.2799, -0.123, -0.0313, -0.1649, 0.0117, 0.0723, -0.2839, -0.2083, -0.052, 0.3748, 0.0152,
  0.1957, 0.1433, -0.2944, 0.3573, -0.0548, -0.1681, -0.0667,
]
const DEVIATION_48 = [
  0.4765, 1.0364, 0.4514, 1.1677, 0.5313, 0.499, 0.4818, 0.5013, 0.8158, 1.0344, 0.5894, 1.0901, 0.6885, 0.6165, 0.8454,
  0.4978, 0.5759, 0.3523, 0.7135, 0.6804, 0.5833, 1.4146, 0.8986, 0.5659, 0.7069, 0.5338, 0.4889, 0.4917, 0.4069,
  0.4999, 0.6866, 0.4093, 0.5709, 0.6065, 0.6415, 0.4944, 0.5726, 1.2042, 0.5458, 1.6887, 0.3971, 1.06, 0.3943, 0.5537,
  0.5444, 0.4089, 0.7468, 0.7744,
]

/** @param channels of the latent: 16 or 48. */
export async function vaeFactsOf({ folder, component }: ComponentRef, channels: number): Promise<VaeFacts> {
  const config = (await readModelJson(join(folder, component, 'config.json'))) ?? {}
  const listed = (key: string, fallback: readonly number[]): readonly number[] => {
    const value = config[key]
    return Array.isArray(value) && value.length === channels ? (value as number[]) : fallback
  }
  const caches = Array.isArray(config['cache']) ? (config['cache'] as CacheFacts[]) : []
  return {
    mean: listed('latents_mean', channels === 48 ? MEAN_48 : MEAN_16),
    deviation: listed('latents_std', channels === 48 ? DEVIATION_48 : DEVIATION_16),
    caches,
    latentsOfRound: Number(config['latents_of_round']) || 0,
  }
}

/** The VAE's values for the denoiser's, `z · S + M`; channels come first, `plane` values each. */
export function denormalised(values: Float32Array, { mean, deviation }: VaeFacts): Float32Array {
  const plane = values.length / mean.length
  return values.map((value, i) => value * deviation[Math.floor(i / plane)]! + mean[Math.floor(i / plane)]!)
}

/** The denoiser's values for the VAE's, `(z − M) / S`. */
export function normalised(values: Float32Array, { mean, deviation }: VaeFacts): Float32Array {
  const plane = values.length / mean.length
  return values.map((value, i) => (value - mean[Math.floor(i / plane)]!) / deviation[Math.floor(i / plane)]!)
}
