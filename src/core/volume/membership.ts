/**
 * How far outside its surface a ROI still takes a voxel centre, in mm. Large against the rounding of coordinates
 * (10⁻¹² mm), small against any voxel: flipped and rotated copies of a series cannot differ.
 */
export const SURFACE_TOLERANCE_MM = 1e-6

/** A ROI seen from one grid: where to look, and which voxel centres it contains. The grid's limits take no part. */
export interface Membership {
  /** Smallest column, row and slice that can be inside; it may lie outside the grid. */
  readonly low: readonly [number, number, number]
  /** Largest column, row and slice that can be inside; below `low` when none can. */
  readonly high: readonly [number, number, number]
  /** Whether the centre of voxel (i, j, k) lies in the ROI or on its surface. */
  readonly contains: (i: number, j: number, k: number) => boolean
}
