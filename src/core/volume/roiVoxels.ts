import { displacement, dot } from '../geometry/vector.ts'
import type { VolumeGeometry } from '../geometry/volumeGeometry.ts'
import { checkRoi } from './checkRoi.ts'
import { polygonArea } from './polygon.ts'
import type { Roi } from './roi.ts'
import { planeAxes, roiRule } from './roiRule.ts'

/** Receives one voxel of a ROI: its place in the voxel array, and its column, row and slice. */
export type VisitVoxel = (offset: number, i: number, j: number, k: number) => void

/**
 * Visits every voxel of the grid whose centre lies in the ROI or on its surface: the one written rule
 * (`roiRule`), on which every measurement stands.
 *
 * @param geometry - The grid whose voxels are asked for.
 * @param visit - Called once per voxel, in storage order.
 * @throws {QctError} `ROI_INVALID`
 */
export function forEachRoiVoxel(geometry: VolumeGeometry, roi: Roi, visit: VisitVoxel): void {
  const { low, high, contains } = roiRule(geometry, roi)
  const [ni, nj, nk] = geometry.size
  const [lowI, highI] = [Math.max(low[0], 0), Math.min(high[0], ni - 1)]
  const [lowJ, highJ] = [Math.max(low[1], 0), Math.min(high[1], nj - 1)]
  const [lowK, highK] = [Math.max(low[2], 0), Math.min(high[2], nk - 1)]
  for (let k = lowK; k <= highK; k++) {
    for (let j = lowJ; j <= highJ; j++) {
      const row = ni * (j + nj * k)
      for (let i = lowI; i <= highI; i++) {
        if (contains(i, j, k)) visit(row + i, i, j, k)
      }
    }
  }
}

/** More lattice points than this are not counted one by one: a stride keeps the share right to about 1 in 1000. */
const COUNT_LIMIT = 4e6

/**
 * The share of a ROI that lies beyond the scanned grid, from 0 (all inside) to 1.
 *
 * Counted by voxel centres on the grid continued without end; 0 for a ROI that contains no voxel centre.
 *
 * @throws {QctError} `ROI_INVALID`
 */
export function shareBeyondGrid(geometry: VolumeGeometry, roi: Roi): number {
  const { low, high, contains } = roiRule(geometry, roi)
  const { size } = geometry
  if ([0, 1, 2].every((axis) => low[axis]! >= 0 && high[axis]! < size[axis]!)) return 0
  const points = [0, 1, 2].reduce((product, axis) => product * Math.max(0, high[axis]! - low[axis]! + 1), 1)
  const stride = Math.max(1, Math.ceil(Math.cbrt(points / COUNT_LIMIT)))
  let onGrid = 0
  let all = 0
  for (let k = low[2]; k <= high[2]; k += stride) {
    for (let j = low[1]; j <= high[1]; j += stride) {
      const isRowOnGrid = k >= 0 && k < size[2] && j >= 0 && j < size[1]
      for (let i = low[0]; i <= high[0]; i += stride) {
        if (!contains(i, j, k)) continue
        all++
        if (isRowOnGrid && i >= 0 && i < size[0]) onGrid++
      }
    }
  }
  return all === 0 ? 0 : 1 - onGrid / all
}

/**
 * The volume of a ROI as a body, in mm³: exact, without voxels.
 *
 * A polygon that crosses itself gives the net area of its turns.
 *
 * @throws {QctError} `ROI_INVALID`
 */
export function roiVolumeMm3(roi: Roi): number {
  checkRoi(roi)
  switch (roi.kind) {
    case 'ellipticalCylinder':
      return Math.PI * roi.radii[0] * roi.radii[1] * roi.height
    case 'polygonPrism': {
      const [first, second] = planeAxes(roi.normal)
      const anchor = roi.corners[0]!
      const flat = roi.corners.flatMap((corner) => {
        const fromAnchor = displacement(anchor, corner)
        return [dot(fromAnchor, first), dot(fromAnchor, second)]
      })
      return polygonArea(Float64Array.from(flat)) * roi.thickness
    }
    case 'mask': {
      const voxels = roi.inside.reduce((count, value) => count + (value === 0 ? 0 : 1), 0)
      const [a, b, c] = roi.geometry.spacing
      return voxels * a * b * c
    }
  }
}
