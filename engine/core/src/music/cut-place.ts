import type { Shot } from '../values.ts'

/** A moment at which the picture could be cut. */
export interface CutPlace {
  /** Where the music asks for it. */
  seconds: number
  /** Where its neighbours expect it: what plans go by, so that one moved beat moves one cut. */
  steadySeconds: number
  reason: Shot['reason']
  /** Counted from the first downbeat of its stretch; null off the beat. */
  bar: number | null
  /** Beats behind the downbeat. */
  beat: number
  /** Beats to its bar. */
  meter: number
  /** 0 … 1; of onsets. */
  strength: number
  /** Number among the beats of the piece; null off the beat. */
  tick: number | null
  /** Its name within its stretch, for chance. */
  key: string
}

/** The very beginning: no music asks for it. */
export const opening = (): CutPlace => ({
  seconds: 0,
  steadySeconds: 0,
  reason: 'start',
  bar: null,
  beat: 0,
  meter: 4,
  strength: 1,
  tick: null,
  key: 'start',
})
