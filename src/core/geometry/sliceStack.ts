import { QctError, type QctWarning, qctWarning } from '../errors.ts'
import { type LpsPoint, lpsPoint } from './lps.ts'
import {
  placementFault,
  positionAlong,
  type SliceAxes,
  type SlicePlacement,
  sliceAxes,
} from './slicePlacement.ts'
import { isStraight, measureSliceShear } from './sliceShear.ts'
import { judgeSpacing, type SpacingVerdict } from './sliceSpacing.ts'
import { SLICE_STACK_LIMITS } from './sliceStackLimits.ts'
import { translate } from './vector.ts'
import type { VolumeGeometry } from './volumeGeometry.ts'

/** Which scanned slices make one slice of the grid: `lower · (1 − weight) + upper · weight`. Indices into `order`. */
export interface SliceSource {
  readonly lower: number
  readonly upper: number
  readonly weight: number
}

/** How slices as scanned become slices of a regular grid. */
export interface SliceStackPlan {
  /** The grid, k from feet to head (for non-axial stacks along the positive normal). */
  readonly geometry: VolumeGeometry
  /** Indices of the given slices, sorted by position along the normal. */
  readonly order: readonly number[]
  /** One entry per slice of the grid. */
  readonly sources: readonly SliceSource[]
  /**
   * For each slice in `order`, where its first pixel falls on the grid, in columns and rows (never negative).
   * Absent when no slice has to be shifted within its plane.
   */
  readonly shifts?: readonly (readonly [number, number])[]
  /** `sound`: every slice is used as it is. `resample`: `warnings` say what is interpolated. */
  readonly status: 'sound' | 'resample'
  readonly warnings: readonly QctWarning[]
}

const round = (value: number, decimals: number) => Number(value.toFixed(decimals))

/** Slice sources of a grid that has a scanned slice at every place. */
const oneToOne = (count: number): SliceSource[] =>
  Array.from({ length: count }, (_, k) => ({ lower: k, upper: k, weight: 0 }))

/** Slice sources of a regular grid laid over irregular positions. Places that a scanned slice holds keep its values. */
function bracket(positions: readonly number[], spacing: number, count: number): SliceSource[] {
  const onPlace = Math.min(
    SLICE_STACK_LIMITS.placementMm,
    SLICE_STACK_LIMITS.placementShareOfSpacing * spacing,
  )
  const sources: SliceSource[] = []
  let lower = 0
  for (let k = 0; k < count; k++) {
    const p = positions[0]! + k * spacing
    while (lower < positions.length - 2 && positions[lower + 1]! <= p) lower++
    const upper = lower + 1
    const [below, above] = [positions[lower]!, positions[upper]!]
    if (Math.abs(p - below) <= onPlace) sources.push({ lower, upper: lower, weight: 0 })
    else if (Math.abs(p - above) <= onPlace) sources.push({ lower: upper, upper, weight: 0 })
    else sources.push({ lower, upper, weight: (p - below) / (above - below) })
  }
  return sources
}

function spacingRefusal(spacing: SpacingVerdict): QctError | undefined {
  if (spacing.kind === 'missing' && !spacing.isBridgeable)
    return new QctError('GEOMETRY_SLICES_MISSING', {
      missing: spacing.missing,
      largest: round(spacing.largest, 3),
      limit: SLICE_STACK_LIMITS.bridgeMm,
    })
  if (spacing.kind === 'uneven' && !spacing.isBridgeable)
    return new QctError('GEOMETRY_SPACING_UNEVEN', {
      low: round(spacing.low, 3),
      high: round(spacing.high, 3),
      limit: round(spacing.limit, 3),
    })
  return undefined
}

function spacingWarning(spacing: SpacingVerdict): QctWarning[] {
  if (spacing.kind === 'missing')
    return [
      qctWarning('SLICES_MISSING_INTERPOLATED', {
        missing: spacing.missing,
        largest: round(spacing.largest, 3),
        spacing: round(spacing.spacing, 3),
      }),
    ]
  if (spacing.kind === 'uneven')
    return [
      qctWarning('SLICE_SPACING_RESAMPLED', {
        low: round(spacing.low, 3),
        high: round(spacing.high, 3),
        spacing: round(spacing.spacing, 3),
      }),
    ]
  return []
}

/** The order of slices along the normal, and their positions along the three axes in that order. */
function sortAlong(axes: SliceAxes, slices: readonly SlicePlacement[]) {
  const along = axes.map((axis) => slices.map((slice) => positionAlong(axis, slice)))
  const order = slices.map((_, index) => index).sort((a, b) => along[2]![a]! - along[2]![b]! || a - b)
  const inOrder = (axis: 0 | 1 | 2) => order.map((index) => along[axis]![index]!)
  return { order, alongRow: inOrder(0), alongColumn: inOrder(1), positions: inOrder(2) }
}

/**
 * Judges a stack of slices from where they lie, and plans how they become one regular grid.
 *
 * The slices may come in any order. Even, straight stacks are used as they are. A tilted gantry (a stack sheared
 * along a straight line) is set upright by shifting each slice within its own plane: nothing is interpolated
 * between slices and the grid keeps the tilted axes, so places in the world stay true. Missing or uneven slices are
 * interpolated between neighbours while gaps are narrow (`SLICE_STACK_LIMITS`). Everything else is refused:
 * a number from guessed places would be wrong without showing it.
 *
 * @returns The plan, or the reason why there is none: `GEOMETRY_INVALID`, `GEOMETRY_MIXED_ORIENTATIONS`,
 *   `GEOMETRY_MIXED_GRIDS`, `GEOMETRY_ONE_SLICE`, `GEOMETRY_POSITIONS_REPEATED`, `GEOMETRY_TILT_TOO_LARGE`,
 *   `GEOMETRY_SLICES_SHIFTED`, `GEOMETRY_SLICES_MISSING`, `GEOMETRY_SPACING_UNEVEN`.
 * @see DICOM PS3.3 C.7.6.2.1.1
 */
export function planSliceStack(slices: readonly SlicePlacement[]): SliceStackPlan | QctError {
  const fault = placementFault(slices)
  if (fault) return fault
  const first = slices[0]!
  const axes = sliceAxes(first)
  const { order, alongRow, alongColumn, positions } = sortAlong(axes, slices)

  const distinct =
    1 + positions.slice(1).filter((p, k) => p - positions[k]! > SLICE_STACK_LIMITS.samePositionMm).length
  if (distinct < SLICE_STACK_LIMITS.minimumPositions)
    return new QctError('GEOMETRY_ONE_SLICE', {
      found: distinct,
      required: SLICE_STACK_LIMITS.minimumPositions,
    })
  if (distinct < slices.length)
    return new QctError('GEOMETRY_POSITIONS_REPEATED', { slices: slices.length, positions: distinct })

  const spacing = judgeSpacing(positions)
  const shear = measureSliceShear(positions, alongRow, alongColumn)
  const { columnSpacing, rowSpacing } = first
  const isSheared = !isStraight(shear, columnSpacing, rowSpacing)
  const sidewaysLimit = SLICE_STACK_LIMITS.sidewaysPixels * Math.min(columnSpacing, rowSpacing)
  if (shear.tilt > SLICE_STACK_LIMITS.tiltDegrees + SLICE_STACK_LIMITS.tiltRoundingDegrees)
    return new QctError('GEOMETRY_TILT_TOO_LARGE', {
      tilt: round(shear.tilt, 1),
      limit: SLICE_STACK_LIMITS.tiltDegrees,
    })
  if (isSheared && shear.offLine > sidewaysLimit)
    return new QctError('GEOMETRY_SLICES_SHIFTED', {
      shift: round(shear.offLine, 2),
      limit: round(sidewaysLimit, 2),
    })
  const refusal = spacingRefusal(spacing)
  if (refusal) return refusal

  const left = Math.min(...alongRow)
  const top = Math.min(...alongColumn)
  const shifts = alongRow.map(
    (u, k) => [(u - left) / columnSpacing, (alongColumn[k]! - top) / rowSpacing] as const,
  )
  const extra = (axis: 0 | 1) => Math.ceil(round(Math.max(...shifts.map((shift) => shift[axis])), 6))
  const count = spacing.kind === 'even' ? positions.length : spacing.count
  const lowest: LpsPoint = slices[order[0]!]!.imagePositionPatient
  const origin = isSheared
    ? translate(translate(lowest, axes[0], left - alongRow[0]!), axes[1], top - alongColumn[0]!)
    : lpsPoint(lowest[0], lowest[1], lowest[2])
  const warnings = [
    ...(isSheared ? [qctWarning('GANTRY_TILT_RESAMPLED', { tilt: round(shear.tilt, 1) })] : []),
    ...spacingWarning(spacing),
  ]
  return {
    geometry: {
      size: [first.columns + (isSheared ? extra(0) : 0), first.rows + (isSheared ? extra(1) : 0), count],
      origin,
      spacing: [columnSpacing, rowSpacing, spacing.spacing],
      axes,
    },
    order,
    sources: spacing.kind === 'even' ? oneToOne(count) : bracket(positions, spacing.spacing, count),
    ...(isSheared ? { shifts } : {}),
    status: warnings.length > 0 ? 'resample' : 'sound',
    warnings,
  }
}

/**
 * Gantry tilt of a stack in degrees, seen in its positions.
 * @param slices - Parallel slices with usable numbers, in any order.
 */
export function measureTilt(slices: readonly SlicePlacement[]): number {
  const first = slices[0]
  if (!first) return 0
  const { positions, alongRow, alongColumn } = sortAlong(sliceAxes(first), slices)
  return measureSliceShear(positions, alongRow, alongColumn).tilt
}
