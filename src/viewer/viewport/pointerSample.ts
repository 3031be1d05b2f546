import type { LpsPoint } from '../../core/geometry/lps.ts'
import { toIndex } from '../../core/geometry/volumeGeometry.ts'
import { measuredTest } from '../../core/volume/measuredVoxel.ts'
import type { PointerSample, ViewportVolume } from './viewportProps.ts'

/** The voxel whose centre is nearest to a point of the world, and its CT number as stored (never interpolated). */
export function samplePointer({ ct, arrived }: ViewportVolume, at: LpsPoint): PointerSample {
  const { geometry, voxels, rescale } = ct
  const index = toIndex(geometry, at).map(Math.round)
  const [i, j, k] = index as [number, number, number]
  const [ni, nj, nk] = geometry.size
  const isInside = i >= 0 && j >= 0 && k >= 0 && i < ni && j < nj && k < nk
  const hasArrived = isInside && (arrived === undefined || arrived.flags[k] !== 0)
  const stored = hasArrived ? voxels[i + ni * (j + nj * k)]! : Number.NaN
  const hu = measuredTest(ct)(stored) ? stored * rescale.slope + rescale.intercept : null
  return { at, voxel: [i, j, k], hu }
}
