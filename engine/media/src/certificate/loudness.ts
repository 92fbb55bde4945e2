/**
 * Integrated loudness after ITU-R BS.1770-4 and EBU R 128: K-weighting, blocks of 400 ms every 100 ms, gates at
 * −70 LUFS and 10 LU below the mean of what passed the first. Two channels with equal weight; surround is folded to
 * stereo before.
 */
export class LoudnessMeter {
  readonly #hop: number
  readonly #filters: KWeighting[]
  /** Sum of both channels' mean squares in each hop of 100 ms. */
  readonly #hops: number[] = []
  #sum = 0
  #filled = 0

  constructor(sampleRate: number, channels: number) {
    this.#hop = Math.round(sampleRate / 10)
    this.#filters = Array.from({ length: channels }, () => kWeighting(sampleRate))
  }

  /** @param interleaved samples, −1 … 1. */
  push(interleaved: Float32Array): void {
    const channels = this.#filters.length
    for (let at = 0; at < interleaved.length; at += channels) {
      for (let channel = 0; channel < channels; channel++) {
        const { shelf, highPass } = this.#filters[channel] as KWeighting
        const weighted = highPass.next(shelf.next(interleaved[at + channel] as number))
        this.#sum += weighted * weighted
      }
      if (++this.#filled < this.#hop) continue
      this.#hops.push(this.#sum / this.#hop)
      this.#sum = 0
      this.#filled = 0
    }
  }

  /** @returns LUFS; null where no block of 400 ms is louder than −70 LUFS. */
  finish(): number | null {
    const blocks: number[] = []
    for (let i = 3; i < this.#hops.length; i++) {
      const [a, b, c, d] = this.#hops.slice(i - 3, i + 1) as [number, number, number, number]
      blocks.push((a + b + c + d) / 4)
    }
    const audible = blocks.filter((power) => lufs(power) > -70)
    if (audible.length === 0) return null
    const gate = lufs(mean(audible)) - 10
    const counted = audible.filter((power) => lufs(power) > gate)
    return lufs(mean(counted))
  }
}

const lufs = (power: number): number => -0.691 + 10 * Math.log10(power)
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** A second-order filter. Plain numbers in fields: it runs for every sample. */
class Biquad {
  readonly #b0: number
  readonly #b1: number
  readonly #b2: number
  readonly #a1: number
  readonly #a2: number
  #x1 = 0
  #x2 = 0
  #y1 = 0
  #y2 = 0

  constructor(b: readonly [number, number, number], a: readonly [number, number]) {
    this.#b0 = b[0]
    this.#b1 = b[1]
    this.#b2 = b[2]
    this.#a1 = a[0]
    this.#a2 = a[1]
  }

  next(x: number): number {
    const y = this.#b0 * x + this.#b1 * this.#x1 + this.#b2 * this.#x2 - this.#a1 * this.#y1 - this.#a2 * this.#y2
    this.#x2 = this.#x1
    this.#x1 = x
    this.#y2 = this.#y1
    this.#y1 = y
    return y
  }
}

// BS.1770 prints coefficients for 48 kHz alone. These are the analogue filters behind them (Mansbridge, Finn and Reiss,
// "Implementation and Evaluation of Autonomous Multi-track Fader Control", AES 2012), which give the printed numbers
// at 48 kHz.
const SHELF = { hz: 1681.974450955533, gainDb: 3.999843853973347, q: 0.7071752369554196, power: 0.4996667741545416 }
const HIGH_PASS = { hz: 38.13547087602444, q: 0.5003270373238773 }

interface KWeighting {
  /** The head's effect: +4 dB above about 1.7 kHz. */
  shelf: Biquad
  highPass: Biquad
}

function kWeighting(sampleRate: number): KWeighting {
  return { shelf: shelfFilter(sampleRate), highPass: highPassFilter(sampleRate) }
}

function shelfFilter(sampleRate: number): Biquad {
  const k = Math.tan((Math.PI * SHELF.hz) / sampleRate)
  const high = 10 ** (SHELF.gainDb / 20)
  const band = (high ** SHELF.power * k) / SHELF.q
  const a0 = 1 + k / SHELF.q + k * k
  return new Biquad(
    [(high + band + k * k) / a0, (2 * (k * k - high)) / a0, (high - band + k * k) / a0],
    [(2 * (k * k - 1)) / a0, (1 - k / SHELF.q + k * k) / a0],
  )
}

function highPassFilter(sampleRate: number): Biquad {
  const k = Math.tan((Math.PI * HIGH_PASS.hz) / sampleRate)
  const a0 = 1 + k / HIGH_PASS.q + k * k
  return new Biquad([1, -2, 1], [(2 * (k * k - 1)) / a0, (1 - k / HIGH_PASS.q + k * k) / a0])
}
