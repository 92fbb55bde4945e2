export interface TempoRange {
  /** Beats per minute. */
  minTempo: number
  maxTempo: number
  /** A tempo the user expects; 0 for none. */
  tempoHint: number
}

export interface TempoSalience {
  /** Ascending, 0.4 % apart. */
  bpm: Float32Array
  /** 0 … 1, with the preference for common tempi; the best is 1 unless nothing repeats. */
  salience: Float32Array
  /** How much of the onset curve repeats at each tempo: mean autocorrelation over 1 … 4 beats, 0 … 1. */
  periodicity: Float32Array
  /** The salience of any tempo, on the grid or beyond it. */
  salienceAt(bpm: number): number
  /** The salience as the piece goes on, of stretches that begin `hopFrames` apart; each alike scaled, with the preference. */
  course: { hopFrames: number; salience: Float32Array[] }
}

/** One grid step; two grid tempi never differ by more than a frame over four beats at 100 frames a second. */
const STEP = 1.004
/**
 * Preferred tempo and the width of the preference in octaves, below and above. Twice too fast is the more frequent
 * error where notes run between the beats, twice too slow where there is nothing but the beats: measured, see the bench.
 */
const CENTRE_BPM = 120
const SPREAD_OCTAVES = { below: 0.8, above: 0.6 }
/** Stretches in which the tempo is looked for again: long enough for four slow beats twice over. */
const STRETCH_SECONDS = 12
const STRETCH_HOP_SECONDS = 3
/** A hint names the octave and allows for some imprecision. */
const HINT_SPREADS = { below: 0.15, above: 0.15 }

/**
 * How well each tempo explains the onset curve: a comb over the unbiased autocorrelation at 1 … 4 beat periods,
 * weighted 1/√k, times a log-Gaussian around 120 BPM (or around the hint). Periods that the sound is too short to
 * show are left out.
 */
export function tempoSalience(strength: Float32Array, frameRate: number, range: TempoRange): TempoSalience {
  const count = Math.floor(Math.log(range.maxTempo / range.minTempo) / Math.log(STEP)) + 1
  const bpm = Float32Array.from({ length: count }, (_, i) => range.minTempo * STEP ** i)
  const longestLag = Math.min(Math.ceil((4 * 60 * frameRate) / range.minTempo) + 1, Math.floor(strength.length * 0.75))
  const correlation = autocorrelation(smooth(strength), longestLag)
  const periodicity = bpm.map((tempo) => comb(correlation, (60 * frameRate) / tempo))
  const centre = range.tempoHint > 0 ? range.tempoHint : CENTRE_BPM
  const spread = range.tempoHint > 0 ? HINT_SPREADS : SPREAD_OCTAVES
  const preference = (tempo: number) => {
    const octaves = Math.log2(tempo / centre)
    return Math.exp(-0.5 * (octaves / (octaves < 0 ? spread.below : spread.above)) ** 2)
  }
  const salience = bpm.map((tempo, i) => (periodicity[i] as number) * preference(tempo))
  const best = salience.reduce((most, value) => Math.max(most, value), 0)
  if (best > 0) for (let i = 0; i < count; i++) salience[i] = (salience[i] as number) / best
  const salienceAt = (tempo: number) =>
    best > 0 ? Math.min(1, (comb(correlation, (60 * frameRate) / tempo) * preference(tempo)) / best) : 0
  const course = tempoCourse(strength, frameRate, bpm, preference)
  return { bpm, salience, periodicity, salienceAt, course }
}

/** The same of each stretch of the piece: what tells a tempo that changes, which the whole piece blurs. */
function tempoCourse(
  strength: Float32Array,
  frameRate: number,
  bpm: Float32Array,
  preference: (bpm: number) => number,
): TempoSalience['course'] {
  const hopFrames = Math.round(STRETCH_HOP_SECONDS * frameRate)
  const half = Math.round((STRETCH_SECONDS * frameRate) / 2)
  const smoothed = smooth(strength)
  const salience = Array.from({ length: Math.ceil(strength.length / hopFrames) }, (_, index) => {
    const middle = (index + 0.5) * hopFrames
    const stretch = smoothed.subarray(Math.max(0, middle - half), middle + half)
    const correlation = autocorrelation(stretch, Math.floor(stretch.length * 0.5))
    const own = bpm.map((tempo) => comb(correlation, (60 * frameRate) / tempo) * preference(tempo))
    const best = own.reduce((most, value) => Math.max(most, value), 0)
    return best > 0 ? own.map((value) => value / best) : own
  })
  return { hopFrames, salience }
}

/** Three frames wide, so that played timing, which wavers by 10 ms, still lines up with itself. */
function smooth(values: Float32Array): Float32Array {
  return values.map((value, t) => 0.25 * (values[t - 1] ?? 0) + 0.5 * value + 0.25 * (values[t + 1] ?? 0))
}

/** Autocorrelation of the curve without its mean, per pair of samples, relative to lag 0; `[longestLag + 1]`. */
function autocorrelation(values: Float32Array, longestLag: number): Float32Array {
  const count = values.length
  let mean = 0
  for (const value of values) mean += value / count
  const centred = values.map((value) => value - mean)
  const correlation = new Float32Array(Math.max(1, longestLag + 1))
  let energy = 0
  for (const value of centred) energy += value * value
  if (energy < 1e-9) return correlation
  for (let lag = 0; lag <= longestLag; lag++) {
    let sum = 0
    for (let t = lag; t < count; t++) sum += (centred[t] as number) * (centred[t - lag] as number)
    correlation[lag] = sum / (count - lag) / (energy / count)
  }
  return correlation
}

function comb(correlation: Float32Array, period: number): number {
  let sum = 0
  let weights = 0
  for (let k = 1; k <= 4; k++) {
    const lag = k * period
    const whole = Math.floor(lag)
    if (whole + 1 >= correlation.length) break
    const part = lag - whole
    const weight = 1 / Math.sqrt(k)
    sum += weight * ((1 - part) * (correlation[whole] as number) + part * (correlation[whole + 1] as number))
    weights += weight
  }
  return weights === 0 ? 0 : Math.min(1, Math.max(0, sum / weights))
}
