import { difference, movedDifference, type SmallPicture, smallPicture } from './picture-difference.ts'

/**
 * Thresholds, measured on 620 drawn scenes and on the sample photograph, `difference` / with motion taken out: cuts
 * between scenes 0.26 … 1.6 / 0.08 … 0.9; to a framing closer by half 0.36 / 0.16, mirrored 0.22 / 0.10. No cuts: a jump
 * of the zoom by 10 % 0.09 / 0.04, by 20 % 0.18 / 0.08; brighter by 40 % 0.06 / 0.05; a pan by 5 % 0.17 / 0.03.
 */
const LEAST_STEP = 0.2
const LEAST_UNEXPLAINED = 0.06
/** A cut stands out from what changes around it. */
const ABOVE_FLOOR = 3
const ABOVE_MOTION = 1.5
/** Of two neighbouring steps nearly alike, as around a white frame that hides a cut, the earlier is the cut. */
const NEARLY = 0.8
/** Steps on each side whose median is the local floor. */
const FLOOR_REACH = 6
/** A picture that is back within this time was hidden by a flash or a flicker, not replaced. */
const FLASH_SECONDS = 0.2
/** Pictures that differ by less than this share of the step in question are taken for the same. */
const SAME_PICTURE = 0.25

/**
 * Finds hard cuts in a stream of small pictures, to the frame. A cut is one large step in structure that stands out
 * from the steps around it, that motion does not explain, and after which the picture before does not come back at
 * once. Memory is constant: some twenty pictures.
 */
export class CutFinder {
  readonly #flashFrames: number
  readonly #lookAhead: number
  readonly #kept: number
  /** Pictures and the step that leads to each, by frame number modulo `#kept`. */
  readonly #pictures: SmallPicture[] = []
  readonly #steps: number[] = []
  readonly #cuts: number[] = []
  #count = 0

  /** @param frameRate frames per second. */
  constructor(frameRate: number) {
    this.#flashFrames = Math.max(2, Math.min(24, Math.round(FLASH_SECONDS * frameRate)))
    this.#lookAhead = Math.max(this.#flashFrames, FLOOR_REACH)
    this.#kept = 2 * this.#lookAhead + 4
  }

  /** @param grey the next picture, `SMALL_HEIGHT × SMALL_WIDTH` bytes. */
  push(grey: Uint8Array): void {
    const picture = smallPicture(grey)
    const before = this.#count > 0 ? this.#picture(this.#count - 1) : picture
    this.#pictures[this.#count % this.#kept] = picture
    this.#steps[this.#count % this.#kept] = difference(before, picture)
    this.#count++
    this.#judge(this.#count - 1 - this.#lookAhead)
  }

  /** @returns the first frame of each new shot, ascending. Called once, after the last picture. */
  finish(): number[] {
    for (let n = Math.max(1, this.#count - this.#lookAhead); n < this.#count; n++) this.#judge(n)
    return this.#cuts
  }

  #picture(n: number): SmallPicture {
    return this.#pictures[n % this.#kept] as SmallPicture
  }

  /** Beyond both ends nothing changes. */
  #step(n: number): number {
    return n < 1 || n >= this.#count ? 0 : (this.#steps[n % this.#kept] as number)
  }

  #judge(n: number): void {
    if (n < 1) return
    const step = this.#step(n)
    if (step < LEAST_STEP || NEARLY * step <= this.#step(n - 1) || step < NEARLY * this.#step(n + 1)) return
    if (step < ABOVE_FLOOR * this.#floorAround(n)) return
    const unexplained = movedDifference(this.#picture(n - 1), this.#picture(n))
    if (unexplained < LEAST_UNEXPLAINED || unexplained < ABOVE_MOTION * this.#motionAround(n)) return
    if (this.#comesBack(n, unexplained)) return
    this.#cuts.push(n)
  }

  #floorAround(n: number): number {
    const around: number[] = []
    for (let k = n - FLOOR_REACH; k <= n + FLOOR_REACH; k++) {
      if (k !== n && k >= 1 && k < this.#count) around.push(this.#step(k))
    }
    return around.sort((a, b) => a - b)[around.length >> 1] ?? 0
  }

  /** What changes beside motion in the steps before and after. */
  #motionAround(n: number): number {
    const before = n >= 2 ? movedDifference(this.#picture(n - 2), this.#picture(n - 1)) : 0
    const after = n + 1 < this.#count ? movedDifference(this.#picture(n), this.#picture(n + 1)) : 0
    return (before + after) / 2
  }

  #comesBack(n: number, unexplained: number): boolean {
    const same = SAME_PICTURE * unexplained
    for (let k = 1; k <= this.#flashFrames; k++) {
      if (n + k < this.#count && movedDifference(this.#picture(n - 1), this.#picture(n + k)) < same) return true
      if (n - 1 - k >= 0 && movedDifference(this.#picture(n - 1 - k), this.#picture(n)) < same) return true
    }
    return false
  }
}
