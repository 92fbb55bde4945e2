import type { Beats, Shot, Shots } from '../values.ts'
import { type LoudnessCurve, loudnessCurve } from './loudness-curve.ts'

/** The shots of a plan while edits are carried out: always gapless, in order, one frame each at least. */
export class ShotList {
  readonly shots: Shot[]
  readonly frameRate: number
  readonly frameCount: number
  readonly #beats: Beats | null
  readonly #curve: LoudnessCurve | null

  constructor({ shots, frameRate, frameCount }: Shots, beats?: Beats) {
    this.shots = shots.map((shot) => ({ ...shot }))
    this.frameRate = frameRate
    this.frameCount = frameCount
    this.#beats = beats ?? null
    this.#curve = beats ? loudnessCurve(beats.envelopes) : null
  }

  frameOf(seconds: number): number {
    return Math.round(seconds * this.frameRate)
  }

  /** Number of the shot in which a frame lies; -1 beyond the end. */
  indexAt(frame: number): number {
    if (frame < 0 || frame >= this.frameCount) return -1
    let low = 0
    let high = this.shots.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.shots[middle] as Shot).startFrame <= frame) low = middle
      else high = middle - 1
    }
    return this.shots.length === 0 ? -1 : low
  }

  /** The shot that begins at the cut nearest to a moment, no further from it than this; 0 where there is none. */
  nearestCut(seconds: number, withinSeconds: number): number {
    const around = this.indexAt(Math.min(this.frameCount - 1, Math.max(0, this.frameOf(seconds))))
    const far = (index: number): number => Math.abs((this.shots[index] as Shot).startSeconds - seconds)
    const near = [around - 1, around, around + 1].filter((index) => index > 0 && index < this.shots.length)
    const best = near.sort((a, b) => far(a) - far(b))[0]
    return best !== undefined && far(best) <= withinSeconds + 1e-9 ? best : 0
  }

  /** True where a shot on either side of the cut stays as it is. */
  isHeld(index: number): boolean {
    return (this.shots[index]?.locked ?? false) || (this.shots[index - 1]?.locked ?? false)
  }

  /** The cut before this shot comes to a frame, by hand. */
  moveCut(index: number, frame: number): void {
    this.stretch(index - 1, (this.shots[index - 1] as Shot).startFrame, frame)
    this.stretch(index, frame, (this.shots[index] as Shot).endFrame)
    this.markByHand(index)
  }

  /** A shot with other ends. */
  stretch(index: number, startFrame: number, endFrame: number): void {
    const shot = this.shots[index] as Shot
    const [startSeconds, endSeconds] = [startFrame / this.frameRate, endFrame / this.frameRate]
    Object.assign(shot, { startFrame, endFrame, startSeconds, endSeconds })
    if (this.#curve) shot.energy = Math.round(1000 * this.#curve.mean(startSeconds, endSeconds)) / 1000
    const middle = (startSeconds + endSeconds) / 2
    const section = this.#beats?.sections?.find((one) => middle >= one.startSeconds && middle < one.endSeconds)
    if (section) shot.section = section.label
  }

  /** The cut before this shot is a person's; it keeps a mark where it lies on a beat. */
  markByHand(index: number): void {
    const shot = this.shots[index] as Shot
    if (index === 0) return
    shot.reason = 'hand'
    shot.markSeconds = this.#beatNear(shot.startSeconds)
  }

  #beatNear(seconds: number): number | null {
    const beats = this.#beats?.beats ?? []
    let low = 0
    let high = beats.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((beats[middle] as number) < seconds) low = middle + 1
      else high = middle
    }
    const far = (time: number): number => Math.abs(time - seconds)
    const near = beats.slice(Math.max(0, low - 1), low + 1).sort((a, b) => far(a) - far(b))[0]
    return near !== undefined && far(near) <= 0.5 / this.frameRate + 1e-9 ? near : null
  }
}
