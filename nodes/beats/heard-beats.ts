import { beatConfidence } from './beat-confidence.ts'
import type { ActivationKind } from './beat-path.ts'
import type { OnsetActivation } from './onset-activation.ts'

/**
 * The network's peaks are three frames wide whatever the tempo. It is sure of itself, also where it errs, so that less
 * than a fiftieth counts as no surer than that.
 */
export const HEARD: ActivationKind = { expected: { frames: 3 }, least: 0.02 }

/** How much the onsets say beside the network: a tenth to a sixth does equally well on the bench's pieces to look at. */
const ONSET_SHARE = 0.1
/** How much less the network may hear in the beats told by onsets before they are out of the question. */
const LESS_HEARD = 0.12
/** Tempi of this ratio, or its inverse, are the same music counted in halves or doubles. */
const OCTAVE = 2
const RATIO_TOLERANCE = 0.06
/** Twice as many beats, all on onsets that repeat as well, are the likelier reading. */
const LESS_CONFIDENT = 0.02

/** The network's likelihood of a beat with some of the onsets in it, which tell where it says nothing. */
export function withOnsets(heard: Float32Array, onsets: Float32Array): Float32Array {
  return onsets.map((onset, t) => (1 - ONSET_SHARE) * (heard[t] as number) + ONSET_SHARE * onset)
}

/**
 * Of the beats that the network leads to and those that onsets alone do, the first, but for two errors of its own: it
 * may hear triplets as beats (the onsets' tempo is then no octave of its own, the beats there are heard as surely, and
 * repeat better), and half the tempo (the onsets' is twice as fast and repeats as well). Found on the bench's pieces
 * to look at.
 * @param heard what `withOnsets` gives, per frame.
 */
export function likelierBeats(
  byNetwork: number[],
  byOnsets: number[],
  heard: Float32Array,
  onsets: OnsetActivation,
  frameRate: number,
): number[] {
  if (byNetwork.length < 2 || byOnsets.length < 2) return byNetwork
  const ratio = byOnsets.length / byNetwork.length
  const near = (wanted: number) => Math.abs(ratio / wanted - 1) <= RATIO_TOLERANCE
  if (near(1) || near(1 / OCTAVE)) return byNetwork
  const ours = beatConfidence(byNetwork, onsets, frameRate)
  const theirs = beatConfidence(byOnsets, onsets, frameRate)
  if (near(OCTAVE)) return theirs >= ours - LESS_CONFIDENT ? byOnsets : byNetwork
  const asSure = meanNear(byOnsets, heard, frameRate) >= meanNear(byNetwork, heard, frameRate) - LESS_HEARD
  return asSure && theirs > ours ? byOnsets : byNetwork
}

/** Mean over the beats of the highest likelihood within 20 ms. */
function meanNear(times: readonly number[], heard: Float32Array, frameRate: number): number {
  let sum = 0
  for (const time of times) {
    const frame = Math.round(time * frameRate)
    sum += heard.subarray(Math.max(0, frame - 2), frame + 3).reduce((most, value) => Math.max(most, value), 0)
  }
  return sum / times.length
}
