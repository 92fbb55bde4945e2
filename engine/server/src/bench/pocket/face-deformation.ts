import type { Box } from './faces.ts'
import { type Footage, followCamera, fullFrames } from './footage.ts'
import { estimatePose, pyramidOf } from './global-motion.ts'
import { lumaOf, type Plane, planeOf } from './planes.ts'

const BLOCKS = 3

/**
 * How far parts of the face move apart from the camera, at most, pixels at 720p: the frame is undone by the camera's own
 * pose, then each of nine parts of the face is followed by itself.
 * @param face in fractions of the picture.
 */
export async function faceDeformation(footage: Footage, face: Box): Promise<number> {
  const EVERY = 18
  const widthAt720p = footage.width > footage.height ? 1280 : footage.width < footage.height ? 720 : 960
  const poses = followCamera(footage, EVERY)
  const frames = await fullFrames(footage.path, EVERY)
  const first = lumaOf(frames[0]!)
  let farthest = 0
  for (const [index, { pose }] of poses.entries()) {
    const frame = frames[index + 1]
    if (!frame) break
    const luma = lumaOf(frame)
    const seen = expected(first, pose)
    for (let block = 0; block < BLOCKS ** 2; block++) {
      const [before, after] = [cut(seen, face, block), cut(luma, face, block)]
      const own = estimatePose(pyramidOf(before), pyramidOf(after))
      const movedPx = Math.hypot(own.pan, own.tilt) * before.width
      farthest = Math.max(farthest, (movedPx * widthAt720p) / luma.width)
    }
  }
  return farthest
}

/** The first frame as the camera alone would show it. */
function expected(first: Plane, { pan, tilt, zoom, roll }: { pan: number; tilt: number; zoom: number; roll: number }) {
  const { width, height, values } = first
  const out = planeOf(width, height)
  const [cos, sin] = [Math.exp(-zoom) * Math.cos(roll), Math.exp(-zoom) * Math.sin(roll)]
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const [dx, dy] = [x + 0.5 - width / 2, y + 0.5 - height / 2]
      const sx = Math.min(width - 1.001, Math.max(0, cos * dx - sin * dy + width / 2 + pan * width - 0.5))
      const sy = Math.min(height - 1.001, Math.max(0, sin * dx + cos * dy + height / 2 + tilt * width - 0.5))
      const at = Math.floor(sy) * width + Math.floor(sx)
      const [u, v] = [sx - Math.floor(sx), sy - Math.floor(sy)]
      const top = values[at]! * (1 - u) + values[at + 1]! * u
      out.values[i] = top * (1 - v) + (values[at + width]! * (1 - u) + values[at + width + 1]! * u) * v
    }
  }
  return out
}

function cut({ width, height, values }: Plane, face: Box, block: number): Plane {
  const [column, row] = [block % BLOCKS, Math.floor(block / BLOCKS)]
  const size = { x: ((face.right - face.left) / BLOCKS) * width, y: ((face.bottom - face.top) / BLOCKS) * height }
  const left = Math.round(face.left * width + column * size.x)
  const top = Math.round(face.top * height + row * size.y)
  const part = planeOf(Math.round(size.x), Math.round(size.y))
  for (let y = 0; y < part.height; y++) {
    const from = (top + y) * width + left
    part.values.set(values.subarray(from, from + part.width), y * part.width)
  }
  return part
}
