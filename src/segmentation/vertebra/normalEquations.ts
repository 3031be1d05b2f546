import type { ModelTable } from './modelTable.ts'

/** The normal equations of a least-squares step: the lower triangle counts. */
export interface NormalSystem {
  readonly n: number
  /** Row by row, n × n. */
  readonly normal: Float64Array
  readonly right: Float64Array
}

/** A system of n parameters without any point. */
export const normalSystem = (n: number): NormalSystem => ({
  n,
  normal: new Float64Array(n * n),
  right: new Float64Array(n),
})

/** A run of points that touch the parameters `from` to `to` (not included). */
interface SystemPoints {
  readonly first: number
  readonly end: number
  readonly from: number
  readonly to: number
  readonly table: ModelTable
  /** Weight of each point over its variance. */
  readonly share: Float64Array
  /** Measured less expected, in SD, and that SD. */
  readonly off: Float64Array
  readonly sd: Float64Array
}

/** Points that are gone through at once: their gradients stay in the nearest cache. */
const RUN = 64

/**
 * Adds points to a system.
 *
 * Tiles of three by three entries are summed in registers. Every entry still adds its points in their order, so the
 * sums are those of one point after another.
 */
export function addPoints(system: NormalSystem, points: SystemPoints): void {
  const last = points.to - points.from - 1
  for (let start = points.first; start < points.end; start += RUN) {
    const stop = Math.min(points.end, start + RUN)
    for (let row = 0; row <= last; row += 3) {
      addRight(system, points, start, stop, row)
      for (let column = 0; column <= row; column += 3) addTile(system, points, start, stop, row, column)
    }
  }
}

/** A tile at the end of a block repeats its last row and column: equal sums are stored twice in one place. */
function addTile(
  { n, normal }: NormalSystem,
  { from, to, table, share }: SystemPoints,
  start: number,
  stop: number,
  row: number,
  column: number,
): void {
  const { gradients, stride } = table
  const last = to - from - 1
  const [row1, row2] = [Math.min(row + 1, last), Math.min(row + 2, last)]
  const [column1, column2] = [Math.min(column + 1, last), Math.min(column + 2, last)]
  const at0 = (from + row) * n + from
  const at1 = (from + row1) * n + from
  const at2 = (from + row2) * n + from
  let s00 = normal[at0 + column]!
  let s01 = normal[at0 + column1]!
  let s02 = normal[at0 + column2]!
  let s10 = normal[at1 + column]!
  let s11 = normal[at1 + column1]!
  let s12 = normal[at1 + column2]!
  let s20 = normal[at2 + column]!
  let s21 = normal[at2 + column1]!
  let s22 = normal[at2 + column2]!
  for (let point = start, at = start * stride; point < stop; point++, at += stride) {
    const weight = share[point]!
    const a0 = weight * gradients[at + row]!
    const a1 = weight * gradients[at + row1]!
    const a2 = weight * gradients[at + row2]!
    const b0 = gradients[at + column]!
    const b1 = gradients[at + column1]!
    const b2 = gradients[at + column2]!
    s00 += a0 * b0
    s01 += a0 * b1
    s02 += a0 * b2
    s10 += a1 * b0
    s11 += a1 * b1
    s12 += a1 * b2
    s20 += a2 * b0
    s21 += a2 * b1
    s22 += a2 * b2
  }
  normal[at0 + column] = s00
  normal[at0 + column1] = s01
  normal[at0 + column2] = s02
  normal[at1 + column] = s10
  normal[at1 + column1] = s11
  normal[at1 + column2] = s12
  normal[at2 + column] = s20
  normal[at2 + column1] = s21
  normal[at2 + column2] = s22
}

function addRight(
  { right }: NormalSystem,
  { from, to, table, share, off, sd }: SystemPoints,
  start: number,
  stop: number,
  row: number,
): void {
  const { gradients, stride } = table
  const last = to - from - 1
  const [row1, row2] = [Math.min(row + 1, last), Math.min(row + 2, last)]
  let r0 = right[from + row]!
  let r1 = right[from + row1]!
  let r2 = right[from + row2]!
  for (let point = start, at = start * stride; point < stop; point++, at += stride) {
    const weight = share[point]!
    r0 += weight * gradients[at + row]! * off[point]! * sd[point]!
    r1 += weight * gradients[at + row1]! * off[point]! * sd[point]!
    r2 += weight * gradients[at + row2]! * off[point]! * sd[point]!
  }
  right[from + row] = r0
  right[from + row1] = r1
  right[from + row2] = r2
}

/** Solves A·x = b for a symmetric positive definite A (row by row, n × n); false when it is not. */
export function solveSymmetric(a: Float64Array, b: Float64Array, n: number): boolean {
  for (let row = 0; row < n; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = a[row * n + column]!
      for (let k = 0; k < column; k++) sum -= a[row * n + k]! * a[column * n + k]!
      if (row === column) {
        if (!(sum > 0)) return false
        a[row * n + row] = Math.sqrt(sum)
      } else {
        a[row * n + column] = sum / a[column * n + column]!
      }
    }
  }
  for (let row = 0; row < n; row++) {
    let sum = b[row]!
    for (let k = 0; k < row; k++) sum -= a[row * n + k]! * b[k]!
    b[row] = sum / a[row * n + row]!
  }
  for (let row = n - 1; row >= 0; row--) {
    let sum = b[row]!
    for (let k = row + 1; k < n; k++) sum -= a[k * n + row]! * b[k]!
    b[row] = sum / a[row * n + row]!
  }
  return true
}
