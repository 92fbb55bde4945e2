import type { CutPlace } from './cut-place.ts'
import type { Stretch } from './cut-places.ts'
import type { LoudnessCurve } from './loudness-curve.ts'
import { chance } from './shot-random.ts'

export type Pace = 'calm' | 'medium' | 'fast'

export interface CutOptions {
  pace: Pace
  shortestSeconds: number
  longestSeconds: number
  seed: string
}

/** Seconds of a shot where the music is at its quietest and at its loudest. Music videos: 2–4 s as a rule. */
const PACES: Record<Pace, [quiet: number, loud: number]> = { calm: [9, 4.5], medium: [6, 2.2], fast: [4, 1.5] }
/** About how long shots come out, before anything is known of the music; seconds. */
export const usualShotSeconds = (pace: Pace): number => Math.sqrt(PACES[pace][0] * PACES[pace][1])

/** A rise by so much makes shots shorter by a third. */
const FULL_RISE = 0.3
/** Plans keep this share away from the limits, so that a beat a little early or late breaks none. */
const MARGIN = 0.02
/** A tempo within this share of the usual one is steady. */
const STEADY = 0.04
/** How much a seed decides among places of nearly equal worth. */
const CHOICE = 0.45
/** A shot more or less than wanted is worth this much: more than a cut at a bar costs, less than one at a mere moment. */
const COUNT_WEIGHT = 3
/** Of bars that are cut one by one, how many are. */
const BARS_CUT = 0.8
/** An editor holds the first shot of a phrase and hurries towards its end; by bar of an 8-bar phrase. */
const PHRASE_SHAPE = [1.35, 1.1, 1.1, 1, 1.15, 0.95, 0.8, 0.7]

/**
 * The cuts inside a stretch, not counting the one at its start. How many there are follows from how loud the stretch
 * is, and not from its beats; where they are is the cheapest way to have so many: at the ends of phrases rather than
 * of bars, of bars rather than of beats, with lengths that suit the music around them.
 */
export function chooseCuts(stretch: Stretch, curve: LoudnessCurve, options: CutOptions): CutPlace[] {
  const ideal = idealLengths(stretch, curve, options)
  const wanted = Math.max(1, Math.round(Math.min(ideal.count, mostOfBars(stretch, options))))
  const nodes = [stretch.start, ...stretch.places]
  const end = nodes.length
  const times = Float64Array.from([...nodes.map(({ steadySeconds }) => steadySeconds), stretch.endSteadySeconds])
  const shortest = options.shortestSeconds * (1 + MARGIN)
  const longest = options.longestSeconds * (1 - MARGIN)
  const placeCosts = nodes.map((place) => placeCost(place) + CHOICE * chance(options.seed, stretch.key, place.key))
  const most = Math.min(nodes.length, wanted + 4 + Math.ceil(wanted / 4))

  // cost[k][j]: the least that k shots up to place j can cost; from[k][j]: where the last of them begins.
  let before = new Float64Array(end + 1).fill(Number.POSITIVE_INFINITY)
  before[0] = 0
  const from: Int32Array[] = []
  const ends: number[] = []
  const steps = shotSteps({ nodes, times, stretch, shortest, longest, ideal: ideal.at })
  for (let k = 0; k < most; k++) {
    const after = new Float64Array(end + 1).fill(Number.POSITIVE_INFINITY)
    const back = new Int32Array(end + 1).fill(-1)
    for (let j = 1; j <= end; j++) {
      const { first, costs } = steps[j] as Step
      for (let s = 0; s < costs.length; s++) {
        const cost = (before[first + s] as number) + (costs[s] as number)
        if (cost < (after[j] as number)) {
          after[j] = cost
          back[j] = first + s
        }
      }
      after[j] = (after[j] as number) + (placeCosts[j] ?? 0)
    }
    from.push(back)
    ends.push(after[end] as number)
    before = after
  }
  const count = bestCount(ends, wanted)
  const chosen: CutPlace[] = []
  for (let k = count - 1, j = end; k > 0; k--) {
    j = (from[k] as Int32Array)[j] as number
    chosen.unshift(nodes[j] as CutPlace)
  }
  return chosen
}

/** Where half bars are too short, a cut at every bar would be mechanical: some bars are left in pairs. */
function mostOfBars({ start, places, endSteadySeconds }: Stretch, { shortestSeconds }: CutOptions): number {
  const bars = places.filter(({ reason }) => reason === 'downbeat').length + 1
  const seconds = (endSteadySeconds - start.steadySeconds) / bars
  return bars < 4 || seconds / 2 >= shortestSeconds * (1 + MARGIN) ? Number.POSITIVE_INFINITY : BARS_CUT * bars
}

/**
 * The count nearest to what was wanted, unless it takes places that are much worse than those of a lower or higher one;
 * 1 where no count can be had.
 */
function bestCount(ends: readonly number[], wanted: number): number {
  let best = 1
  let least = Number.POSITIVE_INFINITY
  ends.forEach((cost, k) => {
    const worth = cost + COUNT_WEIGHT * Math.abs(k + 1 - wanted)
    if (worth < least) [best, least] = [k + 1, worth]
  })
  return best
}

interface Step {
  first: number
  costs: Float64Array
}

interface StepInputs {
  nodes: readonly CutPlace[]
  /** Of the nodes and of the end, steady seconds. */
  times: Float64Array
  stretch: Stretch
  shortest: number
  longest: number
  ideal: (seconds: number) => number
}

/** What a shot costs that ends at each place, for every place from which it may begin. */
function shotSteps({ nodes, times, stretch, shortest, longest, ideal }: StepInputs): Step[] {
  let first = 0
  return Array.from(times, (time, j) => {
    while (first < j && time - (times[first] as number) > longest * (1 + STEADY)) first++
    const costs: number[] = []
    for (let i = first; i < j && time - (times[i] as number) >= shortest * (1 - STEADY); i++) {
      const start = nodes[i] as CutPlace
      const begin = times[i] as number
      const end = nodes[j]
      const seconds = wholeBeats(time - begin, start.tick, end ? end.tick : stretch.endTick, stretch.beatSeconds)
      if (seconds < shortest || seconds > longest) {
        costs.push(Number.POSITIVE_INFINITY)
        continue
      }
      const shape = start.bar === null ? 1 : (PHRASE_SHAPE[start.bar % 8] as number)
      const stretched = Math.log(seconds / (shape * ideal((time + begin) / 2)))
      costs.push(1.5 * stretched * stretched + barsCost(start, end))
    }
    return { first, costs: Float64Array.from(costs) }
  })
}

/**
 * In a steady tempo a length is its number of usual beats: no beat that is found a little early or late decides then
 * whether a bar is long enough.
 */
function wholeBeats(seconds: number, from: number | null, to: number | null, beatSeconds: number): number {
  if (from === null || to === null) return seconds
  const exact = (to - from) * beatSeconds
  return Math.abs(seconds - exact) <= STEADY * seconds ? exact : seconds
}

/** Shots of 1, 2, 4 and 8 bars sit well; others less so. */
function barsCost(start: CutPlace, end: CutPlace | undefined): number {
  if (!end || end.bar === null) return 0
  const isLead = start.bar === null && start.reason !== 'section'
  if (isLead) return 0
  if (start.beat !== end.beat) return 0.5
  const bars = end.bar - (start.bar ?? 0)
  if ([1, 2, 4, 8].includes(bars)) return 0
  return bars % 3 === 0 ? 0.35 : 0.7
}

function placeCost({ reason, bar, beat, meter, strength }: CutPlace): number {
  switch (reason) {
    case 'downbeat':
      return bar === null ? 1 : bar % 8 === 0 ? 0 : bar % 4 === 0 ? 0.15 : bar % 2 === 0 ? 0.6 : 1.2
    case 'beat':
      return 2 * beat === meter ? 2 : 3.5
    case 'onset':
      return 0.3 + 1.5 * (1 - strength)
    case 'length':
      return 5
    default:
      return 0
  }
}

/** How long a shot should be at each moment, and how many shots of such lengths fill the stretch. */
function idealLengths(
  { section, spanStartSeconds: begin, spanSeconds }: Stretch,
  curve: LoudnessCurve,
  { pace, shortestSeconds, longestSeconds }: CutOptions,
): { at: (seconds: number) => number; count: number } {
  const [quiet, loud] = PACES[pace]
  const shortest = shortestSeconds * (1 + MARGIN)
  const longest = Math.max(shortest, longestSeconds * 0.9)
  const steps = Math.max(1, Math.ceil(2 * spanSeconds))
  const lengths = Float64Array.from({ length: steps }, (_, i) => {
    const seconds = begin + (i + 0.5) * 0.5
    const here = curve.at(seconds)
    const energy = section ? (here + Math.min(1, Math.max(0, section.energy))) / 2 : here
    const rise = Math.min(1, Math.max(0, curve.rise(seconds) / FULL_RISE))
    return Math.min(longest, Math.max(shortest, quiet * (loud / quiet) ** energy * (1 - rise / 3)))
  })
  const count = lengths.reduce((sum, length) => sum + spanSeconds / steps / length, 0)
  const at = (seconds: number): number =>
    lengths[Math.min(steps - 1, Math.max(0, Math.floor(2 * (seconds - begin))))] as number
  return { at, count }
}
