import type { StoredVoxels } from './ctVolume.ts'

/** Stored values that stand for "nothing was measured here", both ends included. */
interface Padding {
  readonly low: number
  readonly high: number
}

/** A shift closer to a whole pixel than this is taken as whole: a thousandth of a pixel changes no stored value that matters. */
const WHOLE_PIXEL = 1e-3

const wholeAndRest = (shift: number): [number, number] => {
  const nearest = Math.round(shift)
  if (Math.abs(shift - nearest) < WHOLE_PIXEL) return [nearest, 0]
  const whole = Math.floor(shift)
  return [whole, shift - whole]
}

/**
 * Shifts one slice within its plane, in place, from a matrix of `columns × rows` at the front of `slot` onto a larger
 * matrix that fills `slot`.
 *
 * Linear between the two neighbouring pixels along each axis. What no scanned pixel covers, or what would mix with
 * padding, becomes `padding.low`. Integers are rounded, which adds no bias to a mean.
 *
 * @param slot - Room for the larger matrix; the scanned slice lies at its front, row by row.
 * @param scanned - Columns and rows of the scanned slice.
 * @param grid - Columns and rows of the larger matrix.
 * @param shift - Where the scanned first pixel falls on the larger matrix, in columns and rows, not negative.
 */
export function shiftSliceInPlace(
  slot: StoredVoxels,
  scanned: readonly [number, number],
  grid: readonly [number, number],
  shift: readonly [number, number],
  padding: Padding,
): void {
  const [columns, rows] = scanned
  const [gridColumns, gridRows] = grid
  const [wholeI, restI] = wholeAndRest(shift[0])
  const [wholeJ, restJ] = wholeAndRest(shift[1])
  const isInteger = !(slot instanceof Float32Array)
  const { low, high } = padding
  // Rows are written from the last to the first, so a grid row never overwrites a scanned row still to be read: grid
  // row t lies at or behind scanned row t, and needs scanned rows t − wholeJ and before.
  const upperRow = new Float64Array(columns)
  const line = new Float64Array(columns)
  for (let t = gridRows - 1; t >= 0; t--) {
    const j = t - wholeJ
    const start = t * gridColumns
    const isCovered = restJ === 0 ? j >= 0 && j < rows : j >= 1 && j < rows
    if (!isCovered) {
      slot.fill(low, start, start + gridColumns)
      continue
    }
    const source = j * columns
    for (let i = 0; i < columns; i++) line[i] = slot[source + i]!
    if (restJ !== 0) {
      const before = source - columns
      for (let i = 0; i < columns; i++) upperRow[i] = slot[before + i]!
      for (let i = 0; i < columns; i++) {
        const a = upperRow[i]!
        const b = line[i]!
        const isPadded = (a >= low && a <= high) || (b >= low && b <= high)
        line[i] = isPadded ? low : a * restJ + b * (1 - restJ)
      }
    }
    for (let s = 0; s < gridColumns; s++) {
      const i = s - wholeI
      let value = low
      if (restI === 0) {
        if (i >= 0 && i < columns) value = line[i]!
      } else if (i >= 1 && i < columns) {
        const a = line[i - 1]!
        const b = line[i]!
        const isPadded = (a >= low && a <= high) || (b >= low && b <= high)
        value = isPadded ? low : a * restI + b * (1 - restI)
      }
      slot[start + s] = isInteger ? Math.round(value) : value
    }
  }
}

/**
 * Writes `lower · (1 − weight) + upper · weight`, voxel by voxel. Where either is padding the result is `padding.low`.
 * @param target - May be the same array as `lower` or `upper`.
 */
export function blendSlices(
  target: StoredVoxels,
  lower: StoredVoxels,
  upper: StoredVoxels,
  weight: number,
  padding?: Padding,
): void {
  const isInteger = !(target instanceof Float32Array)
  const low = padding?.low ?? Number.NaN
  const high = padding?.high ?? Number.NaN
  for (let v = 0; v < target.length; v++) {
    const a = lower[v]!
    const b = upper[v]!
    if ((a >= low && a <= high) || (b >= low && b <= high)) target[v] = low
    else {
      const value = a * (1 - weight) + b * weight
      target[v] = isInteger ? Math.round(value) : value
    }
  }
}
