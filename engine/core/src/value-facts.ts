/**
 * What is known of a value before it exists, or can be told of it at a glance. A fact that is not known is absent,
 * never guessed.
 */
export interface ValueFacts {
  /** Pixels. */
  width?: number
  height?: number
  /** Frames per second. */
  frameRate?: number
  frameCount?: number
  durationSeconds?: number
  /**
   * How far `durationSeconds` may be off, and `frameCount` with it; absent where they are exact. File headers are off
   * by a little, guesses by much. What a node does not say itself is taken over from its inputs.
   */
  durationErrorSeconds?: number
  /** Samples per second. */
  sampleRate?: number
  channels?: number
  bpm?: number
  /** Of a plan of shots: how many there are, or about how many there will be. */
  shotCount?: number
  hasAudio?: boolean
  /** Of a list: what is known of each of its values, in their order. The facts beside it are those of the first. */
  items?: ValueFacts[]
  /** The value itself, where it is a text, a number or a yes-or-no that the params spell out. */
  value?: string | number | boolean
}

/** By output name. */
export type FactsByPort = Record<string, ValueFacts>

/** What a node is expected to take. */
export interface NodeCost {
  /** Seconds on the machine where the node was measured; a machine that runs it learns its own factor. */
  work: number
  /** Held at its peak, beyond an idle worker. */
  memoryBytes?: number
  /** Left on the disk when it is done, the cache included. */
  diskBytes?: number
  /** Why it cannot run at all with these values, in one sentence. */
  refusal?: string
}

const SHAPE_FACTS = ['width', 'height', 'frameRate', 'frameCount', 'durationSeconds'] as const

/** A clip with every fact that follows from those given: frames and rate give the length, length and rate the frames. */
export function clipFacts(known: ValueFacts): ValueFacts {
  const { frameRate, frameCount, durationSeconds } = known
  const facts: ValueFacts = {}
  for (const name of SHAPE_FACTS) if (known[name] !== undefined) facts[name] = known[name]
  if (known.hasAudio !== undefined) facts.hasAudio = known.hasAudio
  if (frameRate === undefined) return facts
  if (frameCount === undefined && durationSeconds !== undefined)
    facts.frameCount = frameCountOf(durationSeconds, frameRate)
  if (facts.frameCount !== undefined) facts.durationSeconds = facts.frameCount / frameRate
  return facts
}

/** Frames of a clip that lasts so long: at least one. */
export const frameCountOf = (seconds: number, frameRate: number): number => Math.max(1, Math.round(seconds * frameRate))

/** A record without the entries that are undefined. */
export function known<T extends object>(facts: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
