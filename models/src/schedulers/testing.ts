/** The stand-in model of the golden files: `0.5·x_j + 0.1·cos(t / 100 + j)`. */
export const stand = (sample: Float32Array, t: number): Float32Array =>
  sample.map((x, j) => 0.5 * x + 0.1 * Math.cos(t / 100 + j))

/** The noise of the golden files: element j of the k-th draw is `sin(k + j)`. */
export function sines(count: number, from = 0): () => Float32Array {
  let k = from
  return () => {
    const draw = k++
    return Float32Array.from({ length: count }, (_, j) => Math.sin(draw + j))
  }
}
