import type { ComponentRef, Image, Mask, ModelHost, TensorData } from '@beatloom/core'
import { outputNamed } from '../host/tensor-io.ts'
import { type Cut, coverCut, cutPlanes } from '../pocket/area-resize.ts'
import { followEdges } from './guided-edges.ts'
import { type Part, type Plane, spreadPlane } from './plane.ts'

/** The folder of the network that finds subjects, and its component. */
export const SUBJECT_MODEL = 'selfie-segmentation'
export const SUBJECT_COMPONENT = 'segmenter'

/** The network reads squares of this side, whatever the picture's aspect. */
const NETWORK_SIDE = 256
/** Masks are put together at this longest side and then spread over the picture. */
const WORK_SIDE = 512
/** Windows of the guided filter in samples of the work size: a few pixels of the network, or a cell of the matte. */
const SEGMENTER_RADIUS = 5
const MATTE_RADIUS = 14
/** A closer look takes in this share of the subject's size around it, and more than so much of the picture is no closer. */
const MARGIN = 0.2
const CLOSER = 0.8

export interface Subject {
  /** At the picture's size. */
  mask: Mask
  /** Share of the picture that is more likely subject than not. */
  share: number
  /** Mean likelihood there, ½ … 1; the highest one anywhere where nothing is likely. */
  certainty: number
}

/**
 * Looks for what stands in front: the network was taught on people and finds many animals and things too. Where it
 * finds something small, it looks again from nearer.
 */
export async function findSubject(
  host: ModelHost,
  segmenter: ComponentRef,
  image: Image,
  signal: AbortSignal,
): Promise<Subject> {
  const work = workSize(image)
  const look = async (cut: Cut): Promise<Plane> => {
    const pixels: TensorData = {
      dims: [1, 3, NETWORK_SIDE, NETWORK_SIDE],
      data: cutPlanes(image, cut, NETWORK_SIDE, NETWORK_SIDE),
    }
    const { data } = outputNamed(await host.run(segmenter, { pixel_values: pixels }, signal), 'person')
    const small: Plane = { width: NETWORK_SIDE, height: NETWORK_SIDE, values: data as Float32Array }
    return spreadPlane(small, partOf(image, cut), work.width, work.height)
  }
  const first = await look({ left: 0, top: 0, width: image.width, height: image.height })
  const box = boxAround(first)
  const rough = box ? await nearer(first, box) : first
  return { ...judge(rough), mask: followEdges(image, rough, SEGMENTER_RADIUS) }

  async function nearer(far: Plane, { left, top, right, bottom }: Box): Promise<Plane> {
    const scaleX = image.width / work.width
    const scaleY = image.height / work.height
    const near = await look({
      left: left * scaleX,
      top: top * scaleY,
      width: (right - left) * scaleX,
      height: (bottom - top) * scaleY,
    })
    const values = far.values.map((value, i) => {
      const x = i % work.width
      const y = Math.floor(i / work.width)
      const inside = x >= left && x < right && y >= top && y < bottom
      return (value + (inside ? near.values[i]! : 0)) / 2
    })
    return { ...far, values }
  }
}

/**
 * The pocket model's own matte as a mask of the whole picture.
 * @param matte `[1, rows, columns]`, of the largest middle part with the grid's aspect; beyond it its edge goes on.
 */
export function maskOfMatte(image: Image, matte: TensorData): Subject {
  const [, rows = 1, columns = 1] = matte.dims
  const cut = coverCut(image, columns, rows)
  const work = workSize(image)
  const small: Plane = { width: columns, height: rows, values: matte.data as Float32Array }
  const rough = spreadPlane(small, partOf(image, cut), work.width, work.height)
  return { ...judge(rough), mask: followEdges(image, rough, MATTE_RADIUS) }
}

const partOf = ({ width, height }: Pick<Image, 'width' | 'height'>, cut: Cut): Part => ({
  left: cut.left / width,
  top: cut.top / height,
  width: cut.width / width,
  height: cut.height / height,
})

/** The longest side at most 512, no side below 1. */
function workSize({ width, height }: Pick<Image, 'width' | 'height'>): { width: number; height: number } {
  const scale = Math.min(1, WORK_SIDE / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

function judge({ values }: Plane): Pick<Subject, 'share' | 'certainty'> {
  let count = 0
  let sum = 0
  let highest = 0
  for (const value of values) {
    if (value > highest) highest = value
    if (value <= 0.5) continue
    count++
    sum += value
  }
  return { share: count / values.length, certainty: count > 0 ? sum / count : highest }
}

interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

/** Where nearly all of the subject lies, with some room around; null where that is nowhere, or nearly everywhere. */
function boxAround({ values, width, height }: Plane): Box | null {
  const across = new Float64Array(width)
  const down = new Float64Array(height)
  let total = 0
  for (let i = 0; i < values.length; i++) {
    if (values[i]! <= 0.5) continue
    across[i % width]! += 1
    down[Math.floor(i / width)]! += 1
    total++
  }
  if (total === 0) return null
  const [left, right] = middlePart(across, total)
  const [top, bottom] = middlePart(down, total)
  const [marginX, marginY] = [Math.ceil(MARGIN * (right - left)) + 6, Math.ceil(MARGIN * (bottom - top)) + 6]
  const box = {
    left: Math.max(0, left - marginX),
    top: Math.max(0, top - marginY),
    right: Math.min(width, right + marginX),
    bottom: Math.min(height, bottom + marginY),
  }
  return (box.right - box.left) * (box.bottom - box.top) > CLOSER * width * height ? null : box
}

/** From where to where all but a hundredth at each end lies. */
function middlePart(counts: Float64Array, total: number): [number, number] {
  let sum = 0
  let start = 0
  let end = counts.length
  for (let i = 0; i < counts.length; i++) {
    if (sum <= 0.01 * total) start = i
    sum += counts[i]!
    if (sum >= 0.99 * total) {
      end = i + 1
      break
    }
  }
  return [start, end]
}
