import type { LpsPoint, LpsVector } from '../../core/geometry/lps.ts'
import { dot, translate } from '../../core/geometry/vector.ts'
import { toIndex, type VolumeGeometry } from '../../core/geometry/volumeGeometry.ts'

/** Directions closer than this (cosine, about 2.5°) count as one: the plane shows one slice of the grid. */
const ALIGNED = 0.999

/** Which slice of the grid a plane shows, when it runs along the grid. */
export interface SlicePosition {
  /** Axis of the grid: 0 columns, 1 rows, 2 slices. */
  readonly axis: 0 | 1 | 2
  /** 1 when the axis runs away from the viewer, −1 when towards. */
  readonly sense: 1 | -1
  /** Position along that axis; a fraction between slices. */
  readonly index: number
  readonly count: number
}

/** The slice of the grid that the plane through `at` shows; null for a plane that runs askew. */
export function slicePosition(
  geometry: VolumeGeometry,
  normal: LpsVector,
  at: LpsPoint,
): SlicePosition | null {
  const cosines = geometry.axes.map((axis) => dot(axis, normal))
  const axis = cosines.findIndex((cosine) => Math.abs(cosine) > ALIGNED)
  if (axis < 0) return null
  return {
    axis: axis as 0 | 1 | 2,
    sense: cosines[axis]! > 0 ? 1 : -1,
    index: toIndex(geometry, at)[axis]!,
    count: geometry.size[axis]!,
  }
}

/** The distance of one scroll step along a direction, in mm: the finest voxel that is met on the way. */
export const scrollStep = ({ axes, spacing }: VolumeGeometry, normal: LpsVector) =>
  1 / Math.max(...axes.map((axis, at) => Math.abs(dot(axis, normal)) / spacing[at]!))

/**
 * The point reached by scrolling: away from the viewer for positive steps.
 *
 * Along the grid it lands on the centre of a slice and stays within the scan; askew it moves by whole steps.
 */
export function scrollPoint(
  geometry: VolumeGeometry,
  normal: LpsVector,
  at: LpsPoint,
  steps: number,
): LpsPoint {
  const slice = slicePosition(geometry, normal, at)
  if (slice === null) return translate(at, normal, steps * scrollStep(geometry, normal))
  const wanted = Math.round(slice.index) + slice.sense * steps
  const landed = Math.min(slice.count - 1, Math.max(0, wanted))
  const axis = geometry.axes[slice.axis]
  return translate(at, axis, (landed - slice.index) * geometry.spacing[slice.axis])
}

/** The nearest point inside the grid's outer voxel centres. */
export function keepInGrid(geometry: VolumeGeometry, at: LpsPoint): LpsPoint {
  const index = toIndex(geometry, at)
  return geometry.axes.reduce((point, axis, along) => {
    const kept = Math.min(geometry.size[along]! - 1, Math.max(0, index[along]!))
    return translate(point, axis, (kept - index[along]!) * geometry.spacing[along]!)
  }, at)
}
