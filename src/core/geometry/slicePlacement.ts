import type { PlacementAttribute } from '../errors/geometry.ts'
import { QctError } from '../errors.ts'
import { type LpsPoint, type LpsVector, lpsVector } from './lps.ts'
import { SLICE_STACK_LIMITS } from './sliceStackLimits.ts'
import { angleBetween, cross, dot, length, normalize, reject, scale } from './vector.ts'

/** Where one slice lies: the facts of its header, not yet believed. Lengths in mm. */
export interface SlicePlacement {
  /** Centre of the first pixel. */
  readonly imagePositionPatient: LpsPoint
  /** Unit direction of increasing column, and of increasing row. */
  readonly imageOrientationPatient: readonly [LpsVector, LpsVector]
  readonly columns: number
  readonly rows: number
  readonly columnSpacing: number
  readonly rowSpacing: number
}

/** Orthonormal directions of a slice: along a row, down a column, and the normal that points to the stack's end. */
export type SliceAxes = readonly [LpsVector, LpsVector, LpsVector]

const isFinite3 = (v: readonly number[]) => v.length === 3 && v.every(Number.isFinite)

/** The first attribute of a slice that holds no usable numbers, or nothing when all do. */
export function unusableAttribute(slice: SlicePlacement): PlacementAttribute | undefined {
  const [row, column] = slice.imageOrientationPatient
  if (!isFinite3(slice.imagePositionPatient)) return 'ImagePositionPatient'
  if (!isFinite3(row) || !isFinite3(column)) return 'ImageOrientationPatient'
  const lengths = [length(row), length(column)]
  if (lengths.some((l) => Math.abs(l - 1) > SLICE_STACK_LIMITS.unitLength)) return 'ImageOrientationPatient'
  if (Math.abs(angleBetween(row, column) - 90) > SLICE_STACK_LIMITS.rightAngleDegrees)
    return 'ImageOrientationPatient'
  const spacings = [slice.columnSpacing, slice.rowSpacing]
  if (!spacings.every((s) => Number.isFinite(s) && s > 0)) return 'PixelSpacing'
  if (![slice.columns, slice.rows].every((n) => Number.isInteger(n) && n > 0)) return 'Rows and Columns'
  return undefined
}

/**
 * The axes of a slice, with the normal turned so that its largest component is positive: for axial slices from feet
 * to head, for coronal ones from front to back, for sagittal ones from right to left, however rows and columns run.
 */
export function sliceAxes(slice: SlicePlacement): SliceAxes {
  const row = normalize(slice.imageOrientationPatient[0])
  const column = normalize(reject(slice.imageOrientationPatient[1], row))
  const normal = cross(row, column)
  const largest = normal.reduce((best, c) => (Math.abs(c) > Math.abs(best) + 1e-6 ? c : best), 0)
  // Adding 0 turns −0 into 0, so that equal axes are also equal to the letter in a record.
  const turned = scale(normal, largest < 0 ? -1 : 1)
  return [row, column, lpsVector(turned[0] + 0, turned[1] + 0, turned[2] + 0)]
}

/** Whether two slices lie in parallel planes with rows and columns running the same way. */
export function isParallel(a: SlicePlacement, b: SlicePlacement): boolean {
  return [0, 1].every(
    (axis) =>
      angleBetween(a.imageOrientationPatient[axis]!, b.imageOrientationPatient[axis]!) <=
      SLICE_STACK_LIMITS.parallelDegrees,
  )
}

/** Whether two slices have the same matrix and pixels of the same size, to a quarter pixel at the far corner. */
export function hasSameGrid(a: SlicePlacement, b: SlicePlacement): boolean {
  const isClose = (s: number, t: number, count: number) =>
    Math.abs(s - t) * count <= SLICE_STACK_LIMITS.sidewaysPixels * Math.min(s, t)
  return (
    a.columns === b.columns &&
    a.rows === b.rows &&
    isClose(a.columnSpacing, b.columnSpacing, a.columns) &&
    isClose(a.rowSpacing, b.rowSpacing, a.rows)
  )
}

/** The slice's position along one of the axes, in mm. */
export const positionAlong = (axis: LpsVector, slice: SlicePlacement) =>
  dot(axis, slice.imagePositionPatient as unknown as LpsVector)

/**
 * Checks that every slice has usable numbers, that all are parallel and that all have the same grid.
 * @returns The reason why not, or nothing.
 */
export function placementFault(slices: readonly SlicePlacement[]): QctError | undefined {
  const faults = slices.map(unusableAttribute).filter((fault) => fault !== undefined)
  const attribute = faults[0]
  if (attribute) return new QctError('GEOMETRY_INVALID', { attribute, slices: faults.length })
  const first = slices[0]
  if (!first)
    return new QctError('GEOMETRY_ONE_SLICE', { found: 0, required: SLICE_STACK_LIMITS.minimumPositions })
  if (!slices.every((slice) => isParallel(first, slice))) {
    const angle = (slice: SlicePlacement) =>
      Math.max(
        angleBetween(first.imageOrientationPatient[0], slice.imageOrientationPatient[0]),
        angleBetween(first.imageOrientationPatient[1], slice.imageOrientationPatient[1]),
      )
    return new QctError('GEOMETRY_MIXED_ORIENTATIONS', {
      found: countKinds(slices, isParallel),
      angle: Math.max(...slices.map(angle)),
    })
  }
  if (!slices.every((slice) => hasSameGrid(first, slice)))
    return new QctError('GEOMETRY_MIXED_GRIDS', { found: countKinds(slices, hasSameGrid) })
  return undefined
}

function countKinds(
  slices: readonly SlicePlacement[],
  isSame: (a: SlicePlacement, b: SlicePlacement) => boolean,
) {
  const kinds: SlicePlacement[] = []
  for (const slice of slices) if (!kinds.some((kind) => isSame(kind, slice))) kinds.push(slice)
  return kinds.length
}
