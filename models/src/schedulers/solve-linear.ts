/**
 * Solves `matrix · x = right` by Gaussian elimination with row pivoting.
 * @param matrix square, row by row, of at most a few rows.
 */
export function solveLinear(matrix: number[][], right: number[]): number[] {
  const size = right.length
  const rows = matrix.map((row, i) => [...row, right[i]!])
  for (let column = 0; column < size; column++) {
    let pivot = column
    for (let r = column + 1; r < size; r++) {
      if (Math.abs(rows[r]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = r
    }
    ;[rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!]
    for (let r = column + 1; r < size; r++) {
      const factor = rows[r]![column]! / rows[column]![column]!
      for (let c = column; c <= size; c++) rows[r]![c]! -= factor * rows[column]![c]!
    }
  }
  const solution = new Array<number>(size).fill(0)
  for (let r = size - 1; r >= 0; r--) {
    let rest = rows[r]![size]!
    for (let c = r + 1; c < size; c++) rest -= rows[r]![c]! * solution[c]!
    solution[r] = rest / rows[r]![r]!
  }
  return solution
}
