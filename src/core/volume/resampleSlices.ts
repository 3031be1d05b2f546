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
  // Rows are written from the last to the first, so a grid row never overwrites a scanned row still to be read: grid
  // row t lies at or behind scanned row t, and needs scanned rows t − wholeJ and before.
  const line = new Float64Array(columns)
  for (let t = gridRows - 1; t >= 0; t--) {
    const j = t - wholeJ
    const start = t * gridColumns
    const isCovered = restJ === 0 ? j >= 0 && j < rows : j >= 1 && j < rows
    if (isCovered) {
      readLine(line, slot, j * columns, restJ === 0 ? 0 : columns, restJ, padding)
      writeLine(slot, start, gridColumns, line, wholeI, restI, padding)
    } else slot.fill(padding.low, start, start + gridColumns)
  }
}

/** One scanned row, or the mixture of it with the row `back` values before; `share` is the weight of the row before. */
function readLine(
  line: Float64Array,
  slot: StoredVoxels,
  from: number,
  back: number,
  share: number,
  { low, high }: Padding,
): void {
  const rest = 1 - share
  for (let i = 0; i < line.length; i++) {
    const b = slot[from + i]!
    const a = slot[from + i - back]!
    const isPadded = (b >= low && b <= high) || (a >= low && a <= high)
    line[i] = isPadded ? low : a * share + b * rest
  }
}

/** Writes a row shifted by `whole + share` columns, padding where no pixel lies. */
function writeLine(
  slot: StoredVoxels,
  start: number,
  length: number,
  line: Float64Array,
  whole: number,
  share: number,
  { low, high }: Padding,
): void {
  const isFloat = slot instanceof Float32Array
  const rest = 1 - share
  const back = share === 0 ? 0 : 1
  const first = whole + back
  const end = Math.min(length, whole + line.length)
  slot.fill(low, start, start + Math.min(first, length))
  slot.fill(low, start + end, start + length)
  for (let s = first; s < end; s++) {
    const b = line[s - whole]!
    const a = line[s - whole - back]!
    const isPadded = (b >= low && b <= high) || (a >= low && a <= high)
    const value = isPadded ? low : a * share + b * rest
    slot[start + s] = isFloat ? value : Math.round(value)
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
  const isFloat = target instanceof Float32Array
  const low = padding?.low ?? Number.NaN
  const high = padding?.high ?? Number.NaN
  const rest = 1 - weight
  for (let v = 0; v < target.length; v++) {
    const a = lower[v]!
    const b = upper[v]!
    const isPadded = (a >= low && a <= high) || (b >= low && b <= high)
    const value = isPadded ? low : a * rest + b * weight
    target[v] = isFloat ? value : Math.round(value)
  }
}
