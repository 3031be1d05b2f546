import { SLICE_STACK_LIMITS } from './sliceStackLimits.ts'

/** What the positions of parallel slices say about their spacing. Lengths in mm. */
export type SpacingVerdict =
  /** Every slice lies on a regular grid. */
  | { readonly kind: 'even'; readonly spacing: number }
  /** A regular grid of `count` places, some of them empty. */
  | {
      readonly kind: 'missing'
      readonly spacing: number
      readonly count: number
      readonly missing: number
      readonly largest: number
      readonly isBridgeable: boolean
    }
  /** No regular grid; `spacing` and `count` are those of the grid to resample onto. */
  | {
      readonly kind: 'uneven'
      readonly spacing: number
      readonly count: number
      readonly low: number
      readonly high: number
      /** Widest gap that may be resampled, in mm. */
      readonly limit: number
      readonly isBridgeable: boolean
    }

/** Headers round positions, so a gap of exactly the limit may read a little wider. */
const ROUNDING_MM = SLICE_STACK_LIMITS.samePositionMm

const tolerance = (spacing: number) =>
  Math.max(
    ROUNDING_MM,
    Math.min(SLICE_STACK_LIMITS.placementMm, SLICE_STACK_LIMITS.placementShareOfSpacing * spacing),
  )

/** The middle value; of an even number of values the lower of the two middle ones, so that it is one of them. */
const lowerMedian = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN

/** The grid through the first position on which every position falls, when neighbours are whole multiples of `base` apart. */
function gridOfMultiples(positions: readonly number[], base: number) {
  const first = positions[0] ?? Number.NaN
  const places = [0]
  for (let k = 1; k < positions.length; k++) {
    const steps = Math.round((positions[k]! - positions[k - 1]!) / base)
    if (steps < 1) return undefined
    places.push(places[k - 1]! + steps)
  }
  const last = places[places.length - 1]!
  const spacing = (positions[positions.length - 1]! - first) / last
  const fits = positions.every((p, k) => Math.abs(p - first - places[k]! * spacing) <= tolerance(spacing))
  return fits ? { spacing, count: last + 1 } : undefined
}

/**
 * Judges whether slices stand at regular distances, and if not, whether they may be resampled.
 *
 * A hole in an otherwise regular stack is told from a stack that never was regular: in the first the known slices
 * keep their exact values, in the second all are interpolated.
 *
 * @param positions - At least two positions along the normal, ascending, no two the same, in mm.
 */
export function judgeSpacing(positions: readonly number[]): SpacingVerdict {
  const gaps = positions.slice(1).map((p, k) => p - positions[k]!)
  const low = Math.min(...gaps)
  const high = Math.max(...gaps)
  const usual = lowerMedian(gaps)
  const extent = positions[positions.length - 1]! - positions[0]!

  for (const base of [extent / gaps.length, usual, low]) {
    const grid = gridOfMultiples(positions, base)
    if (!grid) continue
    const missing = grid.count - positions.length
    if (missing === 0) return { kind: 'even', spacing: grid.spacing }
    const isBridgeable = high <= SLICE_STACK_LIMITS.bridgeMm + ROUNDING_MM
    return { kind: 'missing', ...grid, missing, largest: high, isBridgeable }
  }

  const limit = Math.max(SLICE_STACK_LIMITS.bridgeMm, SLICE_STACK_LIMITS.unevenShareOfSpacing * usual)
  const steps = Math.max(1, Math.round(extent / usual))
  return {
    kind: 'uneven',
    spacing: extent / steps,
    count: steps + 1,
    low,
    high,
    limit,
    isBridgeable: high <= limit + ROUNDING_MM,
  }
}
