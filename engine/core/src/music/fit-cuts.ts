import type { CutPlace } from './cut-place.ts'

/** A cut on its frame. `planned`: its number in the plan; null for one that is there because a shot was too long. */
export interface FrameCut {
  frame: number
  place: CutPlace
  planned: number | null
}

export interface FrameLimits {
  shortest: number
  longest: number
  frameCount: number
  frameRate: number
}

const RANK = { start: 200, section: 100, downbeat: 3, hand: 3, beat: 2, onset: 1, length: 0 } as const
/** Ranks that a second beside its steady time costs a cut: of two that came too close, the one that moved gives way. */
const STRAYING = 10

/**
 * Cuts on whole frames that keep to the limits: of two that are too close the better stays, and a shot that is too
 * long is cut at the best place near its middle. What is changed lies between the two cuts around it.
 * @param cuts the first at frame 0; ascending.
 * @param places everywhere else that could be cut, ascending.
 */
export function fitCuts(cuts: readonly FrameCut[], places: readonly CutPlace[], limits: FrameLimits): FrameCut[] {
  const kept: FrameCut[] = []
  for (const cut of cuts) {
    let last = kept.at(-1)
    while (last && last.frame > 0 && cut.frame - last.frame < limits.shortest && worth(cut) > worth(last)) {
      kept.pop()
      last = kept.at(-1)
    }
    if (!last || cut.frame - last.frame >= limits.shortest) kept.push(cut)
  }
  while (kept.length > 1 && limits.frameCount - (kept.at(-1) as FrameCut).frame < limits.shortest) kept.pop()

  const fitted: FrameCut[] = []
  kept.forEach((cut, i) => {
    fitted.push(cut)
    const end = kept[i + 1]?.frame ?? limits.frameCount
    fitted.push(...cutsInside(cut.frame, end, places, limits))
  })
  return fitted
}

const rank = ({ place }: FrameCut): number => RANK[place.reason]
const worth = (cut: FrameCut): number => rank(cut) - STRAYING * Math.abs(cut.place.seconds - cut.place.steadySeconds)

function cutsInside(start: number, end: number, places: readonly CutPlace[], limits: FrameLimits): FrameCut[] {
  const cuts: FrameCut[] = []
  const stack: [number, number][] = [[start, end]]
  while (stack.length > 0) {
    const [from, to] = stack.pop() as [number, number]
    if (to - from <= limits.longest) continue
    const cut = bestInside(from, to, places, limits)
    if (!cut) continue
    cuts.push(cut)
    stack.push([from, cut.frame], [cut.frame, to])
  }
  return cuts.sort((a, b) => a.frame - b.frame)
}

function bestInside(from: number, to: number, places: readonly CutPlace[], limits: FrameLimits): FrameCut | null {
  const { frameRate, shortest } = limits
  const middle = (from + to) / 2
  let best: FrameCut | null = null
  for (let i = firstFrom(places, (from + shortest - 1) / frameRate); i < places.length; i++) {
    const place = places[i] as CutPlace
    const frame = Math.round(place.seconds * frameRate)
    if (frame > to - shortest) break
    if (frame < from + shortest) continue
    const cut: FrameCut = { frame, place, planned: null }
    const isBetter =
      !best ||
      rank(cut) > rank(best) ||
      (rank(cut) === rank(best) && Math.abs(frame - middle) < Math.abs(best.frame - middle))
    if (isBetter) best = cut
  }
  if (best) return best
  const frame = Math.round(middle)
  if (frame - from < shortest || to - frame < shortest) return null
  const seconds = frame / frameRate
  const place: CutPlace = {
    seconds,
    steadySeconds: seconds,
    reason: 'length',
    bar: null,
    beat: 0,
    meter: 4,
    strength: 0,
    tick: null,
    key: `length${frame}`,
  }
  return { frame, place, planned: null }
}

/** The first place no earlier than a moment. */
function firstFrom(places: readonly CutPlace[], seconds: number): number {
  let low = 0
  let high = places.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((places[middle] as CutPlace).seconds < seconds) low = middle + 1
    else high = middle
  }
  return low
}
