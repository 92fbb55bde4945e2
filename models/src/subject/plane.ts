/** One plane of values, row-major. */
export interface Plane {
  width: number
  height: number
  values: Float32Array
}

/** Where to read along one axis: two neighbouring samples, and how much the second counts. */
interface Steps {
  first: Int32Array
  second: Int32Array
  share: Float32Array
}

/**
 * Samples for `count` places of which the first starts at `offset` and each is `step` wide, in fractions of the axis;
 * places beyond the ends read the last sample.
 */
function steps(samples: number, offset: number, step: number, count: number): Steps {
  const first = new Int32Array(count)
  const second = new Int32Array(count)
  const share = new Float32Array(count)
  for (let i = 0; i < count; i++) {
    const at = Math.min(samples - 1, Math.max(0, (offset + (i + 0.5) * step) * samples - 0.5))
    first[i] = Math.floor(at)
    second[i] = Math.min(samples - 1, first[i]! + 1)
    share[i] = at - first[i]!
  }
  return { first, second, share }
}

/** The part of a whole that a plane shows, in fractions of the whole. */
export interface Part {
  left: number
  top: number
  width: number
  height: number
}

export const WHOLE: Part = { left: 0, top: 0, width: 1, height: 1 }

/**
 * Reads a plane, which shows a part of a whole, at the size of the whole, linear between its samples. Beyond the part
 * its edge goes on.
 */
export function spreadPlane(plane: Plane, part: Part, width: number, height: number): Plane {
  const values = new Float32Array(width * height)
  eachRow(plane, part, width, height, (y, row) => values.set(row, y * width))
  return { width, height, values }
}

/** As `spreadPlane`, row by row in one buffer, so that large pictures need no plane of floats. */
export function eachRow(
  { values, width: columns, height: rows }: Plane,
  part: Part,
  width: number,
  height: number,
  use: (y: number, row: Float32Array) => void,
): void {
  const across = steps(columns, -part.left / part.width, 1 / (part.width * width), width)
  const down = steps(rows, -part.top / part.height, 1 / (part.height * height), height)
  const row = new Float32Array(width)
  for (let y = 0; y < height; y++) {
    const above = down.first[y]! * columns
    const below = down.second[y]! * columns
    const lower = down.share[y]!
    for (let x = 0; x < width; x++) {
      const left = across.first[x]!
      const right = across.second[x]!
      const share = across.share[x]!
      const top = values[above + left]! * (1 - share) + values[above + right]! * share
      const bottom = values[below + left]! * (1 - share) + values[below + right]! * share
      row[x] = top * (1 - lower) + bottom * lower
    }
    use(y, row)
  }
}
