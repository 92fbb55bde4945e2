import { BIN_COUNT, WINDOW_SIZE } from './spectral-frames.ts'

export interface Filterbank {
  /** Centre of each band in Hz, ascending. */
  centres: Float32Array
  /** Writes one value per band: the weighted mean magnitude of its bins. */
  apply(magnitudes: Float32Array, out: Float32Array): void
}

/**
 * Overlapping triangles a quarter tone apart (24 per octave) from 30 Hz to 16 kHz, each of area 1. Low quarter tones
 * that fall into one FFT bin are merged, which leaves about 137 bands at 44.1 kHz. The layout of Böck & Widmer,
 * "Maximum filter vibrato suppression for onset detection", DAFx 2013.
 */
export function quarterToneFilterbank(sampleRate: number): Filterbank {
  const hzPerBin = sampleRate / WINDOW_SIZE
  const edges: number[] = []
  const top = Math.min(16_000, sampleRate / 2)
  for (let step = 0; 30 * 2 ** (step / 24) <= top; step++) {
    const bin = Math.min(BIN_COUNT - 1, Math.round((30 * 2 ** (step / 24)) / hzPerBin))
    if (bin > (edges.at(-1) ?? 0)) edges.push(bin)
  }
  const bands = edges.slice(1, -1).map((centre, i) => triangle(edges[i] as number, centre, edges[i + 2] as number))
  return {
    centres: Float32Array.from(edges.slice(1, -1), (bin) => bin * hzPerBin),
    apply(magnitudes, out) {
      for (let band = 0; band < bands.length; band++) {
        const { first, weights } = bands[band] as Triangle
        let sum = 0
        for (let i = 0; i < weights.length; i++) sum += (weights[i] as number) * (magnitudes[first + i] as number)
        out[band] = sum
      }
    },
  }
}

interface Triangle {
  first: number
  weights: Float32Array
}

/** From 0 at `low` up to `centre` and down to 0 at `high`, in bins; both feet are left out. */
function triangle(low: number, centre: number, high: number): Triangle {
  const weights = new Float32Array(high - low - 1)
  for (let i = 0; i < weights.length; i++) {
    const bin = low + 1 + i
    weights[i] = bin <= centre ? (bin - low) / (centre - low) : (high - bin) / (high - centre)
  }
  const area = weights.reduce((sum, weight) => sum + weight, 0)
  return { first: low + 1, weights: weights.map((weight) => weight / area) }
}
