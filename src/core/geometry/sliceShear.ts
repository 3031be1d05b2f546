import { SLICE_STACK_LIMITS } from './sliceStackLimits.ts'

/** How the slices of a stack are displaced within their own planes. */
export interface SliceShear {
  /** Angle between the slice normal and the line the slices walk along, in degrees: the gantry tilt seen in the positions. */
  readonly tilt: number
  /** Largest distance of a slice from that line, in mm. */
  readonly offLine: number
  /** Largest sideways displacement between any two slices, in mm, along rows and along columns. */
  readonly reach: readonly [number, number]
}

/** Slope of the least-squares line of `values` over `positions`, and the largest distance of a value from it. */
function fitLine(positions: readonly number[], values: readonly number[]) {
  const n = positions.length
  const meanP = positions.reduce((sum, p) => sum + p, 0) / n
  const meanV = values.reduce((sum, v) => sum + v, 0) / n
  let spp = 0
  let spv = 0
  for (let k = 0; k < n; k++) {
    spp += (positions[k]! - meanP) ** 2
    spv += (positions[k]! - meanP) * (values[k]! - meanV)
  }
  const slope = spp === 0 ? 0 : spv / spp
  const offLine = values.reduce(
    (largest, v, k) => Math.max(largest, Math.abs(v - meanV - slope * (positions[k]! - meanP))),
    0,
  )
  return { slope, offLine }
}

const range = (values: readonly number[]) => Math.max(...values) - Math.min(...values)

/**
 * Measures gantry tilt from where the slices lie, whatever the header's tilt attribute says.
 *
 * A tilted gantry moves straight along the table while its slices lean: seen along the slice normal, each slice is
 * displaced sideways in proportion to its position.
 *
 * @param positions - Positions along the normal, in mm.
 * @param alongRow - Positions along the row direction, in mm, in the same order.
 * @param alongColumn - Positions along the column direction, in mm, in the same order.
 */
export function measureSliceShear(
  positions: readonly number[],
  alongRow: readonly number[],
  alongColumn: readonly number[],
): SliceShear {
  const rows = fitLine(positions, alongRow)
  const columns = fitLine(positions, alongColumn)
  return {
    tilt: (Math.atan(Math.hypot(rows.slope, columns.slope)) * 180) / Math.PI,
    offLine: Math.max(rows.offLine, columns.offLine),
    reach: [range(alongRow), range(alongColumn)],
  }
}

/** Whether displacements this small are left as they are: no pixel is misplaced by more than a quarter of its size. */
export const isStraight = (shear: SliceShear, columnSpacing: number, rowSpacing: number) =>
  shear.reach[0] <= SLICE_STACK_LIMITS.sidewaysPixels * columnSpacing &&
  shear.reach[1] <= SLICE_STACK_LIMITS.sidewaysPixels * rowSpacing
