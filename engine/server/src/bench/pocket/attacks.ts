import { openAudio, readPcm } from '@beatloom/media'

const SAMPLE_RATE = 22_050
/** Cuts between the bands whose attacks are added: bass, middle, high. */
const BANDS_HZ = [200, 2_000] as const

/**
 * Attacks of a stretch of a song per video frame, by a plain measure of its own (rise of log energy in three bands over
 * 10 ms), so that the product's beat tracker is not its own judge.
 */
export async function attacksOf(
  path: string,
  stretch: { start: number; seconds: number; frameRate: number },
): Promise<Float64Array> {
  const { signal } = new AbortController()
  const file = { path, sha256: '', name: path }
  const { clip } = await openAudio(file, { startSeconds: stretch.start, durationSeconds: stretch.seconds }, signal)
  const samples: number[] = []
  for await (const chunk of readPcm(clip, { sampleRate: SAMPLE_RATE, channels: 1 }, signal)) samples.push(...chunk)
  const rises = bandsOf(samples).map(risesOf)
  return perFrame(rises, stretch)
}

/** One-pole low passes and what is left between them. */
function bandsOf(samples: number[]): Float64Array[] {
  const low = (source: ArrayLike<number>, cutHz: number): Float64Array => {
    const keep = Math.exp((-2 * Math.PI * cutHz) / SAMPLE_RATE)
    let state = 0
    return Float64Array.from(source, (sample) => {
      state = sample + (state - sample) * keep
      return state
    })
  }
  const bass = low(low(samples, BANDS_HZ[0]), BANDS_HZ[0])
  const lower = low(samples, BANDS_HZ[1])
  const middle = lower.map((value, i) => value - bass[i]!)
  return [bass, middle, Float64Array.from(samples, (sample, i) => sample - lower[i]!)]
}

const HOP = SAMPLE_RATE / 100

/** Rise of log energy from one hundredth of a second to the next but one, nothing where it falls. */
function risesOf(band: Float64Array): Float64Array {
  const hops = Math.floor(band.length / HOP)
  const energy = new Float64Array(hops)
  for (let hop = 0; hop < hops; hop++) {
    for (let i = Math.floor(hop * HOP); i < Math.floor((hop + 1) * HOP); i++) energy[hop]! += band[i]! ** 2 / HOP
  }
  const loudest = Math.max(1e-9, ...energy)
  const level = energy.map((value) => Math.log(value / loudest + 1e-3))
  return level.map((value, i) => Math.max(0, value - (level[i - 2] ?? value)))
}

/** The strongest of each frame's own time, which lies around its moment. */
function perFrame(rises: Float64Array[], { seconds, frameRate }: { seconds: number; frameRate: number }): Float64Array {
  return Float64Array.from({ length: Math.round(seconds * frameRate) }, (_, frame) => {
    const from = Math.round(((frame - 0.5) / frameRate) * 100)
    const to = Math.round(((frame + 0.5) / frameRate) * 100)
    let strongest = 0
    for (let hop = Math.max(0, from); hop < to; hop++) {
      strongest = Math.max(
        strongest,
        rises.reduce((sum, band) => sum + (band[hop] ?? 0), 0),
      )
    }
    return strongest
  })
}
