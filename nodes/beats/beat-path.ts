import type { TempoSalience } from './tempo-salience.ts'

/** Weight against tempo changes; 50 loses 3.7 points of AMLt. */
const CHANGE_WEIGHT = 100
/** The share of a beat in which its onset is expected. */
export const BEAT_SHARE = 1 / 16
/** How an activation is to be read. */
export interface ActivationKind {
  /** In how much of a beat its onset is expected: a share of the beat, or so many frames. */
  expected: { share: number } | { frames: number }
  /** Activation is kept so far off 0 and 1 that no single frame can decide the path. */
  least: number
}
const ONSETS: ActivationKind = { expected: { share: BEAT_SHARE }, least: 0.005 }
/** The model starts a beat a little before its onset's top, so the first one may start before the sound. */
const EARLIEST_FRAME = -5
/** How much the tempo of the whole piece counts, and of the stretch a beat lies in. */
const WHOLE_WEIGHT = 1
const STRETCH_WEIGHT = 1
/** Salience that every tempo has, so that none is impossible. */
const LEAST_SALIENCE = 0.01

/**
 * The most likely beats by the bar-pointer model of Krebs, Böck & Widmer, "An efficient state-space model for joint
 * tempo and meter tracking", ISMIR 2015. States are (frames per beat, position in the beat); the tempo may change at
 * beats only, with probability ∝ exp(−λ·|new/old − 1|). Within a beat the path is forced, so the Viterbi search goes
 * from beat to beat over prefix sums of the observations: equal to the search over all states, at a fraction of it.
 * @param activation 0 … 1 per frame.
 * @returns frames at which beats begin, ascending; the model's idea, not yet moved to onsets.
 */
export function bestBeatPath(
  activation: Float32Array,
  frameRate: number,
  tempo: TempoSalience,
  kind: ActivationKind = ONSETS,
): number[] {
  const frames = activation.length
  const intervals = beatIntervals(frameRate, tempo)
  const count = intervals.length
  if (frames === 0 || count === 0) return []
  const observed = new Observations(activation, kind)
  const changes = tempoChanges(intervals)
  const bonuses = tempoBonuses(intervals, frameRate, tempo)
  const longest = intervals[count - 1] as number
  // Scores of beats that begin at a frame, kept for one longest beat; the interval each came from, kept for all.
  const entered = new Float64Array((longest + 1) * count)
  const cameFrom = new Uint8Array(frames * count)
  const arrived = new Float64Array(count)
  for (let t = 0; t < frames; t++) {
    const bonus = bonuses[Math.min(bonuses.length - 1, Math.floor(t / tempo.course.hopFrames))] as Float64Array
    for (let i = 0; i < count; i++) {
      const start = t - (intervals[i] as number)
      const before = start < 0 ? (bonus[i] as number) : (entered[(start % (longest + 1)) * count + i] as number)
      arrived[i] = before + observed.beat(start, intervals[i] as number, t)
    }
    for (let i = 0; i < count; i++) {
      const { from, cost } = changes[i] as TempoChange
      let best = Number.NEGATIVE_INFINITY
      let bestFrom = i
      for (let j = 0; j < cost.length; j++) {
        const score = (arrived[from + j] as number) - (cost[j] as number)
        if (score > best) {
          best = score
          bestFrom = from + j
        }
      }
      entered[(t % (longest + 1)) * count + i] = best + (bonus[i] as number)
      cameFrom[t * count + i] = bestFrom
    }
  }
  let best = Number.NEGATIVE_INFINITY
  let last: { frame: number; interval: number } | null = null
  for (let i = 0; i < count; i++) {
    const interval = intervals[i] as number
    for (let start = Math.max(0, frames - interval); start < frames; start++) {
      const score = (entered[(start % (longest + 1)) * count + i] as number) + observed.beat(start, interval, frames)
      if (score > best) {
        best = score
        last = { frame: start, interval: i }
      }
    }
  }
  const path: number[] = []
  while (last) {
    if (last.frame >= EARLIEST_FRAME) path.push(last.frame)
    if (last.frame < 0) break
    const interval = cameFrom[last.frame * count + last.interval] as number
    last = { frame: last.frame - (intervals[interval] as number), interval }
  }
  return path.reverse()
}

/** Whole frames per beat, shortest first. */
function beatIntervals(frameRate: number, { bpm }: TempoSalience): number[] {
  if (bpm.length === 0) return []
  const shortest = Math.max(2, Math.floor((60 * frameRate) / (bpm.at(-1) as number)))
  const longest = Math.max(shortest, Math.ceil((60 * frameRate) / (bpm[0] as number)))
  return Array.from({ length: longest - shortest + 1 }, (_, i) => shortest + i)
}

/** What speaks for a beat of each length, in each stretch of the piece: `[stretch][interval]`, logarithms. */
function tempoBonuses(
  intervals: number[],
  frameRate: number,
  { bpm, salience, course }: TempoSalience,
): Float64Array[] {
  const cells = intervals.map((interval) =>
    [...bpm.keys()].filter((i) => Math.abs((60 * frameRate) / (bpm[i] as number) - interval) <= 0.5),
  )
  const logOf = (values: Float32Array) =>
    cells.map((cell) => Math.log(cell.reduce((best, i) => Math.max(best, values[i] as number), LEAST_SALIENCE)))
  const whole = logOf(salience)
  const stretches = course.salience.map(logOf)
  return (stretches.length === 0 ? [whole] : stretches).map((local) =>
    Float64Array.from(local, (value, i) => WHOLE_WEIGHT * (whole[i] as number) + STRETCH_WEIGHT * value),
  )
}

interface TempoChange {
  /** Index of the first interval that may come before. */
  from: number
  cost: Float64Array
}

function tempoChanges(intervals: number[]): TempoChange[] {
  return intervals.map((to) => {
    // Beyond 15 % the cost is over 15 nats: no path worth having goes there.
    const near = intervals.flatMap((from, i) => (Math.abs(to / from - 1) <= 0.15 ? [i] : []))
    const cost = near.map((i) => CHANGE_WEIGHT * Math.abs(to / (intervals[i] as number) - 1))
    return { from: near[0] as number, cost: Float64Array.from(cost) }
  })
}

/** Log-likelihoods of runs of frames, from prefix sums. */
class Observations {
  readonly #onBeat: Float64Array
  readonly #offBeat: Float64Array

  readonly #expected: ActivationKind['expected']

  constructor(activation: Float32Array, { expected, least }: ActivationKind) {
    this.#expected = expected
    this.#onBeat = new Float64Array(activation.length + 1)
    this.#offBeat = new Float64Array(activation.length + 1)
    for (let t = 0; t < activation.length; t++) {
      const value = Math.min(1 - least, Math.max(least, activation[t] as number))
      this.#onBeat[t + 1] = (this.#onBeat[t] as number) + Math.log(value)
      this.#offBeat[t + 1] = (this.#offBeat[t] as number) + Math.log((1 - value) / (1 / BEAT_SHARE - 1))
    }
  }

  /** Of a beat from `start` (may lie before 0) up to the frame `end`, or as much of it as there is. */
  beat(start: number, interval: number, end: number): number {
    const first = Math.max(0, start)
    const expected = this.#expected
    const width = 'frames' in expected ? expected.frames : Math.max(1, Math.round(interval * expected.share))
    const turn = Math.min(end, Math.max(first, start + width))
    return (
      (this.#onBeat[turn] as number) -
      (this.#onBeat[first] as number) +
      (this.#offBeat[end] as number) -
      (this.#offBeat[turn] as number)
    )
  }
}
