import type { VolumeGeometry } from '../geometry/volumeGeometry.ts'
import type { Hu } from '../units.ts'

/** The stored voxels of a CT, as the scanner wrote them. */
export type StoredVoxels = Int16Array | Uint16Array | Float32Array

/**
 * A CT on a regular grid, with its voxels kept as stored.
 *
 * CT number = stored · slope + intercept, formed in float64 inside kernels: there is never a full copy in HU.
 * Voxel (i, j, k) is at `i + ni·(j + nj·k)`.
 */
export interface CtVolume {
  readonly quantity: 'HU'
  readonly voxels: StoredVoxels
  readonly rescale: { readonly slope: number; readonly intercept: Hu }
  readonly geometry: VolumeGeometry
  /**
   * Stored values from `low` to `high`, both included, stand for "nothing was measured here" (outside the
   * reconstruction circle). They take no part in any statistic.
   * @see DICOM PS3.3 C.7.5.1.1.2
   */
  readonly padding?: { readonly low: number; readonly high: number }
}
