import { type IndexPoint, indexPoint, type LpsPoint, type LpsVector, lpsPoint } from './lps.ts'
import { displacement, dot } from './vector.ts'

/**
 * A regular voxel grid in the patient's world.
 *
 * The axes are orthonormal but need not be right-handed: a series stacked feet first, a prone patient or a flipped
 * file give the same world with other axes. What is not such a grid (tilt, uneven spacing) is resampled onto one
 * or refused before it becomes a volume.
 * @see DICOM PS3.3 C.7.6.2.1.1
 */
export interface VolumeGeometry {
  /** Number of columns, rows, slices. */
  readonly size: readonly [number, number, number]
  /** World position of the centre of voxel (0, 0, 0). */
  readonly origin: LpsPoint
  /** Distance of neighbouring voxel centres along i, j, k, in mm. */
  readonly spacing: readonly [number, number, number]
  /** Unit directions of increasing i (along a row), j (down a column), k (through the slices). */
  readonly axes: readonly [LpsVector, LpsVector, LpsVector]
}

/** World position of a grid position (fractions allowed). */
export function toLps(geometry: VolumeGeometry, index: IndexPoint): LpsPoint {
  const { origin, spacing, axes } = geometry
  const [a, b, c] = [index[0] * spacing[0], index[1] * spacing[1], index[2] * spacing[2]]
  return lpsPoint(
    origin[0] + a * axes[0][0] + b * axes[1][0] + c * axes[2][0],
    origin[1] + a * axes[0][1] + b * axes[1][1] + c * axes[2][1],
    origin[2] + a * axes[0][2] + b * axes[1][2] + c * axes[2][2],
  )
}

/** Grid position of a world point; it may lie between voxels or outside the grid. */
export function toIndex(geometry: VolumeGeometry, point: LpsPoint): IndexPoint {
  const fromOrigin = displacement(geometry.origin, point)
  return indexPoint(
    dot(fromOrigin, geometry.axes[0]) / geometry.spacing[0],
    dot(fromOrigin, geometry.axes[1]) / geometry.spacing[1],
    dot(fromOrigin, geometry.axes[2]) / geometry.spacing[2],
  )
}

/** Number of voxels of the grid. Voxel (i, j, k) is stored at i + ni·(j + nj·k). */
export const voxelCount = (geometry: VolumeGeometry) => geometry.size[0] * geometry.size[1] * geometry.size[2]
