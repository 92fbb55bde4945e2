import type { LatentStart } from '@beatloom/core'
import { cameraAt, type Fields, FLOW_X, FLOW_Y, latentPosition, PLANES, scaledPath } from './fields.ts'
import { BLOCK, blockCorners } from './scene.ts'
import { catmullRomTaps, gridTaps } from './spline.ts'

/** Flow may reach this far past the picture's edge; there the edge is mirrored, which is too little to see. */
export const EDGE_PX = 4
/** The picture is enlarged by at most this much to give the camera room; a longer path is scaled down. */
export const MAX_CROP_SCALE = 1.12

export interface VideoFacts {
  width: number
  height: number
  frameRate: number
  frameCount: number
}

/** How one clip sits in its picture, the same for every frame. */
export interface PathFit {
  /** Size of the whole picture, in frame pixels; its larger part is seen at frame 0. */
  pictureWidth: number
  pictureHeight: number
  /** The frame's corner in the picture at frame 0, whole pixels. */
  originX: number
  originY: number
  /** How much the picture is enlarged: 1 is no crop. */
  cropScale: number
  /** What the camera path was multiplied by: 1, or less where it asked for more room than the crop may give. */
  pathScale: number
  /** The same for flow; below 1 only where flow alone leaves the picture. */
  flowScale: number
}

/** Room wanted beyond the frame on each side, pixels. */
interface Room {
  left: number
  right: number
  top: number
  bottom: number
}

/**
 * The smallest uniform crop, and a constant shift, so that every frame of the clip reads inside the picture.
 * The camera's path alone gets its whole room once it leaves the frame by more than `EDGE_PX`; flow on top of it may
 * reach `EDGE_PX` further. Still, zooming-in and light-only clips therefore stay uncropped.
 */
export function fitPath(fields: Fields, video: VideoFacts): PathFit {
  const outline = createOutline(fields, video)
  const maxWidth = Math.floor(video.width * MAX_CROP_SCALE)
  const fitsWithin = (fit: PathFit) => fit.pictureWidth <= maxWidth
  const fitOf = (pathScale: number, flowScale: number) =>
    placeFrame(video, outline.room(pathScale, flowScale), pathScale, flowScale)
  const whole = fitOf(1, 1)
  if (fitsWithin(whole)) return whole
  if (fitsWithin(fitOf(0, 1))) return largest((scale) => fitOf(scale, 1), fitsWithin)
  return largest((scale) => fitOf(0, scale), fitsWithin)
}

/**
 * The fit of a shot that goes on from another: the picture lies as it lay there, and the camera moves as much of its
 * path as that leaves room for.
 */
export function fitPathWithin(fields: Fields, video: VideoFacts, start: LatentStart['fit']): PathFit {
  const outline = createOutline(fields, video)
  const inPixels = (widths: number) => Math.round(widths * video.width)
  const fixed = {
    pictureWidth: inPixels(start.pictureWidth),
    pictureHeight: inPixels(start.pictureHeight),
    originX: inPixels(start.originX),
    originY: inPixels(start.originY),
    cropScale: start.pictureWidth,
  }
  const fitOf = (pathScale: number, flowScale: number): PathFit => ({ ...fixed, pathScale, flowScale })
  const fitsWithin = ({ pathScale, flowScale }: PathFit) => {
    const room = outline.room(pathScale, flowScale)
    // A pixel for what rounding moved.
    return (
      room.left <= fixed.originX + 1 &&
      room.top <= fixed.originY + 1 &&
      room.right <= fixed.pictureWidth - video.width - fixed.originX + 1 &&
      room.bottom <= fixed.pictureHeight - video.height - fixed.originY + 1
    )
  }
  if (fitsWithin(fitOf(1, 1))) return fitOf(1, 1)
  if (fitsWithin(fitOf(0, 1))) return largest((scale) => fitOf(scale, 1), fitsWithin)
  return largest((scale) => fitOf(0, scale), fitsWithin)
}

/** The fit with the largest scale between 0 and 1 that is good, found by halving. */
function largest(fitOf: (scale: number) => PathFit, good: (fit: PathFit) => boolean): PathFit {
  let low = 0
  let high = 1
  let best = fitOf(0)
  for (let i = 0; i < 10; i++) {
    const middle = (low + high) / 2
    const fit = fitOf(middle)
    if (good(fit)) {
      low = middle
      best = fit
    } else high = middle
  }
  return best
}

function placeFrame(video: VideoFacts, room: Room, pathScale: number, flowScale: number): PathFit {
  const { width, height } = video
  const left = Math.ceil(room.left)
  const top = Math.ceil(room.top)
  const wide = width + left + Math.ceil(room.right)
  const tall = height + top + Math.ceil(room.bottom)
  const pictureWidth = Math.max(wide, Math.ceil((width * tall) / height))
  const pictureHeight = Math.max(tall, Math.round((height * pictureWidth) / width))
  return {
    pictureWidth,
    pictureHeight,
    originX: left + ((pictureWidth - wide) >> 1),
    originY: top + ((pictureHeight - tall) >> 1),
    cropScale: pictureWidth / width,
    pathScale,
    flowScale,
  }
}

/** Measures how far the frame's outline travels under a scaled camera path and scaled flow. */
function createOutline(fields: Fields, video: VideoFacts): { room(pathScale: number, flowScale: number): Room } {
  const { width, height, frameCount, frameRate } = video
  const cameras = Array.from({ length: frameCount }, (_, frame) => cameraAt(fields, frame / frameRate))
  const points = outlinePoints(fields, video)
  const flow = flowAt(fields, video, points)
  const count = points.xs.length
  return {
    room(pathScale, flowScale) {
      const camera = emptyRoom()
      const total = emptyRoom()
      for (let frame = 0; frame < frameCount; frame++) {
        const [pan, tilt, zoom, roll] = scaledPath(cameras[frame]!, fields, pathScale)
        const scale = Math.exp(-zoom)
        const cos = scale * Math.cos(roll)
        const sin = scale * Math.sin(roll)
        const centreX = width / 2 + pan * width
        const centreY = height / 2 + tilt * width
        for (let i = 0; i < count; i++) {
          const dx = points.xs[i]! - width / 2
          const dy = points.ys[i]! - height / 2
          const x = centreX + cos * dx - sin * dy
          const y = centreY + sin * dx + cos * dy
          widen(camera, x, y, width, height)
          const k = (frame * count + i) * 2
          widen(total, x + flow[k]! * flowScale, y + flow[k + 1]! * flowScale, width, height)
        }
      }
      const side = (name: keyof Room) => Math.max(camera[name] > EDGE_PX ? camera[name] : 0, total[name] - EDGE_PX, 0)
      return { left: side('left'), right: side('right'), top: side('top'), bottom: side('bottom') }
    },
  }
}

const emptyRoom = (): Room => ({ left: 0, right: 0, top: 0, bottom: 0 })

function widen(room: Room, x: number, y: number, width: number, height: number): void {
  if (-x > room.left) room.left = -x
  if (x - width > room.right) room.right = x - width
  if (-y > room.top) room.top = -y
  if (y - height > room.bottom) room.bottom = y - height
}

/**
 * The mesh corners that flow could carry out of the frame: rings from the edge inwards, as deep as the strongest flow
 * reaches. (Further in, a corner lies deeper inside the outline than flow can move it, whatever the camera does:
 * the camera's map is affine, and shrinks depth by at most the factor of `ZOOM_MARGIN`.)
 */
function outlinePoints(fields: Fields, { width, height }: VideoFacts): { xs: Float64Array; ys: Float64Array } {
  const ZOOM_MARGIN = 2
  // Catmull-Rom overshoots its samples by at most a quarter.
  const depthPx = 1.25 * strongestFlow(fields) * width * ZOOM_MARGIN
  const rings = Math.ceil(depthPx / BLOCK) + 1
  const xs = blockCorners(width)
  const ys = blockCorners(height)
  const points: [number, number][] = []
  ys.forEach((y, row) => {
    xs.forEach((x, column) => {
      const ring = Math.min(row, column, ys.length - 1 - row, xs.length - 1 - column)
      if (ring < rings) points.push([x, y])
    })
  })
  return { xs: Float64Array.from(points, ([x]) => x), ys: Float64Array.from(points, ([, y]) => y) }
}

function strongestFlow(fields: Fields): number {
  const cells = fields.rows * fields.columns
  let strongest = 0
  for (let t = 0; t < fields.latentFrames; t++) {
    const from = t * PLANES * cells
    for (let i = from; i < from + 2 * cells; i++) strongest = Math.max(strongest, Math.abs(fields.values[i]!))
  }
  return strongest
}

/** Flow in pixels, `[frameCount, points, 2]`. */
function flowAt(fields: Fields, video: VideoFacts, points: { xs: Float64Array; ys: Float64Array }): Float32Array {
  const { rows, columns, values } = fields
  const { width, height, frameCount, frameRate } = video
  const across = gridTaps(
    points.xs.map((x) => x / width),
    columns,
  )
  const down = gridTaps(
    points.ys.map((y) => y / height),
    rows,
  )
  const cells = rows * columns
  const count = points.xs.length
  const out = new Float32Array(frameCount * count * 2)
  const plane = new Float32Array(cells)
  for (let frame = 0; frame < frameCount; frame++) {
    const time = catmullRomTaps(latentPosition(fields, frame / frameRate), fields.latentFrames)
    for (const axis of [FLOW_X, FLOW_Y]) {
      plane.fill(0)
      for (let k = 0; k < 4; k++) {
        const from = (time.index[k]! * PLANES + axis) * cells
        const weight = time.weight[k]!
        for (let i = 0; i < cells; i++) plane[i]! += values[from + i]! * weight
      }
      for (let point = 0; point < count; point++) {
        let sum = 0
        for (let r = point * 4; r < point * 4 + 4; r++) {
          const row = down.index[r]! * columns
          let line = 0
          for (let c = point * 4; c < point * 4 + 4; c++) line += plane[row + across.index[c]!]! * across.weight[c]!
          sum += line * down.weight[r]!
        }
        out[(frame * count + point) * 2 + axis] = sum * width
      }
    }
  }
  return out
}
