import type { PortType } from './ports.ts'
import type { ValueFacts } from './value-facts.ts'

/** A value that arrives at a node, and what is known of its clock. */
export interface Arrival {
  input: string
  type: PortType
  /** Asked for while the node runs, and for each round anew: its length is not the node's. */
  lazy?: boolean
  /** Its input takes many. */
  list?: boolean
  /** Stands for any number of values, each with these facts. */
  several?: boolean
  facts: ValueFacts
}

/** What a node is, as far as clocks that meet at it are concerned. */
export interface MeetingPlace {
  terminal?: boolean | undefined
  /** Makes lengths agree, so they may differ when they arrive. */
  fitsSound?: boolean | undefined
  outputs: readonly PortType[]
  /** Frame rates known of its outputs. */
  rates: readonly number[]
}

interface LengthClash {
  /** The one that is more often right: the picture, the plan, the sound that beats were found in. */
  kept: Arrival
  /** The one to change. */
  changed: Arrival
  keptSeconds: number
  changedSeconds: number
  /** They differ however far off the lengths may be that are known. */
  isCertain: boolean
}

/**
 * `rates`: pictures of different frame rates. `sound`: beats or a plan of another sound. `picture`: picture and sound of
 * different lengths would be saved together. `plan`: videos that do not fill the plan.
 */
export type ClockClash =
  | { kind: 'rates'; kept: Arrival; changed: Arrival }
  | ({ kind: 'sound' | 'picture' | 'plan' } & LengthClash)

/** Frames per second where none are known: the slowest that is usual, so that less is refused. */
export const SLOWEST_USUAL_RATE = 24
/** A thousandth of a frame for the rounding of seconds. */
const ONE_FRAME = 1.001

const HAS_RATE: ReadonlySet<PortType> = new Set(['FRAMES', 'VIDEO', 'SHOTS'])
const HAS_LENGTH: ReadonlySet<PortType> = new Set([...HAS_RATE, 'AUDIO', 'BEATS'])

/** Whether values of these types can clash where they meet. */
export const canClash = (types: readonly PortType[]): boolean => types.filter((type) => HAS_LENGTH.has(type)).length > 1

/** Clocks that do not go together at one node, the first of each kind. What is not known clashes with nothing. */
export function clockClashes(place: MeetingPlace, arrivals: readonly Arrival[]): ClockClash[] {
  if (place.fitsSound) return []
  return [rateClash(arrivals), soundClash(place, arrivals), pictureClash(place, arrivals), planClash(arrivals)].filter(
    (clash) => clash !== null,
  )
}

function rateClash(arrivals: readonly Arrival[]): ClockClash | null {
  const rated = arrivals.filter(({ type, facts }) => HAS_RATE.has(type) && facts.frameRate !== undefined)
  // A plan says what its frames have to be.
  const kept = rated.find(({ type }) => type === 'SHOTS') ?? rated[0]
  const changed = rated.find(({ facts }) => facts.frameRate !== kept?.facts.frameRate)
  return kept && changed ? { kind: 'rates', kept, changed } : null
}

/** Sound, its beats and its plan are as long as each other wherever two of them meet. */
function soundClash(place: MeetingPlace, arrivals: readonly Arrival[]): ClockClash | null {
  const timed = arrivals.filter(({ list, lazy, facts }) => !list && !lazy && facts.durationSeconds !== undefined)
  const first = (type: PortType) => timed.find((arrival) => arrival.type === type)
  const [shots, audio, beats] = [first('SHOTS'), first('AUDIO'), first('BEATS')]
  const rates = [...place.rates, ...arrivals.flatMap(({ facts }) => facts.frameRate ?? [])]
  const frame = 1 / Math.min(...(rates.length > 0 ? rates : [SLOWEST_USUAL_RATE]))
  for (const [kept, changed] of [
    [audio, beats],
    [shots, audio],
    [shots, beats],
  ]) {
    const clash = kept && changed && lengthClash(kept, changed, frame)
    if (clash) return { kind: 'sound', ...clash }
  }
  return null
}

/** Frames and a sound that one node makes a video of, or saves. */
function pictureClash({ terminal, outputs }: MeetingPlace, arrivals: readonly Arrival[]): ClockClash | null {
  if (!terminal && !outputs.includes('VIDEO')) return null
  const frames = arrivals.find(
    ({ type, lazy, facts }) =>
      type === 'FRAMES' && !lazy && facts.frameRate !== undefined && facts.durationSeconds !== undefined,
  )
  const sound = arrivals.find(
    ({ type, lazy, facts }) => type === 'AUDIO' && !lazy && facts.durationSeconds !== undefined,
  )
  if (!frames || !sound) return null
  const clash = lengthClash(frames, sound, 1 / (frames.facts.frameRate as number))
  return clash && { kind: 'picture', ...clash }
}

/** Videos in a row that stand for a plan have its frames, no more and no less. */
function planClash(arrivals: readonly Arrival[]): ClockClash | null {
  const plan = arrivals.find(({ type, facts }) => type === 'SHOTS' && facts.frameCount !== undefined)
  const clips = arrivals.filter(({ type, list }) => type === 'VIDEO' && list)
  const last = clips.at(-1)
  const frameRate = plan?.facts.frameRate
  if (!plan || !last || frameRate === undefined) return null
  let frameCount = 0
  let error = 0
  for (const { several, facts } of clips) {
    if (several || facts.frameCount === undefined || facts.frameRate !== frameRate) return null
    frameCount += facts.frameCount
    error += facts.durationErrorSeconds ?? 0
  }
  const whole = { ...last, facts: { durationSeconds: frameCount / frameRate, durationErrorSeconds: error } }
  const filled = { ...plan, facts: { ...plan.facts, durationSeconds: (plan.facts.frameCount as number) / frameRate } }
  // Nothing is left over: half a frame is none.
  const clash = lengthClash(filled, whole, 0.5 / frameRate)
  return clash && { kind: 'plan', ...clash }
}

function lengthClash(kept: Arrival, changed: Arrival, frame: number): LengthClash | null {
  const keptSeconds = kept.facts.durationSeconds as number
  const changedSeconds = changed.facts.durationSeconds as number
  const difference = Math.abs(keptSeconds - changedSeconds)
  if (difference <= ONE_FRAME * frame) return null
  const error = lengthError(kept) + lengthError(changed)
  return { kept, changed, keptSeconds, changedSeconds, isCertain: difference > ONE_FRAME * frame + error }
}

/** How far a known length may be off, seconds. */
export const lengthError = ({ facts }: Arrival): number => facts.durationErrorSeconds ?? 0
