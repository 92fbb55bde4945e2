import type { Shot, Shots } from '../values.ts'
import { seedOf, timeBucket } from './shot-random.ts'

/**
 * Shots that are longer than a model makes at once, in parts that go on from each other. Their borders lie on an even
 * grid of the piece, so that moving one end of a shot leaves the parts at its other end as they are.
 */
export function splitParts(shots: Shots, partSeconds: number): Shots {
  const most = Math.max(2, Math.floor(partSeconds * shots.frameRate + 1e-6))
  return {
    ...shots,
    shots: shots.shots.flatMap((shot, i) => {
      // A shot that fades into the next goes on under it.
      const tail = shots.shots[i + 1]?.fadeFrames ?? 0
      return partsOf(shot, Math.max(2, most >> 1, most - tail), shots.frameRate)
    }),
  }
}

function partsOf(shot: Shot, most: number, frameRate: number): Shot[] {
  if (shot.endFrame - shot.startFrame <= most) return [shot]
  const step = Math.floor(most / 2)
  const borders = [shot.startFrame]
  let last = shot.startFrame
  while (shot.endFrame - last > most) {
    let border = Math.floor((last + most) / step) * step
    // A rest of a moment would be no shot; two of about the same length are.
    if (shot.endFrame - border < most / 4 && border - step > last) border -= step
    borders.push(border)
    last = border
  }
  return borders.map((startFrame, i) => {
    const endFrame = borders[i + 1] ?? shot.endFrame
    const startSeconds = startFrame / frameRate
    const times = { startFrame, endFrame, startSeconds, endSeconds: endFrame / frameRate }
    if (i === 0) return { ...shot, ...times }
    const seed = seedOf(shot.seed, 'part', timeBucket(startSeconds))
    return { ...shot, ...times, seed, continues: true, fadeFrames: 0, reason: 'length', markSeconds: null }
  })
}
